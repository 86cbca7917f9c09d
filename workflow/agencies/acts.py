"""Founding an agency, its sections, its holiday lists, its rule."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from models.agencies import Agency, CalendarYear, ProcessDefinition
from workflow.actions import Action
from workflow.audit import acts as audit
from workflow.audit.acts import Plain, Subject
from workflow.errors import InvalidInput
from workflow.occasion import Occasion
from workflow.operations import once
from workflow.process.definition import Definition
from workflow.process.reading import read_definition
from workflow.process.soundness import check


def found(
    session: Session, by: Occasion, code: str, name: str, level: str, region: str = ""
) -> Agency:
    """Make an agency and begin its trail; done once per code, the same again later.

    Args:
        by: its ``agency_id`` is not looked at, since the agency is only being made.
        level: township, bureau, county … as in the schema of the annual report.
    """
    known = session.scalars(select(Agency).where(Agency.code == code)).one_or_none()
    if known is not None:
        return known
    agency = Agency(code=code, name=name, level=level, region=region, made_at=by.at)
    session.add(agency)
    session.flush()
    audit.begin(session, agency)
    session.flush()
    here = Occasion(agency.id, by.person_id, by.at, by.operation)
    details = {"code": code, "name": name}
    audit.record(
        session,
        here,
        Action.FOUND_AGENCY,
        Subject("agency", agency.id, details=details),
    )
    return agency


def enter_calendar(
    session: Session,
    by: Occasion,
    year: int,
    off: Sequence[date],
    work: Sequence[date],
    source: str,
) -> CalendarYear:
    """Enter the holidays and swap days (调休) that the State Council announced.

    Raises:
        InvalidInput: no source, or a day outside the year, or off and work at once.
    """
    _check_days(year, off, work, source)
    contents = {"year": year, "off": list(off), "work": list(work), "source": source}

    def doing() -> tuple[CalendarYear, dict[str, int]]:
        known = _calendar_year(session, by.agency_id, year)
        row = known or CalendarYear(agency_id=by.agency_id, year=year)
        row.off = [day.isoformat() for day in sorted(off)]
        row.work = [day.isoformat() for day in sorted(work)]
        row.source, row.entered_at = source, by.at
        session.add(row)
        session.flush()
        subject = Subject("calendar", row.id, details={"year": year, "source": source})
        audit.record(session, by, Action.ENTER_CALENDAR, subject)
        return row, {"id": row.id}

    return once(
        session,
        by,
        Action.ENTER_CALENDAR,
        contents,
        doing,
        lambda answer: session.get_one(CalendarYear, answer["id"]),
    )


def adopt_definition(session: Session, by: Occasion, source: str) -> ProcessDefinition:
    """Put a new version of the regulation in force; running articles keep theirs.

    Raises:
        DefinitionRefused: unreadable, or not proved sound.
        InvalidInput: this number of this definition was adopted with another text.
    """
    definition = read_definition(source)
    check(definition)

    def doing() -> tuple[ProcessDefinition, dict[str, int]]:
        _refuse_known_number(session, by, definition)
        row = ProcessDefinition(
            agency_id=by.agency_id,
            code=definition.id,
            number=definition.number,
            title=definition.title,
            source=source,
            digest=definition.digest,
            adopted_at=by.at,
            adopted_by_id=by.person_id,
        )
        session.add(row)
        session.flush()
        details: dict[str, Plain] = {
            "code": row.code,
            "number": row.number,
            "title": row.title,
        }
        subject = Subject("definition", row.id, digest=row.digest, details=details)
        audit.record(session, by, Action.ADOPT_DEFINITION, subject)
        return row, {"id": row.id}

    return once(
        session,
        by,
        Action.ADOPT_DEFINITION,
        {"digest": definition.digest},
        doing,
        lambda answer: session.get_one(ProcessDefinition, answer["id"]),
    )


def _refuse_known_number(
    session: Session, by: Occasion, definition: Definition
) -> None:
    known = session.scalars(
        select(ProcessDefinition).where(
            ProcessDefinition.agency_id == by.agency_id,
            ProcessDefinition.code == definition.id,
            ProcessDefinition.number == definition.number,
        )
    ).one_or_none()
    if known is not None:
        line = f"第{definition.number}版已经启用过，内容改动请编新的版本号。"
        raise InvalidInput({"number": [line]})


def _calendar_year(session: Session, agency_id: int, year: int) -> CalendarYear | None:
    query = select(CalendarYear).where(
        CalendarYear.agency_id == agency_id, CalendarYear.year == year
    )
    return session.scalars(query).one_or_none()


def _check_days(
    year: int, off: Sequence[date], work: Sequence[date], source: str
) -> None:
    if not source.strip():
        raise InvalidInput({"source": ["请写明放假安排的文号。"]})
    if any(day.year != year for day in (*off, *work)):
        raise InvalidInput({"off": [f"有不属于{year}年的日期。"]})
    if set(off) & set(work):
        raise InvalidInput({"work": ["同一天不能既放假又上班。"]})
    if len(set(work)) != len(work) or len(set(off)) != len(off):
        raise InvalidInput({"off": ["有重复的日期。"]})
