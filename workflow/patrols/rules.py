"""Patrols of the site and the accounts: column clocks, readings, veto items; pure.

The limits are those of the national indicators (国办秘函〔2019〕19号): news two weeks,
notices and policy documents six months, the home page and an account two weeks; an
item without a date counts as not updated.  Each column has its own setting.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from enum import StrEnum

from models.patrols import ColumnKind, Half
from workflow.calendar import ONE_DAY, WorkingCalendar, days_after, town_moment
from workflow.errors import InvalidInput

NOON, CLOSE = time(12, 0), time(23, 59, 59)
LIMITS = {
    ColumnKind.HOME: (14, 3),
    ColumnKind.NEWS: (14, 3),
    ColumnKind.NOTICE: (180, 14),
    ColumnKind.OTHER: (180, 14),
    ColumnKind.ACCOUNT: (14, 3),
}
NAME_MAX, ADDRESS_MAX, REASON_MAX, NOTE_MAX = 120, 400, 500, 2000
LONGEST_DAYS = 730
OPEN_WITHIN = timedelta(seconds=15)
STALE_COLUMNS, SHARE_NOT_OPENED, VISITS_A_DAY = 5, 0.05, 20


class ClockState(StrEnum):
    """How a column stands against its limit."""

    FRESH = "fresh"
    NEAR = "near"
    STALE = "stale"
    EXEMPT = "exempt"
    UNKNOWN = "unknown"


class VetoState(StrEnum):
    """Whether a single-veto item is touched: one alone fails a site or account."""

    CLEAR = "clear"
    NEAR = "near"
    TOUCHED = "touched"
    BY_HAND = "by_hand"


@dataclass(frozen=True, slots=True)
class NewColumn:
    """A column as it is set.

    Args:
        section_codes: sections whose published articles tell when it was updated.
        channel: the channel on which they must have gone out.
        address: its page, one of the agency's own.
        exempt_until: a special situation, reported beforehand, with its reason.
    """

    code: str
    name: str
    kind: ColumnKind
    most_days: int
    warn_days: int
    channel: str = "website"
    section_codes: Sequence[str] = ()
    address: str = ""
    exempt_until: date | None = None
    exempt_reason: str = ""
    updated_on: date | None = None
    open: bool = True


@dataclass(frozen=True, slots=True)
class Clock:
    """A column's clock on a day.

    Args:
        days: days since the last update; none when nothing tells.
        left: days until the limit; negative when over it.
    """

    state: ClockState
    days: int | None = None
    left: int | None = None


@dataclass(frozen=True, slots=True)
class Slot:
    """One reading of a day that is due."""

    day: date
    half: Half
    opens_at: datetime
    due_at: datetime


@dataclass(frozen=True, slots=True)
class ColumnNow:
    """What the veto items look at of one column."""

    name: str
    kind: ColumnKind
    state: ClockState


@dataclass(frozen=True, slots=True)
class Page:
    """A column's own page, which the system visits."""

    column_id: int
    address: str


@dataclass(frozen=True, slots=True)
class Veto:
    """A single-veto item of the indicators, named, with what touches it."""

    name: str
    state: VetoState
    because: str = ""


def clock(
    most_days: int,
    warn_days: int,
    updated_on: date | None,
    exempt_until: date | None,
    on: date,
) -> Clock:
    """How a column stands on a day."""
    if exempt_until is not None and on <= exempt_until:
        return Clock(ClockState.EXEMPT)
    if updated_on is None:
        return Clock(ClockState.UNKNOWN)
    days = (on - updated_on).days
    left = most_days - days
    if left < 0:
        return Clock(ClockState.STALE, days, left)
    state = ClockState.NEAR if left <= warn_days else ClockState.FRESH
    return Clock(state, days, left)


def readings(
    first: date, on: date, calendar: WorkingCalendar, roster: Collection[date]
) -> Iterator[Slot]:
    """Each reading due from a day to a day: two on working days, one by the duty else.

    Args:
        roster: days on which somebody is on duty; a day off without has no reading.
    """
    for day in days_after(first - ONE_DAY, on):
        opens, noon, closes = (
            town_moment(day, time(0)),
            town_moment(day, NOON),
            town_moment(day, CLOSE),
        )
        if calendar.is_working_day(day):
            yield Slot(day, Half.MORNING, opens, noon)
            yield Slot(day, Half.AFTERNOON, noon, closes)
        elif day in roster:
            yield Slot(day, Half.DUTY, opens, closes)


def vetoes(
    columns: Sequence[ColumnNow], wrong_statements: int, visits: int, not_opened: int
) -> list[Veto]:
    """The single-veto items (单项否决), each with how it stands.

    Args:
        wrong_statements: wrong statements found and not yet put right.
        visits: visits to the home page in the last week.
        not_opened: those of them that did not open in time.
    """
    home = [one for one in columns if one.kind is ColumnKind.HOME]
    account = [one for one in columns if one.kind is ColumnKind.ACCOUNT]
    news = [one for one in columns if one.kind in (ColumnKind.NEWS, ColumnKind.NOTICE)]
    wrong = VetoState.TOUCHED if wrong_statements else VetoState.BY_HAND
    said = f"未改正的表述错误 {wrong_statements} 处" if wrong_statements else ""
    return [
        Veto("安全、泄密事故等严重问题", wrong, said),
        _unreachable(visits, not_opened),
        _stale("首页不更新", home, 1),
        _stale("栏目不更新", news, STALE_COLUMNS),
        _stale("政务新媒体不更新", account, 1),
        Veto("互动回应差", VetoState.BY_HAND),
        Veto("服务不实用", VetoState.BY_HAND),
    ]


def refuse_bad_column(new: NewColumn) -> None:
    """Refuse a column without a name, or with limits that are none.

    Raises:
        InvalidInput: with the sentences beside each field.
    """
    faults: dict[str, list[str]] = {}
    if not 0 < len(new.code.strip()) <= 60:
        faults["code"] = ["请填写代码，不超过60个字。"]
    if not 0 < len(new.name.strip()) <= NAME_MAX:
        faults["name"] = [f"请填写名称，不超过{NAME_MAX}个字。"]
    if not 1 <= new.most_days <= LONGEST_DAYS:
        faults["most_days"] = [f"写1至{LONGEST_DAYS}天。"]
    if not 0 <= new.warn_days < max(new.most_days, 1):
        faults["warn_days"] = ["提前提醒的天数须小于时限。"]
    if new.exempt_until is not None and not new.exempt_reason.strip():
        faults["exempt_reason"] = ["豁免须写明理由。"]
    if new.address and not new.address.startswith(("http://", "https://")):
        faults["address"] = ["网址以 http:// 或 https:// 开头。"]
    if faults:
        raise InvalidInput(faults)


def _unreachable(visits: int, not_opened: int) -> Veto:
    name = "站点无法访问"
    if not visits:
        return Veto(name, VetoState.BY_HAND)
    said = f"一周访问 {visits} 次，15 秒内未打开 {not_opened} 次"
    if not_opened / visits >= SHARE_NOT_OPENED:
        return Veto(name, VetoState.TOUCHED, said)
    return Veto(name, VetoState.NEAR if not_opened else VetoState.CLEAR, said)


def _stale(name: str, columns: Sequence[ColumnNow], most: int) -> Veto:
    if not columns:
        return Veto(name, VetoState.BY_HAND)
    stale = [one.name for one in columns if one.state is ClockState.STALE]
    unknown = [one.name for one in columns if one.state is ClockState.UNKNOWN]
    near = [one.name for one in columns if one.state is ClockState.NEAR]
    counted = [*stale, *unknown]
    if len(counted) >= most:
        return Veto(name, VetoState.TOUCHED, "、".join(counted))
    if counted or near:
        return Veto(name, VetoState.NEAR, "、".join([*counted, *near]))
    return Veto(name, VetoState.CLEAR)
