"""A Word table read back: merged boxes once, in reading order."""

from __future__ import annotations

from docx.table import Table


def boxes(table: Table) -> list[list[tuple[str, int, int]]]:
    """Each row's boxes that begin in it: what it says, rows and columns it covers."""
    seen: dict[object, tuple[int, int, int, int, str]] = {}
    for down, row in enumerate(table.rows):
        for across, cell in enumerate(row.cells):
            key = cell._tc  # keeps it alive: an id would be given again
            top, left, *_ = seen.get(key, (down, across, 0, 0, ""))
            seen[key] = (top, left, down, across, cell.text)
    rows: list[list[tuple[str, int, int]]] = [[] for _ in table.rows]
    for top, left, bottom, right, text in sorted(seen.values()):
        rows[top].append((text, bottom - top + 1, right - left + 1))
    return rows


def numbers(table: Table) -> list[list[str]]:
    """The figures of each row that has any, in order; a blank is ``""``."""
    found = []
    for row in boxes(table):
        figures = [text for text, _, _ in row if _is_figure(text)]
        if figures:
            found.append(figures)
    return found


def _is_figure(text: str) -> bool:
    return not text or text.replace(".", "", 1).isdecimal()
