"""When a limit speaks: two reminders before, one at the limit, then up the ladder.

The clock belongs to one visit of a stage: a text that comes back starts a new one.
(three-reviews.md section 5; the reminders' shares are this product's own.)
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, time, timedelta

from workflow.calendar import TOWN_TIME, WorkingCalendar, town_day

HALF, THREE_QUARTERS = 0.5, 0.75
SHORT = timedelta(days=1)
DAY_BEGINS, DAY_ENDS = time(8, 0), time(18, 0)


@dataclass(frozen=True, slots=True)
class Step:
    """What the clock of a visit has to say.

    Args:
        name: stable, once for each visit.
        rungs_up: how many rungs above the present one are told; 0: its own holders.
        days_late: whole working days past the limit.
    """

    name: str
    rungs_up: int = 0
    days_late: int = 0

    @property
    def is_late(self) -> bool:
        """Whether the limit has passed."""
        return self.name not in ("first", "second")


def speaks(
    calendar: WorkingCalendar, entered_at: datetime, due_at: datetime, at: datetime
) -> Step | None:
    """What the clock has to say now, if anything, and if now is a time to say it.

    A limit of less than a day (加急) speaks at any hour, others in office hours.

    Args:
        entered_at: when this visit of the stage began, aware.
        due_at: its limit, aware.
        at: now, aware.
    """
    urgent = due_at - entered_at < SHORT
    if not urgent and not _office_hours(calendar, at):
        return None
    return step_reached(calendar, entered_at, due_at, at)


def step_reached(
    calendar: WorkingCalendar, entered_at: datetime, due_at: datetime, at: datetime
) -> Step | None:
    """The latest thing that the clock has to say by now; what it missed is not made up.

    Args:
        entered_at: when this visit of the stage began, aware.
        due_at: its limit, aware.
        at: now, aware.
    """
    if at >= due_at:
        late = calendar.working_days_between(town_day(due_at), town_day(at))
        up = max(late - 1, 0)
        return Step(f"up-{up}" if up else "limit", up, late)
    share = (at - entered_at) / (due_at - entered_at)
    if share >= THREE_QUARTERS:
        return Step("second")
    return Step("first") if share >= HALF else None


def _office_hours(calendar: WorkingCalendar, at: datetime) -> bool:
    clock = at.astimezone(TOWN_TIME).time()
    return calendar.is_working_day(town_day(at)) and DAY_BEGINS <= clock < DAY_ENDS
