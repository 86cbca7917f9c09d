"""What is done on the rounds: units enter, rounds open and close, boards are seen."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from models.articles import Blob
from models.inspections import Board, Check, CheckState, Fault, Unit, UnitKind
from models.natural_keys import insert_missing
from workflow.actions import Action
from workflow.agencies.questions import calendar_of
from workflow.audit import acts as audit
from workflow.audit.acts import Subject
from workflow.errors import InvalidInput
from workflow.inspections import questions
from workflow.inspections.moves import move, refuse_if_over, settle, take
from workflow.inspections.permits import may_add_units, may_inspect
from workflow.inspections.rules import (
    WEEKLY,
    NewFault,
    Round,
    Visit,
    photo_digest,
    refuse_bad_visit,
    rounds_opened,
)
from workflow.occasion import Occasion
from workflow.operations import make_once
from workflow.people.rules import Capacity


@dataclass(frozen=True, slots=True)
class NewUnit:
    """A village or residents' committee to be put on the rounds."""

    code: str
    name: str
    kind: UnitKind
    position: int


@dataclass(frozen=True, slots=True)
class NewBoard:
    """Its board; rounds that open on ``since`` or later include it."""

    name: str
    place: str
    since: date


def add_unit(session: Session, by: Occasion, unit: NewUnit, board: NewBoard) -> Unit:
    """Put a unit and its board on the rounds.

    Raises:
        NotPermitted: not the system administrator.
        InvalidInput: no code or name, or a code that another unit has.
    """
    may_add_units(session, by)

    def doing() -> Unit:
        _refuse_bad_unit(session, by, unit, board)
        row = Unit(agency_id=by.agency_id, open=True, **asdict(unit))
        session.add(row)
        session.flush()
        session.add(Board(unit_id=row.id, open=True, **asdict(board)))
        session.flush()
        details = {"code": unit.code, "name": unit.name, "board": board.name}
        subject = Subject("unit", row.id, details=details)
        audit.record(session, by, Action.ADD_UNIT, subject)
        return row

    contents = {"unit": asdict(unit), "board": asdict(board)}
    asked = (Action.ADD_UNIT, contents)
    return make_once(session, by, asked, Unit, doing)


def open_due(session: Session, by: Occasion, on: date) -> list[Round]:
    """Open every check that should exist up to the day ``on`` and does not.

    Catches up after a standstill, from the last round that was opened.  Run twice, or
    on two machines at once, it opens nothing twice: a check has a natural key.

    Returns:
        The rounds in which at least one check was opened.

    Raises:
        CalendarUnknown: the agency has no holiday list at all.
    """
    boards = questions.boards_on_rounds(session, by.agency_id)
    if not boards:
        return []
    first = questions.last_period(session, by.agency_id, WEEKLY)
    first = first or min(board.since for board in boards)
    calendar = calendar_of(session, by.agency_id)
    rounds = list(rounds_opened(first, on, calendar))
    return [each for each in rounds if _open(session, by, each, boards)]


def close_missed(session: Session, by: Occasion) -> int:
    """Record as missed what is still open past its due moment; how many there were.

    A missed check stays missed: a visit made later belongs to the round then open.
    """
    overdue = (
        select(Check.id)
        .where(
            Check.agency_id == by.agency_id,
            Check.state == CheckState.OPEN,
            Check.due_at < by.at,
        )
        .order_by(Check.id)
        .with_for_update(skip_locked=True)
    )
    ids = list(session.scalars(overdue))
    for check_id in ids:
        move(session, by, check_id, {"state": CheckState.MISSED, "missed_at": by.at})
        audit.record(session, by, Action.MISS_CHECK, Subject("check", check_id))
    return len(ids)


def log_check(session: Session, by: Occasion, check_id: int, visit: Visit) -> Check:
    """Record one look at one board, with the faults that were seen.

    Raises:
        NotFound: no such check here.
        NotPermitted: not an inspector.
        WrongState: the round is over; the check counts as missed.
        InvalidInput: the record contradicts itself.
        Superseded: another inspector logged this check first; says who and when.
    """

    def doing() -> Check:
        check = questions.check(session, by.agency_id, check_id)
        capacity = may_inspect(session, by, Action.LOG_CHECK)
        refuse_if_over(session, by, check)
        refuse_bad_visit(visit, check.opens_at, by.at)
        take(session, by, check, visit)
        _add_faults(session, by, check, visit.faults)
        _record_check(session, by, check, visit, capacity)
        return check

    asked = (Action.LOG_CHECK, {"check": check_id, "visit": visit.as_values()})
    return make_once(session, by, asked, Check, doing)


def fault_fixed(session: Session, by: Occasion, fault_id: int) -> Fault:
    """Record that an inspector saw the fault put right.

    The unit puts it right and an inspector sees it: never the same person.

    Raises:
        NotFound: no such fault here.
        NotPermitted: not an inspector.
        Superseded: somebody recorded it first; says who and when.
    """

    def doing() -> Fault:
        fault = questions.fault(session, by.agency_id, fault_id)
        capacity = may_inspect(session, by, Action.FAULT_FIXED)
        settle(session, by, fault)
        details = {"kind": fault.kind.value, "board": fault.board_id}
        subject = _in_capacity("fault", fault.id, capacity, details)
        audit.record(session, by, Action.FAULT_FIXED, subject)
        return fault

    asked = (Action.FAULT_FIXED, {"fault": fault_id})
    return make_once(session, by, asked, Fault, doing)


def _refuse_bad_unit(
    session: Session, by: Occasion, unit: NewUnit, board: NewBoard
) -> None:
    typed = {"code": unit.code, "name": unit.name, "board": board.name}
    empty = {name: ["请填写。"] for name, text in typed.items() if not text.strip()}
    if empty:
        raise InvalidInput(empty)
    if questions.unit_by_code(session, by.agency_id, unit.code) is not None:
        raise InvalidInput({"code": [f"代码 {unit.code} 已有村（居）使用。"]})


def _open(
    session: Session, by: Occasion, round_: Round, boards: Sequence[Board]
) -> int:
    """Open a round for the boards that were there when it opened; how many were new."""
    there = [board for board in boards if board.since <= round_.opens_on]
    rows = [_slot(by.agency_id, round_, board) for board in there]
    opened = insert_missing(session, Check, rows)
    if opened:
        details: dict[str, audit.Plain] = {
            "opened": opened,
            "opens_on": round_.opens_on.isoformat(),
            "last_day": round_.last_day.isoformat(),
            "provisional": round_.provisional,
        }
        subject = Subject("round", f"{WEEKLY} {round_.period}", details=details)
        audit.record(session, by, Action.OPEN_CHECKS, subject)
    return opened


def _slot(agency_id: int, round_: Round, board: Board) -> dict[str, object]:
    return {
        "agency_id": agency_id,
        "plan": WEEKLY,
        "board_id": board.id,
        "period": round_.period,
        "opens_at": round_.opens_at,
        "due_at": round_.due_at,
        "state": CheckState.OPEN,
        "note": "",
    }


def _add_faults(
    session: Session, by: Occasion, check: Check, faults: Sequence[NewFault]
) -> None:
    for fault in faults:
        row = Fault(
            agency_id=by.agency_id,
            check_id=check.id,
            board_id=check.board_id,
            kind=fault.kind,
            note=fault.note,
            photo_digest=_keep(session, fault.photo),
            put_right_by=fault.put_right_by,
            found_at=check.looked_at,
        )
        session.add(row)
    session.flush()


def _keep(session: Session, photo: bytes | None) -> str | None:
    if photo is None:
        return None
    digest = photo_digest(photo)
    blob = {"digest": digest, "size": len(photo), "content": photo}
    insert_missing(session, Blob, [blob])
    return digest


def _record_check(
    session: Session, by: Occasion, check: Check, visit: Visit, capacity: Capacity
) -> None:
    details: dict[str, audit.Plain] = {
        "board": check.board_id,
        "period": check.period.isoformat(),
        "way": visit.way.value,
        "looked_at": visit.looked_at.isoformat(),
        "faults": [fault.kind.value for fault in visit.faults],
    }
    subject = _in_capacity("check", check.id, capacity, details)
    audit.record(session, by, Action.LOG_CHECK, subject)


def _in_capacity(
    kind: str, id_: int, capacity: Capacity, details: Mapping[str, audit.Plain]
) -> Subject:
    return Subject(
        kind,
        id_,
        post=capacity.post_title,
        on_behalf_of=capacity.on_behalf_of_name,
        details=details,
    )
