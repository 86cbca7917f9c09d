"""The labels of the boards: a code for each, made once, printed as often as wished."""

from __future__ import annotations

import secrets
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from models.inspections import Board, Unit
from models.natural_keys import insert_missing
from models.public_reports import BoardCode
from workflow.actions import Action
from workflow.audit import acts as audit
from workflow.audit.acts import Subject
from workflow.errors import NotFound
from workflow.inspections import questions
from workflow.inspections.permits import may_inspect
from workflow.occasion import Occasion
from workflow.operations import once

# no letter or figure that is taken for another one
LETTERS = "23456789ABCDEFGHJKMNPQRSTUVWXYZ"
LENGTH = 8


@dataclass(frozen=True, slots=True)
class Label:
    """A board and the code on its label; empty while there is none."""

    unit: Unit
    board: Board
    code: str


def new_code() -> str:
    """A code that nobody can guess from another one; some 40 bits."""
    return "".join(secrets.choice(LETTERS) for _ in range(LENGTH))


def make_codes(session: Session, by: Occasion) -> int:
    """Give a code to every board on the rounds that has none; how many were new.

    Codes that are there stay, since their labels hang on the boards.

    Raises:
        NotPermitted: not an inspector.
    """

    def doing() -> tuple[int, dict[str, int]]:
        may_inspect(session, by, Action.MAKE_CODES)
        boards = questions.boards_on_rounds(session, by.agency_id)
        made = insert_missing(session, BoardCode, [_row(by, one) for one in boards])
        details: dict[str, audit.Plain] = {"made": made}
        audit.record(
            session, by, Action.MAKE_CODES, Subject("labels", "all", details=details)
        )
        return made, {"made": made}

    def again(answer: object) -> int:
        return int(answer["made"]) if isinstance(answer, dict) else 0

    return once(session, by, Action.MAKE_CODES, {}, doing, again)


def labels(session: Session, agency_id: int) -> list[Label]:
    """The boards on the rounds in the order of the road map, with their codes."""
    query = (
        select(Unit, Board, BoardCode.code)
        .join(Board, Board.unit_id == Unit.id)
        .outerjoin(BoardCode, BoardCode.board_id == Board.id)
        .where(Unit.agency_id == agency_id, Unit.open, Board.open)
        .order_by(Unit.position, Unit.id, Board.id)
    )
    return [
        Label(unit, board, code or "") for unit, board, code in session.execute(query)
    ]


def board_of(session: Session, code: str) -> tuple[int, Label]:
    """The agency and the board whose label bears a code.

    Raises:
        NotFound: no such code, or the board is no longer looked after.
    """
    query = (
        select(BoardCode.agency_id, Unit, Board)
        .join(Board, Board.id == BoardCode.board_id)
        .join(Unit, Unit.id == Board.unit_id)
        .where(BoardCode.code == code.upper(), Unit.open, Board.open)
    )
    row = session.execute(query).one_or_none()
    if row is None:
        raise NotFound("没有找到这个二维码对应的公开栏，可能已经停用。")
    agency_id, unit, board = row
    return agency_id, Label(unit, board, code.upper())


def refuse_other_codes(session: Session, agency_id: int, code: str) -> None:
    """Refuse a code that is none of this agency's.

    Raises:
        NotFound: no such code here.
    """
    if board_of(session, code)[0] != agency_id:
        raise NotFound("没有找到这个二维码对应的公开栏，可能已经停用。")


def _row(by: Occasion, board: Board) -> dict[str, object]:
    return {
        "agency_id": by.agency_id,
        "board_id": board.id,
        "code": new_code(),
        "made_at": by.at,
    }
