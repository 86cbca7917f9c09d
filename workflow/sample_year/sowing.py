"""Sowing errors into the year's drafts, and what the ledger has to show for them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date

from models.findings import Answer, FindingKind
from workflow.articles.catches import Counts
from workflow.articles.checked_parts import kind_of
from workflow.proofreading.findings import Severity
from workflow.proofreading.local import LocalTables, with_local
from workflow.proofreading.rules import Checker
from workflow.sample_year.seeds import SeedBook, Way
from workflow.sample_year.slips import (
    DEPUTY_REVIEW,
    OFFICE_REVIEW,
    SELF_CHECK,
    DraftFault,
)
from workflow.sample_year.texts import MARK, SampleItem

EVERY = 7
Reads = Callable[[str, str, date], Iterable[tuple[str, int]]]
LEVELS = {SELF_CHECK: 1, OFFICE_REVIEW: 2, DEPUTY_REVIEW: 3}
FINDING_KINDS = {
    "fact": FindingKind.FACT,
    "typo": FindingKind.TYPO,
    "omission": FindingKind.OMISSION,
    "repeat": FindingKind.TYPO,
    "nonstandard": FindingKind.WORDING,
    "wrong_weekday": FindingKind.FACT,
    "wrong_village": FindingKind.NAME,
    "wrong_total": FindingKind.FACT,
}
ANSWERS = {
    Way.FIX: Answer.FIXED,
    Way.REWRITE: Answer.FIXED,
    Way.KEEP: Answer.KEPT,
    Way.OVERRULE: Answer.OVERRULED,
}


@dataclass(frozen=True, slots=True)
class Sown:
    """What the ledger of the year has to show.

    Args:
        caught: number by proofread, kind of fault, and what became of it.
        escaped: number by kind that the public could read.
    """

    caught: Counter[tuple[int, FindingKind, Answer]]
    escaped: Counter[FindingKind]


def sow(
    items: Iterable[SampleItem], book: SeedBook, reads: Reads
) -> Iterator[SampleItem]:
    """The items, every seventh faultless one with the next seed in its draft.

    Args:
        reads: the machine, by which a draft's own fault may be found at once.
    """
    faultless = sown = 0
    for item in items:
        if item.draft_fault is not None:
            yield _read_by_machine(item, item.draft_fault, reads)
            continue
        alarms = tuple(reads(item.title, item.body, item.on))
        faultless += not alarms
        if alarms or faultless % EVERY:
            yield replace(item, alarms=alarms)
            continue
        seed = book.seeds[sown % len(book.seeds)]
        sown += 1
        yield replace(item, body=with_sentence(item.body, seed.right), seed=seed)


def _read_by_machine(item: SampleItem, fault: DraftFault, reads: Reads) -> SampleItem:
    """What the machine finds at the self-check never reaches the director."""
    found = tuple(reads(item.title, fault.body, item.on))
    at_once = any(level == 1 for _, level in found)
    rung = SELF_CHECK if at_once else fault.rung
    return replace(item, draft_fault=replace(fault, found=found, rung=rung))


def machine_reads(checker: Checker, local: Callable[[date], LocalTables]) -> Reads:
    """The machine as the acts use it: rule and level of what must be settled."""

    def reads(title: str, body: str, day: date) -> Iterator[tuple[str, int]]:
        given = f"{title}\n{body}"
        tables = local(day)
        read = checker.proofread(given, tables.town)
        for one in with_local(given, read.findings, tables):
            if one.severity is not Severity.HINT:
                yield one.rule, min(one.levels)

    return reads


def with_sentence(body: str, sentence: str) -> str:
    """The body with one more sentence before the mark that it is a sample."""
    return f"{body.removesuffix(f'{chr(10)}{MARK}')}{sentence}\n{MARK}"


def draft_of(item: SampleItem) -> str:
    """The body as the first draft has it, with its error if it has one."""
    if item.draft_fault is not None:
        return item.draft_fault.body
    if item.seed is None:
        return item.body
    return with_sentence(
        item.body.removesuffix(f"{item.seed.right}\n{MARK}") + f"\n{MARK}",
        item.seed.wrong,
    )


def sown_in(items: Iterable[SampleItem], book: SeedBook) -> Sown:
    """What was sown, counted as the ledger counts."""
    caught: Counter[tuple[int, FindingKind, Answer]] = Counter()
    for item in items:
        for rule, level in item.alarms:
            caught[level, kind_of(rule), Answer.KEPT] += 1
        if seed := item.seed:
            caught[seed.level, kind_of(seed.rule), ANSWERS[seed.way]] += 1
        if fault := item.draft_fault:
            for rule, level in fault.found:
                caught[level, kind_of(rule), Answer.FIXED] += 1
            if fault.rung != SELF_CHECK:
                kind = FINDING_KINDS[fault.kind]
                caught[LEVELS[fault.rung], kind, Answer.FIXED] += 1
    return Sown(caught, Counter(one.kind for one in book.escaped))


def missing(sown: Sown, found: Counts) -> list[str]:
    """Where the ledger differs from what was sown, in Chinese; none when equal."""
    caught: Counter[tuple[int, FindingKind, Answer]] = Counter()
    escaped: Counter[FindingKind] = Counter()
    for (level, kind, answer, is_escaped), number in found.items():
        if is_escaped:
            escaped[kind] += number
        elif answer is not None and answer in ANSWERS.values():
            caught[level, kind, answer] += number
    lines = []
    for key in sorted({*sown.caught, *caught}):
        if sown.caught[key] != caught[key]:
            said = f"第{key[0]}校 {key[1]} {key[2]}"
            lines.append(f"{said}：播下{sown.caught[key]}处，台账{caught[key]}处")
    lines += [
        f"发布后 {kind}：播下{sown.escaped[kind]}处，台账{escaped[kind]}处"
        for kind in sorted({*sown.escaped, *escaped})
        if sown.escaped[kind] != escaped[kind]
    ]
    return lines
