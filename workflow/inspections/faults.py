"""What is done about a fault, from finding it to crossing it off (销号)."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date

from sqlalchemy.orm import Session

from models.inspections import Fault, FaultSource, FaultState
from models.people import Role
from models.rectification import FaultAct
from workflow.actions import Action
from workflow.agencies.questions import calendar_of
from workflow.audit import acts as audit
from workflow.audit.acts import Subject
from workflow.errors import InvalidInput, OpinionRequired, Superseded
from workflow.inspections import fault_questions, questions
from workflow.inspections.found_faults import Place, add_found, person_name
from workflow.inspections.kept import keep
from workflow.inspections.moves import Step, advance, moment_words
from workflow.inspections.permits import in_capacity, may_inspect
from workflow.inspections.rectification import (
    deadline,
    refuse_own_recheck,
)
from workflow.inspections.rules import NOTE_MAX, NewFault, refuse_bad_fault
from workflow.occasion import Occasion
from workflow.operations import make_once
from workflow.people.permit import need_role
from workflow.people.questions import name_of


@dataclass(frozen=True, slots=True)
class Done:
    """What a unit reports, as the inspector enters it.

    Args:
        who: who put it right.
        herself: whether it was the very person who enters this.
        photo: how it looks now, JPEG or PNG; never demanded.
    """

    who: str = ""
    herself: bool = False
    note: str = ""
    photo: bytes | None = None


def raise_fault(
    session: Session, by: Occasion, board_id: int, new: NewFault, source: FaultSource
) -> Fault:
    """Record a fault that no check found: seen from afar, or reported by a villager.

    Raises:
        NotFound: no such board here.
        NotPermitted: not an inspector.
        InvalidInput: a note too long, a photo that is none.
    """

    def doing() -> Fault:
        board = questions.board(session, by.agency_id, board_id)
        capacity = may_inspect(session, by, Action.FAULT_FOUND)
        refuse_bad_fault(new, by.at)
        fault = add_found(session, by, new, Place(board.id, source=source))
        details: dict[str, audit.Plain] = {
            "kind": fault.kind.value,
            "board": board.id,
            "source": source.value,
        }
        subject = in_capacity("fault", fault.id, capacity, details)
        audit.record(session, by, Action.FAULT_FOUND, subject)
        return fault

    contents = {"board": board_id, "fault": new.as_values(), "source": source}
    return make_once(session, by, (Action.FAULT_FOUND, contents), Fault, doing)


def notify(session: Session, by: Occasion, fault_id: int, who: str) -> Fault:
    """Record that the unit was told, and whom.

    Raises:
        NotFound, NotPermitted, WrongState, Superseded: as for every step.
        InvalidInput: no name.
    """
    step = Step(FaultAct.NOTIFY, who=person_name(who))
    return _do(session, by, fault_id, (Action.FAULT_NOTIFY, step), lambda _: {})


def acknowledge(session: Session, by: Occasion, fault_id: int, who: str) -> Fault:
    """Record that the unit took it on (签收), and who did.

    Raises:
        NotFound, NotPermitted, WrongState, Superseded: as for every step.
        InvalidInput: no name.
    """
    step = Step(FaultAct.ACKNOWLEDGE, who=person_name(who))
    return _do(session, by, fault_id, (Action.FAULT_ACKNOWLEDGE, step), lambda _: {})


def start(session: Session, by: Occasion, fault_id: int, note: str = "") -> Fault:
    """Record that the unit is at work on it.

    Raises:
        NotFound, NotPermitted, WrongState, Superseded: as for every step.
    """
    step = Step(FaultAct.START, note=_note(note))
    return _do(session, by, fault_id, (Action.FAULT_START, step), lambda _: {})


def report(session: Session, by: Occasion, fault_id: int, done: Done) -> Fault:
    """Record that the unit says it is put right, who did it, and how it looks now.

    Raises:
        NotFound, NotPermitted, WrongState, Superseded: as for every step.
        InvalidInput: nobody named, or a photo that is none.
    """
    name = name_of(session, by.person_id) if done.herself else person_name(done.who)
    photo = keep(session, done.photo)
    step = Step(FaultAct.REPORT, name, _note(done.note), photo)
    fixer = by.person_id if done.herself else None
    changes = {"fixer_id": fixer, "fixer_name": name, "after_digest": photo}
    return _do(session, by, fault_id, (Action.FAULT_REPORT, step), lambda _: changes)


def recheck(session: Session, by: Occasion, fault_id: int, note: str = "") -> Fault:
    """Record that an inspector saw it put right; never who put it right.

    Raises:
        NotFound, WrongState, Superseded: as for every step.
        NotPermitted: not an inspector, or the fixer.
    """
    step = Step(FaultAct.PUT_RIGHT, note=_note(note))

    def changes(fault: Fault) -> Mapping[str, object]:
        _not_the_fixer(session, by, fault)
        return {"fixed_at": by.at, "fixed_seen_by_id": by.person_id}

    return _do(session, by, fault_id, (Action.FAULT_RECHECK, step), changes)


def send_back(
    session: Session, by: Occasion, fault_id: int, why: str, until: date | None = None
) -> Fault:
    """Record that a re-check found it not put right; a new deadline begins.

    Args:
        until: by when; by default the limit of its kind, from today.

    Raises:
        NotFound, WrongState, Superseded: as for every step.
        NotPermitted: not an inspector, or the fixer.
        OpinionRequired: no reason.
        InvalidInput: a day that is past.
    """
    step = Step(FaultAct.RETURN, note=_reason(why))
    if until is not None and until < by.today:
        raise InvalidInput({"put_right_by": ["整改期限早于今天。"]})

    def changes(fault: Fault) -> Mapping[str, object]:
        _not_the_fixer(session, by, fault)
        terms = fault_questions.terms(session, by.agency_id)
        calendar = calendar_of(session, by.agency_id)
        day = until or deadline(fault.kind, by.at, calendar, terms)
        again = {"fixed_at": None, "fixed_seen_by_id": None, "late_since": None}
        return {**again, "put_right_by": day}

    return _do(session, by, fault_id, (Action.FAULT_RETURN, step), changes)


def close(session: Session, by: Occasion, fault_id: int, note: str = "") -> Fault:
    """Cross it off (销号) after a re-check; never who put it right.

    Raises:
        NotFound, WrongState, Superseded: as for every step.
        NotPermitted: not an inspector, or the fixer.
    """
    step = Step(FaultAct.CLOSE, note=_note(note))

    def changes(fault: Fault) -> Mapping[str, object]:
        _not_the_fixer(session, by, fault)
        return {"closed_at": by.at, "closed_by_id": by.person_id}

    return _do(session, by, fault_id, (Action.FAULT_CLOSE, step), changes)


def exempt(session: Session, by: Occasion, fault_id: int, why: str) -> Fault:
    """A leader lets it be, with a reason; the approver is on record.

    Raises:
        NotFound, WrongState, Superseded: as for every step.
        NotPermitted: not a leader.
        OpinionRequired: no reason.
    """
    step = Step(FaultAct.EXEMPT, note=_reason(why))

    def doing() -> Fault:
        fault = questions.fault(session, by.agency_id, fault_id)
        need_role(session, by, Role.LEADER, Action.FAULT_EXEMPT)
        advance(session, by, fault, step)
        _record(session, by, Action.FAULT_EXEMPT, Subject("fault", fault.id), fault)
        return fault

    asked = (Action.FAULT_EXEMPT, {"fault": fault_id, "why": why})
    return make_once(session, by, asked, Fault, doing)


def fault_fixed(session: Session, by: Occasion, fault_id: int) -> Fault:
    """An inspector who comes by sees it put right and crosses it off, at once.

    The unit puts it right and an inspector sees it: never the same person.

    Raises:
        NotFound: no such fault here.
        NotPermitted: not an inspector, or the fixer.
        Superseded: somebody recorded it first; says who and when.
        WrongState: it was exempted.
    """

    def doing() -> Fault:
        fault = questions.fault(session, by.agency_id, fault_id)
        capacity = may_inspect(session, by, Action.FAULT_FIXED)
        _refuse_if_fixed(session, fault)
        _not_the_fixer(session, by, fault)
        if fault.state is not FaultState.RECHECKED:
            seen = {"fixed_at": by.at, "fixed_seen_by_id": by.person_id}
            advance(session, by, fault, Step(FaultAct.PUT_RIGHT), seen)
        closed = {"closed_at": by.at, "closed_by_id": by.person_id}
        advance(session, by, fault, Step(FaultAct.CLOSE), closed)
        subject = in_capacity("fault", fault.id, capacity, {})
        _record(session, by, Action.FAULT_FIXED, subject, fault)
        return fault

    asked = (Action.FAULT_FIXED, {"fault": fault_id})
    return make_once(session, by, asked, Fault, doing)


def _do(
    session: Session,
    by: Occasion,
    fault_id: int,
    what: tuple[Action, Step],
    changes: Callable[[Fault], Mapping[str, object]],
) -> Fault:
    """One step by an inspector: load, permit, move, record."""
    action, step = what

    def doing() -> Fault:
        fault = questions.fault(session, by.agency_id, fault_id)
        capacity = may_inspect(session, by, action)
        advance(session, by, fault, step, changes(fault))
        subject = in_capacity("fault", fault.id, capacity, {})
        _record(session, by, action, subject, fault)
        return fault

    contents = {"fault": fault_id, "who": step.who, "note": step.note}
    asked = (action, {**contents, "photo": step.photo_digest})
    return make_once(session, by, asked, Fault, doing)


def _record(
    session: Session, by: Occasion, action: Action, on: Subject, fault: Fault
) -> None:
    details: dict[str, audit.Plain] = {
        "kind": fault.kind.value,
        "board": fault.board_id,
        "state": fault.state.value,
    }
    subject = Subject(
        on.kind, on.id, post=on.post, on_behalf_of=on.on_behalf_of, details=details
    )
    audit.record(session, by, action, subject)


def _not_the_fixer(session: Session, by: Occasion, fault: Fault) -> None:
    names = fault_questions.fixers(session, fault.id)
    name = name_of(session, by.person_id)
    refuse_own_recheck((by.person_id, name), fault.fixer_id, names)


def _refuse_if_fixed(session: Session, fault: Fault) -> None:
    if fault.state is not FaultState.CLOSED or fault.fixed_at is None:
        return
    who = name_of(session, fault.fixed_seen_by_id)
    raise Superseded(
        f"这个问题已由{who}于{moment_words(fault.fixed_at)}登记整改到位。",
        rule="fault-already-fixed",
        action=Action.FAULT_FIXED,
        who=who,
        when=fault.fixed_at,
    )


def _note(note: str) -> str:
    if len(note) > NOTE_MAX:
        raise InvalidInput({"note": [f"说明超过{NOTE_MAX}字，请精简。"]})
    return note.strip()


def _reason(why: str) -> str:
    if not why.strip():
        raise OpinionRequired({"note": ["请写明理由。"]})
    return _note(why)
