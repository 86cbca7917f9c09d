"""What a year of work looks like: counts and times, each with the list behind it.

No village and no person is ranked: rows stand in the order of posts and names.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from statistics import median

from sqlalchemy import Select, or_, select
from sqlalchemy.orm import Session

from models.agencies import ProcessDefinition, Section
from models.articles import Article
from models.findings import Answer
from models.requests import DisclosureRequest
from models.signatures import Outcome, Signature
from workflow.agencies.questions import calendar_of, definition_in_force
from workflow.articles import catches
from workflow.articles.cases import definition_of
from workflow.articles.catches import Period
from workflow.calendar import WorkingCalendar, town_day
from workflow.errors import CalendarUnknown
from workflow.process.machine import DRAFTING, PUBLISHED, REJECTED
from workflow.reports.cells import first_day, first_moment, last_day

DECIDED = (Outcome.APPROVED, Outcome.RETURNED, Outcome.REJECTED, Outcome.PUBLISHED)
ENDED = (PUBLISHED, REJECTED, "withdrawn")
STUCK_AFTER = 5
NEAR = 7
LIST_MAX = 500


@dataclass(frozen=True, slots=True)
class SectionYear:
    """How much of a section went out in each of the twelve months."""

    code: str
    name: str
    months: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Wait:
    """One decision and how long the text lay before it, in working days.

    Args:
        days: 0 when decided on the day on which it came; ``None`` where the holiday
            lists do not reach.
    """

    article_id: int
    title: str
    stage: str
    person_id: int
    person: str
    entered_at: datetime
    signed_at: datetime
    days: int | None


@dataclass(frozen=True, slots=True)
class Waits:
    """The decisions of one rung, or of one person at one rung."""

    stage: str
    name: str
    person_id: int
    person: str
    number: int
    middle: float | None
    longest: int | None


@dataclass(frozen=True, slots=True)
class Standing:
    """A text that has not moved for a while."""

    article_id: int
    title: str
    stage: str
    since: datetime
    held: bool


def published_by_month(
    session: Session, agency_id: int, year: int
) -> list[SectionYear]:
    """What went out in a year, by section and month of the town's calendar."""
    start, end = first_moment(year), first_moment(year + 1)
    query = (
        select(Section.code, Section.name, Article.published_at)
        .join(Section, Section.id == Article.section_id)
        .where(
            Article.agency_id == agency_id,
            Article.published_at >= start,
            Article.published_at < end,
        )
        .order_by(Section.position, Section.id)
    )
    found: dict[tuple[str, str], list[int]] = {}
    for code, name, at in session.execute(query):
        months = found.setdefault((code, name), [0] * 12)
        if at is not None:
            months[town_day(at).month - 1] += 1
    return [SectionYear(code, name, tuple(m)) for (code, name), m in found.items()]


def waits(
    session: Session, agency_id: int, year: int, person_id: int | None = None
) -> list[Wait]:
    """Every decision of a year at a rung, oldest first; of one person if named."""
    query = _decisions(agency_id, year)
    if person_id is not None:
        query = query.where(Signature.person_id == person_id)
    calendar = _calendar(session, agency_id)
    return [
        Wait(
            signature.article_id,
            title,
            signature.stage,
            signature.person_id or 0,
            signature.person_name,
            signature.entered_at,
            signature.signed_at,
            _working_days(calendar, signature.entered_at, signature.signed_at),
        )
        for signature, title in session.execute(query)
    ]


def by_rung(session: Session, agency_id: int, found: Sequence[Wait]) -> list[Waits]:
    """The decisions of each rung, in the order of the regulation in force."""
    names = stage_names(session, agency_id)
    groups = _grouped(found, lambda one: (one.stage, 0))
    order = [*names, *sorted({stage for stage, _ in groups} - set(names))]
    return [
        _summed(stage, names.get(stage, stage), groups[stage, 0])
        for stage in order
        if (stage, 0) in groups
    ]


def by_person(session: Session, agency_id: int, found: Sequence[Wait]) -> list[Waits]:
    """The decisions of each person at each rung, in the order of rungs and names."""
    names = stage_names(session, agency_id)
    order = list(names)
    groups = _grouped(found, lambda one: (one.stage, one.person_id))
    rows = [
        _summed(stage, names.get(stage, stage), group, by_whom=True)
        for (stage, _), group in groups.items()
    ]
    place = {stage: at for at, stage in enumerate(order)}
    return sorted(rows, key=lambda row: (place.get(row.stage, 99), row.person))


def stage_names(session: Session, agency_id: int) -> dict[str, str]:
    """The rungs by their ids, in order: of the regulation in force, then of others."""
    query = (
        select(ProcessDefinition.id)
        .where(ProcessDefinition.agency_id == agency_id)
        .order_by(ProcessDefinition.id.desc())
    )
    in_force = definition_in_force(session, agency_id).id
    names = {DRAFTING: "拟稿"}
    for key in dict.fromkeys([in_force, *session.scalars(query)]):
        for stage in definition_of(session, key).stages:
            names.setdefault(stage.id, stage.name)
    return {**names, "cleared": "发布"}


def caught(session: Session, agency_id: int, year: int) -> tuple[int, ...]:
    """Findings put right at each of the three proofreads, and what escaped them all."""
    found = catches.counts(session, agency_id, whole_year(year))
    by_level = [
        sum(
            number
            for (level, _, answer, escaped), number in found.items()
            if level == wanted and answer is Answer.FIXED and not escaped
        )
        for wanted in catches.LEVELS
    ]
    escaped = sum(n for (_, _, _, is_out), n in found.items() if is_out)
    return (*by_level, escaped)


def whole_year(year: int) -> Period:
    """The reporting year as a period of the three-pass ledger."""
    return Period(first_day(year), last_day(year))


def withdrawn(session: Session, agency_id: int, year: int) -> list[Article]:
    """The texts taken down in a year: what every rung had let pass."""
    query = (
        select(Article)
        .where(
            Article.agency_id == agency_id,
            Article.withdrawn_at >= first_moment(year),
            Article.withdrawn_at < first_moment(year + 1),
        )
        .order_by(Article.withdrawn_at, Article.id)
        .limit(LIST_MAX)
    )
    return list(session.scalars(query))


def stuck(session: Session, agency_id: int, at: datetime) -> list[Standing]:
    """Texts that have stood at one rung for more than five working days, or are held.

    In the order of their coming; those with their drafter are not counted as stuck.
    """
    query = (
        select(Article)
        .where(
            Article.agency_id == agency_id,
            Article.state.not_in((DRAFTING, *ENDED)),
            or_(Article.held, Article.entered_at < at - timedelta(days=STUCK_AFTER)),
        )
        .order_by(Article.entered_at, Article.id)
        .limit(LIST_MAX)
    )
    calendar, names = _calendar(session, agency_id), stage_names(session, agency_id)
    found = []
    for one in session.scalars(query):
        days = _working_days(calendar, one.entered_at, at)
        if one.held or days is None or days > STUCK_AFTER:
            name = names.get(one.state, one.state)
            found.append(Standing(one.id, one.title, name, one.entered_at, one.held))
    return found


def requests_near(
    session: Session, agency_id: int, today: date
) -> list[DisclosureRequest]:
    """Requests without an answer that are due within seven days, or late."""
    query = (
        select(DisclosureRequest)
        .where(
            DisclosureRequest.agency_id == agency_id,
            DisclosureRequest.answered_on.is_(None),
            DisclosureRequest.due_on <= today + timedelta(days=NEAR),
        )
        .order_by(DisclosureRequest.due_on, DisclosureRequest.id)
        .limit(LIST_MAX)
    )
    return list(session.scalars(query))


def month_span(year: int, month: int) -> tuple[date, date]:
    """The first and the last day of a month."""
    first = date(year, month, 1)
    following = date(year + month // 12, month % 12 + 1, 1)
    return first, following - timedelta(days=1)


def _decisions(agency_id: int, year: int) -> Select[Signature, str]:
    return (
        select(Signature, Article.title)
        .join(Article, Article.id == Signature.article_id)
        .where(
            Signature.agency_id == agency_id,
            Signature.outcome.in_(DECIDED),
            Signature.person_id.is_not(None),
            Signature.signed_at >= first_moment(year),
            Signature.signed_at < first_moment(year + 1),
        )
        .order_by(Signature.signed_at, Signature.id)
    )


def _calendar(session: Session, agency_id: int) -> WorkingCalendar | None:
    try:
        return calendar_of(session, agency_id)
    except CalendarUnknown:
        return None


def _working_days(
    calendar: WorkingCalendar | None, entered: datetime, signed: datetime
) -> int | None:
    first, last = town_day(entered), town_day(signed)
    if calendar is None or last < first:
        return None
    try:
        return calendar.working_days_between(first, last)
    except CalendarUnknown:
        return None


def _grouped(
    found: Sequence[Wait], key: Callable[[Wait], tuple[str, int]]
) -> dict[tuple[str, int], list[Wait]]:
    groups: dict[tuple[str, int], list[Wait]] = defaultdict(list)
    for one in found:
        groups[key(one)].append(one)
    return dict(groups)


def _summed(
    stage: str, name: str, group: Sequence[Wait], *, by_whom: bool = False
) -> Waits:
    days = [one.days for one in group if one.days is not None]
    return Waits(
        stage=stage,
        name=name,
        person_id=group[0].person_id if by_whom else 0,
        person=group[0].person if by_whom else "",
        number=len(group),
        middle=float(median(days)) if days else None,
        longest=max(days) if days else None,
    )
