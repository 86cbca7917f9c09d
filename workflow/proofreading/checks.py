"""What a check is: a pure function, its rule, and when it is worth running."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from functools import cached_property

from workflow.proofreading.findings import Hit
from workflow.proofreading.tables import Tables, Town
from workflow.proofreading.text import Document, Line

YEAR = re.compile(r"(?<!\d)((?:19|20)\d{2})\s?年")


@dataclass(frozen=True)
class Desk:
    """What lies before the reader: the text, the tables, the issuer."""

    document: Document
    tables: Tables
    town: Town

    @cached_property
    def is_own(self) -> bool:
        """Whether the text is plainly the issuer's own: it names its town.

        A table that was named for this very text is believed as it is.
        """
        name = self.town.name
        return self.town.given or (bool(name) and name in self.document.folded)

    @cached_property
    def years(self) -> tuple[tuple[int, int], ...]:
        """Where years are written, and which."""
        found = YEAR.finditer(self.document.folded)
        return tuple((match.start(), int(match.group(1))) for match in found)


LineCheckFunction = Callable[[Line, Desk], Iterable[Hit]]
TextCheckFunction = Callable[[Desk], Iterable[Hit]]


@dataclass(frozen=True, slots=True)
class LineCheck:
    """A check of one line; offsets count from the line's beginning.

    Args:
        near: words or characters one of which must stand in the line; none: always.
    """

    rule: str
    check: LineCheckFunction
    near: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class TextCheck:
    """A check of the whole folded text; offsets count from the text's beginning.

    Args:
        near: words or characters one of which must stand in the text; none: always.
    """

    rule: str
    check: TextCheckFunction
    near: tuple[str, ...] = ()


def where(gate: re.Pattern[str], check: LineCheckFunction) -> TextCheckFunction:
    """A check of single lines, run only on those where an expression stands."""

    def on_those_lines(desk: Desk) -> Iterator[Hit]:
        done = -1
        for match in gate.finditer(desk.document.folded):
            line = desk.document.line_at(match.start())
            if line.number == done:
                continue
            done = line.number
            for hit in check(line, desk):
                start, end = hit.start + line.start, hit.end + line.start
                yield replace(hit, start=start, end=end)

    return on_those_lines
