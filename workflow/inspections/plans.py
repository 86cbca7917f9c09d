"""Plans of rounds: daily patrols, weekly checks, monthly and quarterly ones; pure.

A round opens on the first day of its span on which it can be done and is due at the end
of the last.  A span without such a day has no round: a slot that nobody is on duty to
fill would be recorded as missed, and that would be a false record.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date

from models.boards import Cycle, DutyDays
from models.inspections import CheckWay
from workflow.calendar import ONE_DAY, WorkingCalendar, days_after
from workflow.inspections.rules import WEEKLY, Round

ALWAYS = date(2000, 1, 1)


@dataclass(frozen=True, slots=True)
class Plan:
    """A plan as it holds for a while.

    Args:
        days: on which days a daily patrol is due; longer cycles go by working days.
        ways: how a board may be looked at under this plan.
        since: its first day; a round belongs to the plan in force when it opens.
        until: its last day, if it has ended or is to end.
    """

    code: str
    name: str
    cycle: Cycle
    days: DutyDays = DutyDays.WORKDAYS
    ways: frozenset[CheckWay] = frozenset(CheckWay)
    since: date = ALWAYS
    until: date | None = None

    def covers(self, day: date) -> bool:
        """Whether the plan is in force on a day."""
        return self.since <= day and (self.until is None or day <= self.until)


WEEKLY_PLAN = Plan(WEEKLY, "周查", Cycle.WEEKLY)


def in_time(rows: Sequence[Plan]) -> list[Plan]:
    """All plans that ever held; the weekly check is there before anybody sets it.

    Args:
        rows: what the agency set, each with its time.
    """
    weekly = sorted(row.since for row in rows if row.code == WEEKLY)
    if not weekly:
        return [WEEKLY_PLAN, *rows]
    return [replace(WEEKLY_PLAN, until=weekly[0] - ONE_DAY), *rows]


def span_of(cycle: Cycle, day: date) -> tuple[date, date]:
    """The first and the last day of the span of a cycle in which a day lies."""
    return _SPANS[cycle](day)


def periods_shown(plan: Plan, day: date) -> tuple[date, ...]:
    """The periods that stand beside each other in a grid: a month's days, or a year's.

    Args:
        day: any day of the month (for a daily plan) or of the year.
    """
    daily = plan.cycle is Cycle.DAILY
    first, last = _month(day) if daily else (date(day.year, 1, 1), _end_of(day.year))
    starts = (span_of(plan.cycle, one)[0] for one in days_after(first - ONE_DAY, last))
    return tuple(one for one in dict.fromkeys(starts) if one >= first)


def rounds_of(
    plan: Plan,
    first: date,
    on: date,
    calendar: WorkingCalendar,
    roster: Collection[date] = (),
) -> Iterator[Round]:
    """Every round of a plan from the span of ``first`` that has opened by ``on``.

    Args:
        roster: the days on which somebody is on duty.
    """
    start, _ = span_of(plan.cycle, max(first, plan.since))
    while start <= on:
        _, last = span_of(plan.cycle, start)
        round_ = _round(plan, (start, last), calendar, roster)
        if round_ and round_.opens_on <= on and plan.covers(round_.opens_on):
            yield round_
        start = last + ONE_DAY


def _round(
    plan: Plan,
    span: tuple[date, date],
    calendar: WorkingCalendar,
    roster: Collection[date],
) -> Round | None:
    days = list(days_after(span[0] - ONE_DAY, span[1]))
    fit = [day for day in days if _fits(plan, day, calendar, roster)]
    if not fit:
        return None
    by_calendar = plan.cycle is not Cycle.DAILY or plan.days is DutyDays.WORKDAYS
    unsure = by_calendar and any(calendar.says_provisional(day) for day in days)
    return Round(span[0], fit[0], fit[-1], unsure)


def _fits(
    plan: Plan, day: date, calendar: WorkingCalendar, roster: Collection[date]
) -> bool:
    if plan.cycle is Cycle.DAILY and plan.days is DutyDays.EVERY_DAY:
        return True
    if plan.cycle is Cycle.DAILY and plan.days is DutyDays.ROSTER:
        return day in roster
    return calendar.is_working_day(day)


def _end_of(year: int) -> date:
    return date(year, 12, 31)


def _week(day: date) -> tuple[date, date]:
    monday = day - day.weekday() * ONE_DAY
    return monday, monday + 6 * ONE_DAY


def _month(day: date) -> tuple[date, date]:
    return day.replace(day=1), _before_month(day.year, day.month + 1)


def _quarter(day: date) -> tuple[date, date]:
    first = (day.month - 1) // 3 * 3 + 1
    return date(day.year, first, 1), _before_month(day.year, first + 3)


def _before_month(year: int, month: int) -> date:
    """The last day of the month before; month 13 is January of the next year."""
    return date(year + month // 13, (month - 1) % 12 + 1, 1) - ONE_DAY


_SPANS: dict[Cycle, Callable[[date], tuple[date, date]]] = {
    Cycle.DAILY: lambda day: (day, day),
    Cycle.WEEKLY: _week,
    Cycle.MONTHLY: _month,
    Cycle.QUARTERLY: _quarter,
}
