"""What people ask about patrols: how each column stands, today's readings, visits."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from models.agencies import Section
from models.articles import Revision
from models.boards import DutyDay
from models.inspections import CheckState, Fault, FaultKind
from models.patrols import ColumnKind, PageVisit, PatrolColumn, SiteReading
from models.people import Person
from models.releases import Release
from workflow.calendar import town_day
from workflow.errors import NotFound
from workflow.inspections.rectification import OPEN
from workflow.patrols.rules import Clock, ColumnNow, Page, Veto, clock, vetoes

WEEK = timedelta(days=7)


@dataclass(frozen=True, slots=True)
class ColumnShown:
    """A column with its clock and when it was updated last."""

    column: PatrolColumn
    updated_on: date | None
    clock: Clock


@dataclass(frozen=True, slots=True)
class ReadingShown:
    """A reading with the name of who did it."""

    reading: SiteReading
    name: str


def columns(session: Session, agency_id: int) -> list[PatrolColumn]:
    """The columns that are watched, in their order."""
    query = select(PatrolColumn).where(PatrolColumn.agency_id == agency_id)
    return list(session.scalars(query.order_by(PatrolColumn.position, PatrolColumn.id)))


def column_coded(session: Session, agency_id: int, code: str) -> PatrolColumn | None:
    """The column of a code, if there is one."""
    query = select(PatrolColumn).where(
        PatrolColumn.agency_id == agency_id, PatrolColumn.code == code
    )
    return session.scalars(query).one_or_none()


def columns_now(session: Session, agency_id: int, on: date) -> list[ColumnShown]:
    """Every open column with its clock on a day."""
    return [
        _shown(session, agency_id, column, on)
        for column in columns(session, agency_id)
        if column.open
    ]


def vetoes_now(session: Session, agency_id: int, at: datetime) -> list[Veto]:
    """The single-veto items as they stand."""
    shown = columns_now(session, agency_id, town_day(at))
    now = [ColumnNow(o.column.name, o.column.kind, o.clock.state) for o in shown]
    homes = [o.column.id for o in shown if o.column.kind is ColumnKind.HOME]
    visits, not_opened = _visits_of(session, agency_id, homes, at)
    return vetoes(now, _wrong_statements(session, agency_id), visits, not_opened)


def pages_to_visit(session: Session, agency_id: int) -> list[Page]:
    """The agency's own addresses, those of its open columns."""
    rows = columns(session, agency_id)
    return [Page(one.id, one.address) for one in rows if one.open and one.address]


def readings_of(
    session: Session, agency_id: int, first: date, last: date
) -> list[ReadingShown]:
    """The readings of some days, newest first."""
    query = (
        select(SiteReading, Person.name)
        .outerjoin(Person, Person.id == SiteReading.person_id)
        .where(SiteReading.agency_id == agency_id, SiteReading.day.between(first, last))
        .order_by(SiteReading.day.desc(), SiteReading.opens_at.desc())
    )
    return [ReadingShown(row, name or "") for row, name in session.execute(query)]


def reading(session: Session, agency_id: int, reading_id: int) -> SiteReading:
    """One reading of this agency.

    Raises:
        NotFound: no such reading here.
    """
    found = session.get(SiteReading, reading_id)
    if found is None or found.agency_id != agency_id:
        raise NotFound("没有找到这次读网。")
    return found


def last_day_opened(session: Session, agency_id: int) -> date | None:
    """The latest day for which a reading was opened."""
    query = select(func.max(SiteReading.day)).where(SiteReading.agency_id == agency_id)
    return session.scalars(query).one()


def rostered_days(session: Session, agency_id: int) -> set[date]:
    """The days on which somebody is on duty."""
    query = select(DutyDay.day).where(DutyDay.agency_id == agency_id)
    return set(session.scalars(query))


def overdue(session: Session, agency_id: int, at: datetime) -> list[int]:
    """Readings that nobody did in time, locked."""
    query = (
        select(SiteReading.id)
        .where(
            SiteReading.agency_id == agency_id,
            SiteReading.state == CheckState.OPEN,
            SiteReading.due_at < at,
        )
        .order_by(SiteReading.id)
        .with_for_update(skip_locked=True)
    )
    return list(session.scalars(query))


def faults_of_pages(
    session: Session, agency_id: int, at: datetime, limit: int = 100
) -> list[PageVisit]:
    """Visits of the last week that found something wrong, newest first."""
    query = (
        select(PageVisit)
        .where(
            PageVisit.agency_id == agency_id,
            PageVisit.at > at - WEEK,
            PageVisit.fault != "",
        )
        .order_by(PageVisit.at.desc(), PageVisit.id.desc())
        .limit(limit)
    )
    return list(session.scalars(query))


def sections_named(session: Session, agency_id: int) -> list[tuple[str, str]]:
    """Codes and names of the sections, for choosing those of a column."""
    query = select(Section.code, Section.name).where(Section.agency_id == agency_id)
    rows = session.execute(query.order_by(Section.position, Section.id))
    return [(row.code, row.name) for row in rows]


def _shown(
    session: Session, agency_id: int, column: PatrolColumn, on: date
) -> ColumnShown:
    released = _released(session, agency_id, column, on)
    known = [day for day in (released, column.updated_on) if day is not None]
    updated = max(known, default=None)
    limits = (column.most_days, column.warn_days)
    return ColumnShown(
        column, updated, clock(*limits, updated, column.exempt_until, on)
    )


def _released(
    session: Session, agency_id: int, column: PatrolColumn, on: date
) -> date | None:
    """When an article last went out under a column; for a home page any article."""
    query = select(func.max(Release.released_at)).where(
        Release.agency_id == agency_id,
        Release.channel == column.channel,
        Release.taken_down_at.is_(None),
    )
    if column.section_codes:
        query = (
            query.join(Revision, Revision.id == Release.revision_id)
            .join(Section, Section.id == Revision.section_id)
            .where(Section.code.in_(column.section_codes))
        )
    elif column.kind not in (ColumnKind.HOME, ColumnKind.ACCOUNT):
        return None
    latest = session.scalars(query).one()
    return None if latest is None else min(town_day(latest), on)


def _wrong_statements(session: Session, agency_id: int) -> int:
    query = select(func.count(Fault.id)).where(
        Fault.agency_id == agency_id,
        Fault.kind == FaultKind.WRONG_STATEMENT,
        Fault.state.in_(OPEN),
    )
    return session.scalars(query).one()


def _visits_of(
    session: Session, agency_id: int, ids: Sequence[int], at: datetime
) -> tuple[int, int]:
    query = select(
        func.count(PageVisit.id),
        func.count(PageVisit.id).filter(PageVisit.opened.is_(False)),
    ).where(
        PageVisit.agency_id == agency_id,
        PageVisit.column_id.in_(ids),
        PageVisit.found_on == "",
        PageVisit.at > at - WEEK,
    )
    visits, not_opened = session.execute(query).one()
    return visits, not_opened
