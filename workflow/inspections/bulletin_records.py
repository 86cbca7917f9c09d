"""The records behind the numbers of a bulletin, by what they are."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, time

from sqlalchemy import select
from sqlalchemy.orm import Session

from models.articles import Article
from models.inspections import Board, Check, Fault, FaultKind, Unit
from models.public_reports import PublicReport
from models.trainings import Training
from workflow.calendar import town_moment


@dataclass(frozen=True, slots=True)
class Record:
    """One record: of what kind, what it is called, and since when it is there."""

    kind: str
    id: int
    words: str
    at: datetime | None
    fault: FaultKind | None = None


Ask = Callable[[Session, int, Sequence[int]], list[Record]]


def records(
    session: Session, agency_id: int, kind: str, ids: Sequence[int]
) -> list[Record]:
    """The records of these ids that are there, in the order of the ids."""
    place = {id_: number for number, id_ in enumerate(ids)}
    return sorted(_ASK[kind](session, agency_id, ids), key=lambda row: place[row.id])


def _units(session: Session, agency_id: int, ids: Sequence[int]) -> list[Record]:
    query = select(Unit).where(Unit.agency_id == agency_id, Unit.id.in_(ids))
    return [Record("unit", one.id, one.name, None) for one in session.scalars(query)]


def _checks(session: Session, agency_id: int, ids: Sequence[int]) -> list[Record]:
    query = (
        select(Check, Unit.name, Board.name)
        .join(Board, Board.id == Check.board_id)
        .join(Unit, Unit.id == Board.unit_id)
        .where(Check.agency_id == agency_id, Check.id.in_(ids))
    )
    return [
        Record("check", one.id, f"{unit} {board}", one.looked_at or one.due_at)
        for one, unit, board in session.execute(query)
    ]


def _faults(session: Session, agency_id: int, ids: Sequence[int]) -> list[Record]:
    query = (
        select(Fault, Unit.name, Board.name)
        .join(Board, Board.id == Fault.board_id)
        .join(Unit, Unit.id == Board.unit_id)
        .where(Fault.agency_id == agency_id, Fault.id.in_(ids))
    )
    return [
        Record("fault", one.id, f"{unit} {board}", one.found_at, one.kind)
        for one, unit, board in session.execute(query)
    ]


def _articles(session: Session, agency_id: int, ids: Sequence[int]) -> list[Record]:
    query = select(Article).where(Article.agency_id == agency_id, Article.id.in_(ids))
    return [
        Record("article", one.id, one.title, one.published_at)
        for one in session.scalars(query)
    ]


def _reports(session: Session, agency_id: int, ids: Sequence[int]) -> list[Record]:
    query = (
        select(PublicReport, Unit.name, Board.name)
        .join(Board, Board.id == PublicReport.board_id)
        .join(Unit, Unit.id == Board.unit_id)
        .where(PublicReport.agency_id == agency_id, PublicReport.id.in_(ids))
    )
    return [
        Record("public_report", one.id, f"{unit} {board}", one.received_at, one.kind)
        for one, unit, board in session.execute(query)
    ]


def _trainings(session: Session, agency_id: int, ids: Sequence[int]) -> list[Record]:
    query = select(Training).where(
        Training.agency_id == agency_id, Training.id.in_(ids)
    )
    return [
        Record(
            "training",
            one.id,
            one.topic,
            town_moment(one.held_on, time(0)) if one.held_on else None,
        )
        for one in session.scalars(query)
    ]


_ASK: Mapping[str, Ask] = {
    "unit": _units,
    "check": _checks,
    "fault": _faults,
    "article": _articles,
    "public_report": _reports,
    "training": _trainings,
}
