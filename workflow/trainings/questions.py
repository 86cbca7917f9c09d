"""What people ask about trainings: a year of them, who came, quarters without one."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from models.agencies import Agency
from models.articles import Blob
from models.trainings import Attendance, Training, TrainingGap
from workflow.calendar import town_day
from workflow.errors import NotFound
from workflow.trainings.rules import Quarter, quarter_of


@dataclass(frozen=True, slots=True)
class QuarterOfYear:
    """A quarter with its trainings, and its gap if it ended without one."""

    quarter: Quarter
    trainings: tuple[Training, ...]
    gap: TrainingGap | None


def year_of(session: Session, agency_id: int, year: int) -> list[QuarterOfYear]:
    """The four quarters of a year."""
    query = (
        select(Training)
        .where(
            Training.agency_id == agency_id,
            Training.planned_on.between(date(year, 1, 1), date(year, 12, 31)),
        )
        .order_by(Training.planned_on, Training.id)
    )
    trainings = list(session.scalars(query))
    gaps = {gap.quarter: gap for gap in gaps_of(session, agency_id, year)}
    quarters = [Quarter(year, number) for number in (1, 2, 3, 4)]
    return [
        QuarterOfYear(
            quarter,
            tuple(one for one in trainings if _belongs(one, quarter)),
            gaps.get(quarter.number),
        )
        for quarter in quarters
    ]


def gaps_of(session: Session, agency_id: int, year: int) -> list[TrainingGap]:
    """The quarters of a year that were found without a training."""
    query = (
        select(TrainingGap)
        .where(TrainingGap.agency_id == agency_id, TrainingGap.year == year)
        .order_by(TrainingGap.quarter)
    )
    return list(session.scalars(query))


def training(session: Session, agency_id: int, training_id: int) -> Training:
    """One training of this agency.

    Raises:
        NotFound: no such training here.
    """
    found = session.get(Training, training_id)
    if found is None or found.agency_id != agency_id:
        raise NotFound("没有找到这次培训。")
    return found


def gap(session: Session, agency_id: int, gap_id: int) -> TrainingGap:
    """One quarter without a training.

    Raises:
        NotFound: no such finding here.
    """
    found = session.get(TrainingGap, gap_id)
    if found is None or found.agency_id != agency_id:
        raise NotFound("没有找到这条记录。")
    return found


def attendees(session: Session, training_id: int) -> list[Attendance]:
    """Who came, in the order in which they were entered."""
    query = select(Attendance).where(Attendance.training_id == training_id)
    return list(session.scalars(query.order_by(Attendance.id)))


def material(session: Session, agency_id: int, training_id: int) -> tuple[str, bytes]:
    """Name and bytes of what was handed out.

    Raises:
        NotFound: no such training here, or nothing was kept.
    """
    found = training(session, agency_id, training_id)
    blob = session.get(Blob, found.material_digest) if found.material_digest else None
    if blob is None:
        raise NotFound("这次培训没有存材料。")
    return found.material_name, blob.content


def quarters_held(session: Session, agency_id: int) -> set[Quarter]:
    """The quarters in which a training was held."""
    query = select(Training.held_on).where(
        Training.agency_id == agency_id, Training.held_on.is_not(None)
    )
    return {quarter_of(day) for day in session.scalars(query) if day}


def owed_since(session: Session, agency_id: int) -> date:
    """From when trainings are owed: the day on which the agency was set up here."""
    return town_day(session.get_one(Agency, agency_id).made_at)


def _belongs(one: Training, quarter: Quarter) -> bool:
    return quarter_of(one.held_on or one.planned_on) == quarter
