"""The naive oracle of requests: a sheet of paper each, days counted on the fingers."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, timedelta

from models.request_files import Letter
from models.requests import ApplicantKind, DisclosureRequest, RequestOutcome
from tests.working_days import CALENDAR


@dataclass
class Asked:
    """A third party, from the day after the letter to the last day left out."""

    letter: Letter
    first: date
    last: date
    open: bool = True


@dataclass
class Sheet:
    """What the oracle wrote down of one request."""

    request: DisclosureRequest
    kind: ApplicantKind
    received: date
    zero: date
    place: str = "reviewing"
    asked: list[Asked] = field(default_factory=list)
    longer: int = 0
    corrected: bool = False
    charged: bool = False
    extended: bool = False
    until: date = date.min
    letter: Letter | None = None
    ended: date | None = None
    outcome: RequestOutcome | None = None

    @property
    def due(self) -> date:
        """Counted on the fingers."""
        left_out = [span(one.first, one.last) for one in self.asked]
        return after(self.zero, 20 + self.longer, set().union(*left_out))

    @property
    def awaited(self) -> list[Asked]:
        """Who has been asked and has not answered."""
        return [one for one in self.asked if one.open]


def after(day: date, number: int, skipped: set[date] | None = None) -> date:
    while number:
        day += timedelta(days=1)
        number -= CALENDAR.is_working_day(day) and day not in (skipped or ())
    return day


def span(first: date, last: date) -> set[date]:
    days = (first + timedelta(days=n + 1) for n in range((last - first).days))
    return {day for day in days if CALENDAR.is_working_day(day)}
