"""The text of a Word file, paragraph by paragraph and cell by cell."""

from __future__ import annotations

import io
from collections.abc import Iterator

from docx import Document
from docx.document import Document as WordDocument
from docx.oxml.ns import qn
from docx.oxml.xmlchemy import BaseOxmlElement

from workflow.proofreading.documents.contents import Contents, Gathering, Hidden
from workflow.proofreading.findings import Severity

PARAGRAPH, TABLE = qn("w:p"), qn("w:tbl")
ROW, CELL = qn("w:tr"), qn("w:tc")
TEXT, TAB, BREAKS = qn("w:t"), qn("w:tab"), (qn("w:br"), qn("w:cr"))
VANISH, RUN, INSERTED, DELETED = qn("w:vanish"), qn("w:r"), qn("w:ins"), qn("w:del")
COMMENTS = "/comments"
OFF = ("0", "false", "off")


def read_word(content: bytes) -> Contents:
    """Body, tables, headers and footers; tracked changes, comments and hidden text."""
    document = Document(io.BytesIO(content))
    gathered = Gathering()
    _body(gathered, document)
    _margins(gathered, document)
    return gathered.contents(tuple(_hidden(document)))


def _body(gathered: Gathering, document: WordDocument) -> None:
    paragraphs = tables = 0
    for element in document.element.body:
        if gathered.is_full:
            return
        if element.tag == PARAGRAPH:
            paragraphs += 1
            gathered.add(_text(element), f"第{paragraphs}段")
        elif element.tag == TABLE:
            tables += 1
            _table(gathered, element, tables)


def _table(gathered: Gathering, table: BaseOxmlElement, number: int) -> None:
    for row_number, row in enumerate(table.iterchildren(ROW), 1):
        cells = list(row.iterchildren(CELL))
        for column, cell in enumerate(cells, 1):
            said = " ".join(_text(p) for p in cell.iter(PARAGRAPH)).strip()
            place = f"表{number}第{row_number}行第{column}列"
            gathered.add(said, place, "\t" if column < len(cells) else "\n")


def _margins(gathered: Gathering, document: WordDocument) -> None:
    for section in document.sections:
        for part, words in ((section.header, "页眉"), (section.footer, "页脚")):
            if part.is_linked_to_previous:
                continue
            for paragraph in part.paragraphs:
                if paragraph.text.strip():
                    gathered.add(paragraph.text, words)


def _text(paragraph: BaseOxmlElement) -> str:
    """What shows of a paragraph: what was deleted with tracking does not."""
    parts: list[str] = []
    for run in paragraph.iter(RUN):
        if not _vanishes(run):
            parts += _letters(run)
    return "".join(parts)


def _letters(run: BaseOxmlElement) -> Iterator[str]:
    for element in run:
        if element.tag == TEXT:
            yield element.text or ""
        elif element.tag == TAB:
            yield " "
        elif element.tag in BREAKS:
            yield "\n"


def _vanishes(run: BaseOxmlElement) -> bool:
    marks = list(run.iter(VANISH))
    return any(mark.get(qn("w:val"), "1") not in OFF for mark in marks)


def _hidden(document: WordDocument) -> Iterator[Hidden]:
    body = document.element.body
    changes = sum(1 for _ in body.iter(INSERTED, DELETED))
    if changes:
        yield _blocks("正文", f"有{changes}处未接受的修订，请接受或拒绝后再上传")
    if any(COMMENTS in name for name in _part_names(document)):
        yield _blocks("批注", "有批注，请删除后再上传")
    if said := "".join(_hidden_text(body)):
        yield _blocks("正文", f"有隐藏文字“{said[:20]}”，请删除后再上传")
    author = document.core_properties.author
    if author and author != "python-docx":
        what = f"文件属性里留有作者“{author[:20]}”，上传前宜清除"
        yield Hidden("F21", "文件属性", what, Severity.HINT)


def _hidden_text(body: BaseOxmlElement) -> Iterator[str]:
    for run in body.iter(RUN):
        if _vanishes(run):
            yield from _letters(run)


def _part_names(document: WordDocument) -> Iterator[str]:
    for relation in document.part.rels.values():
        if not relation.is_external and relation.target_part.blob.count(b"<w:comment "):
            yield str(relation.target_part.partname)


def _blocks(place: str, what: str) -> Hidden:
    return Hidden("F21", place, what, Severity.BLOCK)
