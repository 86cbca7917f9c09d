"""The annual report as a Word file, laid out as offices print it.

Fonts are named, not carried: 方正小标宋 for the title, 黑体 for the headings, 仿宋 for
the text, as GB/T 9704 has them; a computer without them takes its own.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from io import BytesIO

from docx import Document
from docx.document import Document as Paper
from docx.enum.table import WD_CELL_VERTICAL_ALIGNMENT, WD_TABLE_ALIGNMENT
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml.ns import qn
from docx.shared import Cm, Length, Pt, RGBColor
from docx.table import Table, _Cell
from docx.text.paragraph import Paragraph

from workflow.reports.form import HEADINGS
from workflow.reports.grid import HEAD_ROWS, LABELS, Box, Grid, grids
from workflow.reports.report import Report

TITLE, HEADING, TEXT = "方正小标宋简体", "黑体", "仿宋_GB2312"
TITLE_SIZE, TEXT_SIZE = Pt(22), Pt(16)
LINE = Pt(28)
TABLE_SIZES = {HEADINGS[1]: Pt(12), HEADINGS[2]: Pt(9), HEADINGS[3]: Pt(9)}
PAGE = (Cm(21), Cm(29.7))
MARGINS = (Cm(3.7), Cm(2.6), Cm(3.5), Cm(2.8))  # top, right, bottom, left
BLACK = RGBColor(0, 0, 0)
ROW_HEIGHT, LOW_ROW, HEAD_ROW = Cm(0.75), Cm(0.58), Cm(1.15)
INSIDE = PAGE[0] - MARGINS[1] - MARGINS[3]


def as_word(
    report: Report, prose: Mapping[str, Sequence[str]], lines: Sequence[str] = ()
) -> bytes:
    """The report as one ``.docx``: title, six sections, three tables.

    Args:
        prose: statutory heading to its paragraphs, as plain text.
        lines: what stands under the title, as the sentence on the legal basis.
    """
    paper = _blank(report)
    _write(paper, report.title, TITLE, TITLE_SIZE).alignment = WD_ALIGN_PARAGRAPH.CENTER
    for line in lines:
        _body(paper, line)
    tables = {grid.heading: grid for grid in grids(report)}
    for heading in HEADINGS:
        shown = _write(paper, heading, HEADING, TEXT_SIZE, level=1)
        # the long table begins a page, so that it stands on one
        shown.paragraph_format.page_break_before = heading == HEADINGS[2]
        for text in prose.get(heading, ()):
            _body(paper, text)
        if heading in tables:
            _draw(paper, tables[heading])
    file = BytesIO()
    paper.save(file)
    return file.getvalue()


def _blank(report: Report) -> Paper:
    paper = Document()
    section = paper.sections[0]
    section.page_width, section.page_height = PAGE
    section.top_margin, section.right_margin = MARGINS[:2]
    section.bottom_margin, section.left_margin = MARGINS[2:]
    about = paper.core_properties
    about.title, about.author = report.title, report.organ.name
    about.comments = ""
    about.created = about.modified = datetime(report.year + 1, 1, 1)  # noqa: DTZ001 -- Word keeps no zone
    return paper


def _body(paper: Paper, text: str) -> None:
    paragraph = _write(paper, text, TEXT, TEXT_SIZE)
    paragraph.paragraph_format.first_line_indent = TEXT_SIZE * 2


def _write(
    paper: Paper, text: str, font: str, size: Pt, *, level: int = 0
) -> Paragraph:
    paragraph = paper.add_paragraph(style=f"Heading {level}" if level else None)
    shape = paragraph.paragraph_format
    shape.line_spacing, shape.space_before, shape.space_after = LINE, Pt(0), Pt(0)
    _letters(paragraph, text, font, size)
    return paragraph


def _letters(paragraph: Paragraph, text: str, font: str, size: Pt) -> None:
    run = paragraph.add_run(text)
    run.font.name, run.font.size, run.font.bold = font, size, False
    run.font.color.rgb = BLACK
    fonts = run.element.get_or_add_rPr().get_or_add_rFonts()
    for kind in ("w:eastAsia", "w:hAnsi", "w:ascii"):
        fonts.set(qn(kind), font)


def _draw(paper: Paper, grid: Grid) -> None:
    table = paper.add_table(grid.rows, len(grid.widths), style="Table Grid")
    table.alignment, table.autofit = WD_TABLE_ALIGNMENT.CENTER, False
    for column, share in zip(table.columns, grid.widths, strict=True):
        column.width = int(INSIDE * share)
    for at, row in enumerate(table.rows):
        row.height = _height(grid, at)
    size = TABLE_SIZES[grid.heading]
    for box in grid.boxes:
        paragraph = _fill(_merged(table, box), box, size)
        is_last = box.row + box.rows == grid.rows
        # a table stays on one page, with its heading
        paragraph.paragraph_format.keep_with_next = not is_last


def _height(grid: Grid, row: int) -> Length:
    """At least; the long table is low enough to stand on one page."""
    if grid.heading == HEADINGS[1]:
        return ROW_HEIGHT
    if row == HEAD_ROWS - 1:
        return HEAD_ROW
    return LOW_ROW if grid.heading == HEADINGS[2] else ROW_HEIGHT


def _merged(table: Table, box: Box) -> _Cell:
    first = table.cell(box.row, box.column)
    if box.rows == box.columns == 1:
        return first
    last = table.cell(box.row + box.rows - 1, box.column + box.columns - 1)
    merged: _Cell = first.merge(last)
    return merged


def _fill(cell: _Cell, box: Box, size: Pt) -> Paragraph:
    cell.vertical_alignment = WD_CELL_VERTICAL_ALIGNMENT.CENTER
    paragraph: Paragraph = cell.paragraphs[0]
    is_wide = box.column == 0 and box.columns == LABELS
    begins_a_line = is_wide or box.label[:1].isdigit()
    paragraph.alignment = (
        WD_ALIGN_PARAGRAPH.LEFT
        if begins_a_line and box.rows == 1
        else WD_ALIGN_PARAGRAPH.CENTER
    )
    _letters(paragraph, box.printed, "宋体", size)
    return paragraph
