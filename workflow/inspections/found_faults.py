"""A fault as it enters the records: new, seen again, or a repeat."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy.orm import Session

from models.inspections import Check, Fault, FaultSource, FaultState
from models.rectification import FaultAct, FaultSighting
from workflow.agencies.questions import calendar_of
from workflow.errors import InvalidInput
from workflow.inspections import fault_questions, questions
from workflow.inspections.fault_questions import Same
from workflow.inspections.kept import keep
from workflow.inspections.moves import Step, advance, put_down
from workflow.inspections.rectification import deadline, ladder_of_repeat
from workflow.inspections.rules import NewFault
from workflow.occasion import Occasion

NAME_MAX = 80


@dataclass(frozen=True, slots=True)
class Place:
    """Where a fault was found, by which check (if by any), how and when.

    Args:
        seen_at: when it was seen; by default when its check looked, else now.
    """

    board_id: int
    check: Check | None = None
    source: FaultSource = FaultSource.CHECK
    seen_at: datetime | None = None


def add_found(session: Session, by: Occasion, new: NewFault, at: Place) -> Fault:
    """The fault as it enters the records; part of the act that found it.

    The same fault that is still open on this board is seen again; one that was closed
    within the look-back makes this one a repeat, a step higher on the ladder.
    """
    questions.lock_board(session, at.board_id)
    item = fault_questions.item_coded(session, by.agency_id, new.item)
    same = Same(at.board_id, new.kind, item.id if item else None)
    known = fault_questions.still_open(session, by.agency_id, same)
    if known is not None:
        _seen_again(session, by, known, new, at.check)
        return known
    fault = _new_row(session, by, new, at, same)
    session.add(fault)
    session.flush()
    _begin_story(session, by, fault, new)
    return fault


def _new_row(
    session: Session, by: Occasion, new: NewFault, at: Place, same: Same
) -> Fault:
    looked_at = at.check.looked_at if at.check else None
    seen_at = at.seen_at or looked_at or by.at
    terms = fault_questions.terms(session, by.agency_id)
    since = seen_at - terms.look_back
    earlier = fault_questions.closed_since(session, by.agency_id, same, since)
    return Fault(
        agency_id=by.agency_id,
        check_id=at.check.id if at.check else None,
        board_id=same.board_id,
        item_id=same.item_id,
        kind=new.kind,
        source=at.source,
        note=new.note,
        photo_digest=keep(session, new.photo),
        state=FaultState.FOUND,
        version=1,
        put_right_by=_until(session, by, new, seen_at),
        found_at=seen_at,
        ladder=ladder_of_repeat(earlier.ladder) if earlier else 0,
        repeat_of_id=earlier.id if earlier else None,
    )


def _until(session: Session, by: Occasion, new: NewFault, seen_at: datetime) -> date:
    if new.put_right_by is not None:
        return new.put_right_by
    terms = fault_questions.terms(session, by.agency_id)
    return deadline(new.kind, seen_at, calendar_of(session, by.agency_id), terms)


def _begin_story(session: Session, by: Occasion, fault: Fault, new: NewFault) -> None:
    found = Step(FaultAct.FIND, note=new.note, photo_digest=fault.photo_digest)
    put_down(session, by, fault, found)
    if new.told.strip():
        advance(session, by, fault, Step(FaultAct.NOTIFY, who=person_name(new.told)))


def _seen_again(
    session: Session, by: Occasion, fault: Fault, new: NewFault, check: Check | None
) -> None:
    photo = keep(session, new.photo)
    step = Step(FaultAct.SEE_AGAIN, note=new.note, photo_digest=photo)
    advance(session, by, fault, step)
    if check is not None and check.id != fault.check_id:
        seen = fault_questions.sighting(session, check.id, fault.id)
        if seen is None:
            row = FaultSighting(agency_id=by.agency_id, check_id=check.id)
            row.fault_id, row.seen_at = fault.id, check.looked_at or by.at
            session.add(row)
            session.flush()


def person_name(who: str) -> str:
    """The name of somebody of the unit, trimmed.

    Raises:
        InvalidInput: none, or too long.
    """
    if not 0 < len(who.strip()) <= NAME_MAX:
        raise InvalidInput({"who": [f"请写明姓名，不超过{NAME_MAX}个字。"]})
    return who.strip()
