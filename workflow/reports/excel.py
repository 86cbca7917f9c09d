"""The annual report as an Excel file: one sheet a table, figures as numbers."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from io import BytesIO

from openpyxl import Workbook
from openpyxl.cell.cell import Cell, MergedCell
from openpyxl.styles import Alignment, Border, Font, Side
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.properties import PageSetupProperties
from openpyxl.worksheet.worksheet import Worksheet

from workflow.reports.form import HEADINGS
from workflow.reports.grid import Box, Grid, grids
from workflow.reports.report import Report

FIRST_ROW = 3
WIDTH = 110
EDGE = Side(style="thin")
FRAME = Border(left=EDGE, right=EDGE, top=EDGE, bottom=EDGE)
MIDDLE = Alignment(horizontal="center", vertical="center", wrap_text=True)
READING = Alignment(vertical="top", wrap_text=True)
SHEETS = {
    HEADINGS[1]: "主动公开",
    HEADINGS[2]: "申请情况",
    HEADINGS[3]: "复议诉讼",
}


def as_excel(report: Report, prose: Mapping[str, Sequence[str]]) -> bytes:
    """The report as one ``.xlsx``: the words first, then the three tables.

    Args:
        prose: statutory heading to its paragraphs, as plain text.
    """
    book = Workbook()
    book.properties.title, book.properties.creator = report.title, report.organ.name
    words = book.active
    if isinstance(words, Worksheet):
        _write_words(words, report, prose)
    for grid in grids(report):
        _draw(book.create_sheet(SHEETS[grid.heading]), grid)
    file = BytesIO()
    book.save(file)
    return file.getvalue()


def _write_words(
    sheet: Worksheet, report: Report, prose: Mapping[str, Sequence[str]]
) -> None:
    sheet.title = "文字"
    sheet.column_dimensions["A"].width = WIDTH
    lines = [(report.title, True)]
    for heading in HEADINGS:
        lines.append((heading, True))
        lines.extend((text, False) for text in prose.get(heading, ()))
    for row, (text, is_heading) in enumerate(lines, 1):
        cell = sheet.cell(row, 1)
        _as_text(cell, text)
        cell.alignment, cell.font = READING, Font(bold=is_heading)


def _draw(sheet: Worksheet, grid: Grid) -> None:
    _as_text(sheet.cell(1, 1), grid.heading)
    sheet.cell(1, 1).font = Font(bold=True, size=14)
    for at, share in enumerate(grid.widths, 1):
        sheet.column_dimensions[get_column_letter(at)].width = max(7, WIDTH * share)
    for box in grid.boxes:
        _fill(sheet, box)
    sheet.page_setup.orientation = "landscape"
    sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight = 1, 0
    sheet.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)


def _fill(sheet: Worksheet, box: Box) -> None:
    top, left = FIRST_ROW + box.row, 1 + box.column
    bottom, right = top + box.rows - 1, left + box.columns - 1
    for row in range(top, bottom + 1):
        for column in range(left, right + 1):
            sheet.cell(row, column).border = FRAME
    cell = sheet.cell(top, left)
    if box.cell:
        cell.value = box.value
    else:
        _as_text(cell, box.label)
    cell.alignment = MIDDLE
    if (top, left) != (bottom, right):
        sheet.merge_cells(
            start_row=top, start_column=left, end_row=bottom, end_column=right
        )


def _as_text(cell: Cell | MergedCell, text: str) -> None:
    """A text that begins like a formula stays a text."""
    cell.value, cell.data_type = text, "s"
