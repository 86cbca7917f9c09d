"""The three statutory tables as boxes on a grid, right to the merged cells.

Word, Excel and whoever else draws the form walk these boxes, so that no two prints of
the form can differ (国办公开办函〔2021〕30号).
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from workflow.reports.form import (
    ACTIVE_BLOCKS,
    APPLICANT_LINES,
    CARRIED_IN,
    CARRIED_OUT,
    COLUMNS,
    CROSS_FOOTING_NOTE,
    HEADINGS,
    NEW,
    OUTCOME_GROUPS,
    OUTCOMES,
    REMEDY_CELL_LINES,
    REMEDY_CELLS,
    REMEDY_GROUPS,
    RESULTS_LABEL,
    TOTAL,
    ActiveBlock,
    cell_code,
)
from workflow.reports.report import Cell, Report

WIDEST_BLOCK = 3
LABELS = 3
HEAD_ROWS = 3


@dataclass(frozen=True, slots=True)
class Box:
    """One box: where it starts, how many rows and columns it covers, what it says.

    Args:
        cell: the name of a figure, as ``requests.new.natural``; empty for a label.
        value: the figure; ``None`` is printed blank.
    """

    row: int
    column: int
    rows: int = 1
    columns: int = 1
    label: str = ""
    cell: str = ""
    value: Cell = None

    @property
    def printed(self) -> str:
        """What stands in the box."""
        if not self.cell or self.value is None:
            return self.label
        return f"{self.value:f}" if self.value % 1 else f"{int(self.value)}"


@dataclass(frozen=True, slots=True)
class Grid:
    """One table: its heading in the report, its size, its boxes in reading order.

    Args:
        widths: share of each column in the width of the page.
    """

    heading: str
    rows: int
    widths: tuple[float, ...]
    boxes: tuple[Box, ...]


def grids(report: Report) -> tuple[Grid, ...]:
    """The tables of sections 二, 三 and 四, in order."""
    return _active(report), _requests(report), _remedies(report)


def _active(report: Report) -> Grid:
    boxes: list[Box] = []
    row = 0
    for block in ACTIVE_BLOCKS:
        boxes.extend(_block(report, block, row))
        row += 2 + len(block.rows)
    return Grid(HEADINGS[1], row, (0.34, 0.22, 0.22, 0.22), tuple(boxes))


def _block(report: Report, block: ActiveBlock, top: int) -> Iterator[Box]:
    width = WIDEST_BLOCK // len(block.columns)
    yield Box(top, 0, 1, 1 + WIDEST_BLOCK, block.clause)
    yield Box(top + 1, 0, label="信息内容")
    for at, line in enumerate(block.columns):
        yield Box(top + 1, 1 + at * width, 1, width, line.label)
    for down, row in enumerate(block.rows, top + 2):
        yield Box(down, 0, label=row.label)
        for at, line in enumerate(block.columns):
            code = cell_code(row, line)
            value = report.active.figures.get(code)
            place = Box(down, 1 + at * width, 1, width, "", f"active.{code}", value)
            yield place


def _requests(report: Report) -> Grid:
    boxes = [*_request_heads(), *_request_rows(report)]
    widths = (0.07, 0.11, 0.26, *[0.08] * len(COLUMNS))
    return Grid(HEADINGS[2], HEAD_ROWS + len(OUTCOMES) + 4, widths, tuple(boxes))


def _request_heads() -> Iterator[Box]:
    natural, *organisations = APPLICANT_LINES
    yield Box(0, 0, HEAD_ROWS, LABELS, CROSS_FOOTING_NOTE)
    yield Box(0, LABELS, 1, len(APPLICANT_LINES), "申请人情况")
    yield Box(0, LABELS + len(APPLICANT_LINES), HEAD_ROWS, 1, "总计")
    yield Box(1, LABELS, 2, 1, natural.label)
    yield Box(1, LABELS + 1, 1, len(organisations), "法人或其他组织")
    for at, line in enumerate(organisations):
        yield Box(2, LABELS + 1 + at, label=line.label)


def _request_rows(report: Report) -> Iterator[Box]:
    row = HEAD_ROWS
    for line in (NEW, CARRIED_IN):
        yield Box(row, 0, 1, LABELS, line.label)
        yield from _seven(report, line.code, row)
        row += 1
    yield Box(row, 0, len(OUTCOMES) + 1, 1, RESULTS_LABEL)
    for group in OUTCOME_GROUPS:
        is_single = len(group.rows) == 1
        yield Box(row, 1, len(group.rows), 2 if is_single else 1, group.label)
        for line in group.rows:
            if not is_single:
                yield Box(row, 2, label=line.label)
            yield from _seven(report, line.code, row)
            row += 1
    yield Box(row, 1, 1, 2, TOTAL.label)
    yield from _seven(report, TOTAL.code, row)
    yield Box(row + 1, 0, 1, LABELS, CARRIED_OUT.label)
    yield from _seven(report, CARRIED_OUT.code, row + 1)


def _seven(report: Report, code: str, row: int) -> Iterator[Box]:
    cells = (*report.requests.get(code, ()), *(None for _ in COLUMNS))
    for at, (column, value) in enumerate(zip(COLUMNS, cells, strict=False)):
        cell = f"requests.{code}.{column}"
        yield Box(row, LABELS + at, cell=cell, value=value)


def _remedies(report: Report) -> Grid:
    boxes = (*_remedy_heads(), *_remedy_row(report))
    columns = len(REMEDY_GROUPS) * len(REMEDY_CELLS)
    return Grid(HEADINGS[3], HEAD_ROWS + 1, (1 / columns,) * columns, boxes)


def _remedy_heads() -> Iterator[Box]:
    review, *suits = REMEDY_GROUPS
    width = len(REMEDY_CELLS)
    yield Box(0, 0, 1, width, review.label)
    yield Box(0, width, 1, width * len(suits), "行政诉讼")
    for at, line in enumerate(REMEDY_CELL_LINES):
        yield Box(1, at, 2, 1, line.label)
    for at, suit in enumerate(suits, 1):
        yield Box(1, at * width, 1, width, suit.label)
    for at, line in enumerate(REMEDY_CELL_LINES * len(suits), width):
        yield Box(2, at, label=line.label)


def _remedy_row(report: Report) -> Iterator[Box]:
    for at, group in enumerate(REMEDY_GROUPS):
        for within, code in enumerate(REMEDY_CELLS):
            value = report.remedies.get(group.code, {}).get(code)
            column = at * len(REMEDY_CELLS) + within
            cell = f"remedies.{group.code}.{code}"
            yield Box(HEAD_ROWS, column, cell=cell, value=value)
