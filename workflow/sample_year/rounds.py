"""The sample year's rounds, its one request and its penalties, as steps."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from datetime import date, datetime, time, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from models.inspections import (
    Board,
    Check,
    CheckWay,
    Fault,
    FaultKind,
    FaultSource,
    Unit,
)
from models.reports import RegisterKind
from workflow.calendar import town_day, town_moment
from workflow.inspections import acts as inspections
from workflow.inspections import faults, slots
from workflow.inspections.faults import Done
from workflow.inspections.rules import NewFault, Visit
from workflow.inspections.watching import watch_faults
from workflow.occasion import Occasion
from workflow.reports import acts as reports
from workflow.reports.registers import NewEntry
from workflow.sample_year.asking import request_steps
from workflow.sample_year.steps import Step, answer_of
from workflow.sample_year.town import Town
from workflow.sample_year.year import (
    BoardCheck,
    RoundWeek,
    SamplePenalty,
    YearBook,
    board_checks,
)

AT_THE_DESK = time(10, 0)
TAKEN_ON_AFTER = timedelta(hours=2)
DONE_AFTER = timedelta(days=2)
SEEN_AGAIN_AFTER = timedelta(days=3)
LATE_SEEN_AFTER = timedelta(days=8)
LATE_FIXED_AFTER = timedelta(days=12)
WEEKS_WITH_TIME = 50
VILLAGER = "村信息员（示例）"


def round_steps(
    town: Town, weeks: Sequence[RoundWeek], book: YearBook, name: str
) -> Iterator[Step]:
    """Open each week's round, log its checks, record what was missed."""
    mondays = {week.number: week for week in weeks}
    for week in weeks:
        at = f"{name}/{week.monday}"
        yield Step(week.opens_at, None, f"{at}/open", _opening(f"{at}/open"))
        over = week.due_at + timedelta(minutes=1)
        yield Step(over, None, f"{at}/close", _closing)
    for check in board_checks(town, weeks, book.faults):
        if check.at is not None:
            yield from _logged(check, mondays[check.week], check.at, name)


def _logged(
    check: BoardCheck, week: RoundWeek, at: datetime, name: str
) -> Iterator[Step]:
    key = f"{name}/{week.monday}/{check.unit}"
    yield Step(at, check.person, key, _logging(check, week, at))
    if check.fault:
        yield from _put_right(check, at, key)


def _put_right(check: BoardCheck, at: datetime, key: str) -> Iterator[Step]:
    """Most are put right in three days; some go the whole way, some are late."""
    late = check.week % 7 == 0 and check.week < WEEKS_WITH_TIME
    if late:
        yield Step(at + LATE_SEEN_AFTER, None, f"{key}/watch", _watching)
    if check.week % 3 == 0:
        done = at + (LATE_SEEN_AFTER if late else DONE_AFTER)
        yield Step(at + TAKEN_ON_AFTER, check.person, f"{key}/taken", _taking_on(key))
        yield Step(done, check.person, f"{key}/done", _reporting(key))
    later = at + (LATE_FIXED_AFTER if late else SEEN_AGAIN_AFTER)
    yield Step(later, check.person, f"{key}/fixed", _fixing(key))


def _opening(_name: str) -> Callable[[Session, Occasion], object]:
    return lambda session, by: slots.open_due(session, by, town_day(by.at))


def _closing(session: Session, by: Occasion) -> object:
    return slots.close_missed(session, by)


def _logging(
    check: BoardCheck, week: RoundWeek, at: datetime
) -> Callable[[Session, Occasion], object]:
    faults = _faults(check)
    visit = Visit(CheckWay(check.way), not faults, at, faults)

    def doing(session: Session, by: Occasion) -> object:
        slot = session.scalars(
            select(Check.id)
            .join(Board, Board.id == Check.board_id)
            .join(Unit, Unit.id == Board.unit_id)
            .where(
                Unit.agency_id == by.agency_id,
                Unit.code == check.unit,
                Check.period == week.monday,
            )
        ).one()
        return inspections.log_check(session, by, slot, visit)

    return doing


def _faults(check: BoardCheck) -> tuple[NewFault, ...]:
    if check.fault is None:
        return ()
    kind = FaultKind(check.fault.kind)
    return (NewFault(kind, check.fault.note, told=VILLAGER),)


def _watching(session: Session, by: Occasion) -> object:
    return watch_faults(session, by)


def _taking_on(logged: str) -> Callable[[Session, Occasion], object]:
    return lambda session, by: faults.acknowledge(
        session, by, _fault_of(session, by, logged), VILLAGER
    )


def _reporting(logged: str) -> Callable[[Session, Occasion], object]:
    done = Done(VILLAGER, note="已按要求整改。")
    return lambda session, by: faults.report(
        session, by, _fault_of(session, by, logged), done
    )


def _fixing(logged: str) -> Callable[[Session, Occasion], object]:
    return lambda session, by: faults.fault_fixed(
        session, by, _fault_of(session, by, logged)
    )


def _fault_of(session: Session, by: Occasion, logged: str) -> int:
    """The one fault of an earlier step's check."""
    check_id = answer_of(session, by, logged)
    query = select(Fault.id).where(Fault.check_id == check_id)
    return session.scalars(query).one()


def desk_fault_steps(town: Town, monday: date, name: str) -> Iterator[Step]:
    """What is still open on the Monday: a stale sheet seen on a photo on Friday."""
    friday = monday - timedelta(days=3)
    (post, *_) = town.posts_of("inspector")
    login = town.acting_holder(post, friday)
    note = "财务公开仍是上一期内容。"
    new = NewFault(FaultKind.STALE, note, item="finance", told=VILLAGER)
    unit = town.units[1].code

    def doing(session: Session, by: Occasion) -> object:
        board = session.scalars(
            select(Board.id)
            .join(Unit, Unit.id == Board.unit_id)
            .where(Unit.agency_id == by.agency_id, Unit.code == unit)
        ).one()
        return faults.raise_fault(session, by, board, new, FaultSource.REMOTE)

    yield Step(town_moment(friday, AT_THE_DESK), login, name, doing)


def register_steps(town: Town, book: YearBook, name: str) -> Iterator[Step]:
    """The one request with its reply, and the penalties."""
    (post,) = town.posts_of("registrar")
    yield from request_steps(town, book.request, f"{name}/request")
    for number, penalty in enumerate(book.penalties):
        at = town_moment(penalty.decided, AT_THE_DESK)
        login = town.acting_holder(post, penalty.decided)
        yield Step(at, login, f"{name}/penalty/{number}", _entering(penalty))


def _entering(penalty: SamplePenalty) -> Callable[[Session, Occasion], object]:
    entry = NewEntry(
        kind=RegisterKind.PUNISHMENT,
        number=penalty.number,
        title=penalty.title,
        dated=penalty.decided,
        source=f"行政处罚决定书（示例）：{penalty.matter}；{penalty.outcome}",
    )
    return lambda session, by: reports.enter_register(session, by, entry)
