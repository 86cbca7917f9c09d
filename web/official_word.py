"""An official paper as a Word file (python-docx), in the layout of GB/T 9704-2012."""

from __future__ import annotations

import io
from typing import Any

from docx import Document
from docx.document import Document as Docx
from docx.enum.table import WD_TABLE_ALIGNMENT
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_LINE_SPACING
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm, Pt
from docx.text.paragraph import Paragraph

from web.official_paper import (
    BODY_SIZE,
    BOTTOM,
    FOOT_SIZE,
    LEFT,
    LINE,
    PAGE,
    RIGHT,
    TABLE_SIZE,
    TITLE_SIZE,
    TOP,
    Paper,
    is_addressed,
    widths,
)
from web.rendering import Heading, Table

MEDIA_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
# the typefaces of the standard; a computer that lacks one shows its nearest
TITLE_FACE, BODY_FACE, SONG = "方正小标宋简体", "仿宋_GB2312", "宋体"
HEADING_FACES = {1: "黑体", 2: "楷体_GB2312"}


def word(paper: Paper) -> bytes:
    """The bytes of a ``.docx`` file."""
    document = Document()
    _page(document)
    if paper.mark:
        _line(document, paper.mark, HEADING_FACES[1], FOOT_SIZE)
    title = _line(document, paper.title, TITLE_FACE, TITLE_SIZE)
    title.alignment = WD_ALIGN_PARAGRAPH.CENTER
    title.paragraph_format.space_after = Pt(LINE)
    title.paragraph_format.line_spacing_rule = WD_LINE_SPACING.SINGLE
    for number, block in enumerate(paper.blocks):
        if isinstance(block, Table):
            _table(document, block)
        elif isinstance(block, Heading):
            face = HEADING_FACES.get(block.level, BODY_FACE)
            _indented(_line(document, block.piece.text.strip(), face, BODY_SIZE))
        else:
            line = _line(document, block.piece.text.strip(), BODY_FACE, BODY_SIZE)
            if not is_addressed(number, block):
                _indented(line)
    _sign(document, paper)
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def _page(document: Docx) -> None:
    section = document.sections[0]
    section.page_width, section.page_height = Mm(PAGE[0]), Mm(PAGE[1])
    section.top_margin, section.bottom_margin = Mm(TOP), Mm(BOTTOM)
    section.left_margin, section.right_margin = Mm(LEFT), Mm(RIGHT)
    section.footer_distance = Mm(BOTTOM - 10)
    document.settings.odd_and_even_pages_header_footer = True
    odd, even = section.footer.paragraphs[0], section.even_page_footer.paragraphs[0]
    _number(odd, WD_ALIGN_PARAGRAPH.RIGHT)
    _number(even, WD_ALIGN_PARAGRAPH.LEFT)
    style: Any = document.styles["Normal"]
    style.font.size = Pt(BODY_SIZE)
    style.font.name = BODY_FACE
    style.element.get_or_add_rPr().get_or_add_rFonts().set(qn("w:eastAsia"), BODY_FACE)


def _number(line: Paragraph, side: WD_ALIGN_PARAGRAPH) -> None:
    """“— 1 —”, outside: to the right on odd pages, to the left on even ones."""
    line.alignment = side
    indent = line.paragraph_format
    indent.left_indent = indent.right_indent = Pt(FOOT_SIZE)
    for text in ("— ", None, " —"):
        run = line.add_run(text or "")
        _face(run, SONG, FOOT_SIZE)
        if text is None:
            for kind, words in (("begin", ""), ("", "PAGE"), ("end", "")):
                run._r.append(_field(kind, words))  # noqa: SLF001 -- the documented way to a field


def _field(kind: str, words: str) -> Any:
    element = OxmlElement("w:fldChar" if kind else "w:instrText")
    if kind:
        element.set(qn("w:fldCharType"), kind)
    else:
        element.text = words
    return element


def _line(document: Docx, text: str, face: str, size: float) -> Paragraph:
    line = document.add_paragraph()
    _face(line.add_run(text), face, size)
    form = line.paragraph_format
    form.space_before = form.space_after = Pt(0)
    form.line_spacing_rule, form.line_spacing = WD_LINE_SPACING.EXACTLY, Pt(LINE)
    return line


def _indented(line: Paragraph) -> None:
    line.paragraph_format.first_line_indent = Pt(2 * BODY_SIZE)


def _face(run: Any, face: str, size: float) -> None:
    run.font.name, run.font.size = face, Pt(size)
    run._element.get_or_add_rPr().get_or_add_rFonts().set(qn("w:eastAsia"), face)  # noqa: SLF001


def _table(document: Docx, block: Table) -> None:
    wide = widths(block)
    table = document.add_table(0, len(wide), style="Table Grid")
    table.autofit = False
    table.alignment = WD_TABLE_ALIGNMENT.CENTER
    for number, row in enumerate(block.rows):
        cells = table.add_row().cells
        for cell, piece, width in zip(cells, row, wide, strict=False):
            cell.width = Mm(width)
            face = HEADING_FACES[1] if number == 0 else SONG
            _face(cell.paragraphs[0].add_run(piece.text), face, TABLE_SIZE)
    _repeat_head(table.rows[0])


def _repeat_head(row: Any) -> None:
    mark = OxmlElement("w:tblHeader")
    mark.set(qn("w:val"), "true")
    row._tr.get_or_add_trPr().append(mark)  # noqa: SLF001


def _sign(document: Docx, paper: Paper) -> None:
    _line(document, "", BODY_FACE, BODY_SIZE)
    for text in paper.signature:
        line = _line(document, text.strip(), BODY_FACE, BODY_SIZE)
        line.alignment = WD_ALIGN_PARAGRAPH.RIGHT
        line.paragraph_format.right_indent = Pt(4 * BODY_SIZE)
        line.paragraph_format.keep_with_next = text is not paper.signature[-1]
