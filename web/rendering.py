"""A body as readers see it: headings, paragraphs and tables, with offsets kept.

The body is plain text (``workflow/articles/text.py``): one paragraph a line, a table
row a line with tabs.  Every piece knows its code-point offset, so that the span of a
finding is underlined where it stands.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import groupby, pairwise

from flask import Flask

HEADING_MAX = 40
_LEVELS = (
    re.compile(r"[一二三四五六七八九十]+、"),
    re.compile(r"[（(][一二三四五六七八九十]+[）)]"),
)
_RUNS_ON = tuple("。；;：:，,、")
_INDENT = " \u3000"


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of the body.

    Args:
        start: its code-point offset in the body.
    """

    start: int
    text: str

    @property
    def end(self) -> int:
        """The offset after its last character."""
        return self.start + len(self.text)


@dataclass(frozen=True, slots=True)
class Heading:
    """A line that names what follows: level 1 is 一、, level 2 is （一）."""

    level: int
    piece: Piece
    kind: str = "heading"


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A line of prose, drawn indented by two characters."""

    piece: Piece
    kind: str = "paragraph"


@dataclass(frozen=True, slots=True)
class Table:
    """Lines with tabs; rows may differ in length."""

    rows: tuple[tuple[Piece, ...], ...]
    kind: str = "table"

    @property
    def width(self) -> int:
        """How many columns the widest row has."""
        return max(len(row) for row in self.rows)


Block = Heading | Paragraph | Table


@dataclass(frozen=True, slots=True)
class Mark:
    """A span to be underlined.

    Args:
        key: of what it points to, unique on the page (a finding's id).
        note: what is said about it, read out and shown on hover.
        look: a class for the stylesheet; ``finding`` unless said otherwise.
    """

    start: int
    end: int
    key: str
    note: str = ""
    look: str = "finding"


@dataclass(frozen=True, slots=True)
class Run:
    """A stretch of one piece that lies wholly inside or outside each mark."""

    text: str
    marks: tuple[Mark, ...] = ()


def blocks_of(body: str) -> list[Block]:
    """The blocks of a body, in order; empty lines are left out."""
    found: list[Block] = []
    for is_table, group in groupby(_lines(body), lambda line: "\t" in line.text):
        lines = [line for line in group if line.text.strip()]
        if is_table and lines:
            found.append(Table(tuple(map(_cells, lines))))
        elif not is_table:
            found.extend(_prose(line) for line in lines)
    return found


def runs(piece: Piece, marks: Iterable[Mark] = ()) -> list[Run]:
    """The piece cut at the edges of the marks that touch it."""
    touching = [m for m in marks if m.start < piece.end and m.end > piece.start]
    edges = {piece.start, piece.end}
    for mark in touching:
        edges |= {max(mark.start, piece.start), min(mark.end, piece.end)}
    cuts = sorted(edges)
    return [_run(piece, start, end, touching) for start, end in pairwise(cuts)]


def pieces_of(blocks: Iterable[Block]) -> Iterator[Piece]:
    """Every piece that is drawn, in the order of the text."""
    for block in blocks:
        if isinstance(block, Table):
            yield from (cell for row in block.rows for cell in row)
        else:
            yield block.piece


def seen(pieces: Iterable[Piece], marks: Iterable[Mark]) -> list[Mark]:
    """The marks that touch something drawn, each from where it is seen first.

    A span may begin in the blanks before a line, which are not drawn.

    Args:
        pieces: in the order of the text.
    """
    drawn = [piece for piece in pieces if piece.text]
    ends, found = [piece.end for piece in drawn], []
    for mark in marks:
        first = bisect_right(ends, mark.start)
        if first < len(drawn) and drawn[first].start < mark.end > mark.start:
            start = max(mark.start, drawn[first].start)
            found.append(replace(mark, start=start))
    return found


def whole(text: str) -> Piece:
    """A text of one line, such as a title."""
    return Piece(0, text)


def join(app: Flask) -> None:
    """Let ``_body.html`` cut text into blocks and runs."""
    app.jinja_env.globals.update(
        blocks_of=blocks_of,
        text_runs=runs,
        seen_marks=lambda blocks, marks: seen(pieces_of(blocks), marks),
        whole_line=whole,
    )


def _run(piece: Piece, start: int, end: int, marks: Sequence[Mark]) -> Run:
    text = piece.text[start - piece.start : end - piece.start]
    return Run(text, tuple(m for m in marks if m.start <= start and end <= m.end))


def _lines(body: str) -> Iterable[Piece]:
    start = 0
    for line in body.split("\n"):
        yield Piece(start, line)
        start += len(line) + 1


def _cells(line: Piece) -> tuple[Piece, ...]:
    found, start = [], line.start
    for cell in line.text.split("\t"):
        found.append(_bare(Piece(start, cell)))
        start += len(cell) + 1
    return tuple(found)


def _prose(line: Piece) -> Heading | Paragraph:
    bare = _bare(line)
    level = _level(bare.text)
    return Heading(level, bare) if level else Paragraph(bare)


def _bare(piece: Piece) -> Piece:
    """Without the blanks at its beginning: the stylesheet indents."""
    left = piece.text.lstrip(_INDENT)
    return Piece(piece.start + len(piece.text) - len(left), left.rstrip(_INDENT))


def _level(text: str) -> int:
    if len(text) > HEADING_MAX or text.endswith(_RUNS_ON):
        return 0
    for level, pattern in enumerate(_LEVELS, start=1):
        if pattern.match(text):
            return level
    return 0
