"""Organs of the past, and those whose name holds an older, shorter one (S04)."""

from __future__ import annotations

import re
from functools import lru_cache

from workflow.proofreading.checks import Desk

FORMERLY = re.compile("原(?![则因料始材])[\u4e00-\u9fff]{0,5}“?$")


@lru_cache(maxsize=2)
def _any_of(words: tuple[str, ...]) -> re.Pattern[str]:
    return re.compile("|".join(words))


def _is_in_longer(text: str, start: int, end: int, desk: Desk) -> bool:
    """国务院扶贫办 is said of once, by its whole name, not again as 扶贫办."""
    short = text[start:end]
    longer = (
        word.wrong
        for word in desk.tables.words
        if word.rule == "S04" and short in word.wrong and short != word.wrong
    )
    return any(
        text.startswith(name, start - place)
        for name in longer
        for place in range(min(start, len(name)) + 1)
        if name.startswith(short, place)
    )


def is_other_organ(text: str, start: int, end: int, sentence: str, desk: Desk) -> bool:
    """Whether an old name is right here: it is told as old, or is part of a new one.

    Args:
        text, start, end: the line and where the old name stands in it.
        sentence: the sentence around, where the past is told (历任、并入、1998年).
    """
    lists = desk.tables.lists
    if FORMERLY.search(text[max(0, start - 8) : start]):
        return True
    if _is_in_longer(text, start, end, desk):
        return True
    if _any_of(lists["former_times"]).search(sentence):
        return True
    longest = max(len(name) for name in lists["organs_now"])
    around = text[max(0, start - longest) : end + longest]
    place = start - max(0, start - longest)
    return any(
        match.start() <= place and match.end() >= place + end - start
        for match in _any_of(lists["organs_now"]).finditer(around)
    )
