"""What is done on the rounds: units enter, boards are seen."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from datetime import date

from sqlalchemy.orm import Session

from models.inspections import Board, Check, Fault, Unit, UnitKind
from workflow.actions import Action
from workflow.audit import acts as audit
from workflow.audit.acts import Subject
from workflow.errors import InvalidInput
from workflow.inspections import plan_questions, questions
from workflow.inspections.catalogue import note_sheets
from workflow.inspections.found_faults import Place, add_found
from workflow.inspections.moves import refuse_if_over, take
from workflow.inspections.permits import in_capacity, may_add_units, may_inspect
from workflow.inspections.rules import Visit, refuse_bad_visit
from workflow.inspections.slots import count_elsewhere
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
        _refuse_other_way(session, by, check, visit)
        fill(session, by, check, visit, capacity)
        return check

    asked = (Action.LOG_CHECK, {"check": check_id, "visit": visit.as_values()})
    return make_once(session, by, asked, Check, doing)


def fill(
    session: Session, by: Occasion, check: Check, visit: Visit, capacity: Capacity
) -> list[Fault]:
    """Let a visit be the record of a slot; part of an act.

    Returns:
        The faults of the visit, in its order; one that was open before is found again.

    Raises:
        Superseded: another inspector logged it first.
        WrongState: it was recorded as missed.
    """
    take(session, by, check, visit)
    count_elsewhere(session, by, check, visit)
    note_sheets(session, by, check, None if visit.all_well else visit.sheets)
    place = Place(check.board_id, check)
    found = [add_found(session, by, fault, place) for fault in visit.faults]
    _record_check(session, by, check, visit, capacity)
    return found


def _refuse_other_way(
    session: Session, by: Occasion, check: Check, visit: Visit
) -> None:
    plans = plan_questions.plans(session, by.agency_id)
    if visit.way not in plan_questions.ways_of(plans, check.plan, check.period):
        raise InvalidInput({"way": ["这一计划不接受这种查看方式，请改选。"]})


def _refuse_bad_unit(
    session: Session, by: Occasion, unit: NewUnit, board: NewBoard
) -> None:
    typed = {"code": unit.code, "name": unit.name, "board": board.name}
    empty = {name: ["请填写。"] for name, text in typed.items() if not text.strip()}
    if empty:
        raise InvalidInput(empty)
    if questions.unit_by_code(session, by.agency_id, unit.code) is not None:
        raise InvalidInput({"code": [f"代码 {unit.code} 已有村（居）使用。"]})


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
    subject = in_capacity("check", check.id, capacity, details)
    audit.record(session, by, Action.LOG_CHECK, subject)
