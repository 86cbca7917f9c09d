"""One request as an act needs it: what happened to it, and its clock."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from models.people import Role
from models.requests import DisclosureRequest, RequestEvent, RequestEventKind
from workflow.actions import Action
from workflow.agencies.questions import calendar_of
from workflow.calendar import WorkingCalendar
from workflow.errors import NotFound, WorkflowError
from workflow.occasion import Occasion
from workflow.operations import first_time
from workflow.people.permit import need_role
from workflow.requests.clock import Clock, Mark, read_clock


@dataclass
class Case:
    """What has to be known of a request to decide anything about it."""

    session: Session
    request: DisclosureRequest
    events: list[RequestEvent]

    @property
    def calendar(self) -> WorkingCalendar:
        """The working days of its agency.

        Raises:
            CalendarUnknown: no list was ever entered.
        """
        return calendar_of(self.session, self.request.agency_id)

    @property
    def marks(self) -> list[Mark]:
        """The events as the clock reads them."""
        return [mark_of(event) for event in self.events]

    @property
    def clock(self) -> Clock:
        """The clock as it stands.

        Raises:
            CalendarUnknown: a limit reaches into a year without a list.
        """
        return read_clock(self.marks, self.calendar)

    @property
    def happened(self) -> list[RequestEventKind]:
        """The kinds of what happened, oldest first."""
        return [event.kind for event in self.events]

    def last(self, *kinds: RequestEventKind) -> RequestEvent | None:
        """The latest event of one of these kinds."""
        found = [event for event in self.events if event.kind in kinds]
        return found[-1] if found else None

    @property
    def day_zero(self) -> date:
        """The day of receipt; nothing in law happens before it."""
        return self.request.received_on or date.min


def mark_of(event: RequestEvent) -> Mark:
    """An event as the clock reads it."""
    return Mark(event.kind, event.on, event.days, event.until, event.letter_id or 0)


def request_of(session: Session, agency_id: int, request_id: int) -> DisclosureRequest:
    """One request of this agency.

    Raises:
        NotFound: no such request here.
    """
    found = session.get(DisclosureRequest, request_id)
    if found is None or found.agency_id != agency_id:
        raise NotFound("没有找到这件申请。")
    return found


def load(session: Session, agency_id: int, request_id: int) -> Case:
    """The case of one request of this agency.

    Raises:
        NotFound: no such request here.
    """
    request = request_of(session, agency_id, request_id)
    return load_all(session, [request])[request.id]


def load_all(
    session: Session, requests: Sequence[DisclosureRequest]
) -> Mapping[int, Case]:
    """The cases of many requests by their ids, in one question for all their events."""
    found = {one.id: Case(session, one, []) for one in requests}
    query = (
        select(RequestEvent)
        .where(RequestEvent.request_id.in_(found))
        .order_by(RequestEvent.request_id, RequestEvent.seq)
    )
    for event in session.scalars(query):
        found[event.request_id].events.append(event)
    return found


def on_request(
    session: Session,
    by: Occasion,
    asked: tuple[Action, int, Mapping[str, object]],
    doing: Callable[[Case], None],
    *,
    role: Role | None = Role.REGISTRAR,
) -> DisclosureRequest:
    """Do something to a request, once: claim the operation id, load, permit, do.

    Args:
        asked: what, to which request, and what was sent.
        doing: the act itself, given the case.
        role: who may; ``None`` when the act asks itself.
    """
    action, request_id, values = asked
    with _about(request_id, action):
        named = {"request": request_id, **values}
        earlier = first_time(session, by, action, named, {"id": request_id})
        if earlier is not None:
            return session.get_one(DisclosureRequest, earlier.answer["id"])
        case = load(session, by.agency_id, request_id)
        if role is not None:
            need_role(session, by, role, action)
        doing(case)
        return case.request


@contextmanager
def _about(request_id: int, action: Action) -> Iterator[None]:
    """Whoever records a refusal learns from it what was attempted, on what."""
    try:
        yield
    except WorkflowError as refusal:
        refusal.facts.setdefault("action", action)
        refusal.facts.setdefault("kind", "request")
        refusal.facts.setdefault("id", request_id)
        raise
