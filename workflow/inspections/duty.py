"""Whose turn it is: the month's duty roster, and who stands in for the absent; pure.

Drawn up for a month at a time; holidays have a turn of their own, so that nobody gets
all of them; who is on leave is replaced by the next on the list (inspections.md
section 5).
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from workflow.calendar import ONE_DAY, WorkingCalendar, days_after
from workflow.errors import InvalidInput


@dataclass(frozen=True, slots=True)
class Turn:
    """One person's turn on one day."""

    day: date
    person_id: int
    holiday: bool


@dataclass(frozen=True, slots=True)
class Counts:
    """How many turns were given out before: each kind of day goes on from there."""

    workdays: int = 0
    holidays: int = 0


def draw_up(
    month: date, people: Sequence[int], calendar: WorkingCalendar, before: Counts
) -> Iterator[Turn]:
    """The turns of every day of a month, working days and days off each in order.

    Args:
        month: any day of the month.
        people: ids in the order of the list.

    Raises:
        InvalidInput: nobody on the list.
    """
    if not people:
        raise InvalidInput({"people": ["没有可以值班的巡查人员，请先安排巡查岗。"]})
    given = {False: before.workdays, True: before.holidays}
    first = month.replace(day=1)
    after = (first + 31 * ONE_DAY).replace(day=1)
    for day in days_after(first - ONE_DAY, after - ONE_DAY):
        holiday = not calendar.is_working_day(day)
        yield Turn(day, people[given[holiday] % len(people)], holiday)
        given[holiday] += 1


def on_duty(turn: int, people: Sequence[int], absent: Collection[int]) -> int | None:
    """Who is really on duty: whose turn it is, else the next on the list who is there.

    Args:
        turn: whose turn it is; may have left the list since.
        people: ids in the order of the list.

    Returns:
        Nobody when all are away.
    """
    if turn not in absent:
        return turn
    start = people.index(turn) + 1 if turn in people else 0
    following = [*people[start:], *people[:start]]
    return next((one for one in following if one not in absent), None)
