"""Totals are computed; two reports are compared figure by figure."""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.rules.report_files import NAMES, changed, findings_of, report_file
from workflow.reports.comparison import Difference
from workflow.reports.form import (
    APPLICANTS,
    COLUMNS,
    OUTCOMES,
    REMEDY_GROUPS,
    REMEDY_RESULTS,
    REQUEST_ROWS,
)
from workflow.reports.rules import (
    compare,
    has_errors,
    read_report,
    remedy_with_total,
    requests_table,
)

few = st.one_of(st.just(0), st.integers(0, 5000))


@st.composite
def counts_of_requests(draw: st.DrawFn) -> dict[tuple[str, str], int]:
    """Requests of a year in which each one taken in is closed or carried out."""
    counts: dict[tuple[str, str], int] = {}
    for applicant in APPLICANTS:
        for row in draw(st.lists(st.sampled_from((*OUTCOMES, "carried_out")))):
            counts[row, applicant] = draw(few)
        in_hand = sum(
            number for (_, kind), number in counts.items() if kind == applicant
        )
        counts["carried_in", applicant] = draw(st.integers(0, in_hand))
        counts["new", applicant] = in_hand - counts["carried_in", applicant]
    return counts


results = st.fixed_dictionaries({result.code: few for result in REMEDY_RESULTS})


def made_report(
    counts: dict[tuple[str, str], int], remedies: dict[str, Any]
) -> dict[str, Any]:
    return changed(
        {
            "requests": {row: list(c) for row, c in requests_table(counts).items()},
            "remedies": {code: remedy_with_total(c) for code, c in remedies.items()},
            "prose.claims": [],
            "processing_fee": {"stated": True},
        }
    )


@given(
    counts_of_requests(),
    st.fixed_dictionaries({group.code: results for group in REMEDY_GROUPS}),
)
def test_a_report_made_by_the_totals_has_no_error(
    counts: dict[tuple[str, str], int], remedies: dict[str, Any]
) -> None:
    assert not has_errors(findings_of(made_report(counts, remedies)))


@given(
    counts_of_requests(),
    st.sampled_from(REQUEST_ROWS),
    st.sampled_from(range(7)),
    st.integers(1, 9),
)
def test_any_cell_bent_in_such_a_report_is_an_error(
    counts: dict[tuple[str, str], int], row: str, column: int, by: int
) -> None:
    content = made_report(counts, {group.code: {} for group in REMEDY_GROUPS})
    content["requests"][row][column] += by
    cells = {finding.cell for finding in findings_of(content)}
    assert f"requests.{row}.total" in cells


def test_the_table_has_every_row_and_both_totals() -> None:
    table = requests_table({("new", "natural"): 2, ("granted", "natural"): 2})
    assert tuple(table) == REQUEST_ROWS
    assert table["total"] == (2, 0, 0, 0, 0, 0, 2)
    assert {len(cells) for cells in table.values()} == {7}


@pytest.mark.parametrize(
    "pair", [("total", "natural"), ("new", "total"), ("joy", "natural")]
)
def test_a_total_is_never_typed(pair: tuple[str, str]) -> None:
    with pytest.raises(ValueError, match=r"\."):
        requests_table({pair: 1})


@pytest.mark.parametrize("name", ["total", "joy"])
def test_the_total_of_a_group_is_never_typed(name: str) -> None:
    with pytest.raises(ValueError, match=name):
        remedy_with_total({name: 1})


@pytest.mark.parametrize("name", NAMES)
def test_a_report_equals_itself(name: str) -> None:
    text = json.dumps(report_file(name))
    assert compare(read_report(text), read_report(text)) == ()


PLACES = {
    "active.punishment": "active.punishment",
    "active.rules.made": "active.rules.made",
    "remedies.review.total": "remedies.review.total",
    "processing_fee.notices": "processing_fee.notices",
    "processing_fee.paid_count": "processing_fee.paid_count",
    "prose.published.0.total": "prose.published[全年主动公开].total",
    "prose.published.0.by_column.政策文件": (
        "prose.published[全年主动公开].by_column.政策文件"
    ),
    "prose.claims.0.value": "prose.claims[requests.new]",
} | {
    f"requests.{row}.{index}": f"requests.{row}.{column}"
    for row in REQUEST_ROWS
    for index, column in enumerate(COLUMNS)
}


@pytest.mark.parametrize("place", PLACES)
def test_the_comparison_names_the_cell_that_differs(place: str) -> None:
    published = read_report(json.dumps(report_file()))
    made = read_report(json.dumps(changed({place: 77})))
    differences = compare(made, published)
    assert [one.cell for one in differences] == [PLACES[place]]
    assert differences[0].computed == 77
    assert differences[0].stated != 77


def test_a_figure_that_only_one_report_has_is_a_difference() -> None:
    published = read_report(json.dumps(report_file()))
    made = read_report(json.dumps(changed({"prose.claims": []})))
    assert Difference("prose.claims[requests.new]", 1, None) in compare(made, published)
    assert Difference("prose.claims[requests.new]", None, 1) in compare(published, made)


def test_a_blank_is_not_a_nought() -> None:
    published = read_report(json.dumps(report_file()))
    made = read_report(json.dumps(changed({"active.coercion": None})))
    assert compare(made, published) == (Difference("active.coercion", 0, None),)
