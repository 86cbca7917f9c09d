"""What people ask about requests: one of them, those still open."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from models.requests import ApplicantKind, DisclosureRequest, RequestOutcome
from workflow.agencies.questions import calendar_of
from workflow.errors import NotFound
from workflow.occasion import Occasion
from workflow.requests.permits import is_registrar
from workflow.requests.rules import masked


def request(session: Session, agency_id: int, request_id: int) -> DisclosureRequest:
    """One request of this agency.

    Raises:
        NotFound: no such request here.
    """
    found = session.get(DisclosureRequest, request_id)
    if found is None or found.agency_id != agency_id:
        raise NotFound("没有找到这件申请。")
    return found


def open_requests(session: Session, agency_id: int) -> list[DisclosureRequest]:
    """Requests without an answer, the most urgent first."""
    query = (
        select(DisclosureRequest)
        .where(
            DisclosureRequest.agency_id == agency_id,
            DisclosureRequest.outcome.is_(None),
        )
        .order_by(DisclosureRequest.due_on, DisclosureRequest.id)
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
    """One request as this reader may see it.

    Args:
        number: ``2024-1``, as the register counts.
        applicant: the name, masked for everybody but a registrar.
        days_left: working days until the answer is due, negative when late; ``None``
            when it is answered.
        late: answered, or still open, after the last day.
    """

    id: int
    number: str
    received_on: date
    way: str
    applicant_kind: ApplicantKind
    applicant: str
    wants: str
    due_on: date
    outcome: RequestOutcome | None
    answered_on: date | None
    answer: str
    basis: str
    days_left: int | None
    late: bool


def lines_of(session: Session, by: Occasion, year: int) -> list[RequestLine]:
    """The register of a year as this reader may see it, the newest first."""
    found = reversed(requests_of(session, by.agency_id, year))
    named = is_registrar(session, by)
    return [_line(session, by, request_, named=named) for request_ in found]


def line(session: Session, by: Occasion, request_id: int) -> RequestLine:
    """One request as this reader may see it.

    Raises:
        NotFound: no such request here.
    """
    found = request(session, by.agency_id, request_id)
    return _line(session, by, found, named=is_registrar(session, by))


def _line(
    session: Session, by: Occasion, found: DisclosureRequest, *, named: bool
) -> RequestLine:
    name = found.applicant_name
    return RequestLine(
        id=found.id,
        number=f"{found.year}-{found.serial}",
        received_on=found.received_on,
        way=found.way,
        applicant_kind=found.applicant_kind,
        applicant=name if named else masked(name),
        wants=found.wants,
        due_on=found.due_on,
        outcome=found.outcome,
        answered_on=found.answered_on,
        answer=found.answer,
        basis=found.basis,
        days_left=_days_left(session, by, found),
        late=(found.answered_on or by.today) > found.due_on,
    )


def _days_left(session: Session, by: Occasion, found: DisclosureRequest) -> int | None:
    if found.answered_on is not None:
        return None
    left = calendar_of(session, by.agency_id).working_days_between(
        by.today, found.due_on
    )
    return left if left or by.today <= found.due_on else -1
