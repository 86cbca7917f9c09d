"""Office files as people attach them, with a fault in a paragraph and in a cell."""

from __future__ import annotations

import io
from collections.abc import Sequence

import docx
import openpyxl

from workflow.articles.files import NewFile

WRONG, WARNED = "我镇己完成全部整改任务。", "其它事项另行通知"


def word(name: str, *paragraphs: str, rows: Sequence[Sequence[str]] = ()) -> NewFile:
    """A Word file of paragraphs, then one table."""
    document = docx.Document()
    document.core_properties.author = ""
    for paragraph in paragraphs:
        document.add_paragraph(paragraph)
    if rows:
        table = document.add_table(len(rows), len(rows[0]))
        for down, row in enumerate(rows):
            for across, cell in enumerate(row):
                table.cell(down, across).text = cell
    out = io.BytesIO()
    document.save(out)
    return NewFile(name, out.getvalue())


def excel(name: str, rows: Sequence[Sequence[object]]) -> NewFile:
    """An Excel file with one sheet, 明细."""
    workbook = openpyxl.Workbook()
    sheet = workbook.worksheets[0]
    sheet.title = "明细"
    for row in rows:
        sheet.append(list(row))
    out = io.BytesIO()
    workbook.save(out)
    return NewFile(name, out.getvalue())


def faulty_word() -> NewFile:
    """A fault in the second paragraph, another in a cell."""
    rows = (("村名", "备注"), ("石桥村", WARNED))
    return word("工作安排.docx", "示例镇春耕备耕工作安排", WRONG, rows=rows)


def faulty_excel() -> NewFile:
    """A fault in C2, another in C3."""
    rows = (("村名", "户数", "备注"), ("石桥村", 3, WRONG), ("上坪村", 5, WARNED))
    return excel("明细表.xlsx", rows)
