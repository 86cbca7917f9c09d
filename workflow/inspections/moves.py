"""Where checks and faults move: compare and set, so that of two exactly one wins."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import update
from sqlalchemy.orm import Session

from models.inspections import Check, CheckState, Fault
from models.rectification import FaultAct, FaultStep
from workflow.actions import Action
from workflow.calendar import TOWN_TIME
from workflow.errors import Superseded, WrongState
from workflow.inspections.rectification import moved
from workflow.inspections.rules import Visit
from workflow.occasion import Occasion
from workflow.people.questions import name_of


def move(
    session: Session, by: Occasion, check_id: int, to: Mapping[str, object]
) -> bool:
    """Compare and set: only an open check moves; whether this one did."""
    statement = (
        update(Check)
        .where(
            Check.id == check_id,
            Check.agency_id == by.agency_id,
            Check.state == CheckState.OPEN,
        )
        .values(dict(to))
        .returning(Check.id)
        .execution_options(synchronize_session=False)
    )
    return session.execute(statement).first() is not None


def take(session: Session, by: Occasion, check: Check, visit: Visit) -> None:
    """Let this inspector's record be the check's one record.

    Raises:
        Superseded: another inspector logged it first.
        WrongState: it was recorded as missed.
    """
    done = {
        "state": CheckState.DONE,
        "way": visit.way,
        "inspector_id": by.person_id,
        "looked_at": visit.looked_at,
        "logged_at": by.at,
        "note": visit.note,
    }
    moved = move(session, by, check.id, done)
    session.refresh(check)
    if not moved:
        raise _not_open(session, check)


def refuse_if_over(session: Session, by: Occasion, check: Check) -> None:
    """Refuse what comes after the round, or after another inspector.

    Raises:
        Superseded: another inspector logged it first.
        WrongState: the round is over, whether or not the timer has noticed.
    """
    if check.state is not CheckState.OPEN:
        raise _not_open(session, check)
    if by.at > check.due_at:
        raise _round_over()


def _not_open(session: Session, check: Check) -> WrongState | Superseded:
    if check.state is not CheckState.DONE or check.logged_at is None:
        return _round_over()
    who = name_of(session, check.inspector_id)
    return Superseded(
        f"这个公开栏本轮已由{who}于{moment_words(check.logged_at)}登记，您这次没有重复登记。",
        rule="check-already-logged",
        help_from=who,
        action=Action.LOG_CHECK,
        who=who,
        when=check.logged_at,
    )


def _round_over() -> WrongState:
    return WrongState(
        "本轮周查已经截止，按未查记录，不能补登；再次查看请记入当前一轮。",
        rule="round-over",
        action=Action.LOG_CHECK,
    )


@dataclass(frozen=True, slots=True)
class Step:
    """What is put down beside a move of a fault.

    Args:
        who: the person of the unit, who has no account.
        photo_digest: a picture that belongs to this step, already kept.
    """

    act: FaultAct
    who: str = ""
    note: str = ""
    photo_digest: str | None = None


def advance(
    session: Session,
    by: Occasion,
    fault: Fault,
    step: Step,
    changes: Mapping[str, object] | None = None,
) -> None:
    """Compare and set: the fault moves as it was read, with its step, or not at all.

    Args:
        changes: other columns that change with the step.

    Raises:
        WrongState: not possible from where it stands.
        Superseded: somebody else moved it first.
    """
    to = moved(fault.state, step.act)
    statement = (
        update(Fault)
        .where(
            Fault.id == fault.id,
            Fault.agency_id == by.agency_id,
            Fault.state == fault.state,
            Fault.version == fault.version,
        )
        .values(state=to, version=fault.version + 1, **(changes or {}))
        .returning(Fault.id)
        .execution_options(synchronize_session=False)
    )
    if session.execute(statement).first() is None:
        raise Superseded("这个问题刚被他人办理，请刷新后再看。", rule="fault-moved")
    session.refresh(fault)
    put_down(session, by, fault, step)


def put_down(session: Session, by: Occasion, fault: Fault, step: Step) -> None:
    """Add a step to the story of a fault; its number is the fault's version."""
    row = FaultStep(
        agency_id=by.agency_id,
        fault_id=fault.id,
        number=fault.version,
        act=step.act,
        state=fault.state,
        at=by.at,
        person_id=by.person_id,
        who=step.who,
        note=step.note,
        photo_digest=step.photo_digest,
        put_right_by=fault.put_right_by,
        ladder=fault.ladder,
    )
    session.add(row)
    session.flush()


def moment_words(moment: datetime) -> str:
    """``1月5日09:00`` on the town's clock."""
    local = moment.astimezone(TOWN_TIME)
    return f"{local.month}月{local.day}日{local:%H:%M}"
