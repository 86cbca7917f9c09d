"""What a file holds: its text with places, and what a reader does not see."""

from __future__ import annotations

from dataclasses import dataclass, field

from workflow.proofreading.findings import Severity

CHARS_MAX = 200_000


@dataclass(frozen=True, slots=True)
class Hidden:
    """Something in a file that does not show and that others could bring to light.

    Args:
        rule: F21 for hidden content, V12 for what a picture gives away.
        place: where, in words.
        what: what it is, in Chinese, without closing mark.
    """

    rule: str
    place: str
    what: str
    severity: Severity


@dataclass(frozen=True, slots=True)
class Contents:
    """The text of a file as people see it.

    Args:
        places: offset and words, rising: where a piece of the text stands in the file.
        fault: one sentence on what could not be read; empty when all was.
    """

    text: str = ""
    places: tuple[tuple[int, str], ...] = ()
    hidden: tuple[Hidden, ...] = ()
    fault: str = ""


@dataclass
class Gathering:
    """Pieces of text put together, each with its place."""

    pieces: list[str] = field(default_factory=list)
    places: list[tuple[int, str]] = field(default_factory=list)
    length: int = 0

    @property
    def is_full(self) -> bool:
        """Whether no more is read: a text of that length is not read by anybody."""
        return self.length > CHARS_MAX

    def add(self, text: str, place: str, ending: str = "\n") -> None:
        """One more piece, and what parts it from the next."""
        self.places.append((self.length, place))
        self.pieces.append(text + ending)
        self.length += len(text) + len(ending)

    def contents(self, hidden: tuple[Hidden, ...] = (), fault: str = "") -> Contents:
        """All of it; says so when it was too much."""
        if self.is_full and not fault:
            fault = f"内容过长，机器只检查了前{CHARS_MAX // 10000}万字"
        text = "".join(self.pieces)[:CHARS_MAX]
        places = tuple(one for one in self.places if one[0] < len(text))
        return Contents(text.rstrip("\n"), places, hidden, fault)
