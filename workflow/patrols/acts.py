"""Setting columns, reading the site on duty, keeping what visits to pages found."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import date, datetime

from sqlalchemy import update
from sqlalchemy.orm import Session

from models.inspections import CheckState
from models.natural_keys import insert_missing
from models.notices import NoticeKind
from models.patrols import PageVisit, PatrolColumn, SiteReading
from models.people import Role
from workflow.actions import Action
from workflow.agencies.questions import calendar_of
from workflow.audit import acts as audit
from workflow.audit.acts import Subject
from workflow.errors import InvalidInput, Superseded, WrongState
from workflow.inspections.permits import in_capacity, may_inspect, may_settle
from workflow.notices.acts import Message, tell
from workflow.occasion import Occasion
from workflow.operations import make_once
from workflow.patrols import questions
from workflow.patrols.rules import (
    NOTE_MAX,
    ClockState,
    NewColumn,
    readings,
    refuse_bad_column,
)
from workflow.people.questions import name_of, people_with_role


@dataclass(frozen=True, slots=True)
class Read:
    """What a reading of the site found: page normal, content right, links work."""

    pages_open: bool
    contents_right: bool
    links_work: bool
    note: str = ""


@dataclass(frozen=True, slots=True)
class Visited:
    """What one visit to one address found.

    Args:
        found_on: the page on which the link stands; empty for a column's own page.
        status: of HTTP; 0 when there was no answer.
        fault: what is wrong, in Chinese; empty when nothing is.
    """

    column_id: int | None
    address: str
    at: datetime
    status: int
    milliseconds: int
    opened: bool
    found_on: str = ""
    fault: str = ""


def set_column(session: Session, by: Occasion, new: NewColumn) -> PatrolColumn:
    """Enter a column, or change the one of that code.

    Raises:
        NotPermitted: not the system administrator.
        InvalidInput: something is missing, or a limit that is none.
    """
    may_settle(session, by, Action.SET_COLUMN)
    refuse_bad_column(new)
    values: dict[str, object] = {
        **asdict(new),
        "section_codes": list(new.section_codes),
    }

    def doing() -> PatrolColumn:
        row = questions.column_coded(session, by.agency_id, new.code)
        row = row or PatrolColumn(agency_id=by.agency_id, position=0)
        for name, value in values.items():
            setattr(row, name, value)
        session.add(row)
        session.flush()
        _note_column(session, by, row)
        return row

    return make_once(session, by, (Action.SET_COLUMN, values), PatrolColumn, doing)


def open_readings(session: Session, by: Occasion, on: date) -> int:
    """Open the readings that should exist up to a day; how many were new.

    Only for an agency that watches a column; caught up after a standstill.

    Raises:
        CalendarUnknown: the agency has no holiday list.
    """
    if not any(one.open for one in questions.columns(session, by.agency_id)):
        return 0
    first = questions.last_day_opened(session, by.agency_id) or on
    calendar = calendar_of(session, by.agency_id)
    roster = questions.rostered_days(session, by.agency_id)
    rows = [
        {
            **asdict(slot),
            "agency_id": by.agency_id,
            "state": CheckState.OPEN,
            "note": "",
        }
        for slot in readings(first, on, calendar, roster)
    ]
    opened = insert_missing(session, SiteReading, rows)
    if opened:
        subject = Subject("reading", on.isoformat(), details={"opened": opened})
        audit.record(session, by, Action.OPEN_READINGS, subject)
    return opened


def close_readings(session: Session, by: Occasion) -> int:
    """Record as missed what nobody read in time; how many there were."""
    missed = {"state": CheckState.MISSED, "missed_at": by.at}
    ids = [
        id_
        for id_ in questions.overdue(session, by.agency_id, by.at)
        if _move(session, by, id_, missed)
    ]
    for id_ in ids:
        audit.record(session, by, Action.MISS_READING, Subject("reading", id_))
    return len(ids)


def log_reading(
    session: Session, by: Occasion, reading_id: int, read: Read
) -> SiteReading:
    """Record one reading of the site.

    Raises:
        NotFound: no such reading here.
        NotPermitted: not an inspector.
        WrongState: its time is over, or has not come.
        Superseded: somebody else recorded it first.
        InvalidInput: something was wrong and nothing is said about it.
    """
    _refuse_bad_reading(read)

    def doing() -> SiteReading:
        row = questions.reading(session, by.agency_id, reading_id)
        capacity = may_inspect(session, by, Action.LOG_READING)
        _refuse_if_not_now(row, by)
        _take(session, by, row, read)
        details: dict[str, audit.Plain] = {
            "day": row.day.isoformat(),
            "half": row.half.value,
            "well": all(_answers(read)),
        }
        subject = in_capacity("reading", row.id, capacity, details)
        audit.record(session, by, Action.LOG_READING, subject)
        return row

    asked = (Action.LOG_READING, {"reading": reading_id, **asdict(read)})
    return make_once(session, by, asked, SiteReading, doing)


def record_visits(session: Session, by: Occasion, found: Sequence[Visited]) -> int:
    """Keep what the system's visits to the agency's own pages found.

    Returns:
        How many were wrong; the trail has one entry for a round of visits.
    """
    session.add_all(PageVisit(agency_id=by.agency_id, **asdict(one)) for one in found)
    wrong = sum(1 for one in found if one.fault)
    if found:
        details: dict[str, audit.Plain] = {"visits": len(found), "wrong": wrong}
        subject = Subject("visit", by.at.isoformat(), details=details)
        audit.record(session, by, Action.RECORD_VISITS, subject)
    return wrong


def warn_of_clocks(session: Session, by: Occasion) -> int:
    """Tell inspectors of columns near or over their limit, once for each state.

    Returns:
        How many people were told anything.
    """
    shown = questions.columns_now(session, by.agency_id, by.today)
    words = {ClockState.NEAR: "快到更新时限", ClockState.STALE: "超过更新时限"}
    inspectors = people_with_role(session, by.agency_id, Role.INSPECTOR, by.at)
    told: set[int] = set()
    for one in shown:
        if one.clock.state in words:
            event = f"column {one.column.id} {one.clock.state} {one.updated_on}"
            title = f"“{one.column.name}”{words[one.clock.state]}"
            message = Message(event, NoticeKind.REMINDER, title)
            told.update(tell(session, by, message, [p.id for p in inspectors]))
    return len(told)


def _note_column(session: Session, by: Occasion, row: PatrolColumn) -> None:
    until = row.exempt_until.isoformat() if row.exempt_until else ""
    details: dict[str, audit.Plain] = {
        "name": row.name,
        "most_days": row.most_days,
        "exempt_until": until,
        "reason": row.exempt_reason,
    }
    subject = Subject("column", row.id, details=details)
    audit.record(session, by, Action.SET_COLUMN, subject)


def _refuse_bad_reading(read: Read) -> None:
    if not read.note.strip() and not all(_answers(read)):
        raise InvalidInput({"note": ["发现异常请写明情况和处理。"]})
    if len(read.note) > NOTE_MAX:
        raise InvalidInput({"note": [f"说明不超过{NOTE_MAX}个字。"]})


def _take(session: Session, by: Occasion, row: SiteReading, read: Read) -> None:
    """Let this person's reading be the one on record.

    Raises:
        Superseded: somebody else recorded it first.
    """
    done = {"state": CheckState.DONE, "person_id": by.person_id, "read_at": by.at}
    moved = _move(session, by, row.id, {**done, **asdict(read)})
    session.refresh(row)
    if not moved:
        who = name_of(session, row.person_id)
        raise Superseded(f"这次读网已由{who}登记。", rule="reading-logged")


def _answers(read: Read) -> tuple[bool, bool, bool]:
    return read.pages_open, read.contents_right, read.links_work


def _refuse_if_not_now(row: SiteReading, by: Occasion) -> None:
    over = row.state is CheckState.MISSED or by.at > row.due_at
    if by.at < row.opens_at or (over and row.state is not CheckState.DONE):
        raise WrongState("现在不在这次读网的时间内，不能登记。", rule="reading-over")


def _move(
    session: Session, by: Occasion, reading_id: int, to: dict[str, object]
) -> bool:
    """Compare and set: only an open reading moves; whether this one did."""
    statement = (
        update(SiteReading)
        .where(
            SiteReading.id == reading_id,
            SiteReading.agency_id == by.agency_id,
            SiteReading.state == CheckState.OPEN,
        )
        .values(dict(to))
        .returning(SiteReading.id)
        .execution_options(synchronize_session=False)
    )
    return session.execute(statement).first() is not None
