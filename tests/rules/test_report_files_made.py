"""The report in Word and Excel, read back cell for cell."""

from __future__ import annotations

import json
from io import BytesIO

import pytest
from docx import Document
from openpyxl import load_workbook

from tests.rules.report_files import CLEAN, report_file
from tests.word_files import boxes, numbers
from workflow.reports.excel import as_excel
from workflow.reports.form import (
    ACTIVE_CELLS,
    HEADINGS,
    OUTCOME_GROUPS,
    REMEDY_CELLS,
    REMEDY_GROUPS,
    REQUEST_ROWS,
)
from workflow.reports.grid import grids
from workflow.reports.reading import read_report
from workflow.reports.report import Report
from workflow.reports.word import as_word

PROSE = {HEADINGS[0]: ["=1+1 本机关公开信息。"], HEADINGS[5]: ["没有。"]}
PRINTED = ["jiangkou-2024", "suqian-2023", "shuyang-fgj-2023"]


def report_of(name: str) -> Report:
    return read_report(json.dumps(report_file(name)))


def printed(value: object) -> str:
    return "" if value is None else f"{value}"


@pytest.mark.parametrize("name", PRINTED)
def test_word_has_every_figure_in_its_place(name: str) -> None:
    report = report_of(name)
    active, requests, remedies = Document(BytesIO(as_word(report, PROSE))).tables
    figures = [figure for row in numbers(active) for figure in row]
    assert figures == [printed(report.active.figures[cell]) for cell in ACTIVE_CELLS]
    assert numbers(requests) == [
        [printed(cell) for cell in report.requests[row]] for row in REQUEST_ROWS
    ]
    assert numbers(remedies) == [
        [
            printed(report.remedies[group.code][cell])
            for group in REMEDY_GROUPS
            for cell in REMEDY_CELLS
        ]
    ]


def test_word_has_the_statutory_headings_in_order() -> None:
    paper = Document(BytesIO(as_word(report_of(CLEAN), PROSE)))
    headings = [
        p.text for p in paper.paragraphs if p.style and p.style.name == "Heading 1"
    ]
    assert tuple(headings) == HEADINGS


def test_the_merged_boxes_are_those_of_the_form() -> None:
    active, requests, remedies = Document(
        BytesIO(as_word(report_of(CLEAN), PROSE))
    ).tables
    assert boxes(active)[0] == [("第二十条第（一）项", 1, 4)]
    assert boxes(active)[4] == [("第二十条第（五）项", 1, 4)]
    assert boxes(active)[5][1] == ("本年处理决定数量", 1, 3)
    note, people, total = boxes(requests)[0]
    assert (note[1:], people[1:], total[1:]) == ((3, 3), (1, 6), (3, 1))
    assert [box[1:] for box in boxes(requests)[1]] == [(2, 1), (1, 5)]
    assert boxes(requests)[5][0] == ("三、本年度办理结果", 22, 1)
    group_rows = [box for row in boxes(requests) for box in row if "（" in box[0][:1]]
    sizes = [len(group.rows) for group in OUTCOME_GROUPS]
    assert [box[1] for box in group_rows[1:7]] == sizes
    assert [box[1:] for box in boxes(remedies)[0]] == [(1, 5), (1, 10)]
    assert [box[1:] for box in boxes(remedies)[1]] == [*[(2, 1)] * 5, *[(1, 5)] * 2]


@pytest.mark.parametrize("name", PRINTED)
def test_no_two_boxes_of_a_grid_overlap_and_none_is_missing(name: str) -> None:
    for grid in grids(report_of(name)):
        covered = [
            (box.row + down, box.column + across)
            for box in grid.boxes
            for down in range(box.rows)
            for across in range(box.columns)
        ]
        assert len(covered) == len(set(covered)) == grid.rows * len(grid.widths)


def test_excel_has_figures_as_numbers_and_words_as_words() -> None:
    report = report_of("suqian-2023")
    book = load_workbook(BytesIO(as_excel(report, PROSE)))
    assert book.sheetnames == ["文字", "主动公开", "申请情况", "复议诉讼"]
    rows = list(book["申请情况"].iter_rows(min_row=6, min_col=4, values_only=True))
    assert rows == [report.requests[row] for row in REQUEST_ROWS]
    assert book["主动公开"]["B16"].value == 59237.2449
    words = [cell.value for cell in book["文字"]["A"]]
    assert "=1+1 本机关公开信息。" in words
    assert all(cell.data_type != "f" for cell in book["文字"]["A"])
