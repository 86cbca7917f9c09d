"""Moments as a paper case writes them: in town time."""

from __future__ import annotations

from datetime import date, datetime, time

from workflow.calendar import TOWN_TIME
from workflow.process.entries import Entry


def read_moment(entry: Entry, key: str, *, end: bool = False) -> datetime:
    """A moment in town time: a date, or ``"2024-03-04 09:00"``.

    Args:
        end: a bare date means its last second, else its first.
    """
    value = entry.raw(key)
    found = moment_of(value, end=end)
    if found is None:
        entry.fault(key, "wrong-type", f'“{key}”应为时间，如 "2024-03-04 09:00"。')
        return datetime(2000, 1, 1, tzinfo=TOWN_TIME)
    return found


def moment_of(value: object, *, end: bool) -> datetime | None:
    """The moment that is written, if one is."""
    if isinstance(value, datetime):
        return value if value.tzinfo else value.replace(tzinfo=TOWN_TIME)
    if isinstance(value, date):
        at = time(23, 59, 59) if end else time(0, 0)
        return datetime.combine(value, at, tzinfo=TOWN_TIME)
    if not isinstance(value, str):
        return None
    try:
        bare = date.fromisoformat(value)
    except ValueError:
        pass
    else:
        return moment_of(bare, end=end)
    try:
        return datetime.fromisoformat(value).replace(tzinfo=TOWN_TIME)
    except ValueError:
        return None
