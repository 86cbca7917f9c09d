"""What people ask about requests: one of them, the register, what is near its limit."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import and_, extract, func, or_, select
from sqlalchemy.orm import Session

from models.people import Person, Role
from models.request_files import Applicant, RequestFile
from models.requests import (
    ApplicantKind,
    Channel,
    DisclosureRequest,
    RequestAmendment,
    RequestEvent,
    RequestOutcome,
    RequestState,
)
from models.requests import RequestEventKind as Kind
from workflow.calendar import town_day
from workflow.errors import CalendarUnknown, NotFound
from workflow.occasion import Occasion
from workflow.people.permit import has_role
from workflow.people.questions import names_with_role
from workflow.requests import cases, machine
from workflow.requests.cases import Case
from workflow.requests.clock import Clock, Running, correction_by
from workflow.requests.machine import Trigger
from workflow.requests.permits import sees_the_register
from workflow.requests.rules import CONFIRMED, masked

NEAR = 3
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


def requests_of(session: Session, agency_id: int, year: int) -> list[DisclosureRequest]:
    """The register of a year, by number."""
    query = (
        select(DisclosureRequest)
        .where(DisclosureRequest.agency_id == agency_id, DisclosureRequest.year == year)
        .order_by(DisclosureRequest.serial)
    )
    return list(session.scalars(query))


@dataclass(frozen=True, slots=True)
class RequestLine:
    """One request as it stands in the register; the applicant is masked.

    Args:
        number: ``2024-1``; empty while it is not registered.
        due_on: the last day; none while the clock stands still.
        waits_until: the end of somebody else's period (a correction, an opinion, a
            payment).
        days_left: working days until the answer is due, negative when late; none when
            the clock does not run.
        late: answered after the last day, or still open after it.
        carried: received in an earlier year and open at its end.
        unconfirmed: whole days since it arrived without a confirmation (D1).
    """

    id: int
    number: str
    state: RequestState
    channel: Channel
    arrived_on: date
    received_on: date | None
    applicant_kind: ApplicantKind | None
    applicant: str
    wants: str
    handler_id: int | None
    outcome: RequestOutcome | None
    answered_on: date | None
    served_on: date | None
    due_on: date | None
    waits_until: date | None
    running: Running
    days_left: int | None
    late: bool
    extended: bool
    carried: bool
    unconfirmed: int


def lines_of(session: Session, by: Occasion, year: int) -> list[RequestLine]:
    """The register of a year as this reader may see it, the newest first.

    A registrar and a leader see all of it, a handler what she handles.  What is open
    from before and what has not been registered yet is there too.
    """
    row = DisclosureRequest
    this_year = row.year == year
    still_open = row.state != RequestState.CLOSED
    query = select(row, Applicant.name).outerjoin(
        Applicant, Applicant.request_id == row.id
    )
    query = query.where(row.agency_id == by.agency_id, or_(this_year, still_open))
    if not sees_the_register(session, by):
        query = query.where(row.handler_id == by.person_id)
    found = session.execute(query.order_by(row.id.desc())).all()
    return [_line(session, by, one, name or "") for one, name in found]


def line(session: Session, by: Occasion, request_id: int) -> RequestLine:
    """One request as this reader may see it.

    Raises:
        NotFound: no such request here, or not hers to see.
    """
    found = may_see(session, by, request_id)
    who = session.get(Applicant, found.id)
    return _line(session, by, found, who.name if who else "")


def may_see(session: Session, by: Occasion, request_id: int) -> DisclosureRequest:
    """The request, for those who keep the register, lead, or handle it.

    Raises:
        NotFound: no such request here, or not hers to see.
    """
    found = cases.request_of(session, by.agency_id, request_id)
    if found.handler_id != by.person_id and not sees_the_register(session, by):
        raise NotFound("没有找到这件申请。")
    return found


def _line(
    session: Session, by: Occasion, found: DisclosureRequest, name: str
) -> RequestLine:
    case = cases.load(session, found.agency_id, found.id)
    clock = clock_of(case) or Clock()
    arrived_on = town_day(found.arrived_at)
    return RequestLine(
        id=found.id,
        number=f"{found.year}-{found.serial}" if found.serial else "",
        state=found.state,
        channel=found.channel,
        arrived_on=arrived_on,
        received_on=found.received_on,
        applicant_kind=found.applicant_kind,
        applicant=_shown(found, name),
        wants=found.wants,
        handler_id=found.handler_id,
        outcome=found.outcome,
        answered_on=found.answered_on,
        served_on=found.served_on,
        due_on=clock.due,
        waits_until=clock.period_ends,
        running=clock.running,
        days_left=_days_left(case, clock, by.today),
        late=_is_late(found, clock, by.today),
        extended=clock.ever_extended,
        carried=_is_carried(found, by.today),
        unconfirmed=_unconfirmed(found, arrived_on, by.today),
    )


def _shown(found: DisclosureRequest, name: str) -> str:
    """A person's name is masked; a firm's or an institute's is no personal data."""
    known = found.applicant_kind
    return masked(name) if known in (None, ApplicantKind.NATURAL) else name


def clock_of(case: Case) -> Clock | None:
    """The clock; ``None`` where a holiday list is missing: nothing is guessed."""
    try:
        return case.clock
    except CalendarUnknown:
        return None


def _days_left(case: Case, clock: Clock, today: date) -> int | None:
    if clock.due is None or clock.running is Running.ENDED:
        return None
    left = case.calendar.working_days_between(today, clock.due)
    return left if left or today <= clock.due else -1


def _is_late(found: DisclosureRequest, clock: Clock, today: date) -> bool:
    """Served (posted) after the last day; what ended otherwise is not late."""
    if clock.due is None:
        return False
    if found.state is RequestState.CLOSED:
        return found.served_on is not None and found.served_on > clock.due
    return today > clock.due


def _is_carried(found: DisclosureRequest, today: date) -> bool:
    if found.received_on is None:
        return False
    ended = found.answered_on or today
    return ended.year > found.received_on.year


def _unconfirmed(found: DisclosureRequest, arrived_on: date, today: date) -> int:
    waits = found.state is RequestState.ARRIVED and found.channel in CONFIRMED
    return max((today - arrived_on).days, 0) if waits else 0


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


def registrars(session: Session, by: Occasion) -> str:
    """Who keeps the register, as words."""
    return names_with_role(session, by.agency_id, Role.REGISTRAR, by.at)


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


def near_their_limit(
    session: Session, agency_id: int, today: date
) -> list[tuple[DisclosureRequest, Clock]]:
    """Open requests whose clock runs out within three working days, or has run out."""
    found = []
    for one in open_requests(session, agency_id):
        case = cases.load(session, agency_id, one.id)
        clock = clock_of(case)
        if clock is not None and clock.due is not None:
            left = case.calendar.working_days_between(today, clock.due)
            if left <= NEAR:
                found.append((one, clock))
    return found
