"""The one place where the state of a request changes.

A step is one compare-and-set together with its event and its trail entry; the last day
is folded anew from the events and kept beside the state for lists.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from sqlalchemy import update
from sqlalchemy.orm import Session

from models.requests import (
    DisclosureRequest,
    RequestEvent,
    RequestEventKind,
    RequestState,
)
from workflow.actions import Action
from workflow.audit import acts as audit
from workflow.audit.acts import Plain, Subject
from workflow.errors import Superseded
from workflow.occasion import Occasion
from workflow.requests.cases import Case, mark_of
from workflow.requests.clock import read_clock
from workflow.requests.machine import Trigger, step

APPLICANT = "申请人"


@dataclass(frozen=True, slots=True)
class Happened:
    """One event as it will stand on record.

    Args:
        on: the date that counts in law.
        details: more for the trail; nothing personal.
    """

    kind: RequestEventKind
    on: date
    days: int = 0
    until: date | None = None
    letter_id: int | None = None
    note: str = ""
    details: Mapping[str, Plain] = field(default_factory=dict)


def move(
    session: Session,
    by: Occasion,
    case: Case,
    doing: tuple[Action, Trigger | None],
    happened: Happened,
    also: Mapping[str, object] | None = None,
) -> None:
    """Put the request where the trigger leads, if nobody was faster.

    Args:
        doing: the act, and what it triggers; none when it moves no state.
        also: other columns that change in the same statement.

    Raises:
        WrongState: not possible now.
        CalendarUnknown: the last day reaches into a year without a list.
        Superseded: the request is no longer as it was read.
    """
    action, trigger = doing
    request = case.request
    to = request.state if trigger is None else step(request.state, trigger)
    event = _event(by, case, happened)
    values = {**(also or {}), "due_on": _due_after(case, event)}
    _compare_and_set(session, request, to, values)
    session.add(event)
    session.flush()
    session.refresh(request)
    case.events.append(event)
    note(session, by, request, action, happened)


def _compare_and_set(
    session: Session,
    request: DisclosureRequest,
    to: RequestState,
    values: Mapping[str, object],
) -> None:
    row = DisclosureRequest
    was_read = (
        row.id == request.id,
        row.version == request.version,
        row.state == request.state,
    )
    statement = (
        update(row)
        .where(*was_read)
        .values(state=to, version=row.version + 1, **values)
        .returning(row.id)
        .execution_options(synchronize_session=False)
    )
    with session.no_autoflush:
        moved = session.execute(statement).first()
    if moved is None:
        raise Superseded("这件申请刚被他人办理，请刷新后再试。", subject=request.id)


def note(
    session: Session,
    by: Occasion,
    request: DisclosureRequest,
    action: Action,
    happened: Happened,
) -> None:
    """One entry about this request into the trail; no personal data."""
    details: dict[str, Plain] = {
        "event": happened.kind.value,
        "on": happened.on.isoformat(),
        **happened.details,
    }
    if request.serial is not None:
        details["number"] = f"{request.year}-{request.serial}"
    if happened.days:
        details["days"] = happened.days
    if request.due_on is not None:
        details["due_on"] = request.due_on.isoformat()
    actor = APPLICANT if by.person_id is None else ""
    subject = Subject("request", request.id, details=details, actor=actor)
    audit.record(session, by, action, subject)


def _event(by: Occasion, case: Case, happened: Happened) -> RequestEvent:
    return RequestEvent(
        agency_id=case.request.agency_id,
        request_id=case.request.id,
        seq=len(case.events) + 1,
        kind=happened.kind,
        on=happened.on,
        days=happened.days,
        until=happened.until,
        letter_id=happened.letter_id,
        note=happened.note,
        person_id=by.person_id,
        at=by.at,
    )


def _due_after(case: Case, event: RequestEvent) -> date | None:
    if event.kind is RequestEventKind.ARRIVED:
        return None
    marks = [*case.marks, mark_of(event)]
    return read_clock(marks, case.calendar).due
