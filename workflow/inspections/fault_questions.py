"""What people ask about faults: which are open, their story, whether it is a repeat."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from models.articles import Blob
from models.boards import DisclosureItem, InspectionSetting
from models.inspections import Board, Fault, FaultKind, FaultState, Unit
from models.people import Person
from models.rectification import FaultAct, FaultSighting, FaultStep
from workflow.errors import InvalidInput, NotFound
from workflow.inspections.photos import photo_type
from workflow.inspections.rectification import LIMITS, NOT_REPORTED, OPEN, Terms


@dataclass(frozen=True, slots=True)
class Same:
    """What makes two faults the same: board, kind, and the sheet if one is named."""

    board_id: int
    kind: FaultKind
    item_id: int | None = None


@dataclass(frozen=True, slots=True)
class StepShown:
    """A step of a fault's story, with the name of who put it on record."""

    step: FaultStep
    name: str


@dataclass(frozen=True, slots=True)
class FaultCase:
    """Everything the page of a fault shows."""

    fault: Fault
    board: Board
    unit: Unit
    item: str
    steps: tuple[StepShown, ...]
    again: tuple[Fault, ...]


def terms(session: Session, agency_id: int) -> Terms:
    """What the agency decided about faults; what it did not decide is built in."""
    row = session.get(InspectionSetting, agency_id)
    if row is None:
        return Terms()
    chosen = {FaultKind(kind): limit for kind, limit in row.limits.items()}
    look_back = timedelta(days=row.look_back_days)
    limits = {**LIMITS, **chosen}
    return Terms(limits, look_back, row.raise_after_days, row.show_days)


def item_coded(session: Session, agency_id: int, code: str) -> DisclosureItem | None:
    """The item of the catalogue of that code; nothing for an empty code.

    Raises:
        InvalidInput: there is no such item.
    """
    if not code:
        return None
    query = select(DisclosureItem).where(
        DisclosureItem.agency_id == agency_id, DisclosureItem.code == code
    )
    found = session.scalars(query).one_or_none()
    if found is None:
        raise InvalidInput({"item": ["村务公开目录里没有这一项，请刷新后再选。"]})
    return found


def still_open(session: Session, agency_id: int, same: Same) -> Fault | None:
    """The same fault on the same board that is not settled yet, if there is one."""
    query = (
        select(Fault)
        .where(
            Fault.agency_id == agency_id,
            Fault.board_id == same.board_id,
            Fault.kind == same.kind,
            Fault.item_id.is_not_distinct_from(same.item_id),
            Fault.state.in_(OPEN),
        )
        .order_by(Fault.id.desc())
        .limit(1)
    )
    return session.scalars(query).first()


def closed_since(
    session: Session, agency_id: int, same: Same, since: datetime
) -> Fault | None:
    """The latest same fault that was closed and found since a moment."""
    query = (
        select(Fault)
        .where(
            Fault.agency_id == agency_id,
            Fault.board_id == same.board_id,
            Fault.kind == same.kind,
            Fault.item_id.is_not_distinct_from(same.item_id),
            Fault.state == FaultState.CLOSED,
            Fault.found_at >= since,
        )
        .order_by(Fault.found_at.desc(), Fault.id.desc())
        .limit(1)
    )
    return session.scalars(query).first()


def fixers(session: Session, fault_id: int) -> set[str]:
    """The names of all who ever reported this fault put right."""
    query = select(FaultStep.who).where(
        FaultStep.fault_id == fault_id, FaultStep.act == FaultAct.REPORT
    )
    return set(session.scalars(query))


def sighting(session: Session, check_id: int, fault_id: int) -> FaultSighting | None:
    """The note that a check saw an open fault again, if there is one."""
    query = select(FaultSighting).where(
        FaultSighting.check_id == check_id, FaultSighting.fault_id == fault_id
    )
    return session.scalars(query).one_or_none()


def ladder_began(session: Session, fault_id: int) -> int:
    """The step of the ladder with which the present deadline began."""
    query = (
        select(FaultStep.ladder)
        .where(
            FaultStep.fault_id == fault_id,
            FaultStep.act.in_((FaultAct.FIND, FaultAct.RETURN)),
        )
        .order_by(FaultStep.number.desc())
        .limit(1)
    )
    return session.scalars(query).first() or 0


def not_reported(session: Session, agency_id: int) -> list[Fault]:
    """Faults not yet reported put right, locked, oldest first."""
    query = (
        select(Fault)
        .where(Fault.agency_id == agency_id, Fault.state.in_(NOT_REPORTED))
        .order_by(Fault.id)
        .with_for_update(skip_locked=True)
    )
    return list(session.scalars(query))


def case(session: Session, agency_id: int, fault_id: int) -> FaultCase:
    """A fault with its board, its story and its repeats.

    Raises:
        NotFound: no such fault here.
    """
    query = (
        select(Fault, Board, Unit, DisclosureItem.title)
        .join(Board, Board.id == Fault.board_id)
        .join(Unit, Unit.id == Board.unit_id)
        .outerjoin(DisclosureItem, DisclosureItem.id == Fault.item_id)
        .where(Fault.agency_id == agency_id, Fault.id == fault_id)
    )
    row = session.execute(query).one_or_none()
    if row is None:
        raise NotFound("没有找到这个问题。")
    fault, board, unit, title = row
    again = select(Fault).where(Fault.repeat_of_id == fault.id).order_by(Fault.id)
    steps = tuple(_steps(session, fault.id))
    return FaultCase(
        fault, board, unit, title or "", steps, tuple(session.scalars(again))
    )


def step_photo(
    session: Session, agency_id: int, fault_id: int, number: int
) -> tuple[str, bytes]:
    """The media type and the bytes of the picture of one step.

    Raises:
        NotFound: no such step here, or without a picture.
    """
    query = (
        select(Blob.content)
        .join(FaultStep, FaultStep.photo_digest == Blob.digest)
        .where(
            FaultStep.agency_id == agency_id,
            FaultStep.fault_id == fault_id,
            FaultStep.number == number,
        )
    )
    content = session.scalars(query).one_or_none()
    if content is None:
        raise NotFound("没有找到这张照片。")
    return photo_type(content), content


def _steps(session: Session, fault_id: int) -> list[StepShown]:
    query = (
        select(FaultStep, Person.name)
        .outerjoin(Person, Person.id == FaultStep.person_id)
        .where(FaultStep.fault_id == fault_id)
        .order_by(FaultStep.number)
    )
    return [StepShown(step, name or "系统") for step, name in session.execute(query)]
