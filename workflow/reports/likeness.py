"""How like this year's prose is to last year's (R73: 雷同、敷衍塞责); pure."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from workflow.reports.findings import ReportFinding, warning

LENGTH = 6
TOO_LIKE = 80
SHORTEST = 14
SHOWN = 20
SENTENCES = re.compile(r"[。；！？\n]+")
BESIDE_THE_POINT = re.compile(r"[\s\d\W_]+")
ELSEWHERE = re.compile(
    "各级政府|各级行政机关|部分地区|各地区各部门|各区县|政务APP|市政府办公室|省政府办公厅"
)


@dataclass(frozen=True, slots=True)
class Likeness:
    """How much of a text stands in another.

    Args:
        per_cent: the share of the text's letters that the other has too, 0 to 100;
            figures and marks do not count.
        sentences: those taken over word for word, at most 20.
    """

    per_cent: int
    sentences: tuple[str, ...]


def likeness(now: str, before: str) -> Likeness:
    """How much of ``now`` stands in ``before``."""
    known, letters = _pieces(_letters(before)), _letters(now)
    if not known or len(letters) < LENGTH:
        return Likeness(0, ())
    covered = [False] * len(letters)
    for at in range(len(letters) - LENGTH + 1):
        if letters[at : at + LENGTH] in known:
            covered[at : at + LENGTH] = [True] * LENGTH
    per_cent = round(100 * sum(covered) / len(letters))
    said = {_letters(sentence) for sentence in SENTENCES.split(before)}
    alike = [s for s in _sentences(now) if _letters(s) in said]
    return Likeness(per_cent, tuple(alike[:SHOWN]))


def prose_is_its_own(
    now: str, before: str, *, is_township: bool
) -> Iterator[ReportFinding]:
    """R73: not near-identical to last year's, nor another organ's text."""
    alike = likeness(now, before)
    if alike.per_cent >= TOO_LIKE:
        yield warning(
            "R73",
            "prose",
            f"{alike.per_cent}%",
            None,
            f"文字有{alike.per_cent}%与上年报告相同，请按本年实际重写，避免雷同。",
        )
    other = ELSEWHERE.search(now) if is_township else None
    if other is not None:
        yield warning(
            "R73",
            "prose",
            other.group(),
            None,
            f"文字里的“{other.group()}”像是其他单位的话，请改成本单位的情况。",
        )


def _letters(text: str) -> str:
    return BESIDE_THE_POINT.sub("", text)


def _pieces(letters: str) -> set[str]:
    return {letters[at : at + LENGTH] for at in range(len(letters) - LENGTH + 1)}


def _sentences(text: str) -> Iterator[str]:
    for sentence in SENTENCES.split(text):
        if len(_letters(sentence)) >= SHORTEST:
            yield sentence.strip()
