"""Expressions of the tables, made ready for Python."""

from __future__ import annotations

import re

LOOK_BEHIND = re.compile(r"\(\?<([=!])([^()]*)\)")
LEADING = re.compile(r"((?:\(\?<!?=?[^()]*\))+)([\u4e00-\u9fff])(?![?*+{])(.*)", re.S)
ONE_LETTER = re.compile(r"\[[^\]]*\]|\\.|.", re.S)


def expression(source: str) -> re.Pattern[str]:
    """Compile an expression whose look-behinds may have alternatives of any width.

    A leading look-behind is moved behind the literal that follows it: then Python
    searches for the literal first, which is many times faster.

    Raises:
        re.error: the source is no expression.
    """
    if found := LEADING.fullmatch(source):
        before, letter, rest = found.groups()
        moved = LOOK_BEHIND.sub(lambda m: _ending_in(letter, m), before)
        source = letter + moved + rest
    return re.compile(LOOK_BEHIND.sub(_by_width, source))


def _ending_in(letter: str, found: re.Match[str]) -> str:
    sign, alternatives = found.groups()
    ended = "|".join(a + letter for a in alternatives.split("|"))
    return f"(?<{sign}{ended})"


def _by_width(found: re.Match[str]) -> str:
    sign, alternatives = found.groups()
    widths: dict[int, list[str]] = {}
    for one in alternatives.split("|"):
        widths.setdefault(len(ONE_LETTER.findall(one)), []).append(one)
    parts = [f"(?<{sign}{'|'.join(same)})" for same in widths.values()]
    if sign == "!" or len(parts) == 1:
        return "".join(parts)
    return f"(?:{'|'.join(parts)})"
