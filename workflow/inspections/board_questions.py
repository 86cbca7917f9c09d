"""What people ask about a board: what should hang there, how it stands, its story."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from sqlalchemy import func, or_, select
from sqlalchemy.orm import Session

from models.articles import Revision
from models.boards import DisclosureItem, Sheet
from models.inspections import Board, Check, CheckState, Fault, Unit
from models.releases import Release
from workflow.agencies.questions import calendar_of
from workflow.calendar import ONE_DAY, town_day, town_moment
from workflow.errors import CalendarUnknown, NotFound
from workflow.inspections import fault_questions, questions
from workflow.inspections.rectification import OPEN
from workflow.inspections.twin import Hanging, Item, Published, SheetNow, should_hang
from workflow.occasion import Occasion

NOTICE_BOARD = "notice_board"


@dataclass(frozen=True, slots=True)
class LastLook:
    """The latest look at a board: when, by whom, how many faults it found."""

    at: datetime
    who: str
    faults: int


@dataclass(frozen=True, slots=True)
class BoardNow:
    """A board as an inspector in front of it needs to know it.

    Args:
        due_at: when the slot that lies open now is due; none when none lies open.
    """

    unit: Unit
    board: Board
    due_at: datetime | None
    last: LastLook | None
    faults: tuple[Fault, ...]
    sheets: tuple[SheetNow, ...]


def every_board(session: Session, agency_id: int) -> list[tuple[Unit, Board]]:
    """The boards on the rounds with their units, in the order of the road map."""
    query = (
        select(Unit, Board)
        .join(Board, Board.unit_id == Unit.id)
        .where(Unit.agency_id == agency_id, Unit.open, Board.open)
        .order_by(Unit.position, Unit.id, Board.id)
    )
    return [(unit, board) for unit, board in session.execute(query)]


def boards_now(session: Session, by: Occasion) -> list[BoardNow]:
    """Every board on the rounds as it stands, in the order of the road map."""
    rows = every_board(session, by.agency_id)
    return [_now(session, by, unit, board) for unit, board in rows]


def board_now(session: Session, by: Occasion, board_id: int) -> BoardNow:
    """One board as it stands.

    Raises:
        NotFound: no such board here.
    """
    board = questions.board(session, by.agency_id, board_id)
    unit = session.get_one(Unit, board.unit_id)
    return _now(session, by, unit, board)


def sheets_of(
    session: Session, agency_id: int, board_id: int, on: date
) -> list[SheetNow]:
    """What should hang on a board on a day, with what is known of each sheet.

    Without a holiday list nothing can be said about days, so nothing is said.
    """
    board = questions.board(session, agency_id, board_id)
    unit = session.get_one(Unit, board.unit_id)
    try:
        calendar = calendar_of(session, agency_id)
    except CalendarUnknown:
        return []
    items = [
        _item(row)
        for row in items_of(session, agency_id)
        if row.unit_kind in (None, unit.kind)
        and (not board.sections or row.section in board.sections)
    ]
    published = published_for_boards(session, agency_id, on)
    return should_hang(items, published, _hanging(session, board_id), on, calendar)


def items_of(
    session: Session, agency_id: int, *, open_only: bool = True
) -> list[DisclosureItem]:
    """The catalogue, in its order."""
    query = select(DisclosureItem).where(DisclosureItem.agency_id == agency_id)
    if open_only:
        query = query.where(DisclosureItem.open)
    return list(
        session.scalars(query.order_by(DisclosureItem.position, DisclosureItem.id))
    )


def item(session: Session, agency_id: int, code: str) -> DisclosureItem:
    """The item of a code.

    Raises:
        NotFound: the catalogue has none.
    """
    query = select(DisclosureItem).where(
        DisclosureItem.agency_id == agency_id, DisclosureItem.code == code
    )
    found = session.scalars(query).one_or_none()
    if found is None:
        raise NotFound("村务公开目录里没有这一项。")
    return found


def sections(session: Session, agency_id: int) -> list[str]:
    """The parts of the catalogue, in its order."""
    return list(dict.fromkeys(row.section for row in items_of(session, agency_id)))


def next_position(session: Session, agency_id: int) -> int:
    """The place of a new item: behind all others."""
    query = select(func.coalesce(func.max(DisclosureItem.position), 0)).where(
        DisclosureItem.agency_id == agency_id
    )
    return session.scalars(query).one() + 1


def published_for_boards(session: Session, agency_id: int, on: date) -> list[Published]:
    """Articles that went out for the boards and whose time there has not run out."""
    days = timedelta(days=fault_questions.terms(session, agency_id).show_days)
    since = town_moment(on - days, time(0))
    until = town_moment(on + ONE_DAY, time(0))
    query = (
        select(Release, Revision.title)
        .join(Revision, Revision.id == Release.revision_id)
        .where(
            Release.agency_id == agency_id,
            Release.channel == NOTICE_BOARD,
            Release.released_at >= since,
            Release.released_at < until,
            or_(Release.taken_down_at.is_(None), Release.taken_down_at >= since),
        )
        .order_by(Release.released_at, Release.id)
    )
    found: dict[int, Published] = {}
    for release, title in session.execute(query):
        gone = release.taken_down_at is not None
        day = town_day(release.released_at)
        found[release.article_id] = Published(release.article_id, title, day, gone)
    return list(found.values())


def checks_of_board(
    session: Session, agency_id: int, board_id: int, limit: int = 30
) -> list[Check]:
    """The latest slots of a board under every plan, newest first."""
    query = (
        select(Check)
        .where(Check.agency_id == agency_id, Check.board_id == board_id)
        .order_by(Check.due_at.desc(), Check.id.desc())
        .limit(limit)
    )
    return list(session.scalars(query))


def faults_of_board(
    session: Session, agency_id: int, board_id: int, limit: int = 50
) -> list[Fault]:
    """The faults of a board, settled or not, newest first."""
    query = (
        select(Fault)
        .where(Fault.agency_id == agency_id, Fault.board_id == board_id)
        .order_by(Fault.found_at.desc(), Fault.id.desc())
        .limit(limit)
    )
    return list(session.scalars(query))


def _now(session: Session, by: Occasion, unit: Unit, board: Board) -> BoardNow:
    agency = by.agency_id
    last = questions.last_check(session, agency, board.id)
    look = None
    if last is not None and last.check.looked_at is not None:
        look = LastLook(last.check.looked_at, last.inspector_name, len(last.faults))
    return BoardNow(
        unit,
        board,
        _due_at(session, by, board.id),
        look,
        tuple(questions.open_faults(session, agency, board.id)),
        tuple(sheets_of(session, agency, board.id, by.today)),
    )


def _due_at(session: Session, by: Occasion, board_id: int) -> datetime | None:
    query = select(func.min(Check.due_at)).where(
        Check.agency_id == by.agency_id,
        Check.board_id == board_id,
        Check.state == CheckState.OPEN,
        Check.opens_at <= by.at,
        Check.due_at >= by.at,
    )
    return session.scalars(query).one()


def _hanging(session: Session, board_id: int) -> Hanging:
    query = (
        select(Sheet.item_id, func.max(Sheet.period).label("period"))
        .where(Sheet.board_id == board_id, Sheet.item_id.is_not(None))
        .group_by(Sheet.item_id)
    )
    articles = select(Sheet.article_id).where(
        Sheet.board_id == board_id, Sheet.article_id.is_not(None)
    )
    rows = session.execute(query)
    periods = {row.item_id: row.period for row in rows if row.item_id is not None}
    faulty = select(Fault.item_id).where(
        Fault.board_id == board_id, Fault.item_id.is_not(None), Fault.state.in_(OPEN)
    )
    wanting = {one for one in session.scalars(faulty) if one}
    return Hanging(periods, {one for one in session.scalars(articles) if one}, wanting)


def _item(row: DisclosureItem) -> Item:
    return Item(
        row.id,
        row.code,
        row.section,
        row.title,
        row.frequency,
        row.due_days,
        row.unit_kind,
    )
