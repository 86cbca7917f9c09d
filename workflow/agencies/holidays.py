"""Holiday tables as people type them: days and spans, one a line."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from models.agencies import CalendarYear
from workflow.errors import InvalidInput

_APART = re.compile(r"[\s,，、;；]+")
_SPAN = re.compile(r"\s*(?:至|到|—|~|～)\s*")
LONGEST_SPAN = 40


@dataclass(frozen=True, slots=True)
class Year:
    """One year's announced table.

    Args:
        off: announced days off; work: swap days (调休) on which the office works.
        source: document number of the notice.
    """

    year: int
    off: tuple[date, ...]
    work: tuple[date, ...]
    source: str


def years(session: Session, agency_id: int) -> list[Year]:
    """Every table that was entered, the latest first."""
    query = select(CalendarYear).where(CalendarYear.agency_id == agency_id)
    rows = session.scalars(query.order_by(CalendarYear.year.desc()))
    return [_year(row) for row in rows]


def read_days(typed: str, field: str) -> list[date]:
    """Days as typed: ``2024-05-01``, or a span ``2024-05-01至2024-05-05``.

    Args:
        typed: any of them, apart by blanks, commas or lines.
        field: name of the form's field, for the sentence.

    Raises:
        InvalidInput: names what cannot be read as a day.
    """
    found: list[date] = []
    wrong = []
    for word in _words(typed):
        days = _days(word)
        found.extend(days)
        if not days:
            wrong.append(
                f"“{word}”不是日期，请按“2024-05-01”或“2024-05-01至2024-05-05”填写。"
            )
    if wrong:
        raise InvalidInput({field: wrong[:5]})
    return found


def told(days: Sequence[date]) -> str:
    """The days as they can be typed again, one day or span a line."""
    spans: list[list[date]] = []
    for day in sorted(days):
        if spans and day - spans[-1][-1] == timedelta(days=1):
            spans[-1].append(day)
        else:
            spans.append([day])
    return "\n".join(
        f"{span[0]}至{span[-1]}" if len(span) > 1 else f"{span[0]}" for span in spans
    )


def _words(typed: str) -> list[str]:
    joined = _SPAN.sub("至", typed)
    return [word for word in _APART.split(joined) if word]


def _days(word: str) -> list[date]:
    first, _, last = word.partition("至")
    try:
        start = date.fromisoformat(first)
        end = date.fromisoformat(last) if last else start
    except ValueError:
        return []
    number = (end - start).days + 1
    if not 0 < number <= LONGEST_SPAN:
        return []
    return [start + timedelta(days=n) for n in range(number)]


def _year(row: CalendarYear) -> Year:
    off, work = (
        tuple(date.fromisoformat(day) for day in days) for days in (row.off, row.work)
    )
    return Year(row.year, off, work, row.source)
