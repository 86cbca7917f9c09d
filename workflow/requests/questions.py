"""What people ask about requests: one of them, those still open."""

from __future__ import annotations

from sqlalchemy import select
from sqlalchemy.orm import Session

from models.requests import DisclosureRequest
from workflow.errors import NotFound


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
