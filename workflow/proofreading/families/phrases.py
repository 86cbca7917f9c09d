"""Long canonical phrases with a character or two altered (S05, S06)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

from ahocorasick_rs import AhoCorasick, MatchKind

from workflow.proofreading.checks import Desk, LineCheck, TextCheck
from workflow.proofreading.findings import Hit


@lru_cache(maxsize=4)
def _pieces(canon: tuple[str, ...]) -> tuple[tuple[str, str, int], ...]:
    found = []
    for phrase in canon:
        third = max(3, len(phrase) // 3)
        for start in range(0, len(phrase) - third + 1, third):
            found.append((phrase, phrase[start : start + third], start))
    return tuple(found)


@lru_cache(maxsize=4)
def _automaton(canon: tuple[str, ...]) -> tuple[tuple[str, ...], AhoCorasick]:
    pieces = tuple(sorted({piece for _, piece, _ in _pieces(canon)}))
    return pieces, AhoCorasick(pieces, matchkind=MatchKind.Standard)


def _present(canon: tuple[str, ...], text: str) -> set[str]:
    pieces, automaton = _automaton(canon)
    return {
        pieces[n]
        for n, _, _ in automaton.find_matches_as_indexes(text, overlapping=True)
    }


THEORY = re.compile("思想$|主义$|理论$|发展观$")


def near_misses(desk: Desk) -> Iterator[Hit]:
    """A long canonical phrase with a character or two altered."""
    canon = desk.tables.lists["canon"]
    yield from _near_one_of(tuple(p for p in canon if not THEORY.search(p)), desk)


def altered_theories(desk: Desk) -> Iterator[Hit]:
    """The name of a guiding theory with a character or two altered."""
    canon = desk.tables.lists["canon"]
    yield from _near_one_of(tuple(p for p in canon if THEORY.search(p)), desk)


def _near_one_of(phrases: tuple[str, ...], desk: Desk) -> Iterator[Hit]:
    text = desk.document.folded
    canon = tuple(p for p in phrases if len(p) > 5)
    present = _present(canon, text)
    if not present:
        return
    whole = (*desk.tables.lists["canon"], *desk.tables.lists["canon_twins"])
    covered = [
        (m.start(), m.end()) for p in whole for m in re.finditer(re.escape(p), text)
    ]
    reported: set[tuple[int, int]] = set()
    for phrase, piece, offset in _pieces(canon):
        for match in re.finditer(re.escape(piece), text) if piece in present else ():
            start = match.start() - offset
            hit = _altered(text, start, phrase, covered)
            if hit and (hit.start, hit.end) not in reported:
                reported.add((hit.start, hit.end))
                yield hit


def _altered(
    text: str, start: int, phrase: str, covered: list[tuple[int, int]]
) -> Hit | None:
    size, limit = len(phrase), 2 if len(phrase) > 8 or "列宁" in phrase else 1
    last = start + size - 1
    if start < 0 or any(a <= start + 1 < b or a < last <= b for a, b in covered):
        return None
    for length in (size, size - 1, size + 1, size - limit, size + limit):
        said = text[start : start + length]
        if len(said) == length and _may_be(said, phrase):
            apart = distance(said, phrase)
            if 0 < apart <= limit and _is_settled(said, phrase):
                what = f"固定表述是“{phrase}”，写成了“{said}”"
                return Hit(start, start + length, what, (phrase,))
    return None


def _may_be(said: str, phrase: str) -> bool:
    if said[0] != phrase[0] and said[-1] != phrase[-1]:
        return False
    return "，" in phrase or not re.search(r"[，。；！？\s]", said)


SLACK = re.compile("[，、的]")


def _is_settled(said: str, phrase: str) -> bool:
    if said in phrase or SLACK.sub("", said) == SLACK.sub("", phrase):
        return False
    return (said[-1] == phrase[-1] and said[0] == phrase[0]) or len(said) == len(phrase)


def distance(a: str, b: str) -> int:
    """Edits of one character that lead from one word to the other."""
    row = list(range(len(b) + 1))
    for n, left in enumerate(a, 1):
        before, row[0] = row[0], n
        for m, right in enumerate(b, 1):
            before, row[m] = (
                row[m],
                min(row[m] + 1, row[m - 1] + 1, before + (left != right)),
            )
    return row[-1]


LINE_CHECKS: tuple[LineCheck, ...] = ()
TEXT_CHECKS = (TextCheck("S05", near_misses), TextCheck("S06", altered_theories))
