"""The announced holidays and swap days of 2024, 2025 and 2026, as the notices say."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta

from workflow.calendar import WorkingCalendar

# year: spans off (放假), single swap days (上班)
YEARS: Mapping[int, tuple[tuple[str, ...], tuple[str, ...]]] = {
    2024: (
        (
            "01-01/01-01",
            "02-10/02-17",
            "04-04/04-06",
            "05-01/05-05",
            "06-10/06-10",
            "09-15/09-17",
            "10-01/10-07",
        ),
        (
            "02-04",
            "02-18",
            "04-07",
            "04-28",
            "05-11",
            "09-14",
            "09-29",
            "10-12",
        ),
    ),
    2025: (
        (
            "01-01/01-01",
            "01-28/02-04",
            "04-04/04-06",
            "05-01/05-05",
            "05-31/06-02",
            "10-01/10-08",
        ),
        ("01-26", "02-08", "04-27", "09-28", "10-11"),
    ),
    2026: (
        (
            "01-01/01-03",
            "02-15/02-23",
            "04-04/04-06",
            "05-01/05-05",
            "06-19/06-21",
            "09-25/09-27",
            "10-01/10-07",
        ),
        ("01-04", "02-14", "02-28", "05-09", "09-20", "10-10"),
    ),
}


def days_off(year: int) -> list[date]:
    """Every announced day off of a year."""
    found = []
    for span in YEARS[year][0]:
        first, last = (date.fromisoformat(f"{year}-{day}") for day in span.split("/"))
        found += [first + timedelta(days=n) for n in range((last - first).days + 1)]
    return found


def swap_days(year: int) -> list[date]:
    """Every weekend day of a year on which offices work."""
    return [date.fromisoformat(f"{year}-{day}") for day in YEARS[year][1]]


def calendar_of(
    years: Mapping[int, tuple[tuple[str, ...], tuple[str, ...]]],
) -> WorkingCalendar:
    """The calendar made of these years' notices."""
    return WorkingCalendar(
        off=frozenset(day for year in years for day in days_off(year)),
        work=frozenset(day for year in years for day in swap_days(year)),
        known_from=date(min(years), 1, 1),
        known_until=date(max(years), 12, 31),
        gaps=frozenset(range(min(years), max(years))) - set(years),
    )


CALENDAR = calendar_of(YEARS)
