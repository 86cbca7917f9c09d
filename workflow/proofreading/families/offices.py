"""Offices of the town that are not in its list and nearly are (A02)."""

from __future__ import annotations

import re
from collections.abc import Iterator

from workflow.proofreading.checks import Desk
from workflow.proofreading.findings import Hit

SHORTEST = 4


def unit_names(desk: Desk) -> Iterator[Hit]:
    """One character other than in the list; half of the name stands as it should."""
    text = desk.document.folded
    for unit in desk.town.units:
        for start in _starts(text, unit) if len(unit) >= SHORTEST else ():
            said = text[start : start + len(unit)]
            if _is_slip(said, unit, desk):
                what = f"名录里没有“{said}”，是不是“{unit}”"
                yield Hit(start, start + len(unit), what, (unit,))


def _starts(text: str, unit: str) -> list[int]:
    middle = len(unit) // 2
    first = [m.start() for m in re.finditer(re.escape(unit[:middle]), text)]
    second = [m.start() - middle for m in re.finditer(re.escape(unit[middle:]), text)]
    return sorted({start for start in (*first, *second) if start >= 0})


def _is_slip(said: str, unit: str, desk: Desk) -> bool:
    """At either end another character may make another office: 农业办, 农业局."""
    apart = [n for n, (a, b) in enumerate(zip(said, unit, strict=False)) if a != b]
    if len(said) != len(unit) or len(apart) != 1:
        return False
    (at,) = apart
    inside = 0 < at < len(unit) - 1
    return inside or said[at] in desk.tables.similar.get(unit[at], frozenset())
