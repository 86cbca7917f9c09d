"""What a first draft got wrong: the faulty text, who sees it, and what they say."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import pairwise
from random import Random

from workflow.sample_year.phrases import Slip

WEEKDAYS = "一二三四五六日"
SELF_CHECK = "self_check"
OFFICE_REVIEW = "office_review"
DEPUTY_REVIEW = "deputy_review"
CLAUSE_ENDS = "，。；：！？\n"
DATED = re.compile(r"(\d+)月(\d+)日（星期([一二三四五六日])）")
TOTAL = re.compile(
    r"(?<!\d)(\d+)([户处起]|人次)，其中[^，。；]*?(\d+)(?:[户处起]|人次)、[^，。；]*?(\d+)"
)


@dataclass(frozen=True, slots=True)
class DraftFault:
    """One mistake in a first draft.

    Args:
        kind: typo, omission, repeat, nonstandard, wrong_weekday, wrong_village or
            wrong_total.
        body: the faulty text of the whole draft.
        rung: the stage that catches it: ``office_review`` or ``deputy_review``, or
            ``self_check`` where the machine finds it at once.
        reason: what the reviewer writes when sending back.
        quote: the words of the faulty draft that are meant; once in it, not in the
            corrected text.
        found: what the machine finds in the draft: rule and level, one by one.
    """

    kind: str
    body: str
    rung: str
    reason: str
    quote: str
    found: tuple[tuple[str, int], ...] = ()


@dataclass(frozen=True, slots=True)
class Change:
    """A stretch of the right text, what the draft says instead, and the remark."""

    kind: str
    start: int
    right: str
    wrong: str
    reason: str


def weekday(day: date) -> str:
    """星期几 of a date."""
    return f"星期{WEEKDAYS[day.weekday()]}"


def draft_fault(
    chance: Random,
    title: str,
    body: str,
    slips: Sequence[Slip],
    villages: Sequence[str],
) -> DraftFault | None:
    """A mistake that this text's first draft may have had, if one fits it."""
    changes = [*_of_wording(body, slips), *_of_fact(title, body, villages)]
    kinds = sorted({change.kind for change in changes})
    for kind in chance.sample(kinds, len(kinds)):
        of_kind = [change for change in changes if change.kind == kind]
        for change in _mixed(chance, of_kind):
            if fault := _fault(body, change):
                return fault
    return None


def _mixed(chance: Random, changes: Sequence[Change]) -> Iterator[Change]:
    """In random order, word by word, so that frequent words do not come more often."""
    words = sorted({change.right for change in changes})
    for word in chance.sample(words, len(words)):
        of_word = [change for change in changes if change.right == word]
        yield from chance.sample(of_word, len(of_word))


def _fault(body: str, change: Change) -> DraftFault | None:
    end = change.start + len(change.right)
    faulty = body[: change.start] + change.wrong + body[end:]
    quote = _clause(faulty, change.start, change.start + len(change.wrong))
    if faulty.count(quote) != 1 or quote in body:
        return None
    rung = DEPUTY_REVIEW if change.kind.startswith("wrong_") else OFFICE_REVIEW
    return DraftFault(change.kind, faulty, rung, change.reason, quote)


def _clause(text: str, start: int, end: int) -> str:
    while start > 0 and text[start - 1] not in CLAUSE_ENDS:
        start -= 1
    while end < len(text) and text[end] not in CLAUSE_ENDS:
        end += 1
    return text[start:end].strip(CLAUSE_ENDS + "”")


def _of_wording(body: str, slips: Iterable[Slip]) -> Iterator[Change]:
    for slip in slips:
        for found in re.finditer(re.escape(slip.right), body):
            at = found.start()
            yield Change(slip.slip, at, slip.right, slip.wrong, slip.reason)


def _of_fact(title: str, body: str, villages: Sequence[str]) -> Iterator[Change]:
    yield from _weekdays(body)
    yield from _villages(title, body, villages)
    yield from _totals(body)


def _weekdays(body: str) -> Iterator[Change]:
    for found in DATED.finditer(body):
        right = found[3]
        wrong = WEEKDAYS[(WEEKDAYS.index(right) + 1) % 5]
        reason = (
            f"经查日历，{found[1]}月{found[2]}日是星期{right}，"
            f"稿中写作星期{wrong}，请核实更正。"
        )
        yield Change("wrong_weekday", found.start(3), right, wrong, reason)


def _villages(title: str, body: str, villages: Sequence[str]) -> Iterator[Change]:
    for right, wrong in pairwise((*villages, villages[0])):
        if right not in title:
            continue
        reason = f"标题为{right}，正文此处写作{wrong}，前后不一致，请核实地点。"
        for found in re.finditer(
            f"(?<![\u4e00-\u9fff]){right}|(?<=[在到对]){right}", body
        ):
            yield Change("wrong_village", found.start(), right, wrong, reason)


def _totals(body: str) -> Iterator[Change]:
    for found in TOTAL.finditer(body):
        total, unit = int(found[1]), found[2]
        wrong = total + 2
        reason = (
            f"分项相加是{total}{unit}，合计写作{wrong}{unit}，数字不符，请核对后更正。"
        )
        yield Change("wrong_total", found.start(1), found[1], str(wrong), reason)
