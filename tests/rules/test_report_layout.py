"""R01 to R07: form and cells."""

from __future__ import annotations

import pytest

from tests.rules.report_files import (
    CLEAN,
    changed,
    figures_found,
    findings_of,
    found,
    of_year,
    report_file,
    without,
)
from workflow.reports.form import (
    ACTIVE_CELLS,
    COLUMNS,
    HEADINGS,
    OUTCOMES,
    REMEDY_CELLS,
    REMEDY_GROUPS,
    REQUEST_ROWS,
    ROW_LABELS,
)

OLD_ACTIVE = {
    "rules_2019": {"made": 0, "published": 0, "total": 0},
    "normative_2019": {"made": 22, "published": 22, "total": 22},
    "licensing_2019": {"items": 3, "change": "+1", "decisions": 4},
}


def in_old_layout(year: int) -> dict[str, object]:
    content = of_year(year)
    for row in ("other_no_correction", "other_no_fee", "other_misc"):
        del content["requests"][row]
    content["requests"]["other"] = [0] * 7
    return {
        **content,
        "format": "2019",
        "active": OLD_ACTIVE,
    }


def test_the_form_has_the_size_the_regulation_gives_it() -> None:
    assert len(ACTIVE_CELLS) == 10
    assert (len(REQUEST_ROWS), len(OUTCOMES), len(COLUMNS)) == (25, 21, 7)
    assert len(REMEDY_GROUPS) * len(REMEDY_CELLS) == 15
    assert set(REQUEST_ROWS) < set(ROW_LABELS)


def test_the_old_layout_is_one_fault_from_2021_on() -> None:
    assert found(in_old_layout(2022)) == [("R01", "E", "format")]


def test_the_old_layout_was_right_until_2020() -> None:
    assert found(in_old_layout(2020)) == []


def test_old_cells_under_a_new_format_are_the_old_layout() -> None:
    content = changed({"active": OLD_ACTIVE})
    assert found(content) == [("R01", "E", "format")]


def test_a_heading_in_other_words_is_a_warning_at_its_place() -> None:
    content = changed({"sections.0": "一、总体概况"})
    assert found(content) == [("R02", "W", "sections[0]")]
    assert figures_found(content) == [("R02", "一、总体概况", HEADINGS[0])]


@pytest.mark.parametrize("heading", ["总体情况", "一.总体情况"])
def test_a_heading_without_its_number_is_another_wording(heading: str) -> None:
    assert found(changed({"sections.0": heading})) == [("R02", "W", "sections[0]")]


def test_a_space_in_a_heading_is_not_another_wording() -> None:
    assert found(changed({"sections.0": "一、 总体情况"})) == []


@pytest.mark.parametrize(
    "sections",
    [
        HEADINGS[:5],
        (*HEADINGS, "七、附件"),
        (*HEADINGS[:5], "五、其他需要报告的事项"),
        (HEADINGS[1], HEADINGS[0], *HEADINGS[2:]),
        (),
    ],
)
def test_missing_added_repeated_or_swapped_sections_are_errors(
    sections: tuple[str, ...],
) -> None:
    assert found(changed({"sections": list(sections)})) == [("R02", "E", "sections")]


def test_a_row_missing_from_section_two_is_an_error() -> None:
    assert found(without("active.coercion")) == [("R03", "E", "active.coercion")]


def test_a_row_added_to_section_two_is_an_error() -> None:
    content = changed({"active.other_documents": {"made": 9, "valid": 9}})
    cell = "active.{other_documents.made,other_documents.valid}"
    assert found(content) == [("R03", "E", cell)]


def test_a_row_missing_from_section_three_is_one_error() -> None:
    assert found(without("requests.partial")) == [("R04", "E", "requests.partial")]


def test_the_sum_that_a_missing_row_leaves_short_is_not_a_second_error() -> None:
    content = without("requests.granted")
    content["prose"]["claims"] = []
    assert found(content) == [("R04", "E", "requests.granted")]


def test_a_row_added_to_section_three_is_an_error() -> None:
    content = changed({"requests.deny_other": [0] * 7})
    assert found(content) == [("R04", "E", "requests.deny_other")]


def test_a_row_of_six_cells_is_an_error() -> None:
    content = changed({"requests.deny_law": [0] * 6})
    assert found(content) == [("R04", "E", "requests.deny_law")]
    assert figures_found(content) == [("R04", 6, 7)]


def test_one_row_for_other_results_is_an_error() -> None:
    content = changed({"requests.other": [0] * 7})
    for row in ("other_no_correction", "other_no_fee", "other_misc"):
        del content["requests"][row]
    assert found(content) == [("R04", "E", "requests.other_*")]


def test_a_cell_missing_from_section_four_is_an_error() -> None:
    content = without("remedies.review.pending")
    assert found(content) == [("R05", "E", "remedies.review.pending")]


def test_a_group_missing_from_section_four_is_an_error() -> None:
    findings = findings_of(without("remedies.suit_direct"))
    assert [(one.rule, one.stated, one.computed) for one in findings] == [("R05", 0, 5)]


def test_a_group_added_to_section_four_is_an_error() -> None:
    content = changed({"remedies.letters": {"total": 0}})
    assert found(content) == [("R05", "E", "remedies.letters")]


@pytest.mark.parametrize(
    ("place", "cell"),
    [
        ("active.coercion", "active.coercion"),
        ("active.normative.valid", "active.normative.valid"),
        ("requests.partial.3", "requests.partial.nonprofit"),
        ("remedies.review.other", "remedies.review.other"),
    ],
)
def test_a_blank_cell_is_a_warning(place: str, cell: str) -> None:
    content = changed({place: None})
    assert found(content) == [("R06", "W", cell)]
    assert figures_found(content) == [("R06", None, 0)]


def test_blanks_of_one_pattern_are_one_warning() -> None:
    content = changed({f"requests.{row}.2": None for row in REQUEST_ROWS})
    assert found(content) == [("R06", "W", "requests.*.research")]


def test_a_blank_row_of_documents_is_three_blank_cells() -> None:
    content = changed({"active.rules": None})
    cell = "active.{rules.made,rules.repealed,rules.valid}"
    assert found(content) == [("R06", "W", cell)]


def test_a_remark_in_a_number_cell_is_a_warning() -> None:
    remark = {"cell": "active.punishment", "text": "5件（含简易程序）"}
    content = changed({"active.annotations": [remark]})
    assert found(content) == [("R06", "W", "active.punishment")]
    content["active"]["punishment"] = None
    assert found(content) == [("R06", "W", "active.punishment")]


@pytest.mark.parametrize("value", [-1, 1.5])
def test_a_count_is_whole_and_not_negative(value: float) -> None:
    content = changed({"active.licensing": value})
    assert found(content) == [("R07", "E", "active.licensing")]


def test_fees_may_have_decimals_but_not_be_negative() -> None:
    assert found(changed({"active.fees_wan": 12.3456})) == []
    assert found(changed({"active.fees_wan": -0.5}))[0][0] == "R07"


def test_a_whole_number_written_with_a_point_is_whole() -> None:
    assert found(changed({"active.licensing": 3.0})) == []


def test_a_count_in_section_three_or_four_is_judged_too() -> None:
    for place in ("requests.granted.0", "remedies.review.upheld"):
        assert ("R07", "E") in {one[:2] for one in found(changed({place: 1.5}))}


def test_the_clean_report_is_the_ground_of_these_tests() -> None:
    assert found(report_file(CLEAN)) == []


@pytest.mark.parametrize(
    ("place", "text"),
    [
        ("active.licensing", "5件"),
        ("active.coercion", "/"),
        ("active.rules.made", "—"),
        ("requests.new.0", "1件"),
        ("requests.deny_law.6", "/"),
        ("remedies.review.total", "无"),
    ],
)
def test_a_text_where_a_number_belongs_is_one_warning(place: str, text: str) -> None:
    content = changed({place: text})
    (finding,) = findings_of(content)
    assert (finding.rule, finding.severity) == ("R06", "W")
    assert finding.stated == text


def test_a_row_printed_blank_is_blank_and_not_missing() -> None:
    assert [one[0] for one in found(changed({"requests.deny_law": None}))] == ["R06"]
    assert [one[0] for one in found(changed({"remedies.review": None}))] == ["R06"]


def test_a_note_among_the_rows_is_no_row() -> None:
    assert found(changed({"active.note": "均含下属单位"})) == []
    assert found(changed({"requests.note": "无"})) == []
