"""An official paper as a PDF file (reportlab), in the layout of GB/T 9704-2012.

The typeface is STSong-Light, one of the Asian faces that every PDF reader brings or
replaces by its own: the file is small, and it is made alike on Windows and on Linux,
where none of the office's typefaces may be installed.
"""

from __future__ import annotations

import io
from html import escape
from typing import Any

from reportlab.lib.colors import black
from reportlab.lib.enums import TA_CENTER, TA_RIGHT
from reportlab.lib.styles import ParagraphStyle
from reportlab.lib.units import mm
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.cidfonts import UnicodeCIDFont
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import (
    BaseDocTemplate,
    Flowable,
    Frame,
    PageTemplate,
    Paragraph,
    Spacer,
    TableStyle,
)
from reportlab.platypus import Table as Grid

from web.official_paper import (
    AREA,
    BODY_SIZE,
    BOTTOM,
    FOOT_SIZE,
    LEFT,
    LINE,
    PAGE,
    RIGHT,
    TABLE_SIZE,
    TITLE_SIZE,
    Paper,
    is_addressed,
    widths,
)
from web.rendering import Heading, Table

MEDIA_TYPE = "application/pdf"
FACE = "STSong-Light"


def pdf(paper: Paper) -> bytes:
    """The bytes of a PDF file."""
    pdfmetrics.registerFont(UnicodeCIDFont(FACE))
    out = io.BytesIO()
    document = BaseDocTemplate(
        out, pagesize=(PAGE[0] * mm, PAGE[1] * mm), title=paper.title, lang="zh-CN"
    )
    frame = Frame(
        LEFT * mm,
        BOTTOM * mm,
        AREA[0] * mm,
        AREA[1] * mm,
        leftPadding=0,
        rightPadding=0,
        topPadding=0,
        bottomPadding=0,
    )
    document.addPageTemplates([PageTemplate("paper", [frame], onPage=_number)])
    document.build(_story(paper))
    return out.getvalue()


def _style(size: float = BODY_SIZE, **more: Any) -> ParagraphStyle:
    return ParagraphStyle(
        "paper", fontName=FACE, fontSize=size, leading=LINE, wordWrap="CJK", **more
    )


def _story(paper: Paper) -> list[Flowable]:
    title = _style(TITLE_SIZE, alignment=TA_CENTER, spaceAfter=LINE)
    plain, indented = _style(), _style(firstLineIndent=2 * BODY_SIZE)
    story: list[Flowable] = []
    if paper.mark:
        story.append(Paragraph(escape(paper.mark), _style(FOOT_SIZE)))
    story.append(Paragraph(escape(paper.title), title))
    for number, block in enumerate(paper.blocks):
        if isinstance(block, Table):
            story.append(_table(block))
            continue
        text = escape(block.piece.text.strip())
        bold = isinstance(block, Heading) and block.level == 1
        style = plain if is_addressed(number, block) else indented
        story.append(Paragraph(f"<b>{text}</b>" if bold else text, style))
    return [*story, Spacer(0, LINE), *_signature(paper)]


def _signature(paper: Paper) -> list[Flowable]:
    style = _style(alignment=TA_RIGHT, rightIndent=4 * BODY_SIZE, keepWithNext=1)
    return [Paragraph(escape(text.strip()), style) for text in paper.signature]


def _table(block: Table) -> Flowable:
    style = ParagraphStyle(
        "cell", fontName=FACE, fontSize=TABLE_SIZE, leading=16, wordWrap="CJK"
    )
    rows = [[Paragraph(escape(p.text), style) for p in row] for row in block.rows]
    for row in rows:
        row.extend(Paragraph("", style) for _ in range(block.width - len(row)))
    every = (0, 0), (-1, -1)
    look = TableStyle([("GRID", *every, 0.5, black), ("VALIGN", *every, "TOP")])
    return Grid(rows, [one * mm for one in widths(block)], style=look, repeatRows=1)


def _number(canvas: Canvas, document: BaseDocTemplate) -> None:
    """“— 1 —”, outside: to the right on odd pages, to the left on even ones."""
    canvas.saveState()
    canvas.setFont(FACE, FOOT_SIZE)
    text, foot = f"— {document.page} —", (BOTTOM - 7) * mm - FOOT_SIZE
    if document.page % 2:
        canvas.drawRightString((PAGE[0] - RIGHT) * mm - FOOT_SIZE, foot, text)
    else:
        canvas.drawString(LEFT * mm + FOOT_SIZE, foot, text)
    canvas.restoreState()
