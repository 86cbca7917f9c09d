"""A list as an Excel file in which nothing is a formula."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from io import BytesIO
from typing import Any

from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE

LONGEST_CELL = 32_767


def spreadsheet(
    title: str, heads: Sequence[str], rows: Iterable[Sequence[str]]
) -> bytes:
    """The bytes of an ``.xlsx`` with one sheet.

    Every cell is stored as text, also one that begins with ``= + - @``: what somebody
    typed is never run on the reader's machine.
    """
    book = Workbook(write_only=True)
    sheet = book.create_sheet(title)
    for row in (heads, *rows):
        sheet.append([_text(sheet, value) for value in row])
    out = BytesIO()
    book.save(out)
    return out.getvalue()


def _text(sheet: Any, value: str) -> Any:
    clean = ILLEGAL_CHARACTERS_RE.sub("\ufffd", value)[:LONGEST_CELL]
    cell = WriteOnlyCell(sheet, "")
    cell.value = clean
    cell.data_type = "s"
    return cell
