"""Two strings compared by character, in runs that a person can read."""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property
from itertools import groupby

from workflow.articles.matching import ADD, KEEP, REMOVE, Diff, compared
from workflow.articles.pieces import is_weighty, pieces

SECONDS_FOR_ONE_PARAGRAPH = 0.5
CONFETTI = 3
_CODES = range(0xF0000, 0x110000)


class Kind(StrEnum):
    """What became of a run."""

    SAME = "same"
    ADDED = "added"
    REMOVED = "removed"


@dataclass(frozen=True, slots=True)
class Run:
    """A stretch of text with one fate.

    Args:
        strong: a figure, a date, an amount or a name changed: read it twice.
        width: only the width of characters changed (全角、半角).
    """

    kind: Kind
    text: str
    strong: bool = False
    width: bool = False


_KINDS = {REMOVE: Kind.REMOVED, KEEP: Kind.SAME, ADD: Kind.ADDED}


def runs_between(
    before: str, after: str, seconds: float = SECONDS_FOR_ONE_PARAGRAPH
) -> tuple[Run, ...]:
    """The runs from one string to the other.

    Removed and same runs joined are ``before``, added and same runs ``after``.

    Args:
        seconds: after which a coarser, still correct answer is taken.
    """
    if before == after:
        return (Run(Kind.SAME, before),) if before else ()
    cut = [list(pieces(before)), list(pieces(after))]
    words = _Words.of(cut)
    if words is None:
        cut = [list(before), list(after)]
        words = _Words({})
    was, now = ("".join(map(words.code, side)) for side in cut)
    diffs = _without_confetti(compared(was, now, seconds))
    return tuple(run for diff in _marked(diffs, words) for run in diff)


@dataclass(frozen=True)
class _Words:
    """One character of a private area for each piece that is changed as a whole."""

    codes: dict[str, str]

    @cached_property
    def pieces(self) -> dict[str, str]:
        """The piece behind each code."""
        return {code: piece for piece, code in self.codes.items()}

    @classmethod
    def of(cls, cut: Sequence[Sequence[str]]) -> _Words | None:
        """The codes of all that need one; ``None`` when there are not enough."""
        wanted = {p for side in cut for p in side if len(p) > 1 or ord(p) in _CODES}
        if len(wanted) > len(_CODES):
            return None
        pairs = zip(sorted(wanted), map(chr, _CODES), strict=False)
        return cls(dict(pairs))

    def code(self, piece: str) -> str:
        """The character that stands for a piece."""
        return self.codes.get(piece, piece)

    def words(self, coded: str) -> list[str]:
        """The pieces that a coded string stands for."""
        return [self.pieces.get(character, character) for character in coded]


def _without_confetti(diffs: list[Diff]) -> list[Diff]:
    """Take up to three kept characters between two larger changes into the change."""
    groups = _grouped(diffs)
    place = 1
    while place < len(groups) - 1:
        before, kept, after = groups[place - 1 : place + 2]
        if _is_confetti(before, kept, after):
            whole = (before[0] + kept[0] + after[0], before[1] + kept[1] + after[1])
            groups[place - 1 : place + 2] = [whole]
            place = max(1, place - 2)
        else:
            place += 1
    return [diff for group in groups for diff in _diffs(group)]


_Group = tuple[str, str]


def _grouped(diffs: Sequence[Diff]) -> list[_Group]:
    """What was and what is now, kept stretches and changes in turn."""
    found = []
    for _, some in groupby(diffs, key=lambda diff: diff[0] == KEEP):
        part = list(some)
        was = "".join(text for op, text in part if op != ADD)
        now = "".join(text for op, text in part if op != REMOVE)
        found.append((was, now))
    return found


def _is_confetti(before: _Group, kept: _Group, after: _Group) -> bool:
    if kept[0] != kept[1] or before[0] == before[1] or after[0] == after[1]:
        return False
    least = min(max(map(len, before)), max(map(len, after)))
    return len(kept[0]) <= min(CONFETTI, least)


def _diffs(group: _Group) -> list[Diff]:
    was, now = group
    if was == now:
        return [(KEEP, was)]
    both = [(REMOVE, was), (ADD, now)]
    return [(op, text) for op, text in both if text]


def _marked(diffs: Sequence[Diff], words: _Words) -> list[list[Run]]:
    plain = [(op, words.words(text)) for op, text in diffs]
    return [
        _runs(op, parts, width=_is_width_only(plain, place))
        for place, (op, parts) in enumerate(plain)
    ]


def _runs(op: int, parts: Sequence[str], *, width: bool) -> list[Run]:
    kind = _KINDS[op]
    if kind is Kind.SAME:
        return [Run(kind, "".join(parts))]
    return [
        Run(kind, "".join(some), strong=strong, width=width)
        for strong, some in groupby(parts, key=is_weighty)
    ]


def _is_width_only(diffs: Sequence[tuple[int, Sequence[str]]], place: int) -> bool:
    op, text = diffs[place]
    other = place + (1 if op == REMOVE else -1)
    if op == KEEP or not 0 <= other < len(diffs) or diffs[other][0] != -op:
        return False
    return _narrow(text) == _narrow(diffs[other][1])


def _narrow(parts: Sequence[str]) -> str:
    return unicodedata.normalize("NFKC", "".join(parts))
