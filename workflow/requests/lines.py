"""The register as people read it: a line a request, with its light, nobody named."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from models.request_files import Applicant
from models.requests import (
    ApplicantKind,
    Channel,
    DisclosureRequest,
    RequestOutcome,
    RequestState,
)
from workflow.calendar import town_day
from workflow.errors import CalendarUnknown, NotFound
from workflow.occasion import Occasion
from workflow.requests import cases
from workflow.requests.cases import Case
from workflow.requests.clock import Clock, Running
from workflow.requests.permits import sees_the_register
from workflow.requests.rules import CONFIRMED, masked


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
    due_on: date | None = None
    waits_until: date | None = None
    running: Running = Running.NONE
    days_left: int | None = None
    late: bool = False
    extended: bool = False
    carried: bool = False
    unconfirmed: int = 0


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
    known = cases.load_all(session, [one for one, _ in found])
    return [line_of(by, known[one.id], name or "") for one, name in found]


def line(session: Session, by: Occasion, request_id: int) -> RequestLine:
    """One request as this reader may see it.

    Raises:
        NotFound: no such request here, or not hers to see.
    """
    found = may_see(session, by, request_id)
    who = session.get(Applicant, found.id)
    case = cases.load(session, by.agency_id, found.id)
    return line_of(by, case, who.name if who else "")


def may_see(session: Session, by: Occasion, request_id: int) -> DisclosureRequest:
    """The request, for those who keep the register, lead, or handle it.

    Raises:
        NotFound: no such request here, or not hers to see.
    """
    found = cases.request_of(session, by.agency_id, request_id)
    if found.handler_id != by.person_id and not sees_the_register(session, by):
        raise NotFound("没有找到这件申请。")
    return found


def line_of(by: Occasion, case: Case, name: str = "") -> RequestLine:
    """The plain line, and what the clock says of it today."""
    found = case.request
    clock = clock_of(case) or Clock()
    return replace(
        _plain(found, name),
        due_on=clock.due,
        waits_until=clock.period_ends,
        running=clock.running,
        days_left=_days_left(case, clock, by.today),
        late=_is_late(found, clock, by.today),
        extended=clock.ever_extended,
        carried=_is_carried(found, by.today),
        unconfirmed=_unconfirmed(found, by.today),
    )


def _plain(found: DisclosureRequest, name: str) -> RequestLine:
    return RequestLine(
        id=found.id,
        number=f"{found.year}-{found.serial}" if found.serial else "",
        state=found.state,
        channel=found.channel,
        arrived_on=town_day(found.arrived_at),
        received_on=found.received_on,
        applicant_kind=found.applicant_kind,
        applicant=_shown(found, name),
        wants=found.wants,
        handler_id=found.handler_id,
        outcome=found.outcome,
        answered_on=found.answered_on,
        served_on=found.served_on,
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


def _unconfirmed(found: DisclosureRequest, today: date) -> int:
    waits = found.state is RequestState.ARRIVED and found.channel in CONFIRMED
    return max((today - town_day(found.arrived_at)).days, 0) if waits else 0
