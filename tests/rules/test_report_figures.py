"""R10 to R31: the tables of sections 二, 三 and 四."""

from __future__ import annotations

import pytest

from tests.rules.report_files import (
    ReportFile,
    changed,
    figures_found,
    found,
    report_file,
)
from workflow.errors import InvalidInput

ZERO = [0] * 7


def last_year(changes: dict[str, object]) -> ReportFile:
    return changed({"year": 2023, **changes})


def test_valid_documents_continue_last_year() -> None:
    before = last_year({"active.normative.valid": 4})
    content = changed({"active.normative": {"made": 3, "repealed": 1, "valid": 6}})
    assert found(content, before) == []
    content["active"]["normative"]["valid"] = 7
    assert found(content, before) == [("R10", "W", "active.normative.valid")]


def test_valid_documents_cover_those_of_the_year() -> None:
    content = changed({"active.normative": {"made": 3, "repealed": 1, "valid": 1}})
    assert figures_found(content) == [("R11", 1, 2)]
    content["active"]["normative"]["valid"] = 2
    assert found(content) == []


def test_last_years_figure_explains_what_the_bound_only_suspects() -> None:
    content = changed({"active.normative": {"made": 3, "repealed": 1, "valid": 1}})
    assert found(content, last_year({})) == [("R10", "W", "active.normative.valid")]


@pytest.mark.parametrize("level", ["township", "county", "district", "bureau"])
def test_only_cities_and_above_make_rules(level: str) -> None:
    rules = {"made": 0, "repealed": 0, "valid": 6}
    content = changed({"active.rules": rules, "organ.level": level})
    assert found(content) == [("R12", "E", "active.rules.valid")]
    assert found(changed({"organ.level": "city", "active.rules": rules})) == []


def test_rules_claimed_in_several_cells_are_one_error() -> None:
    content = changed({"active.rules": {"made": 2, "repealed": 0, "valid": 2}})
    assert found(content) == [("R12", "E", "active.rules.{made,valid}")]
    assert figures_found(content) == [("R12", "2/2", 0)]


def test_rules_claimed_in_the_old_layout_are_found() -> None:
    old = {"rules_2019": {"made": 1, "published": 1, "total": 1}}
    assert ("R12", "E", "active.rules_2019.{made,published,total}") in found(
        changed({"active": old})
    )


def test_intake_equals_outcome_in_each_column() -> None:
    content = changed({"requests.carried_in": [1, 0, 0, 0, 0, 0, 1]})
    assert found(content) == [
        ("R20", "E", "requests.*.natural"),
        ("R20", "E", "requests.*.total"),
    ]


def test_a_request_that_changes_its_applicant_passes_the_total_only() -> None:
    content = changed(
        {
            "requests.new": [1, 1, 0, 0, 0, 0, 2],
            "requests.granted": [2, 0, 0, 0, 0, 0, 2],
            "requests.total": [2, 0, 0, 0, 0, 0, 2],
            "prose.claims": [],
        }
    )
    assert found(content) == [
        ("R20", "E", "requests.*.natural"),
        ("R20", "E", "requests.*.business"),
    ]
    assert figures_found(content)[0] == ("R20", 2, 1)


def test_the_total_row_is_the_sum_of_the_outcomes() -> None:
    content = changed({"requests.partial": [1, 0, 0, 0, 0, 0, 1], "prose.claims": []})
    assert figures_found(content) == [("R21", 1, 2), ("R21", 1, 2)]
    assert found(content)[0][2] == "requests.total.natural"


def test_the_total_column_is_the_sum_of_the_applicants() -> None:
    content = changed({"requests.granted.6": 2, "prose.claims": []})
    assert ("R22", "E", "requests.granted.total") in found(content)
    assert ("R22", 2, 1) in figures_found(content)


def test_blanks_count_as_zero_in_sums() -> None:
    content = changed({"requests.new": [1, None, None, None, None, None, 1]})
    assert {rule for rule, _, _ in found(content)} == {"R06"}


def test_a_column_without_requests_has_no_results() -> None:
    content = changed({"requests.deny_law": [0, 1, 0, 0, 0, 0, 1]})
    assert ("R23", "E", "requests.deny_law.business") in found(content)


def test_no_more_is_carried_out_than_was_in_hand() -> None:
    content = changed({"requests.carried_out": [2, 0, 0, 0, 0, 0, 2]})
    assert ("R23", "E", "requests.carried_out.natural") in found(content)
    assert ("R23", 2, 1) in figures_found(content)


def test_what_is_carried_in_is_what_was_carried_out() -> None:
    before = last_year({"requests.carried_out": [0, 1, 0, 0, 0, 0, 1]})
    assert ("R24", "E", "requests.carried_in.business") in found(report_file(), before)
    assert found(report_file(), last_year({})) == []


def test_results_of_reviews_and_suits_add_up() -> None:
    review = {"upheld": 1, "corrected": 1, "other": 0, "pending": 1, "total": 3}
    assert found(changed({"remedies.review": review})) == []
    content = changed({"remedies.review": {**review, "total": 2}})
    assert found(content) == [("R30", "E", "remedies.review.total")]
    assert figures_found(content) == [("R30", 2, 3)]


def test_pending_cases_come_back_the_next_year() -> None:
    pending = {"upheld": 0, "corrected": 0, "other": 0, "pending": 2, "total": 2}
    before = last_year({"remedies.review": pending})
    assert found(report_file(), before) == [("R31", "W", "remedies.review.total")]
    ended = {"upheld": 2, "corrected": 0, "other": 0, "pending": 0, "total": 2}
    assert found(changed({"remedies.review": ended}), before) == []


def test_only_the_year_before_can_be_compared() -> None:
    with pytest.raises(InvalidInput, match="2023年"):
        found(report_file(), changed({"year": 2022}))
