"""What an inspector sees on top of a board's form, for every board at once.

The phone asks for all of it when it has a network, so that it is there without one.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from models.inspections import Board, Check, CheckState, Fault, Unit
from models.people import Person
from models.public_reports import BoardCode
from workflow.inspections import questions
from workflow.inspections.rules import WEEKLY, period_of


@dataclass(frozen=True, slots=True)
class BoardToday:
    """One board on the rounds.

    Args:
        code: what stands on its label; empty when none was made.
        this_week: the record of this week's round, if it was looked at.
        last: the latest look on record.
        due: what should hang there today, by name.
        missing: what should hang there and was not seen, by name.
    """

    unit: Unit
    board: Board
    code: str
    this_week: Check | None
    this_week_by: str
    last: Check | None
    last_by: str
    faults: tuple[Fault, ...]
    due: Sequence[str] = ()
    missing: Sequence[str] = ()


def boards_today(session: Session, agency_id: int, on: date) -> list[BoardToday]:
    """Every board on the rounds, in the order of the road map."""
    looks = _latest_looks(session, agency_id)
    week = _of_week(session, agency_id, on)
    faults: dict[int, list[Fault]] = defaultdict(list)
    for fault in questions.open_faults(session, agency_id):
        faults[fault.board_id].append(fault)
    nothing: tuple[Check | None, str] = (None, "")
    found = []
    for unit, board, code in _boards(session, agency_id):
        now, now_by = week.get(board.id, nothing)
        last, last_by = looks.get(board.id, nothing)
        open_ = tuple(faults[board.id])
        today = BoardToday(unit, board, code or "", now, now_by, last, last_by, open_)
        found.append(today)
    return found


Looks = dict[int, tuple[Check, str]]


def _boards(session: Session, agency_id: int) -> list[tuple[Unit, Board, str | None]]:
    query = (
        select(Unit, Board, BoardCode.code)
        .join(Board, Board.unit_id == Unit.id)
        .outerjoin(BoardCode, BoardCode.board_id == Board.id)
        .where(Unit.agency_id == agency_id, Unit.open, Board.open)
        .order_by(Unit.position, Unit.id, Board.id)
    )
    return [(unit, board, code) for unit, board, code in session.execute(query)]


def _latest_looks(session: Session, agency_id: int) -> Looks:
    done = (Check.agency_id == agency_id, Check.state == CheckState.DONE)
    newest = (
        select(Check.board_id, func.max(Check.looked_at).label("at"))
        .where(*done)
        .group_by(Check.board_id)
        .subquery()
    )
    query = (
        select(Check, Person.name)
        .join(
            newest,
            (newest.c.board_id == Check.board_id) & (newest.c.at == Check.looked_at),
        )
        .join(Person, Person.id == Check.inspector_id)
        .where(*done)
        .order_by(Check.id)
    )
    return {check.board_id: (check, name) for check, name in session.execute(query)}


def _of_week(session: Session, agency_id: int, on: date) -> Looks:
    query = (
        select(Check, Person.name)
        .join(Person, Person.id == Check.inspector_id)
        .where(
            Check.agency_id == agency_id,
            Check.plan == WEEKLY,
            Check.period == period_of(on),
            Check.state == CheckState.DONE,
        )
    )
    return {check.board_id: (check, name) for check, name in session.execute(query)}
