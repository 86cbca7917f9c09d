"""A file that is no report is refused in one sentence naming the place."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.rules.report_files import NAMES, changed, report_file, without
from workflow.errors import InvalidInput
from workflow.reports.printing import as_html
from workflow.reports.report import Percent
from workflow.reports.rules import check, read_report
from workflow.reports.writing import write_report


@pytest.mark.parametrize(
    "text",
    [
        "",
        "{",
        "年报",
        "[]",
        "null",
        "3",
        '"report"',
        "{}",
        "NaN",
        '{"year": Infinity}',
        '{"year": 1, "year": 2}',
        "[" * 100_000,
        "9" * 5_000,
        '{"schema": "gid-annual-report/2"}',
        " " * 2_000_001,
    ],
)
def test_what_is_no_report_is_refused(text: str) -> None:
    with pytest.raises(InvalidInput) as refused:
        read_report(text)
    assert refused.value.message.endswith("。")


WRONG_VALUES: list[tuple[str, object]] = [
    ("year", "2024"),
    ("year", 20240),
    ("year", 2024.5),
    ("year", True),
    ("organ", None),
    ("organ", []),
    ("organ.name", 7),
    ("organ.scope", "all"),
    ("format", "2024"),
    ("format", ["2021"]),
    ("sections", "一、总体情况"),
    ("sections", [1]),
    ("active", []),
    ("active.licensing", True),
    ("active.licensing", [5]),
    ("active.rules.made", {"value": 1}),
    ("active.fees_wan", 1e300),
    ("active.fees_wan", 1e-300),
    ("active.annotations", [{"cell": "licensing"}]),
    ("active.rules_2019", {"made": [True]}),
    ("requests", []),
    ("requests.new", 1),
    ("requests.new", {"natural": 1}),
    ("remedies", None),
    ("remedies.review", [0, 0, 0, 0, 0]),
    ("processing_fee", 0),
    ("processing_fee.stated", 1),
    ("processing_fee.by_organ", [{"count": 1}]),
    ("period.from", "2024-02-30"),
    ("published_on", "2025年1月8日"),
    ("prose", []),
    ("prose.published", {}),
    ("prose.published.0.exhaustive", None),
    ("prose.published.0.by_column", [1]),
    ("prose.claims", {"requests.new": 1}),
    ("prose.claims.0.claim", None),
    ("prose.claims.0.value", "一"),
    ("prose.claims.0", {"claim": "percent", "value": 5}),
    (
        "prose.claims.0",
        {"claim": "percent", "stated": "高", "numerator": 1, "denominator": 1},
    ),
    ("source", "网站"),
    ("organ.name", "\ud800"),
    ("requests.\ud800", [0] * 7),
]


@pytest.mark.parametrize(("place", "value"), WRONG_VALUES)
def test_a_value_of_the_wrong_kind_is_refused_at_its_place(
    place: str, value: object
) -> None:
    with pytest.raises(InvalidInput) as refused:
        read_report(json.dumps(changed({place: value})))
    first = place.partition(".")[0]
    assert f"年报文件的“{first}" in refused.value.message
    assert refused.value.fields


@pytest.mark.parametrize(
    "name", ["year", "organ", "sections", "active", "requests", "remedies", "format"]
)
def test_what_every_report_has_must_be_there(name: str) -> None:
    with pytest.raises(InvalidInput, match=f"“{name}”缺失"):
        read_report(json.dumps(without(name)))


@pytest.mark.parametrize("name", NAMES)
def test_a_report_needs_no_more_than_its_figures(name: str) -> None:
    content = report_file(name)
    full = read_report(json.dumps(content))
    for extra in ("expected_findings", "id", "source"):
        del content[extra]
    bare = read_report(json.dumps(content))
    assert bare.requests == full.requests
    assert (bare.id, bare.title) == ("", "")


def test_decimals_are_exact_and_whole_numbers_whole() -> None:
    report = read_report(json.dumps(report_file("suqian-2023")))
    assert str(report.active.figures["fees_wan"]) == "59237.2449"
    assert isinstance(report.active.figures["licensing"], int)


def test_a_file_saved_by_an_office_editor_starts_with_a_mark() -> None:
    assert read_report("\ufeff" + json.dumps(report_file())).year == 2024


def test_a_percentage_keeps_its_counts() -> None:
    claim = {"claim": "percent", "stated": "50.0％", "numerator": 1, "denominator": 2}
    report = read_report(json.dumps(changed({"prose.claims": [claim]})))
    assert report.claims[0].percent == Percent(Decimal("50.0"), 1, 2)


def test_cells_of_the_old_layout_are_kept_as_printed() -> None:
    old = {"rules_2019": [0, 0, 0], "licensing_2019": {"items": 3, "change": "+1"}}
    report = read_report(json.dumps(changed({"active": old})))
    assert report.active.old_figures["rules_2019.2"] == 0
    assert report.active.old_figures["licensing_2019.change"] == "+1"


def places_of(value: object, way: str = "") -> Iterator[str]:
    """Every dotted place inside a file."""
    members: Iterable[tuple[object, object]] = ()
    if isinstance(value, dict):
        members = value.items()
    elif isinstance(value, list):
        members = enumerate(value)
    for name, inside in members:
        yield f"{way}{name}"
        yield from places_of(inside, f"{way}{name}.")


any_json = st.recursive(
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats(allow_nan=False)
    | st.text(max_size=5)
    | st.sampled_from(["percent", "2019", "natural", "review"]),
    lambda inner: (
        st.lists(inner, max_size=8) | st.dictionaries(st.text(max_size=5), inner)
    ),
    max_leaves=8,
)


@given(st.sampled_from(sorted(places_of(report_file("suqian-2023")))), any_json)
def test_whatever_stands_anywhere_is_judged_or_refused(
    place: str, value: object
) -> None:
    text = json.dumps(changed({place: value}, "suqian-2023"))
    try:
        report = read_report(text)
    except InvalidInput:
        return
    for finding in check(report):
        assert finding.message.endswith("。")
        json.dumps(finding.as_json(), allow_nan=False).encode()
    assert read_report(write_report(report)) == report
    assert "</article>" in as_html(report)
