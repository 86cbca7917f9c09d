"""Errors sown into the sample year's drafts: what, caught where, settled how."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from models.findings import FindingKind
from workflow.sample_year import reading
from workflow.sample_year.reading import Table, sample_fault


class Way(StrEnum):
    """What becomes of a sown error."""

    FIX = "fix"
    REWRITE = "rewrite"
    KEEP = "keep"
    OVERRULE = "overrule"


@dataclass(frozen=True, slots=True)
class Seed:
    """One sentence of a first draft with an error in it.

    Args:
        rule: by which the machine finds it.
        level: of the proofread that carries the rule and settles it.
        wrong: the sentence in the draft; right: in the text that goes out.
        reason: why it is kept, or why a ruling is asked for.
        ruling: what the next level writes when it over-rules.
    """

    rule: str
    level: int
    way: Way
    wrong: str
    right: str
    reason: str = ""
    ruling: str = ""


@dataclass(frozen=True, slots=True)
class Escape:
    """A fault that nobody saw before the public did."""

    kind: FindingKind
    note: str


@dataclass(frozen=True, slots=True)
class SeedBook:
    """Everything that is sown in a year."""

    seeds: tuple[Seed, ...]
    escaped: tuple[Escape, ...]


def read_seed_book(sources: Iterable[Table]) -> SeedBook:
    """The seeds out of several files' contents.

    Raises:
        InvalidInput: a key is missing or of the wrong sort, or there is none.
    """
    sources = tuple(sources)
    seeds = tuple(_seed(t) for s in sources for t in reading.tables(s, "seeds"))
    escaped = tuple(_escape(t) for s in sources for t in reading.tables(s, "escaped"))
    if not seeds:
        raise sample_fault("没有示例差错")
    return SeedBook(seeds, escaped)


def _seed(table: Table) -> Seed:
    way = reading.text(table, "way")
    if way not in set(Way):
        raise sample_fault(f"不知道的处理方式“{way}”")
    return Seed(
        rule=reading.text(table, "rule"),
        level=reading.whole(table, "level"),
        way=Way(way),
        wrong=reading.text(table, "wrong"),
        right=reading.text(table, "right"),
        reason=reading.text(table, "reason", ""),
        ruling=reading.text(table, "ruling", ""),
    )


def _escape(table: Table) -> Escape:
    return Escape(FindingKind(reading.text(table, "kind")), reading.text(table, "note"))
