"""The text of an Excel file, cell by cell; hidden sheets, rows, columns, comments."""

from __future__ import annotations

import io
from collections.abc import Iterator
from datetime import date, datetime

from openpyxl import load_workbook
from openpyxl.cell.cell import Cell, MergedCell
from openpyxl.utils import get_column_letter
from openpyxl.workbook.workbook import Workbook
from openpyxl.worksheet.worksheet import Worksheet

from workflow.proofreading.documents.contents import Contents, Gathering, Hidden
from workflow.proofreading.findings import Severity

VISIBLE = "visible"
_Row = tuple[Cell | MergedCell, ...]


def read_excel(content: bytes) -> Contents:
    """Every visible cell with its address; what is hidden is told, not read."""
    workbook = load_workbook(io.BytesIO(content), data_only=True)
    gathered = Gathering()
    for sheet in workbook.worksheets:
        if sheet.sheet_state == VISIBLE:
            _sheet(gathered, sheet)
    return gathered.contents(tuple(_hidden(workbook)))


def _sheet(gathered: Gathering, sheet: Worksheet) -> None:
    for row in sheet.iter_rows():
        if gathered.is_full:
            return
        _row(gathered, sheet, row)


def _row(gathered: Gathering, sheet: Worksheet, row: _Row) -> None:
    cells = [cell for cell in row if not _is_hidden(sheet, cell)]
    while cells and cells[-1].value is None:
        cells.pop()
    for number, cell in enumerate(cells, 1):
        place = f"工作表“{sheet.title}”{cell.coordinate}"
        ending = "\t" if number < len(cells) else "\n"
        gathered.add(_words(cell.value), place, ending)


def _words(value: object) -> str:
    if value is None:
        return ""
    if isinstance(value, datetime):
        value = value.date() if value.time().isoformat() == "00:00:00" else value
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return " ".join(str(value).split())


def _is_hidden(sheet: Worksheet, cell: Cell | MergedCell) -> bool:
    row = sheet.row_dimensions.get(cell.row or 0)
    column = sheet.column_dimensions.get(get_column_letter(cell.column or 1))
    return bool((row and row.hidden) or (column and column.hidden))


def _hidden(workbook: Workbook) -> Iterator[Hidden]:
    for sheet in workbook.worksheets:
        if sheet.sheet_state != VISIBLE:
            what = f"有隐藏的工作表“{sheet.title}”，请删除后再上传"
            yield Hidden("F21", f"工作表“{sheet.title}”", what, Severity.BLOCK)
        else:
            yield from _hidden_in(sheet)
    author = workbook.properties.creator
    if author and author != "openpyxl":
        what = f"文件属性里留有作者“{author[:20]}”，上传前宜清除"
        yield Hidden("F21", "文件属性", what, Severity.HINT)


def _hidden_in(sheet: Worksheet) -> Iterator[Hidden]:
    filled = [cell for row in sheet.iter_rows() for cell in row if cell.value]
    hidden = [cell for cell in filled if _is_hidden(sheet, cell)]
    if hidden:
        place = f"工作表“{sheet.title}”{hidden[0].coordinate}"
        what = f"有隐藏的行或列，其中{len(hidden)}格有内容，请删除后再上传"
        yield Hidden("F21", place, what, Severity.BLOCK)
    for cell in filled:
        if cell.comment is not None:
            place = f"工作表“{sheet.title}”{cell.coordinate}"
            yield Hidden("F21", place, "有批注，请删除后再上传", Severity.BLOCK)
            return
