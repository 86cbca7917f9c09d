"""The text of an attachment as the machine read it: paragraphs, pages, tables.

Each piece has the place that a finding names, and its code-point offset in the whole,
so that a span is underlined where a person finds it in the file.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby, pairwise

from web.rendering import Mark, Piece, seen
from workflow.proofreading.documents.contents import Contents

MOST = 600  # lines that are drawn at once
FIRST, AROUND = 40, 3
_SHEET = re.compile(r"(?P<heading>工作表“.*”)(?P<column>[A-Z]+)(?P<label>\d+)")
_TABLE = re.compile(r"(?P<heading>表\d+)第(?P<label>\d+)行第(?P<column>\d+)列")
_PAGE = re.compile(r"(?P<heading>第\d+页)第(?P<label>\d+)行")
_PARAGRAPH = re.compile(r"第(?P<label>\d+)段")


@dataclass(frozen=True, slots=True)
class Cell:
    """One paragraph, one line of a page, or one cell.

    Args:
        column: its letter or number in a table; empty elsewhere.
    """

    piece: Piece
    heading: str
    label: str
    column: str = ""


@dataclass(frozen=True, slots=True)
class Line:
    """What stands beside each other; ``skipped`` lines before it are not drawn."""

    label: str
    cells: tuple[Cell, ...]
    skipped: int = 0


@dataclass(frozen=True, slots=True)
class Group:
    """A page, a table, a sheet, or paragraphs under no heading."""

    heading: str
    is_table: bool
    lines: tuple[Line, ...]

    @property
    def columns(self) -> list[str]:
        """The columns of the widest line that is drawn."""
        widest = max(self.lines, key=lambda line: len(line.cells))
        return [cell.column for cell in widest.cells]


@dataclass(frozen=True, slots=True)
class FileView:
    """What is drawn of a file.

    Args:
        marks: those that touch something in it.
        left_out: how many lines are not drawn; the address of all shows them.
    """

    groups: tuple[Group, ...]
    marks: tuple[Mark, ...]
    left_out: int


def view_of(contents: Contents, marks: Sequence[Mark], *, whole: bool) -> FileView:
    """The text in its groups; of a long one the beginning and what is marked.

    Args:
        whole: draw every line, however many there are.
    """
    cells = list(_cells(contents))
    touching = seen((cell.piece for cell in cells), marks)
    lines = [
        Line(key[1], tuple(row))
        for key, row in groupby(cells, lambda cell: (cell.heading, cell.label))
    ]
    drawn = lines if whole else list(_near(lines, touching))
    groups = tuple(
        Group(heading, bool(mine[0].cells[0].column), mine)
        for heading, mine in (
            (heading, tuple(found))
            for heading, found in groupby(drawn, lambda line: line.cells[0].heading)
        )
    )
    return FileView(groups, tuple(touching), len(lines) - len(drawn))


def _cells(contents: Contents) -> Iterator[Cell]:
    rest = (start for start, _ in contents.places[1:])
    for start, words in contents.places:
        end = next(rest, len(contents.text))
        piece = Piece(start, contents.text[start:end].rstrip("\n\t"))
        yield _placed(piece, words)


def _placed(piece: Piece, words: str) -> Cell:
    for pattern in (_SHEET, _TABLE, _PAGE, _PARAGRAPH):
        found = pattern.fullmatch(words)
        if found:
            said = found.groupdict()
            column = said.get("column", "")
            return Cell(piece, said.get("heading", ""), said["label"], column)
    return Cell(piece, words, "")


def _near(lines: Sequence[Line], marks: Sequence[Mark]) -> Iterator[Line]:
    if len(lines) <= MOST:
        yield from lines
        return
    wanted = set(range(FIRST))
    for number, line in enumerate(lines):
        start, end = line.cells[0].piece.start, line.cells[-1].piece.end
        if any(mark.start < end and mark.end > start for mark in marks):
            wanted |= set(range(number - AROUND, number + AROUND + 1))
    drawn = sorted(wanted & set(range(len(lines))))
    for before, number in pairwise([-1, *drawn]):
        line = lines[number]
        yield Line(line.label, line.cells, number - before - 1)
