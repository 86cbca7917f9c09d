"""The ledger (台账): every article, found again fast however many there are."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Select, func, select
from sqlalchemy.orm import Session

from models.agencies import ProcessDefinition, Section
from models.articles import Article
from models.people import Person
from workflow.actions import Action
from workflow.agencies import questions as agencies
from workflow.articles.cases import definition_of
from workflow.articles.instructions import has_open_defect
from workflow.articles.tasks import ENDED, importance_words
from workflow.audit.acts import Subject, record
from workflow.occasion import Occasion
from workflow.operations import first_time
from workflow.process.machine import CLEARED, DRAFTING
from workflow.process.plan import state_name

PAGE = 50


@dataclass(frozen=True, slots=True)
class LedgerFilter:
    """What to look for; empty means all.

    Args:
        words: words of the title, or a number like ``2024-0012``.
        since: made at or after this moment; until: before this one.
        out_since: published at or after this moment; out_until: before this one.
        late_at: only what is past its limit at this moment.
        unsigned: only what was instructed by telephone and never signed for.
    """

    words: str = ""
    state: str = ""
    section: str = ""
    report_column: str = ""
    importance: str = ""
    drafter: str = ""
    since: datetime | None = None
    until: datetime | None = None
    out_since: datetime | None = None
    out_until: datetime | None = None
    late_at: datetime | None = None
    unsigned: bool = False


@dataclass(frozen=True, slots=True)
class LedgerRow:
    """One line of the ledger."""

    article: Article
    section: str
    report_column: str
    drafter: str
    stage: str
    importance: str

    @property
    def number(self) -> str:
        """The number as people write it: ``2024-0012``."""
        return f"{self.article.year}-{self.article.serial:04d}"


def page(
    session: Session,
    agency_id: int,
    wanted: LedgerFilter,
    before: int | None = None,
    limit: int = PAGE,
) -> list[LedgerRow]:
    """One page, newest first, before the article id ``before`` (keyset paging)."""
    query = _matching(agency_id, wanted).order_by(Article.id.desc()).limit(limit)
    if before is not None:
        query = query.where(Article.id < before)
    return [_row(session, *row) for row in session.execute(query)]


def every_row(
    session: Session, agency_id: int, wanted: LedgerFilter
) -> Iterator[LedgerRow]:
    """All that match, oldest first, for the export; streamed."""
    query = _matching(agency_id, wanted).order_by(Article.id)
    for row in session.execute(query.execution_options(yield_per=500)):
        yield _row(session, *row)


def _row(
    session: Session, article: Article, section: str, column: str, drafter: str
) -> LedgerRow:
    definition = definition_of(session, article.definition_id)
    return LedgerRow(
        article,
        section,
        column,
        drafter,
        state_name(definition, article.state),
        importance_words(definition, article),
    )


Pairs = list[tuple[str, str]]


@dataclass(frozen=True, slots=True)
class Choices:
    """What the ledger can be narrowed to: pairs of code and word."""

    states: Pairs
    sections: Pairs
    columns: Pairs
    importances: Pairs


def choices(session: Session, agency_id: int) -> Choices:
    """The states, sections, report columns and classes that this agency has."""
    ids = select(ProcessDefinition.id).where(ProcessDefinition.agency_id == agency_id)
    states: dict[str, str] = {}
    importances: dict[str, str] = {}
    for key in session.scalars(ids.order_by(ProcessDefinition.id)):
        definition = definition_of(session, key)
        rungs = [stage.id for stage in definition.stages]
        for state in (DRAFTING, *rungs, CLEARED, *ENDED):
            states[state] = state_name(definition, state)
        if definition.importance:
            name = definition.importance.attribute
            importances.update(definition.attributes[name].choices)
    sections = agencies.sections(session, agency_id, open_only=False)
    columns = dict.fromkeys(section.report_column for section in sections)
    return Choices(
        list(states.items()),
        [(section.code, section.name) for section in sections],
        [(column, column) for column in columns],
        list(importances.items()),
    )


def note_export(
    session: Session, by: Occasion, asked: Mapping[str, str], rows: int
) -> None:
    """Put on record who took which part of the ledger away; once an operation.

    Args:
        asked: what the export was narrowed to, by field.
        rows: how many articles it holds.

    Raises:
        InvalidInput: no operation id, or a bad one.
    """
    if first_time(session, by, Action.EXPORT, dict(asked)) is None:
        on = Subject("ledger", "articles", details={**asked, "rows": rows})
        record(session, by, Action.EXPORT, on)


def count_up_to(
    session: Session, agency_id: int, wanted: LedgerFilter, most: int = 10_000
) -> int:
    """How many match, counted no further than ``most`` so that it stays fast."""
    some = _matching(agency_id, wanted).with_only_columns(Article.id).limit(most)
    query = select(func.count()).select_from(some.subquery())
    return session.execute(query).scalar_one()


@dataclass(frozen=True, slots=True)
class SectionCount:
    """How much of one section went out, by class of matter."""

    code: str
    name: str
    by_importance: Mapping[str, int]

    @property
    def total(self) -> int:
        """Of every class."""
        return sum(self.by_importance.values())


def published_by_section(
    session: Session, agency_id: int, since: datetime, until: datetime
) -> list[SectionCount]:
    """What went out from ``since`` until before ``until``, in the sections' order."""
    query = (
        select(Section.code, Section.name, Article.importance, func.count())
        .join(Section, Section.id == Article.section_id)
        .where(
            Article.agency_id == agency_id,
            Article.published_at >= since,
            Article.published_at < until,
        )
        .group_by(
            Section.position, Section.id, Section.code, Section.name, Article.importance
        )
        .order_by(Section.position, Section.id)
    )
    found: dict[str, SectionCount] = {}
    for code, name, importance, number in session.execute(query):
        empty = SectionCount(code, name, {})
        before = found.get(code, empty).by_importance
        found[code] = SectionCount(code, name, {**before, importance: number})
    return list(found.values())


_Row = tuple[Article, str, str, str]


def _matching(agency_id: int, wanted: LedgerFilter) -> Select[*_Row]:
    query = (
        select(Article, Section.name, Section.report_column, Person.name)
        .join(Section, Section.id == Article.section_id)
        .join(Person, Person.id == Article.drafter_id)
        .where(Article.agency_id == agency_id)
    )
    exact = {
        Article.state: wanted.state,
        Section.code: wanted.section,
        Section.report_column: wanted.report_column,
        Article.importance: wanted.importance,
    }
    for column, value in exact.items():
        if value:
            query = query.where(column == value)
    if wanted.drafter:
        query = query.where(Person.name.contains(wanted.drafter, autoescape=True))
    if wanted.unsigned:
        query = query.where(has_open_defect())
    return _with_words(_in_time(query, wanted), wanted.words)


def _in_time(query: Select[*_Row], wanted: LedgerFilter) -> Select[*_Row]:
    bounds = [
        (wanted.since, Article.made_at.__ge__),
        (wanted.until, Article.made_at.__lt__),
        (wanted.out_since, Article.published_at.__ge__),
        (wanted.out_until, Article.published_at.__lt__),
        (wanted.late_at, Article.due_at.__lt__),
    ]
    for moment, compared in bounds:
        if moment is not None:
            query = query.where(compared(moment))
    return query


def _with_words(query: Select[*_Row], words: str) -> Select[*_Row]:
    for word in words.split():
        year, dash, serial = word.partition("-")
        if dash and _is_number(year) and _is_number(serial):
            query = query.where(
                Article.year == int(year), Article.serial == int(serial)
            )
        else:
            query = query.where(Article.title.contains(word, autoescape=True))
    return query


def _is_number(word: str) -> bool:
    return word.isascii() and word.isdigit() and len(word) < 9
