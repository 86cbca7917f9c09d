"""Working days of mainland China and the limits counted in them; pure.

The State Council office announces each year's holidays and swap days (调休) in about
November of the year before.  What is announced is data; what is not yet announced is
counted as Monday to Friday and called provisional, never silently right.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence, Set
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from enum import StrEnum
from zoneinfo import ZoneInfo

from workflow.errors import CalendarUnknown, InvalidInput

TOWN_TIME = ZoneInfo("Asia/Shanghai")
ONE_DAY = timedelta(days=1)
END_OF_DAY = time(23, 59, 59)
SATURDAY = 5
PROVISIONAL_REMARK = "（放假安排尚未公布，暂按周一至周五推算）"


class LimitUnit(StrEnum):
    """What a limit is counted in."""

    HOURS = "hours"
    CALENDAR_DAYS = "calendar_days"
    WORKING_DAYS = "working_days"


@dataclass(frozen=True, slots=True)
class WorkingCalendar:
    """Which days the office works, as far as it is known.

    Args:
        off: announced days off, weekends among them or not.
        work: swap days (调休): weekend days on which the office works.
        known_until: last day covered by an announcement, inclusive.
        known_from: first day covered by an announcement, inclusive.
        gaps: years between the two for which no announcement was entered.

    Raises:
        InvalidInput: the table ends before it begins, or calls one day both.
    """

    off: frozenset[date]
    work: frozenset[date]
    known_until: date
    known_from: date
    gaps: frozenset[int] = frozenset()

    def __post_init__(self) -> None:
        if self.known_from > self.known_until:
            raise _fault("起始日期晚于截止日期")
        if both := self.off & self.work:
            days = "、".join(day.isoformat() for day in sorted(both))
            raise _fault(f"{days}既列为放假又列为调休上班")

    def is_working_day(self, day: date) -> bool:
        """Whether the office works that day; beyond the table Monday to Friday."""
        if day in self.work:
            return True
        return day not in self.off and day.weekday() < SATURDAY

    def says_provisional(self, day: date) -> bool:
        """Whether the answer for that day rests on no announcement."""
        known = self.known_from <= day <= self.known_until
        return not known or day.year in self.gaps

    def must_know(self, day: date) -> date:
        """The day itself, when an announcement covers it: no legal limit is guessed.

        Raises:
            CalendarUnknown: names the year whose list is missing.
        """
        if self.says_provisional(day):
            raise CalendarUnknown(
                f"期限要算到{day.year}年，{day.year}年的放假安排还没有录入，不能推算。",
                rule="calendar-unknown",
                help_from="系统管理员（录入放假安排）",
            )
        return day

    def last_day(self, day: date, number: int, but: Set[date] = frozenset()) -> date:
        """The ``number``-th working day after ``day``, every day between known.

        Args:
            day: day 0, which is not counted; may be a day off.
            number: working days, at least 1.
            but: days that are not counted, as while a third party is asked.

        Raises:
            CalendarUnknown: a day on the way lies in a year without a list.
        """
        self.must_know(day)
        while number > 0:
            day = self.must_know(day + ONE_DAY)
            number -= self.is_working_day(day) and day not in but
        return day

    def first_working_day_on_or_after(self, day: date) -> date:
        """The day itself when the office works, else the next day it does."""
        while not self.is_working_day(day):
            day += ONE_DAY
        return day

    def add_working_days(self, day: date, number: int) -> date:
        """The ``number``-th working day after ``day``, which itself is not counted.

        Args:
            day: the day of the event; may be a day off.
            number: working days, 0 or more; 0 gives the first working day on or after.

        Raises:
            ValueError: ``number`` is negative.
        """
        if number < 0:
            raise ValueError("number of working days must not be negative")
        if number == 0:
            return self.first_working_day_on_or_after(day)
        for _ in range(number):
            day = self.first_working_day_on_or_after(day + ONE_DAY)
        return day

    def working_days_between(self, first: date, last: date) -> int:
        """Working days after ``first`` up to and with ``last``; negative backwards."""
        if last < first:
            return -self.working_days_between(last, first)
        return sum(1 for day in days_after(first, last) if self.is_working_day(day))

    def working_days_of(self, year: int) -> tuple[date, ...]:
        """Every working day of a calendar year, in order."""
        eve = date(year, 1, 1) - ONE_DAY
        days = days_after(eve, date(year, 12, 31))
        return tuple(day for day in days if self.is_working_day(day))

    def due(self, start: datetime, amount: int, unit: LimitUnit | str) -> datetime:
        """The last moment that is still in time, in UTC.

        Hours run by the clock.  Days do not count the day of the start
        (民法典第二百零一条) and end at 23:59:59 town time of the last day; a limit in
        calendar days that would end on a day off ends on the next working day
        (民法典第二百零三条).

        Args:
            start: when the limit begins to run, aware.
            amount: how many units, at least 1.
            unit: hours, calendar days or working days.

        Raises:
            ValueError: naive ``start``, amount below 1, or an unknown unit.
        """
        if start.tzinfo is None or amount < 1:
            raise ValueError("a limit needs an aware start and an amount of at least 1")
        unit = LimitUnit(unit)
        if unit is LimitUnit.HOURS:
            return start.astimezone(UTC) + timedelta(hours=amount)
        return end_of_town_day(self._last_day(town_day(start), amount, unit))

    def plain_words(self, now: datetime, due: datetime) -> str:
        """How far off a due moment is, as the office says it, in Chinese.

        Args:
            now: the moment of asking, aware.
            due: the last moment that is in time, aware.
        """
        today, last = town_day(now), town_day(due)
        words = self._overdue(last, today) if now > due else self._left(today, last)
        unsure = self.says_provisional(last) or self.says_provisional(today)
        return words + PROVISIONAL_REMARK if unsure else words

    def _last_day(self, day: date, amount: int, unit: LimitUnit) -> date:
        if unit is LimitUnit.WORKING_DAYS:
            return self.add_working_days(day, amount)
        return self.first_working_day_on_or_after(day + amount * ONE_DAY)

    def _left(self, today: date, last: date) -> str:
        if today == last:
            return "今天到期"
        days = self.working_days_between(today, last)
        return f"还剩 {days} 个工作日" if days else "还剩不到 1 个工作日"

    def _overdue(self, last: date, today: date) -> str:
        days = self.working_days_between(last, today)
        return f"已超 {days} 个工作日" if days else "已超不到 1 个工作日"


def days_after(first: date, last: date) -> Iterator[date]:
    """Each day after ``first`` up to and with ``last``."""
    for number in range(1, (last - first).days + 1):
        yield first + number * ONE_DAY


def town_day(moment: datetime) -> date:
    """The date on the town's wall at an aware moment."""
    return moment.astimezone(TOWN_TIME).date()


def town_moment(day: date, at: time) -> datetime:
    """The UTC moment at which the town's clock shows ``at`` on ``day``."""
    return datetime.combine(day, at, tzinfo=TOWN_TIME).astimezone(UTC)


def end_of_town_day(day: date) -> datetime:
    """The last second of a day in town time, in UTC."""
    return town_moment(day, END_OF_DAY)


def read_calendar(table: Mapping[str, object]) -> WorkingCalendar:
    """The calendar kept in a holiday file.

    Args:
        table: ``known_from``, ``known_until`` and ``years``; each year has ``off``
            (named spans ``first`` to ``last``) and ``work`` (swap days).

    Raises:
        InvalidInput: a key is missing, a date is no date, a span runs backwards, a
            swap day is no weekend day, or a day is both off and a swap day.
    """
    years = [_table(year) for year in _list(table, "years")]
    off = [_span(_table(span)) for year in years for span in _list(year, "off")]
    work = [_swap_day(day) for year in years for day in _list(year, "work")]
    return WorkingCalendar(
        off=frozenset(day for span in off for day in span),
        work=frozenset(work),
        known_until=_date(table.get("known_until")),
        known_from=_date(table.get("known_from")),
    )


def _span(span: Mapping[str, object]) -> tuple[date, ...]:
    first, last = _date(span.get("first")), _date(span.get("last"))
    if last < first:
        raise _fault(f"放假起止颠倒：{first}至{last}")
    return tuple(days_after(first - ONE_DAY, last))


def _swap_day(value: object) -> date:
    day = _date(value)
    if day.weekday() < SATURDAY:
        raise _fault(f"调休上班日应当是周六或周日：{day}")
    return day


def _date(value: object) -> date:
    if not isinstance(value, date) or isinstance(value, datetime):
        raise _fault(f"不是日期：{value!r}")
    return value


def _list(table: Mapping[str, object], key: str) -> Sequence[object]:
    value = table.get(key)
    if not isinstance(value, list):
        raise _fault(f"缺少清单：{key}")
    return value


def _table(value: object) -> Mapping[str, object]:
    if not isinstance(value, dict):
        raise _fault(f"不是表格：{value!r}")
    return value


def _fault(what: str) -> InvalidInput:
    return InvalidInput(
        message=f"放假安排表有误：{what}。",
        rule="calendar-table",
        help_from="系统管理员",
    )
