"""What people ask about requests: one of them, the register, what is near its limit."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import and_, extract, func, or_, select
from sqlalchemy.orm import Session

from models.people import Person, Role
from models.request_files import Applicant, RequestFile
from models.requests import (
    DisclosureRequest,
    RequestAmendment,
    RequestEvent,
    RequestState,
)
from models.requests import RequestEventKind as Kind
from workflow.errors import CalendarUnknown
from workflow.occasion import Occasion
from workflow.people.permit import has_role
from workflow.requests import cases, machine
from workflow.requests.cases import Case
from workflow.requests.clock import Clock, correction_by
from workflow.requests.lines import RequestLine, clock_of, line, lines_of, may_see
from workflow.requests.machine import Trigger

__all__ = ["RequestLine", "clock_of", "line", "lines_of", "may_see"]
request = cases.request_of


def open_requests(session: Session, agency_id: int) -> list[DisclosureRequest]:
    """Requests that have not ended, the most urgent first."""
    query = (
        select(DisclosureRequest)
        .where(
            DisclosureRequest.agency_id == agency_id,
            DisclosureRequest.state != RequestState.CLOSED,
        )
        .order_by(
            DisclosureRequest.due_on.is_(None),
            DisclosureRequest.due_on,
            DisclosureRequest.id,
        )
    )
    return list(session.scalars(query))


@dataclass(frozen=True, slots=True)
class Told:
    """One event of the timeline, with who recorded it."""

    kind: Kind
    on: date
    at: datetime
    days: int
    until: date | None
    letter_id: int | None
    note: str
    who: str


@dataclass(frozen=True, slots=True)
class RequestPage:
    """Everything that one request's page shows.

    Args:
        clock: none when a holiday list is missing.
        may: what can happen next, in law.
        correct_by: until when a correction may be asked for, while it may (D2).
        answers: the letters whose addressee has not answered yet.
    """

    line: RequestLine
    request: DisclosureRequest
    clock: Clock | None
    story: tuple[Told, ...]
    may: frozenset[Trigger]
    correct_by: date | None
    extension_approved: int
    files: tuple[tuple[int, str, int, bool], ...]
    amendments: tuple[RequestAmendment, ...]
    handler: str
    answers: frozenset[int]


def page_of(session: Session, by: Occasion, request_id: int) -> RequestPage:
    """One request with its clock, its story and what may be done next.

    Raises:
        NotFound: no such request here, or not hers to see.
    """
    line_ = line(session, by, request_id)
    case = cases.load(session, by.agency_id, request_id)
    clock = clock_of(case)
    approved = case.last(Kind.EXTENSION_APPROVED)
    handler = session.get(Person, case.request.handler_id or 0)
    return RequestPage(
        line=line_,
        request=case.request,
        clock=clock,
        story=_story(session, case),
        may=machine.possible(case.request.state),
        correct_by=_correct_by(case),
        extension_approved=approved.days if approved else 0,
        files=_files(session, request_id),
        amendments=_amendments(session, request_id),
        handler=handler.name if handler else "",
        answers=_awaited(clock),
    )


def _awaited(clock: Clock | None) -> frozenset[int]:
    spans = clock.spans if clock else ()
    return frozenset(span.letter for span in spans if span.back is None)


def _correct_by(case: Case) -> date | None:
    may = Trigger.ASK_CORRECTION in machine.possible(case.request.state)
    if not may or Kind.CORRECTION_ASKED in case.happened:
        return None
    try:
        return correction_by(case.day_zero, case.calendar)
    except CalendarUnknown:
        return None


def _story(session: Session, case: Case) -> tuple[Told, ...]:
    query = (
        select(RequestEvent, Person.name)
        .outerjoin(Person, Person.id == RequestEvent.person_id)
        .where(RequestEvent.request_id == case.request.id)
        .order_by(RequestEvent.seq)
    )
    return tuple(
        Told(
            event.kind,
            event.on,
            event.at,
            event.days,
            event.until,
            event.letter_id,
            event.note,
            name or "",
        )
        for event, name in session.execute(query)
    )


def _files(session: Session, request_id: int) -> tuple[tuple[int, str, int, bool], ...]:
    file = RequestFile
    query = (
        select(file.id, file.name, file.size, file.proves_identity)
        .where(file.request_id == request_id)
        .order_by(file.id)
    )
    return tuple(
        (row.id, row.name, row.size, row.proves_identity)
        for row in session.execute(query)
    )


def _amendments(session: Session, request_id: int) -> tuple[RequestAmendment, ...]:
    query = select(RequestAmendment).where(RequestAmendment.request_id == request_id)
    return tuple(session.scalars(query.order_by(RequestAmendment.id)))


def handlers(session: Session, by: Occasion) -> list[tuple[int, str]]:
    """The people a request may be given to: those who draft."""
    query = select(Person).where(
        Person.agency_id == by.agency_id,
        or_(Person.left_on.is_(None), Person.left_on > by.today),
    )
    people = session.scalars(query.order_by(Person.id))
    return [(one.id, one.name) for one in people if _drafts(session, by, one.id)]


def _drafts(session: Session, by: Occasion, person_id: int) -> bool:
    asking = Occasion(by.agency_id, person_id, by.at, by.operation)
    return has_role(session, asking, Role.DRAFTER)


def asked_this_month(session: Session, by: Occasion, request_id: int) -> int:
    """How many other requests the same applicant handed in that month (109号).

    The fee by item climbs over a calendar month; the office counts items, this says how
    many requests to look at.
    """
    found = cases.request_of(session, by.agency_id, request_id)
    who = session.get(Applicant, request_id)
    if who is None or found.received_on is None:
        return 0
    row = DisclosureRequest
    same_month = and_(
        extract("year", row.received_on) == found.received_on.year,
        extract("month", row.received_on) == found.received_on.month,
    )
    query = (
        select(func.count())
        .select_from(row)
        .join(Applicant, Applicant.request_id == row.id)
        .where(
            row.agency_id == by.agency_id,
            row.id != found.id,
            Applicant.name == who.name,
            same_month,
        )
    )
    return session.scalars(query).one()


def carried_out(session: Session, agency_id: int, year: int) -> frozenset[int]:
    """The ids of what was received and not decided by 31 December of a year.

    The same set is carried into the next year; nobody types it.
    """
    last = date(year, 12, 31)
    row = DisclosureRequest
    query = select(row.id).where(
        row.agency_id == agency_id,
        row.received_on <= last,
        or_(row.answered_on.is_(None), row.answered_on > last),
    )
    return frozenset(session.scalars(query))
