"""R32 and R40 to R46: the prose agrees with the tables and with itself."""

from __future__ import annotations

import pytest

from tests.rules.report_files import changed, figures_found, found, report_file


def claiming(claim: str, value: object, quote: str = "") -> dict[str, object]:
    return {"claim": claim, "value": value, "quote": quote}


CITY = "suqian-2023"
CITY_CLAIMS = [
    ("R32", "W", "remedies.review.total", 440),
    ("R32", "W", "remedies.review.upheld", 309),
    ("R32", "W", "remedies.suits", 113),
    ("R32", "W", "remedies.suits.upheld", 14),
    ("R32", "W", "remedies.suit_direct.total", 24),
    ("R32", "W", "remedies.all", 553),
    ("R40", "W", "requests.new", 3511),
    ("R40", "W", "requests.carried_in", 96),
    ("R40", "W", "requests.in_hand", 3607),
    ("R40", "W", "requests.total", 3486),
    ("R40", "W", "requests.carried_out", 121),
    ("R41", "E", "requests.granted", 1191),
    ("R41", "E", "requests.granted_or_partial", 1519),
    ("R41", "E", "requests.denied", 142),
    ("R41", "E", "requests.cannot", 1078),
    ("R41", "E", "requests.refused", 406),
    ("R41", "E", "requests.other", 341),
    ("R41", "E", "requests.deny_query", 21),
    ("R42", "W", "requests.in_hand.natural", 3493),
    ("R42", "W", "requests.in_hand.organisations", 114),
    ("R42", "W", "requests.new.business", 99),
    ("R44", "W", "active.rules.made", 2),
    ("R44", "W", "active.normative.made", 109),
    ("R44", "W", "active.punishment", 2822652),
]


@pytest.mark.parametrize(("rule", "severity", "claim", "value"), CITY_CLAIMS)
def test_a_figure_of_the_prose_is_the_table_s(
    rule: str, severity: str, claim: str, value: int
) -> None:
    right = changed({"prose.claims": [claiming(claim, value)]}, CITY)
    assert {one[0] for one in found(right)} == {"R51"}
    wrong = changed({"prose.claims": [claiming(claim, value + 1)]}, CITY)
    assert (rule, severity, f"prose.claims[{claim}]") in found(wrong)
    assert (rule, value + 1, value) in figures_found(wrong)


@pytest.mark.parametrize(
    "claim", ["visits", "requests.joy", "requests.new.moon", "remedies.review.joy"]
)
def test_a_claim_about_something_else_is_left_alone(claim: str) -> None:
    assert found(changed({"prose.claims": [claiming(claim, 7)]})) == []


def test_a_claim_about_a_row_that_is_not_printed_is_left_alone() -> None:
    content = changed({"prose.claims": [claiming("requests.other_misc", 7)]})
    del content["requests"]["other_misc"]
    assert found(content) == [("R04", "E", "requests.other_misc")]


def test_complete_parts_add_up_to_their_total() -> None:
    content = changed({"prose.published.0.by_column.工作动态": 840})
    assert found(content) == [("R43", "E", "prose.published[0]")]
    assert figures_found(content) == [("R43", 852, 853)]


def test_a_wrong_total_that_is_restated_rightly_is_one_fault() -> None:
    content = changed({"prose.published.0.total": 851})
    assert found(content) == [("R43", "E", "prose.published[0]")]


def partly(total: int, quote: str) -> dict[str, object]:
    return {
        "scope": "全镇公开",
        "unit": "条",
        "total": total,
        "exhaustive": False,
        "by_column": {"一": 60, "二": 50},
        "quote": quote,
    }


def test_partial_parts_are_covered_by_their_total() -> None:
    assert found(changed({"prose.published": [partly(672, "公开672条")]})) == []
    content = changed({"prose.published": [partly(109, "公开109条，其中")]})
    assert found(content) == [("R43", "E", "prose.published[0]")]


def test_an_approximate_total_is_not_held_to_its_parts() -> None:
    assert found(changed({"prose.published": [partly(100, "公开100余条")]})) == []


def test_a_total_said_twice_is_the_same() -> None:
    content = changed({"prose.published.1.total": 853})
    assert found(content) == [("R44", "W", "prose.published[1]")]
    assert figures_found(content) == [("R44", 853, 852)]


def test_totals_of_different_things_may_differ() -> None:
    content = changed(
        {"prose.published.1.total": 20, "prose.published.1.scope": "公众号"}
    )
    assert found(content) == []


def share(stated: object, quote: str = "") -> dict[str, object]:
    figures = {"stated": stated, "numerator": 1, "denominator": 3}
    return {"claim": "percent", "value": figures, "quote": quote}


@pytest.mark.parametrize("stated", [33, 33.3, 33.33, "33.3%", 33.0])
def test_a_percentage_recomputes_to_its_precision(stated: object) -> None:
    assert found(changed({"prose.claims": [share(stated)]})) == []


@pytest.mark.parametrize("stated", [34, 33.4, 33.34, "33.30%"])
def test_a_wrong_percentage_is_a_warning(stated: object) -> None:
    content = changed({"prose.claims": [share(stated)]})
    assert found(content) == [("R45", "W", "prose.claims[percent]")]


def test_the_quote_shows_the_printed_precision() -> None:
    content = changed({"prose.claims": [share(33.3, "占33.30%")]})
    assert found(content) == [("R45", "W", "prose.claims[percent]")]


def test_a_percentage_may_stand_beside_its_name_and_name_its_counts() -> None:
    claim = {
        "claim": "percent",
        "stated": 100,
        "numerator": "requests.granted",
        "denominator": "requests.total",
    }
    assert found(changed({"prose.claims": [claim]})) == []
    assert found(changed({"prose.claims": [{**claim, "stated": 99}]}))[0][0] == "R45"


def test_a_percentage_of_nothing_says_nothing() -> None:
    claim = {"claim": "percent", "stated": 100, "numerator": 0, "denominator": 0}
    assert found(changed({"prose.claims": [claim]})) == []


def test_all_is_not_closed_while_something_is_carried_out() -> None:
    said = claiming("requests.new", 1, "收到申请1件，均已按时办结")
    assert found(changed({"prose.claims": [said]})) == []
    content = changed(
        {
            "prose.claims": [said],
            "requests.granted": [0] * 7,
            "requests.total": [0] * 7,
            "requests.carried_out": [1, 0, 0, 0, 0, 0, 1],
        }
    )
    assert found(content) == [("R46", "W", "prose")]
    assert figures_found(content) == [("R46", "均已按时办结", 1)]


def test_all_closed_is_believed_of_an_office_that_counts_its_own() -> None:
    said = claiming("requests.new", 2, "办公室收到申请2件，全部办结")
    content = changed({"prose.claims": [said]}, "stcsm-2024")
    assert "R46" not in {rule for rule, _, _ in found(content)}


def test_a_claim_that_shows_a_printed_total_to_be_wrong_is_no_second_fault() -> None:
    content = changed({"remedies.review.total": 441}, CITY)
    content["prose"]["claims"] = [claiming("remedies.review.total", 440)]
    assert {one[0] for one in found(content)} == {"R30", "R51"}
    content = changed({"requests.granted.6": 1192}, CITY)
    assert "R41" not in {one[0] for one in found(content)}


def test_all_is_not_upheld_while_a_review_is_pending() -> None:
    said = claiming("remedies.review.total", 2, "行政复议2件，均获维持")
    upheld = {"upheld": 2, "corrected": 0, "other": 0, "pending": 0, "total": 2}
    content = changed({"prose.claims": [said], "remedies.review": upheld})
    assert found(content) == []
    content["remedies"]["review"].update(upheld=1, pending=1)
    assert found(content) == [("R46", "W", "prose")]


def test_a_report_without_prose_figures_is_judged_by_its_tables() -> None:
    content = report_file()
    del content["prose"]
    assert found(content) == []
