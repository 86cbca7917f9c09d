"""The report on paper and in a file says what the figures say."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from html.parser import HTMLParser

import pytest

from tests.rules.report_files import NAMES, changed, report_file
from workflow.reports.form import HEADINGS, REMEDY_CELLS, REMEDY_GROUPS, REQUEST_ROWS
from workflow.reports.printing import as_html
from workflow.reports.rules import compare, read_report
from workflow.reports.writing import write_report


@dataclass
class Box:
    tag: str
    scope: str
    columns: int
    rows: int
    text: str = ""


@dataclass
class Tables(HTMLParser):
    """The tables of a page as rows of boxes."""

    tables: list[list[list[Box]]] = field(default_factory=list)
    inside: bool = False

    def __post_init__(self) -> None:
        super().__init__()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        if tag == "table":
            self.tables.append([])
        elif tag == "tr":
            self.tables[-1].append([])
        elif tag in {"td", "th"}:
            columns, rows = given.get("colspan") or "1", given.get("rowspan") or "1"
            box = Box(tag, given.get("scope") or "", int(columns), int(rows))
            self.tables[-1][-1].append(box)
            self.inside = True

    def handle_endtag(self, tag: str) -> None:
        if tag in {"td", "th"}:
            self.inside = False

    def handle_data(self, data: str) -> None:
        if self.inside:
            self.tables[-1][-1][-1].text += data


def tables_of(page: str) -> list[list[list[Box]]]:
    reader = Tables()
    reader.feed(page)
    return reader.tables


def grid(table: list[list[Box]]) -> dict[tuple[int, int], Box]:
    """Every square of a table; two boxes on one square are a fault."""
    squares: dict[tuple[int, int], Box] = {}
    for top, boxes in enumerate(table):
        for box in boxes:
            left = next(n for n in range(99) if (top, n) not in squares)
            for row in range(top, top + box.rows):
                for column in range(left, left + box.columns):
                    assert (row, column) not in squares
                    squares[row, column] = box
    return squares


def page_of(name: str) -> str:
    return as_html(read_report(json.dumps(report_file(name))))


def test_the_merged_cells_of_each_table_fill_a_rectangle() -> None:
    sizes = []
    for table in tables_of(page_of("jiangkou-2024")):
        squares = grid(table)
        height, width = (max(place[axis] for place in squares) + 1 for axis in (0, 1))
        assert len(squares) == height * width
        sizes.append((height, width))
    assert sizes == [(14, 4), (28, 10), (4, 15)]


def test_the_heads_stand_over_the_columns_they_name() -> None:
    _, requests, remedies = (grid(t) for t in tables_of(page_of("jiangkou-2024")))
    assert [requests[2, column].text for column in range(3, 10)] == [
        "自然人",
        "商业企业",
        "科研机构",
        "社会公益组织",
        "法律服务机构",
        "其他",
        "总计",
    ]
    assert requests[0, 3].text == "申请人情况"
    assert requests[1, 4].text == "法人或其他组织"
    assert requests[26, 0].text == "三、本年度办理结果"
    assert requests[26, 1].text == "（七）总计"
    assert requests[7, 1].text == "（三）不予公开"
    assert remedies[1, 5].text == "未经复议直接起诉"
    assert remedies[0, 14].text == "行政诉讼"


@pytest.mark.parametrize("name", ["jiangkou-2024", "suqian-2023", "shuyang-fgj-2023"])
def test_each_figure_stands_in_its_square(name: str) -> None:
    content = report_file(name)
    active, requests, remedies = (grid(t) for t in tables_of(page_of(name)))
    for index, row in enumerate(REQUEST_ROWS):
        printed = [requests[3 + index, column].text for column in range(3, 10)]
        shown = ["" if n is None else str(n) for n in content["requests"][row]]
        assert printed == shown, row
    assert [remedies[3, column].text for column in range(15)] == [
        str(content["remedies"][group.code][cell])
        for group in REMEDY_GROUPS
        for cell in REMEDY_CELLS
    ]
    assert active[3, 3].text == str(content["active"]["normative"]["valid"])
    assert active[9, 1].text == str(content["active"]["punishment"])
    assert active[13, 1].text == str(content["active"]["fees_wan"])


def test_every_head_says_what_it_heads() -> None:
    for table in tables_of(page_of("jiangkou-2024")):
        for row in table:
            for box in row:
                is_head = box.tag == "th"
                assert is_head == (box.scope in {"row", "col", "rowgroup", "colgroup"})


def test_the_six_headings_and_the_prose_are_printed_as_text() -> None:
    report = read_report(json.dumps(changed({"source.title": "<b>年报</b>"})))
    page = as_html(report, {HEADINGS[4]: ["存在问题：<script>"]})
    places = [page.index(f"<h2>{heading}</h2>") for heading in HEADINGS]
    assert places == sorted(places)
    assert "<p>存在问题：&lt;script&gt;</p>" in page
    assert "<h1>&lt;b&gt;年报&lt;/b&gt;</h1>" in page


@pytest.mark.parametrize("name", NAMES)
def test_a_report_written_and_read_again_is_the_same(name: str) -> None:
    report = read_report(json.dumps(report_file(name)))
    again = read_report(write_report(report))
    assert again == report
    assert compare(again, report) == ()


def test_percentages_remarks_and_old_cells_survive_writing() -> None:
    percent = {"claim": "percent", "stated": 50.5, "numerator": 1, "denominator": 2}
    changes: dict[str, object] = {
        "prose.claims": [percent],
        "active.annotations": [{"cell": "licensing", "text": "（含备案）"}],
        "active.rules_2019": {"made": 0, "change": "+1"},
        "published_on": "2025-01-08",
        "period": None,
    }
    report = read_report(json.dumps(changed(changes)))
    assert read_report(write_report(report)) == report
