"""What the office does with a request, from its arrival to its end.

Letters are written and served in ``letters/acts.py``, the reply climbs the ladder in
``replies.py``; here is what comes in from outside, and how a request ends without one.
"""

from __future__ import annotations

from datetime import date

from sqlalchemy.orm import Session

from models.people import Role
from models.request_files import Applicant
from models.requests import (
    ApplicantKind,
    DisclosureRequest,
    RequestOutcome,
    RequestState,
)
from models.requests import RequestEventKind as Kind
from workflow.actions import Action
from workflow.calendar import town_day
from workflow.errors import WrongState
from workflow.numbering import next_number
from workflow.occasion import Occasion
from workflow.operations import make_once
from workflow.people.permit import need_role
from workflow.people.questions import person
from workflow.requests import guards, retention
from workflow.requests.cases import Case, load, on_request
from workflow.requests.clock import correction_by
from workflow.requests.machine import Trigger
from workflow.requests.moves import Happened, move
from workflow.requests.rules import (
    SHORT_MAX,
    Confirmation,
    Faults,
    NewRequest,
    received_on,
    refuse_bad_confirmation,
    refuse_bad_request,
)

SERIES = "disclosure_request"


def arrive(
    session: Session, by: Occasion, new: NewRequest, receipt_mark: str = ""
) -> DisclosureRequest:
    """Take in a request whose day of receipt is not fixed yet.

    By a registrar (a letter, a fax), or by the applicant herself over the internet:
    then nobody is signed in, and the office confirms with her afterwards.

    Args:
        receipt_mark: SHA-256 of the receipt code that the applicant was given.

    Raises:
        NotPermitted: a person who is no registrar.
        InvalidInput: something is missing.
    """

    def doing() -> DisclosureRequest:
        if by.person_id is not None:
            need_role(session, by, Role.REGISTRAR, Action.FILE_REQUEST)
        refuse_bad_request(new, town_day(by.at), register=False)
        request = _row(by, new)
        request.receipt_mark = receipt_mark or None
        _add(session, request, new)
        case = load(session, by.agency_id, request.id)
        happened = Happened(Kind.ARRIVED, new.arrived_on)
        move(session, by, case, (Action.FILE_REQUEST, None), happened)
        return request

    asked = (Action.FILE_REQUEST, new.as_values())
    return make_once(session, by, asked, DisclosureRequest, doing)


def register(session: Session, by: Occasion, new: NewRequest) -> DisclosureRequest:
    """Register a request whose day of receipt is known; its clock runs from there.

    Raises:
        NotPermitted: not a registrar.
        InvalidInput: something is missing.
        CalendarUnknown: the limit reaches beyond the holiday lists.
    """

    def doing() -> DisclosureRequest:
        need_role(session, by, Role.REGISTRAR, Action.REGISTER_REQUEST)
        refuse_bad_request(new, town_day(by.at), register=True)
        request = _add(session, _row(by, new), new)
        case = load(session, by.agency_id, request.id)
        _register(session, by, case, new.applicant_kind, new.confirmed_on)
        return request

    asked = (Action.REGISTER_REQUEST, new.as_values())
    return make_once(session, by, asked, DisclosureRequest, doing)


def confirm(
    session: Session, by: Occasion, request_id: int, what: Confirmation
) -> DisclosureRequest:
    """Confirm with the applicant on which day the request counts as received.

    条例第三十一条.  The applicant's kind is fixed with it.

    Raises:
        WrongState: registered already.
        InvalidInput: the day cannot be.
    """

    def doing(case: Case) -> None:
        arrived = town_day(case.request.arrived_at)
        refuse_bad_confirmation(what.confirmed_on, arrived, town_day(by.at))
        _register(session, by, case, what.applicant_kind, what.confirmed_on)

    action = Action.REGISTER_REQUEST
    return on_request(session, by, (action, request_id, what.as_values()), doing)


def assign(
    session: Session, by: Occasion, request_id: int, handler_id: int, unit: str = ""
) -> DisclosureRequest:
    """Give it to the handling unit (承办), or to another one.

    Raises:
        NotFound: nobody of that id here.
        WrongState: not in hand.
    """

    def doing(case: Case) -> None:
        faults = Faults()
        faults.short("unit", unit)
        faults.refuse()
        handler = person(session, by.agency_id, handler_id)
        happened = Happened(
            Kind.ASSIGNED, town_day(by.at), details={"handler": handler.name}
        )
        also = {"handler_id": handler.id, "handling_unit": unit.strip()}
        move(session, by, case, (Action.ASSIGN_REQUEST, Trigger.ASSIGN), happened, also)

    values = {"handler": handler_id, "unit": unit}
    return on_request(session, by, (Action.ASSIGN_REQUEST, request_id, values), doing)


def take_correction(
    session: Session, by: Occasion, request_id: int, on: date, reason: str = ""
) -> DisclosureRequest:
    """The correction came in: the clock starts anew on that day (条例第三十条).

    Args:
        reason: the good reason of a late one.

    Raises:
        OpinionRequired: late and without a reason.
    """

    def doing(case: Case) -> None:
        _answers(by, case, on, Kind.CORRECTION_ASKED)
        guards.late_with_reason(case.clock, on, reason)
        happened = Happened(Kind.CORRECTED, on, note=reason.strip())
        move(session, by, case, (Action.TAKE_CORRECTION, Trigger.CORRECT), happened)

    values = {"on": on, "reason": reason}
    return on_request(session, by, (Action.TAKE_CORRECTION, request_id, values), doing)


def take_reasons(
    session: Session, by: Occasion, request_id: int, on: date, *, reasonable: bool
) -> DisclosureRequest:
    """The reasons for an excessive request came in, and were judged (条例第三十五条).

    Where none come in time they are judged not reasonable.
    """

    def doing(case: Case) -> None:
        _answers(by, case, on, Kind.REASONS_ASKED)
        if reasonable:
            what = Trigger.ACCEPT_REASONS, Kind.REASONS_ACCEPTED
        else:
            what = Trigger.REFUSE_REASONS, Kind.REASONS_REFUSED
        trigger, kind = what
        move(session, by, case, (Action.TAKE_REASONS, trigger), Happened(kind, on))

    values = {"on": on, "reasonable": reasonable}
    return on_request(session, by, (Action.TAKE_REASONS, request_id, values), doing)


def take_payment(
    session: Session, by: Occasion, request_id: int, on: date
) -> DisclosureRequest:
    """The applicant paid: the clock starts anew (国办函〔2020〕109号).

    Raises:
        WrongState: too late: taken as given up.
    """

    def doing(case: Case) -> None:
        _answers(by, case, on, Kind.FEE_ASKED)
        guards.paid_in_time(case.clock, on)
        move(
            session,
            by,
            case,
            (Action.TAKE_PAYMENT, Trigger.PAY),
            Happened(Kind.PAID, on),
        )

    return on_request(session, by, (Action.TAKE_PAYMENT, request_id, {"on": on}), doing)


def lapse(session: Session, by: Occasion, request_id: int) -> DisclosureRequest:
    """Close what the applicant let lapse: no correction, or no payment, in time.

    A person says so; nothing is closed by silence alone.

    Raises:
        WrongState: neither waited for, or the period still runs.
    """

    def doing(case: Case) -> None:
        trigger, kind, outcome, basis = _lapsed(case)
        guards.period_is_over(case.clock, town_day(by.at), basis)
        also = _ending(by, outcome, basis)
        what = Happened(kind, town_day(by.at), details={"outcome": outcome.value})
        move(session, by, case, (Action.LAPSE_REQUEST, trigger), what, also)

    return on_request(session, by, (Action.LAPSE_REQUEST, request_id, {}), doing)


def withdraw(
    session: Session, by: Occasion, request_id: int, on: date, reason: str
) -> DisclosureRequest:
    """The applicant takes it back in writing; it counts among the other outcomes.

    Raises:
        InvalidInput: no note (R28), or a day that cannot be.
        WrongState: not registered yet, or answered already.
    """

    def doing(case: Case) -> None:
        faults = Faults()
        faults.text("reason", reason, "请写明撤回情况（书面撤回的日期、方式）。")
        faults.refuse()
        if case.request.state is not RequestState.ARRIVED:
            guards.day_fits("on", on, case.day_zero, town_day(by.at))
        also = _ending(by, RequestOutcome.OTHER_MISC, "", on)
        also["note"] = reason.strip()
        outcome = RequestOutcome.OTHER_MISC.value
        happened = Happened(Kind.WITHDRAWN, on, details={"outcome": outcome})
        move(
            session,
            by,
            case,
            (Action.WITHDRAW_REQUEST, Trigger.WITHDRAW),
            happened,
            also,
        )

    values = {"on": on, "reason": reason}
    return on_request(session, by, (Action.WITHDRAW_REQUEST, request_id, values), doing)


def _row(by: Occasion, new: NewRequest) -> DisclosureRequest:
    return DisclosureRequest(
        agency_id=by.agency_id,
        state=RequestState.ARRIVED,
        channel=new.channel,
        arrived_at=retention.moment_of(new.arrived_on, by.at),
        wants=new.wants.strip(),
        supply=new.supply.strip(),
    )


def _add(
    session: Session, request: DisclosureRequest, new: NewRequest
) -> DisclosureRequest:
    session.add(request)
    session.flush()
    who = new.applicant
    session.add(
        Applicant(
            request_id=request.id,
            agency_id=request.agency_id,
            name=who.name.strip(),
            identity=who.identity.strip(),
            identity_tail=who.identity_tail.strip(),
            contact=who.contact.strip(),
            address=who.address.strip(),
        )
    )
    session.flush()
    return request


def _register(
    session: Session,
    by: Occasion,
    case: Case,
    kind: ApplicantKind | None,
    confirmed_on: date | None,
) -> None:
    arrived = town_day(case.request.arrived_at)
    on = received_on(case.request.channel, arrived, confirmed_on)
    if on is None or kind is None:
        raise WrongState("收到日期还没有确认，不能登记。", rule="day-not-confirmed")
    # asked before a number is taken: a refused registration leaves no gap
    correction_by(on, case.calendar)
    also = {
        "received_on": on,
        "confirmed_on": confirmed_on,
        "applicant_kind": kind,
        "year": on.year,
        "serial": next_number(session, by.agency_id, SERIES, on.year),
        "registered_by_id": by.person_id,
        "registered_at": by.at,
    }
    happened = Happened(Kind.REGISTERED, on, details={"applicant_kind": kind.value})
    doing = (Action.REGISTER_REQUEST, Trigger.REGISTER)
    move(session, by, case, doing, happened, also)


def _answers(by: Occasion, case: Case, on: date, asked: Kind) -> None:
    """What comes in answers a notice: not before it, not ahead of today."""
    notice = case.last(asked)
    first = notice.on if notice is not None else case.day_zero
    guards.day_fits("on", on, first, town_day(by.at))


def _lapsed(case: Case) -> tuple[Trigger, Kind, RequestOutcome, str]:
    if case.request.state is RequestState.FEE_PENDING:
        outcome = RequestOutcome.OTHER_NO_FEE
        return Trigger.LAPSE_FEE, Kind.LAPSED_FEE, outcome, guards.FEE
    outcome = RequestOutcome.OTHER_NO_CORRECTION
    kind = Kind.LAPSED_CORRECTION
    return Trigger.LAPSE_CORRECTION, kind, outcome, guards.NO_CORRECTION


def _ending(
    by: Occasion, outcome: RequestOutcome, basis: str, on: date | None = None
) -> dict[str, object]:
    answered_on = on or town_day(by.at)
    return {
        "outcome": outcome,
        "basis": basis[: SHORT_MAX["basis"]],
        "answered_on": answered_on,
        "answered_by_id": by.person_id,
        "keep_until": retention.keep_until(answered_on),
    }
