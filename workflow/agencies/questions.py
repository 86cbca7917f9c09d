"""What people ask of an agency: its calendar, its sections, the rule in force."""

from __future__ import annotations

import json
from datetime import date
from functools import lru_cache

from sqlalchemy import Text, bindparam, cast, select
from sqlalchemy.orm import Session

from models.agencies import Agency, CalendarYear, ProcessDefinition, Section
from models.database import run_plain
from workflow.calendar import WorkingCalendar
from workflow.errors import CalendarUnknown, NotFound

_CACHE = "working_calendars"
# As text: the same lists are read into dates once, see _calendar.
_YEARS = (
    select(
        CalendarYear.year,
        cast(CalendarYear.off, Text),
        cast(CalendarYear.work, Text),
    )
    .where(CalendarYear.agency_id == bindparam("agency"))
    .order_by(CalendarYear.year)
)


def is_founded(session: Session) -> bool:
    """Whether there is any agency yet."""
    return session.scalars(select(Agency.id).limit(1)).first() is not None


def agency(session: Session, agency_id: int) -> Agency:
    """One agency.

    Raises:
        NotFound: there is none of that id.
    """
    found = session.get(Agency, agency_id)
    if found is None:
        raise NotFound("没有这个单位。")
    return found


def every_agency(session: Session) -> list[int]:
    """The ids of all agencies: each has its own duties."""
    return list(session.scalars(select(Agency.id).order_by(Agency.id)))


def every_office(session: Session) -> list[Agency]:
    """Every agency, as the public sees them: by name."""
    return list(session.scalars(select(Agency).order_by(Agency.id)))


def office(session: Session, code: str) -> Agency | None:
    """The agency of a code; without a code the only one there is, else none."""
    if code:
        return session.scalars(select(Agency).where(Agency.code == code)).one_or_none()
    found = session.scalars(select(Agency).limit(2)).all()
    return found[0] if len(found) == 1 else None


def calendar_of(session: Session, agency_id: int) -> WorkingCalendar:
    """The working days of an agency, as far as its holiday lists reach.

    Raises:
        CalendarUnknown: no holiday list was ever entered.
    """
    cache: dict[int, WorkingCalendar] = session.info.setdefault(_CACHE, {})
    if agency_id not in cache:
        cache[agency_id] = _read_calendar(session, agency_id)
    return cache[agency_id]


def _read_calendar(session: Session, agency_id: int) -> WorkingCalendar:
    years = run_plain(session, _YEARS, {"agency": agency_id}).all()
    if not years:
        raise CalendarUnknown
    return _calendar(tuple((year, off, work) for year, off, work in years))


@lru_cache(maxsize=64)
def _calendar(years: tuple[tuple[int, str, str], ...]) -> WorkingCalendar:
    listed = {year for year, _, _ in years}
    return WorkingCalendar(
        off=frozenset(day for _, off, _ in years for day in _days(off)),
        work=frozenset(day for _, _, work in years for day in _days(work)),
        known_until=date(years[-1][0], 12, 31),
        known_from=date(years[0][0], 1, 1),
        gaps=frozenset(range(years[0][0], years[-1][0])) - listed,
    )


def _days(text: str) -> list[date]:
    return [date.fromisoformat(day) for day in json.loads(text)]


def sections(
    session: Session, agency_id: int, *, open_only: bool = True
) -> list[Section]:
    """The sections (栏目) of an agency, in their order."""
    query = select(Section).where(Section.agency_id == agency_id)
    if open_only:
        query = query.where(Section.open)
    return list(session.scalars(query.order_by(Section.position, Section.id)))


def section(session: Session, agency_id: int, section_id: int) -> Section:
    """One section of this agency.

    Raises:
        NotFound: no such section here.
    """
    found = session.get(Section, section_id)
    if found is None or found.agency_id != agency_id:
        raise NotFound("没有找到这个栏目。")
    return found


def section_by_code(session: Session, agency_id: int, code: str) -> Section | None:
    """The open section of that code, if there is one."""
    query = select(Section).where(
        Section.agency_id == agency_id, Section.code == code, Section.open
    )
    return session.scalars(query).one_or_none()


def definition_in_force(session: Session, agency_id: int) -> ProcessDefinition:
    """The newest adopted definition; new articles start under it.

    One that is only used by another one is never in force by itself.

    Raises:
        NotFound: the agency has adopted none yet.
    """
    query = (
        select(ProcessDefinition)
        .where(
            ProcessDefinition.agency_id == agency_id,
            ProcessDefinition.beside.is_(False),
        )
        .order_by(ProcessDefinition.adopted_at.desc(), ProcessDefinition.id.desc())
        .limit(1)
    )
    found = session.scalars(query).one_or_none()
    if found is None:
        raise NotFound("本单位还没有启用审校流程定义，请系统管理员先启用。")
    return found


def newest_of(session: Session, agency_id: int, code: str) -> ProcessDefinition:
    """The newest adopted version of one definition.

    Raises:
        NotFound: it was never adopted here.
    """
    query = (
        select(ProcessDefinition)
        .where(ProcessDefinition.agency_id == agency_id, ProcessDefinition.code == code)
        .order_by(ProcessDefinition.adopted_at.desc(), ProcessDefinition.id.desc())
        .limit(1)
    )
    found = session.scalars(query).one_or_none()
    if found is None:
        raise NotFound(f"本单位还没有启用流程“{code}”，请系统管理员先启用。")
    return found


def definitions(session: Session, agency_id: int) -> list[ProcessDefinition]:
    """Every definition the agency ever adopted, newest first."""
    query = (
        select(ProcessDefinition)
        .where(ProcessDefinition.agency_id == agency_id)
        .order_by(ProcessDefinition.adopted_at.desc(), ProcessDefinition.id.desc())
    )
    return list(session.scalars(query))


def definition(
    session: Session, agency_id: int, definition_id: int
) -> ProcessDefinition:
    """One definition of this agency.

    Raises:
        NotFound: no such definition here.
    """
    found = session.get(ProcessDefinition, definition_id)
    if found is None or found.agency_id != agency_id:
        raise NotFound("没有找到这一版审校流程。")
    return found
