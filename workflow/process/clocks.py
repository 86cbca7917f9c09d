"""When a limit of the regulation runs out; pure, the calendar comes in."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from workflow.calendar import (
    TOWN_TIME,
    WorkingCalendar,
    end_of_town_day,
    town_day,
    town_moment,
)
from workflow.process.limits import Count, Limit, LimitUnit
from workflow.process.plan import Plan


def is_urgent(plan: Plan) -> bool:
    """Whether the urgent limits apply to this article."""
    urgency = plan.definition.urgency
    return urgency is not None and plan.facts[urgency.attribute] == urgency.urgent


def due(
    plan: Plan,
    limit: Limit,
    start: datetime,
    calendar: WorkingCalendar,
    stated: datetime | None = None,
) -> datetime:
    """The last moment that is still in time, in UTC.

    Args:
        plan: of the article; says whether it is urgent.
        limit: from the regulation.
        start: when the article reached the step, aware.
        calendar: the working days.
        stated: by when the submitter of an urgent article said it is needed; counts
            only where the limit says so, and never puts the limit off.
    """
    usual = _counted(limit, start, calendar, urgent=is_urgent(plan))
    if stated is not None and limit.stated and is_urgent(plan):
        return min(usual, stated.astimezone(UTC))
    return usual


def _counted(
    limit: Limit, start: datetime, calendar: WorkingCalendar, *, urgent: bool
) -> datetime:
    amount, unit = limit.amount, limit.unit
    if urgent and limit.urgent is not None:
        amount, unit = limit.urgent, limit.urgent_unit
    if limit.count is Count.MOMENTS:
        return _by_moments(start, amount, unit, calendar)
    if amount == 0:
        return _same_day(start, unit, calendar)
    return calendar.due(start, amount, unit.value)


def _by_moments(
    start: datetime, amount: int, unit: LimitUnit, calendar: WorkingCalendar
) -> datetime:
    if unit is LimitUnit.HOURS:
        return start.astimezone(UTC) + timedelta(hours=amount)
    if unit is LimitUnit.CALENDAR_DAYS:
        return start.astimezone(UTC) + timedelta(days=amount)
    day = calendar.add_working_days(town_day(start), amount)
    return town_moment(day, start.astimezone(TOWN_TIME).time())


def _same_day(start: datetime, unit: LimitUnit, calendar: WorkingCalendar) -> datetime:
    day = town_day(start)
    if unit is LimitUnit.WORKING_DAYS:
        day = calendar.first_working_day_on_or_after(day)
    return end_of_town_day(day)
