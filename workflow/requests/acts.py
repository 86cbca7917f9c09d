"""What the office does with a request: register it, answer it once."""

from __future__ import annotations

from sqlalchemy import update
from sqlalchemy.orm import Session

from models.people import Role
from models.requests import DisclosureRequest
from workflow.actions import Action
from workflow.agencies.questions import calendar_of
from workflow.audit import acts as audit
from workflow.audit.acts import Subject
from workflow.calendar import town_day
from workflow.errors import Superseded
from workflow.numbering import next_number
from workflow.occasion import Occasion
from workflow.operations import make_once
from workflow.people.permit import need_role
from workflow.people.questions import name_of
from workflow.requests import questions
from workflow.requests.rules import (
    NewRequest,
    Reply,
    due_on,
    refuse_bad_reply,
    refuse_bad_request,
)

SERIES = "disclosure_request"


def register(session: Session, by: Occasion, new: NewRequest) -> DisclosureRequest:
    """Register a request; its clock runs from the day of receipt.

    Raises:
        NotPermitted: not a registrar.
        InvalidInput: something is missing.
        CalendarUnknown: the limit reaches beyond the holiday lists.
    """

    def doing() -> DisclosureRequest:
        need_role(session, by, Role.REGISTRAR, Action.REGISTER_REQUEST)
        refuse_bad_request(new, town_day(by.at))
        request = _add(session, by, new)
        details: dict[str, audit.Plain] = {
            "number": f"{request.year}-{request.serial}",
            "applicant_kind": new.applicant_kind.value,
            "received_on": new.received_on.isoformat(),
            "due_on": request.due_on.isoformat(),
        }
        subject = Subject("request", request.id, details=details)
        audit.record(session, by, Action.REGISTER_REQUEST, subject)
        return request

    asked = (Action.REGISTER_REQUEST, new.as_values())
    return make_once(session, by, asked, DisclosureRequest, doing)


def answer(
    session: Session, by: Occasion, request_id: int, reply: Reply
) -> DisclosureRequest:
    """Answer a request, with exactly one outcome; a late answer is shown as late.

    Raises:
        NotFound: no such request here.
        NotPermitted: not a registrar.
        InvalidInput: something is missing, or the day cannot be.
        Superseded: it is answered already; says who and when.
    """

    def doing() -> DisclosureRequest:
        request = questions.request(session, by.agency_id, request_id)
        need_role(session, by, Role.REGISTRAR, Action.ANSWER_REQUEST)
        refuse_bad_reply(reply, request.received_on, town_day(by.at))
        _settle(session, by, request, reply)
        details: dict[str, audit.Plain] = {
            "outcome": reply.outcome.value,
            "answered_on": reply.answered_on.isoformat(),
            "late": reply.answered_on > request.due_on,
        }
        subject = Subject("request", request.id, details=details)
        audit.record(session, by, Action.ANSWER_REQUEST, subject)
        return request

    asked = (Action.ANSWER_REQUEST, {"request": request_id, **reply.as_values()})
    return make_once(session, by, asked, DisclosureRequest, doing)


def _add(session: Session, by: Occasion, new: NewRequest) -> DisclosureRequest:
    year = new.received_on.year
    request = DisclosureRequest(
        agency_id=by.agency_id,
        year=year,
        serial=next_number(session, by.agency_id, SERIES, year),
        due_on=due_on(new.received_on, calendar_of(session, by.agency_id)),
        registered_by_id=by.person_id,
        registered_at=by.at,
        **new.as_values(),
    )
    session.add(request)
    session.flush()
    return request


def _settle(
    session: Session, by: Occasion, request: DisclosureRequest, reply: Reply
) -> None:
    """Compare and set: only a request without an outcome takes one."""
    statement = (
        update(DisclosureRequest)
        .where(DisclosureRequest.id == request.id, DisclosureRequest.outcome.is_(None))
        .values(
            outcome=reply.outcome,
            answer=reply.text,
            basis=reply.basis,
            answered_on=reply.answered_on,
            answered_by_id=by.person_id,
        )
        .returning(DisclosureRequest.id)
        .execution_options(synchronize_session=False)
    )
    settled = session.execute(statement).first() is not None
    session.refresh(request)
    if not settled:
        raise _answered_already(session, request)


def _answered_already(session: Session, request: DisclosureRequest) -> Superseded:
    who = name_of(session, request.answered_by_id)
    day = request.answered_on
    return Superseded(
        f"这件申请已由{who}登记答复（答复日期 {day}），您这次没有重复登记。",
        rule="request-already-answered",
        help_from=who,
        action=Action.ANSWER_REQUEST,
        who=who,
        when=day,
    )
