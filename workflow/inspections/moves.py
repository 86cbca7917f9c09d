"""Where checks and faults move: compare and set, so that of two exactly one wins."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from sqlalchemy import update
from sqlalchemy.orm import Session

from models.inspections import Check, CheckState, Fault
from workflow.actions import Action
from workflow.calendar import TOWN_TIME
from workflow.errors import Superseded, WrongState
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
        f"这个公开栏本轮已由{who}于{_clock(check.logged_at)}登记，您这次没有重复登记。",
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


def settle(session: Session, by: Occasion, fault: Fault) -> None:
    """Note once that the fault was seen put right.

    Raises:
        Superseded: somebody noted it first.
    """
    statement = (
        update(Fault)
        .where(Fault.id == fault.id, Fault.fixed_at.is_(None))
        .values(fixed_at=by.at, fixed_seen_by_id=by.person_id)
        .returning(Fault.id)
        .execution_options(synchronize_session=False)
    )
    settled = session.execute(statement).first() is not None
    session.refresh(fault)
    if not settled and fault.fixed_at is not None:
        who = name_of(session, fault.fixed_seen_by_id)
        raise Superseded(
            f"这个问题已由{who}于{_clock(fault.fixed_at)}登记整改到位。",
            rule="fault-already-fixed",
            action=Action.FAULT_FIXED,
            who=who,
            when=fault.fixed_at,
        )


def _clock(moment: datetime) -> str:
    local = moment.astimezone(TOWN_TIME)
    return f"{local.month}月{local.day}日{local:%H:%M}"
