"""What people ask about the rounds: the grid, what is left this week, open faults."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from sqlalchemy import Select, exists, func, or_, select
from sqlalchemy.orm import Session

from models.articles import Blob
from models.inspections import Board, Check, CheckState, Fault, Unit
from models.people import Person
from models.rectification import CountedCheck, FaultSighting
from workflow.agencies.questions import calendar_of
from workflow.errors import CalendarUnknown, NotFound
from workflow.inspections.photos import photo_type
from workflow.inspections.rectification import OPEN
from workflow.inspections.rules import (
    ONE_WEEK,
    WEEKLY,
    CellState,
    Round,
    cell_state,
    period_of,
    periods_of,
    round_of,
)

WEEKS_AHEAD = 8


@dataclass(frozen=True, slots=True)
class Cell:
    """One board in one week; ``check_id`` is ``None`` when no check was opened."""

    state: CellState
    check_id: int | None = None


@dataclass(frozen=True, slots=True)
class GridRow:
    """One board's year, a cell for each week."""

    unit: Unit
    board: Board
    cells: tuple[Cell, ...]


@dataclass(frozen=True, slots=True)
class Grid:
    """A year of checks: boards in the order of the road map, never ranked."""

    periods: tuple[date, ...]
    rows: tuple[GridRow, ...]


@dataclass(frozen=True, slots=True)
class WeekLeft:
    """How many boards of the week's round are not looked at yet."""

    period: date
    left: int
    total: int

    @property
    def words(self) -> str:
        """As the office says it."""
        return f"本周未查 {self.left} / {self.total}"


@dataclass(frozen=True, slots=True)
class CheckAtBoard:
    """A check with everything its page shows."""

    check: Check
    board: Board
    unit: Unit
    inspector_name: str
    faults: tuple[Fault, ...]


@dataclass(frozen=True, slots=True)
class FaultAtBoard:
    """A fault, where it is, and who saw it put right."""

    fault: Fault
    board: Board
    unit: Unit
    seen_by: str


def grid(session: Session, agency_id: int, year: int) -> Grid:
    """Boards and weeks of a year; a week belongs where its Thursday lies."""
    return grid_of(session, agency_id, WEEKLY, periods_of(year))


def grid_of(
    session: Session, agency_id: int, plan: str, periods: tuple[date, ...]
) -> Grid:
    """Boards and periods of one plan.

    Args:
        periods: the first days of the plan's spans, at least one, in order.
    """
    cells = _cells(session, agency_id, plan, periods)
    checked = {board_id for board_id, _ in cells}
    boards = (
        select(Unit, Board)
        .join(Board, Board.unit_id == Unit.id)
        .where(Unit.agency_id == agency_id)
        .order_by(Unit.position, Unit.id, Board.id)
    )
    none = Cell(CellState.NONE)
    rows = tuple(
        GridRow(unit, board, tuple(cells.get((board.id, p), none) for p in periods))
        for unit, board in session.execute(boards)
        if board.id in checked or (board.open and unit.open)
    )
    return Grid(periods, rows)


def week_left(session: Session, agency_id: int, on: date) -> WeekLeft:
    """What is still to be looked at in the round of the week of a day."""
    period = period_of(on)
    query = select(
        func.count(Check.id).filter(Check.state == CheckState.OPEN),
        func.count(Check.id),
    ).where(Check.agency_id == agency_id, Check.plan == WEEKLY, Check.period == period)
    left, total = session.execute(query).one()
    return WeekLeft(period, left, total)


def checks_of_week(session: Session, agency_id: int, on: date) -> list[CheckAtBoard]:
    """The round of the week of a day, in the order of the road map."""
    return checks_of_round(session, agency_id, WEEKLY, period_of(on))


def checks_of_round(
    session: Session, agency_id: int, plan: str, period: date
) -> list[CheckAtBoard]:
    """One round of a plan, in the order of the road map."""
    query = (
        select(Check, Board, Unit, Person.name)
        .join(Board, Board.id == Check.board_id)
        .join(Unit, Unit.id == Board.unit_id)
        .outerjoin(Person, Person.id == Check.inspector_id)
        .where(
            Check.agency_id == agency_id,
            Check.plan == plan,
            Check.period == period,
        )
        .order_by(Unit.position, Unit.id, Board.id)
    )
    rows = session.execute(query).all()
    faults = _faults_of(session, [check.id for check, *_ in rows])
    return [
        CheckAtBoard(check, board, unit, name or "", faults.get(check.id, ()))
        for check, board, unit, name in rows
    ]


def check_with_board(session: Session, agency_id: int, check_id: int) -> CheckAtBoard:
    """One check with its board, unit, inspector and faults.

    Raises:
        NotFound: no such check here.
    """
    query = (
        select(Check, Board, Unit, Person.name)
        .join(Board, Board.id == Check.board_id)
        .join(Unit, Unit.id == Board.unit_id)
        .outerjoin(Person, Person.id == Check.inspector_id)
        .where(Check.agency_id == agency_id, Check.id == check_id)
    )
    row = session.execute(query).one_or_none()
    if row is None:
        raise NotFound("没有找到这次检查。")
    check, board, unit, name = row
    faults = _faults_of(session, [check.id]).get(check.id, ())
    return CheckAtBoard(check, board, unit, name or "", faults)


def last_check(session: Session, agency_id: int, board_id: int) -> CheckAtBoard | None:
    """The latest look at a board that is on record."""
    query = (
        select(Check.id)
        .where(
            Check.agency_id == agency_id,
            Check.board_id == board_id,
            Check.state == CheckState.DONE,
        )
        .order_by(Check.looked_at.desc(), Check.id.desc())
        .limit(1)
    )
    found = session.scalars(query).one_or_none()
    return None if found is None else check_with_board(session, agency_id, found)


def open_faults(
    session: Session, agency_id: int, board_id: int | None = None
) -> list[Fault]:
    """Faults not yet seen put right, of one board or of all, oldest first."""
    query = select(Fault).where(Fault.agency_id == agency_id, Fault.state.in_(OPEN))
    if board_id is not None:
        query = query.where(Fault.board_id == board_id)
    return list(session.scalars(query.order_by(Fault.found_at, Fault.id)))


def faults_at_boards(
    session: Session, agency_id: int, board_id: int | None = None
) -> list[FaultAtBoard]:
    """Faults not yet seen put right, with their boards, in the order of the road map.

    Args:
        board_id: only those of one board.
    """
    query = _faults(agency_id).where(Fault.state.in_(OPEN))
    if board_id is not None:
        query = query.where(Fault.board_id == board_id)
    query = query.order_by(Unit.position, Unit.id, Fault.found_at, Fault.id)
    return [FaultAtBoard(*row) for row in session.execute(query)]


def faults_of_check(
    session: Session, agency_id: int, check_id: int
) -> list[FaultAtBoard]:
    """What one check found, put right or not."""
    query = _faults(agency_id).where(Fault.check_id == check_id).order_by(Fault.id)
    return [FaultAtBoard(*row) for row in session.execute(query)]


def next_round(session: Session, agency_id: int, on: date) -> Round | None:
    """The first round that opens after a day, as far as can be said."""
    try:
        calendar = calendar_of(session, agency_id)
    except CalendarUnknown:
        return None
    weeks = (period_of(on) + number * ONE_WEEK for number in range(WEEKS_AHEAD))
    rounds = (round_of(week, calendar) for week in weeks)
    return next((each for each in rounds if each and each.opens_on > on), None)


def fault_photo(session: Session, agency_id: int, fault_id: int) -> tuple[str, bytes]:
    """The media type and the bytes of a fault's photo.

    Raises:
        NotFound: no such fault here, or it has no photo.
    """
    query = (
        select(Blob.content)
        .join(Fault, Fault.photo_digest == Blob.digest)
        .where(Fault.agency_id == agency_id, Fault.id == fault_id)
    )
    content = session.scalars(query).one_or_none()
    if content is None:
        raise NotFound("没有找到这张照片。")
    return photo_type(content), content


def boards_on_rounds(session: Session, agency_id: int) -> list[Board]:
    """The open boards of open units, always in the same order."""
    query = (
        select(Board)
        .join(Unit, Unit.id == Board.unit_id)
        .where(Unit.agency_id == agency_id, Unit.open, Board.open)
        .order_by(Board.id)
    )
    return list(session.scalars(query))


def board(session: Session, agency_id: int, board_id: int) -> Board:
    """One board of this agency.

    Raises:
        NotFound: no such board here.
    """
    query = (
        select(Board)
        .join(Unit, Unit.id == Board.unit_id)
        .where(Unit.agency_id == agency_id, Board.id == board_id)
    )
    found = session.scalars(query).one_or_none()
    if found is None:
        raise NotFound("没有找到这个公开栏。")
    return found


def lock_board(session: Session, board_id: int) -> None:
    """Let others who enter faults of this board wait until this transaction ends.

    Else two who find the same new fault at one moment would both enter it.
    """
    session.execute(select(Board.id).where(Board.id == board_id).with_for_update())


def check(session: Session, agency_id: int, check_id: int) -> Check:
    """One check of this agency.

    Raises:
        NotFound: no such check here.
    """
    found = session.get(Check, check_id)
    if found is None or found.agency_id != agency_id:
        raise NotFound("没有找到这次检查。")
    return found


def fault(session: Session, agency_id: int, fault_id: int) -> Fault:
    """One fault of this agency.

    Raises:
        NotFound: no such fault here.
    """
    found = session.get(Fault, fault_id)
    if found is None or found.agency_id != agency_id:
        raise NotFound("没有找到这个问题。")
    return found


def unit_by_code(session: Session, agency_id: int, code: str) -> Unit | None:
    """The unit of that code, if there is one."""
    query = select(Unit).where(Unit.agency_id == agency_id, Unit.code == code)
    return session.scalars(query).one_or_none()


def _faults(agency_id: int) -> Select[Fault, Board, Unit, str]:
    return (
        select(Fault, Board, Unit, func.coalesce(Person.name, ""))
        .join(Board, Board.id == Fault.board_id)
        .join(Unit, Unit.id == Board.unit_id)
        .outerjoin(Person, Person.id == Fault.fixed_seen_by_id)
        .where(Fault.agency_id == agency_id)
    )


# found by this check, seen again by it, or found by the look that counts for it too
_HAS_FAULT = or_(
    exists().where(Fault.check_id == Check.id),
    exists().where(FaultSighting.check_id == Check.id),
    exists().where(
        CountedCheck.check_id == Check.id, Fault.check_id == CountedCheck.from_id
    ),
)


def _cells(
    session: Session, agency_id: int, plan: str, periods: tuple[date, ...]
) -> dict[tuple[int, date], Cell]:
    query = select(
        Check.board_id, Check.period, Check.id, Check.state, _HAS_FAULT
    ).where(
        Check.agency_id == agency_id,
        Check.plan == plan,
        Check.period.between(periods[0], periods[-1]),
    )
    return {
        (board_id, period): Cell(cell_state(state, has_fault=faulty), check_id)
        for board_id, period, check_id, state, faulty in session.execute(query)
    }


def _faults_of(session: Session, checks: list[int]) -> dict[int, tuple[Fault, ...]]:
    query = select(Fault).where(Fault.check_id.in_(checks)).order_by(Fault.id)
    found: dict[int, tuple[Fault, ...]] = {}
    for fault_ in session.scalars(query):
        if fault_.check_id is not None:
            found[fault_.check_id] = (*found.get(fault_.check_id, ()), fault_)
    return found
