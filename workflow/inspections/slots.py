"""Opening the slots of every plan, once, whatever stood still; closing the missed."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from models.inspections import Board, Check, CheckState
from models.natural_keys import insert_missing
from models.rectification import CountedCheck
from workflow.actions import Action
from workflow.agencies.questions import calendar_of
from workflow.audit import acts as audit
from workflow.audit.acts import Subject
from workflow.inspections import plan_questions, questions
from workflow.inspections.moves import move
from workflow.inspections.plans import Plan, rounds_of
from workflow.inspections.rules import Round, Visit
from workflow.occasion import Occasion


def open_due(session: Session, by: Occasion, on: date) -> list[Round]:
    """Open every check that should exist up to the day ``on`` and does not.

    Catches up after a standstill, from the last round that was opened, under the plan
    that held on the day.  Run twice, or on two machines at once, it opens nothing
    twice: a check has a natural key.

    Returns:
        The rounds in which at least one check was opened.

    Raises:
        CalendarUnknown: the agency has no holiday list at all.
    """
    boards = questions.boards_on_rounds(session, by.agency_id)
    if not boards:
        return []
    plans = plan_questions.plans(session, by.agency_id)
    last = plan_questions.last_periods(session, by.agency_id)
    roster = plan_questions.rostered_days(session, by.agency_id)
    start = min(board.since for board in boards)
    return [
        round_
        for plan in plans
        for round_ in _due(session, by, plan, (last.get(plan.code, start), on), roster)
        if _open(session, by, plan, round_, boards)
    ]


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
    missed = {"state": CheckState.MISSED, "missed_at": by.at}
    ids = [one for one in session.scalars(overdue) if move(session, by, one, missed)]
    for check_id in ids:
        audit.record(session, by, Action.MISS_CHECK, Subject("check", check_id))
    return len(ids)


def count_elsewhere(session: Session, by: Occasion, check: Check, visit: Visit) -> None:
    """Let one look count for every plan whose slot it lies in and whose ways allow it.

    Nobody is asked to look twice at one board on one day because two plans want it.
    """
    plans = plan_questions.plans(session, by.agency_id)
    others = (
        select(Check)
        .where(
            Check.agency_id == by.agency_id,
            Check.board_id == check.board_id,
            Check.state == CheckState.OPEN,
            Check.id != check.id,
            Check.opens_at <= visit.looked_at,
            Check.due_at >= by.at,
        )
        .order_by(Check.id)
    )
    for other in list(session.scalars(others)):
        allowed = plan_questions.ways_of(plans, other.plan, other.period)
        if visit.way in allowed and _count(session, by, other, visit):
            session.add(CountedCheck(check_id=other.id, from_id=check.id))
    session.flush()


def _count(session: Session, by: Occasion, other: Check, visit: Visit) -> bool:
    done = {
        "state": CheckState.DONE,
        "way": visit.way,
        "inspector_id": by.person_id,
        "looked_at": visit.looked_at,
        "logged_at": by.at,
    }
    counted = move(session, by, other.id, done)
    session.refresh(other)
    return counted


def _due(
    session: Session,
    by: Occasion,
    plan: Plan,
    days: tuple[date, date],
    roster: Collection[date],
) -> list[Round]:
    calendar = calendar_of(session, by.agency_id)
    return list(rounds_of(plan, *days, calendar, roster))


def _open(
    session: Session, by: Occasion, plan: Plan, round_: Round, boards: Sequence[Board]
) -> int:
    """Open a round for the boards that were there when it opened; how many were new."""
    there = [board for board in boards if board.since <= round_.opens_on]
    rows = [_slot(by.agency_id, plan, round_, board) for board in there]
    opened = insert_missing(session, Check, rows)
    if opened:
        details: dict[str, audit.Plain] = {
            "opened": opened,
            "opens_on": round_.opens_on.isoformat(),
            "last_day": round_.last_day.isoformat(),
            "provisional": round_.provisional,
        }
        subject = Subject("round", f"{plan.code} {round_.period}", details=details)
        audit.record(session, by, Action.OPEN_CHECKS, subject)
    return opened


def _slot(agency_id: int, plan: Plan, round_: Round, board: Board) -> dict[str, object]:
    return {
        "agency_id": agency_id,
        "plan": plan.code,
        "board_id": board.id,
        "period": round_.period,
        "opens_at": round_.opens_at,
        "due_at": round_.due_at,
        "state": CheckState.OPEN,
        "note": "",
    }
