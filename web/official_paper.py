"""A text as an official paper: what Word and PDF files of it have in common.

Layout of GB/T 9704-2012 (党政机关公文格式): A4, 37 mm above, 28 mm to the left, a type
area of 156 × 225 mm with 22 lines of 28 characters, title in size 2, body in size 3.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from web.rendering import Block, Heading, Table, blocks_of

MILLIMETRE = 72 / 25.4
PAGE = (210.0, 297.0)
TOP, LEFT = 37.0, 28.0
AREA = (156.0, 225.0)
RIGHT = PAGE[0] - LEFT - AREA[0]
BOTTOM = PAGE[1] - TOP - AREA[1]
TITLE_SIZE, BODY_SIZE, FOOT_SIZE, TABLE_SIZE = 22.0, 16.0, 14.0, 12.0
LINE = 225.0 * MILLIMETRE / 22
SIGNED_LINES = 2


@dataclass(frozen=True, slots=True)
class Paper:
    """A text to be put on paper.

    Args:
        title: centred above.
        body: plain text with the conventions of official papers (web/rendering.py).
        signed: how many lines at the end are the issuer and the date.
        mark: a line above the title that says that it is no more than a draft; empty
            for a text that has passed.
    """

    title: str
    body: str
    signed: int = SIGNED_LINES
    mark: str = ""

    @property
    def blocks(self) -> Sequence[Block]:
        """What stands between the title and the signature."""
        return blocks_of("\n".join(self._lines[: self._end]))

    @property
    def signature(self) -> Sequence[str]:
        """Issuer and date."""
        return self._lines[self._end :]

    @property
    def _lines(self) -> list[str]:
        return [line for line in self.body.splitlines() if line.strip()]

    @property
    def _end(self) -> int:
        return max(len(self._lines) - self.signed, 0)


def is_addressed(number: int, block: Block) -> bool:
    """Whether a block names those to whom the paper goes: the first line, with a colon.

    It begins at the margin, without the two characters of every other paragraph.
    """
    if number or isinstance(block, Table | Heading):
        return False
    return block.piece.text.rstrip().endswith(("：", ":"))


def widths(table: Table) -> list[float]:
    """The widths of a table's columns in millimetres: what is long gets more."""
    longest = [
        max((len(row[at].text) for row in table.rows if at < len(row)), default=0)
        for at in range(table.width)
    ]
    weights = [min(max(one, 4), 14) for one in longest]
    return [AREA[0] * one / sum(weights) for one in weights]
