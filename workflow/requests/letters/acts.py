"""Writing the letters of a request, and serving them.

Writing gives a number; serving moves the request: a notice counts from its service, a
question to somebody outside from the day on which they have it.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass
from datetime import date

from sqlalchemy import update
from sqlalchemy.orm import Session

from models.people import Role
from models.request_files import Letter, LetterKind, ServiceMethod
from models.requests import DisclosureRequest
from models.requests import RequestEventKind as Kind
from workflow.actions import Action
from workflow.calendar import town_day
from workflow.errors import InvalidInput, Superseded, WrongState
from workflow.numbering import next_number
from workflow.occasion import Occasion
from workflow.operations import make_once
from workflow.people.permit import need_role
from workflow.requests import guards, retention
from workflow.requests.cases import Case, load, on_request
from workflow.requests.letters import questions
from workflow.requests.letters.content import days_of, fields_of, until_of
from workflow.requests.letters.forms import FORMS, IS_REPLY
from workflow.requests.letters.signed import still_signed
from workflow.requests.machine import Trigger, step
from workflow.requests.moves import Happened, move, note


@dataclass(frozen=True, slots=True)
class NewLetter:
    """A letter as it is written.

    Args:
        fields: by the code of the form's field.
        addressee: whom it goes to, where that is not the applicant.
    """

    kind: LetterKind
    fields: Mapping[str, str]
    addressee: str = ""

    def as_values(self) -> dict[str, object]:
        """What was entered, plainly."""
        return {
            "kind": self.kind.value,
            "fields": dict(self.fields),
            "addressee": self.addressee,
        }


@dataclass(frozen=True, slots=True)
class Service:
    """How and when a letter was served (国办公开办函〔2016〕235号).

    Args:
        served_on: handed over, or posted: what counts for the office.
        reached_on: in the addressee's hand; the same day unless it went by post.
    """

    method: ServiceMethod
    served_on: date
    reached_on: date | None = None

    def as_values(self) -> dict[str, object]:
        """What was entered, plainly."""
        return asdict(self)

    @property
    def in_hand_on(self) -> date | None:
        """The day on which the addressee has it, as far as it is known."""
        if self.reached_on is None and self.method is not ServiceMethod.POST:
            return self.served_on
        return self.reached_on


def write_letter(
    session: Session, by: Occasion, request_id: int, new: NewLetter
) -> Letter:
    """Write and number a letter; it moves nothing before it is served.

    Raises:
        WrongState: such a letter has no place now; names the article.
        InvalidInput: something is missing.
    """

    def doing() -> Letter:
        need_role(session, by, Role.REGISTRAR, Action.WRITE_LETTER)
        case = load(session, by.agency_id, request_id)
        _may_write(by, case, new.kind)
        letter = letter_row(session, by, case, new.kind, fields_of(by, new))
        letter.addressee = new.addressee.strip()
        session.flush()
        happened = Happened(
            Kind.LETTER_SERVED,
            letter.issued_on,
            letter_id=letter.id,
            details={"letter": new.kind.value, "written": True},
        )
        note(session, by, case.request, Action.WRITE_LETTER, happened)
        return letter

    values = {"request": request_id, **new.as_values()}
    return make_once(session, by, (Action.WRITE_LETTER, values), Letter, doing)


def letter_row(
    session: Session,
    by: Occasion,
    case: Case,
    kind: LetterKind,
    fields: Mapping[str, str],
) -> Letter:
    """The row of a letter with the next number of its series."""
    today, series = town_day(by.at), FORMS[kind].series
    serial = next_number(session, by.agency_id, f"letter:{series}", today.year)
    letter = Letter(
        agency_id=by.agency_id,
        request_id=case.request.id,
        kind=kind,
        series=series,
        year=today.year,
        serial=serial,
        fields=dict(fields),
        template_id=questions.newest_template_id(session, by.agency_id, kind),
        issued_on=today,
        issued_by_id=by.person_id,
    )
    session.add(letter)
    session.flush()
    return letter


def serve_letter(
    session: Session, by: Occasion, letter_id: int, service: Service
) -> DisclosureRequest:
    """Serve a letter: directly, through another organ, or by the postal enterprise.

    Raises:
        WrongState: not allowed now, or too late; names the article.
        Superseded: served already.
    """

    def doing(case: Case) -> None:
        letter = questions.letter(session, by.agency_id, letter_id)
        _refuse_bad_service(letter, service, town_day(by.at))
        _mark_served(session, letter, service)
        _served(session, by, case, letter, service)

    values = {"letter": letter_id, **service.as_values()}
    request_id = questions.letter(session, by.agency_id, letter_id).request_id
    return on_request(session, by, (Action.SERVE_LETTER, request_id, values), doing)


def letter_reached(
    session: Session, by: Occasion, letter_id: int, on: date
) -> DisclosureRequest:
    """What went by post is in the addressee's hand; her period runs from that day.

    Raises:
        WrongState: not served yet, or known already.
        InvalidInput: the day cannot be.
    """

    def doing(case: Case) -> None:
        letter = questions.letter(session, by.agency_id, letter_id)
        if letter.served_on is None or letter.reached_on is not None:
            raise WrongState("这份文书还没有寄出，或收到日期已经登记。")
        guards.day_fits("on", on, letter.served_on, town_day(by.at))
        letter.reached_on = on
        _arrived(session, by, case, letter, on)

    values = {"letter": letter_id, "on": on}
    request_id = questions.letter(session, by.agency_id, letter_id).request_id
    return on_request(session, by, (Action.LETTER_REACHED, request_id, values), doing)


def approve_extension(
    session: Session, by: Occasion, request_id: int, days: int, reason: str
) -> DisclosureRequest:
    """The head of the office agrees to a longer time, once (条例第三十三条).

    It counts when the applicant has been told in time.

    Raises:
        NotPermitted: not a leader.
        WrongState: agreed before, or too late.
    """

    def doing(case: Case) -> None:
        if not reason.strip():
            raise InvalidInput({"reason": ["请写明延期理由。"]})
        step(case.request.state, Trigger.EXTEND)
        today = town_day(by.at)
        guards.may_approve_extension(case.clock, case.happened, days, today)
        happened = Happened(Kind.EXTENSION_APPROVED, today, days, note=reason.strip())
        move(session, by, case, (Action.EXTEND_REQUEST, None), happened)

    values = {"days": days, "reason": reason}
    action = Action.EXTEND_REQUEST
    return on_request(
        session, by, (action, request_id, values), doing, role=Role.LEADER
    )


def _may_write(by: Occasion, case: Case, kind: LetterKind) -> None:
    if kind in IS_REPLY:
        raise WrongState(
            "答复书在答复稿签发后由系统编号生成。", rule="reply-is-signed-first"
        )
    form = FORMS[kind]
    if case.request.received_on is None:
        raise WrongState("申请还没有登记。", rule="not-registered")
    if form.trigger is not None:
        step(case.request.state, form.trigger)
        _allowed(case, kind, town_day(by.at))


def _allowed(case: Case, kind: LetterKind, on: date) -> None:
    """What the law asks before such a letter goes out on a day."""
    checks: dict[LetterKind, Callable[[], None]] = {
        LetterKind.CORRECTION: lambda: guards.asked_once(case.happened),
        LetterKind.EXTENSION: lambda: _extension(case, on),
        LetterKind.FEE: lambda: _fee(case, on),
        LetterKind.POSTPONEMENT: lambda: _postponement(case),
        LetterKind.THIRD_PARTY: lambda: guards.still_running(case.clock),
        LetterKind.CO_PRODUCER: lambda: guards.still_running(case.clock),
    }
    checks.get(kind, lambda: None)()


def _extension(case: Case, on: date) -> None:
    guards.extension_is_approved(case.happened)
    guards.served_in_time(case.clock, on)


def _fee(case: Case, on: date) -> None:
    guards.fee_asked_once(case.happened)
    guards.fee_in_time(case.clock, on)


def _postponement(case: Case) -> None:
    if Kind.REASONS_ACCEPTED not in case.happened:
        raise WrongState(
            "延迟答复须先要求申请人说明理由并认定理由合理。",
            rule="postponed-after-reasons",
            basis=guards.EXCESSIVE,
        )


def _refuse_bad_service(letter: Letter, service: Service, today: date) -> None:
    guards.day_fits("served_on", service.served_on, letter.issued_on, today)
    if service.reached_on is not None:
        guards.day_fits("reached_on", service.reached_on, service.served_on, today)


def _mark_served(session: Session, letter: Letter, service: Service) -> None:
    """Compare and set: a letter is served once."""
    marked = session.execute(
        update(Letter)
        .where(Letter.id == letter.id, Letter.served_on.is_(None))
        .values(
            method=service.method,
            served_on=service.served_on,
            reached_on=service.in_hand_on,
        )
        .returning(Letter.id)
        .execution_options(synchronize_session=False)
    ).first()
    if marked is None:
        raise Superseded("这份文书已经登记过送达。", rule="served-once")
    session.refresh(letter)


def _served(
    session: Session, by: Occasion, case: Case, letter: Letter, service: Service
) -> None:
    trigger = FORMS[letter.kind].trigger
    on = service.in_hand_on if trigger is Trigger.CONSULT else service.served_on
    if letter.kind in IS_REPLY:
        _reply_served(session, by, case, letter)
    elif trigger is None or on is None:
        _plainly(session, by, case, letter, service.served_on)
    else:
        _with_effect(session, by, case, letter, on)


def _plainly(
    session: Session, by: Occasion, case: Case, letter: Letter, on: date
) -> None:
    details = {"letter": letter.kind.value}
    happened = Happened(Kind.LETTER_SERVED, on, letter_id=letter.id, details=details)
    move(session, by, case, (Action.SERVE_LETTER, None), happened)


def _with_effect(
    session: Session, by: Occasion, case: Case, letter: Letter, on: date
) -> None:
    form = FORMS[letter.kind]
    _allowed(case, letter.kind, on)
    happened = Happened(
        form.event,
        on,
        days=days_of(case, letter),
        until=until_of(letter),
        letter_id=letter.id,
        details={"letter": letter.kind.value, **_breach(case, letter.kind, on)},
    )
    move(session, by, case, (Action.SERVE_LETTER, form.trigger), happened)


def _breach(case: Case, kind: LetterKind, on: date) -> Mapping[str, bool]:
    """A correction asked after seven working days is allowed, and on record as late."""
    zero = case.clock.day_zero
    if kind is not LetterKind.CORRECTION or zero is None:
        return {}
    return {"late": on > case.calendar.last_day(zero, 7)}


def _arrived(
    session: Session, by: Occasion, case: Case, letter: Letter, on: date
) -> None:
    if FORMS[letter.kind].trigger is Trigger.CONSULT:
        _with_effect(session, by, case, letter, on)
    else:
        happened = Happened(Kind.REACHED, on, letter_id=letter.id)
        move(session, by, case, (Action.LETTER_REACHED, None), happened)


def _reply_served(session: Session, by: Occasion, case: Case, letter: Letter) -> None:
    """A reply leaves the house only while the text is signed, and is that very text."""
    still_signed(session, by, case, letter)
    on = letter.served_on or town_day(by.at)
    late = case.clock.due is not None and on > case.clock.due
    details = {"letter": letter.kind.value, "late": late}
    happened = Happened(Kind.SERVED, on, letter_id=letter.id, details=details)
    also = {"served_on": on, "keep_until": retention.keep_until(on)}
    move(session, by, case, (Action.SERVE_LETTER, Trigger.SERVE), happened, also)
