"""The report as the text of an article: a paragraph a line, a table row with tabs."""

from __future__ import annotations

from workflow.reports.form import HEADINGS
from workflow.reports.grid import Grid, grids
from workflow.reports.printed import WholeReport
from workflow.reports.prose import BASIS
from workflow.reports.report import Report


def as_text(whole: WholeReport) -> str:
    """Everything but the title, in the order of the form."""
    tables = {grid.heading: table_lines(grid) for grid in grids(whole.report)}
    lines = [BASIS]
    for heading in HEADINGS:
        lines += [heading, *whole.prose.get(heading, ()), *tables.get(heading, ())]
    return "\n".join(lines)


def table_lines(grid: Grid) -> list[str]:
    """One line a row; a box that covers several is said where it begins."""
    rows: list[dict[int, str]] = [{} for _ in range(grid.rows)]
    for box in grid.boxes:
        rows[box.row][box.column] = box.printed
    width = len(grid.widths)
    return [
        "\t".join(row.get(column, "") for column in range(width)).rstrip()
        for row in rows
    ]


def tables_stand_in(report: Report, body: str) -> bool:
    """Whether every row of the three tables stands in a text as it was made."""
    lines = {line.strip() for line in body.splitlines()}
    return all(
        row.strip() in lines for grid in grids(report) for row in table_lines(grid)
    )
