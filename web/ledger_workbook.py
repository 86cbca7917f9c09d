"""The ledger as an Excel workbook, written row by row."""

from __future__ import annotations

import io
from collections.abc import Iterable
from datetime import datetime

from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE, Cell
from openpyxl.worksheet._write_only import WriteOnlyWorksheet

from web.display import full_moment
from workflow.articles.ledger import LedgerRow

MEDIA_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
HEADS = (
    "编号",
    "标题",
    "类别",
    "栏目",
    "年报类别",
    "拟稿人",
    "环节",
    "拟稿时间",
    "发布时间",
)
WIDTHS = (12, 60, 12, 16, 14, 12, 20, 20, 20)
LOOKS_LIKE_A_FORMULA = ("=", "+", "-", "@", "\t", "\r")


def workbook(rows: Iterable[LedgerRow]) -> io.BytesIO:
    """A file with the rows, to be read from its beginning."""
    book = Workbook(write_only=True)
    sheet = book.create_sheet("台账")
    for number, width in enumerate(WIDTHS):
        sheet.column_dimensions["ABCDEFGHI"[number]].width = width
    sheet.freeze_panes = "A2"
    sheet.append(HEADS)
    for row in rows:
        sheet.append([_as_text(sheet, value) for value in _values(row)])
    file = io.BytesIO()
    book.save(file)
    file.seek(0)
    return file


def _values(row: LedgerRow) -> tuple[str, ...]:
    article = row.article
    return (
        row.number,
        article.title,
        row.importance,
        row.section,
        row.report_column,
        row.drafter,
        row.stage,
        _moment(article.made_at),
        _moment(article.published_at),
    )


def _moment(at: datetime | None) -> str:
    return full_moment(at)


def _as_text(sheet: WriteOnlyWorksheet, value: str) -> Cell:
    """A cell that Excel never takes for a formula, also after it was edited."""
    plain = ILLEGAL_CHARACTERS_RE.sub("", value)
    cell = WriteOnlyCell(sheet, value=plain)
    cell.data_type = "s"
    if plain.startswith(LOOKS_LIKE_A_FORMULA):
        cell.quotePrefix = True
    return cell
