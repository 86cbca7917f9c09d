"""Paragraphs of two texts matched: the same, changed, gone, new, or moved."""

from __future__ import annotations

from collections.abc import Iterator, Sequence, Set
from dataclasses import dataclass, replace
from itertools import pairwise

from workflow.articles.matching import ADD, KEEP, REMOVE, compared

SECONDS = 1.0
ALIKE = 0.4
CELLS_MAX = 10_000
MOVED_MIN = 6


@dataclass(frozen=True, slots=True)
class Match:
    """Where a paragraph stood and stands; ``None`` when it did or does not."""

    old: int | None
    new: int | None
    moved: bool = False


def matched(old: Sequence[str], new: Sequence[str]) -> list[Match]:
    """Every paragraph of both, each once, in an order that keeps both orders."""
    return _moved_recognised(list(_in_order(old, new)), old, new)


def _in_order(old: Sequence[str], new: Sequence[str]) -> Iterator[Match]:
    elsewhere = {*old} & {*new}
    gone: list[int] = []
    come: list[int] = []
    for op, before, after in _by_line(old, new):
        if op == KEEP:
            yield from _block(gone, come, old, new, elsewhere)
            gone, come = [], []
            yield Match(before, after)
        elif op == REMOVE:
            gone.append(before)
        else:
            come.append(after)
    yield from _block(gone, come, old, new, elsewhere)


def _by_line(old: Sequence[str], new: Sequence[str]) -> Iterator[tuple[int, int, int]]:
    """Each line kept, removed or added, with its place in either text."""
    codes: dict[str, str] = {}
    coded = [
        "".join(codes.setdefault(line, chr(0x100 + len(codes))) for line in side)
        for side in (old, new)
    ]
    before = after = 0
    for op, lines in compared(coded[0], coded[1], SECONDS):
        for _ in lines:
            yield op, before, after
            before += op != ADD
            after += op != REMOVE


def _block(
    gone: Sequence[int],
    come: Sequence[int],
    old: Sequence[str],
    new: Sequence[str],
    elsewhere: Set[str],
) -> Iterator[Match]:
    """Lines that were replaced by lines: which became which."""
    done, made = 0, 0
    lines = [old[at] for at in gone], [new[at] for at in come]
    for was, now in _likely(*lines, elsewhere):
        yield from (Match(place, None) for place in gone[done:was])
        yield from (Match(None, place) for place in come[made:now])
        yield Match(gone[was], come[now])
        done, made = was + 1, now + 1
    yield from (Match(place, None) for place in gone[done:])
    yield from (Match(None, place) for place in come[made:])


def _likely(
    gone: Sequence[str], come: Sequence[str], elsewhere: Set[str]
) -> list[tuple[int, int]]:
    """Pairs of places in the two lists, rising in both, the most alike in all.

    Args:
        elsewhere: lines of both texts, which moved and are paired with no other.
    """
    left = [at for at, line in enumerate(gone) if line not in elsewhere]
    right = [at for at, line in enumerate(come) if line not in elsewhere]
    was = [_pairs_of(gone[at]) for at in left]
    now = [_pairs_of(come[at]) for at in right]
    found = (
        _best(was, now) if len(was) * len(now) <= CELLS_MAX else _one_by_one(was, now)
    )
    return [(left[i], right[j]) for i, j in found]


def _one_by_one(
    was: Sequence[frozenset[str]], now: Sequence[frozenset[str]]
) -> list[tuple[int, int]]:
    """The first with the first, and so on: for more than can be weighed."""
    together = range(min(len(was), len(now)))
    return [(at, at) for at in together if _alike(was[at], now[at]) >= ALIKE]


def _best(
    was: Sequence[frozenset[str]], now: Sequence[frozenset[str]]
) -> list[tuple[int, int]]:
    alike = [[_alike(a, b) for b in now] for a in was]
    best = [[0.0] * (len(now) + 1) for _ in range(len(was) + 1)]
    for i in reversed(range(len(was))):
        for j in reversed(range(len(now))):
            both = best[i + 1][j + 1] + alike[i][j] if alike[i][j] >= ALIKE else 0.0
            best[i][j] = max(best[i + 1][j], best[i][j + 1], both)
    return list(_walk(alike, best))


def _walk(
    alike: Sequence[Sequence[float]], best: Sequence[Sequence[float]]
) -> Iterator[tuple[int, int]]:
    i = j = 0
    while i < len(alike) and j < len(alike[i]):
        if best[i][j] == best[i + 1][j]:
            i += 1
        elif best[i][j] == best[i][j + 1]:
            j += 1
        else:
            yield i, j
            i, j = i + 1, j + 1


def _pairs_of(line: str) -> frozenset[str]:
    """Each two characters that stand side by side in a line."""
    bare = line.strip()
    return frozenset(a + b for a, b in pairwise(bare)) or frozenset({bare})


def _alike(was: frozenset[str], now: frozenset[str]) -> float:
    """Between 0 and 1: what two lines have in common (Dice over character pairs)."""
    return 2 * len(was & now) / (len(was) + len(now))


def _moved_recognised(
    matches: list[Match], old: Sequence[str], new: Sequence[str]
) -> list[Match]:
    gone = {old[m.old] for m in matches if m.new is None and m.old is not None}
    come = {new[m.new] for m in matches if m.old is None and m.new is not None}
    moved = {line for line in gone & come if len(line.strip()) >= MOVED_MIN}
    return [
        replace(match, moved=True) if _line_of(match, old, new) in moved else match
        for match in matches
    ]


def _line_of(match: Match, old: Sequence[str], new: Sequence[str]) -> str | None:
    """The text of a paragraph that stands in one of the two only."""
    if match.new is None and match.old is not None:
        return old[match.old]
    if match.old is None and match.new is not None:
        return new[match.new]
    return None
