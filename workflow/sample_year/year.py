"""The sample year's timetable: weekly rounds, one request, five penalties; pure.

A weekly round belongs to the ISO year in which its week lies.  So 2024 has the 52
rounds of the weeks from Monday 1 January to Sunday 29 December; the week of Monday
30 December is the first of 2025.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from random import Random

from workflow.calendar import (
    ONE_DAY,
    WorkingCalendar,
    days_after,
    end_of_town_day,
    town_moment,
)
from workflow.sample_year import reading
from workflow.sample_year.reading import Table, sample_fault
from workflow.sample_year.town import Post, Town, Unit

ROUND_OPENS = time(8, 30)
FIRST_CHECK = time(9, 0)
CHECKING_MINUTES = 7 * 60 + 30
MISSED_CHECKS = 7
FAULTS_OF_EACH_KIND = 3
REPEATED_AFTER_WEEKS = 8
WAYS = ("on_site", "on_site", "photo", "remote")
SEED = 2024


@dataclass(frozen=True, slots=True)
class RoundWeek:
    """One weekly round over all units.

    Args:
        number: the ISO week.
        monday: the week's first day.
        opens_at: half past eight of the week's first working day, UTC; when the whole
            week is off, of the first working day after it.
        due_at: the end of the week's last working day, UTC.
        days: the working days on which boards are visited.
    """

    number: int
    monday: date
    opens_at: datetime
    due_at: datetime
    days: tuple[date, ...]


@dataclass(frozen=True, slots=True)
class BoardFaultNote:
    """A fault of a board and how the inspector words it.

    Args:
        kind: no_board, empty, dirty, damaged, stale, no_finance_page, badly_pasted,
            covered or badly_placed.
    """

    kind: str
    note: str


@dataclass(frozen=True, slots=True)
class BoardCheck:
    """What becomes of one board's check in one round.

    Args:
        week: number of the round.
        unit: code of the village or residents' committee.
        post: code of the inspector post whose turn it is.
        person: login of A, or of B on a day on which A is away.
        at: when it is logged, UTC; none when the check is missed.
        way: on_site, photo or remote.
        fault: what was found wrong, if anything.
    """

    week: int
    unit: str
    post: str
    person: str
    at: datetime | None
    way: str
    fault: BoardFaultNote | None


@dataclass(frozen=True, slots=True)
class SampleRequest:
    """The one disclosure request (依申请公开) of the sample year, all invented."""

    number: str
    applicant_kind: str
    applicant: str
    received: date
    answered: date
    title: str
    body: str
    form: str
    decision: str
    reply: str


@dataclass(frozen=True, slots=True)
class SamplePenalty:
    """One administrative penalty (行政处罚) of the sample year, all invented."""

    number: str
    decided: date
    title: str
    matter: str
    outcome: str


@dataclass(frozen=True, slots=True)
class YearBook:
    """What the rounds, the request and the penalties are told with."""

    faults: tuple[BoardFaultNote, ...]
    request: SampleRequest
    penalties: tuple[SamplePenalty, ...]


def weeks(year: int, calendar: WorkingCalendar) -> tuple[RoundWeek, ...]:
    """The weekly rounds of an ISO year: 52, in long years 53."""
    first = date.fromisocalendar(year, 1, 1)
    after = date.fromisocalendar(year + 1, 1, 1)
    number = (after - first).days // 7
    mondays = [first + timedelta(weeks=week) for week in range(number)]
    return tuple(_round(monday, calendar) for monday in mondays)


def board_checks(
    town: Town,
    rounds: Sequence[RoundWeek],
    faults: Sequence[BoardFaultNote],
    seed: int = SEED,
) -> Iterator[BoardCheck]:
    """Every unit's check in every round, in the order in which they are logged.

    Seven checks are missed; each kind of fault is found three times a year, and one of
    them comes again on the same board weeks after it was put right.

    Args:
        seed: the same seed gives the same year.
    """
    chance = Random(seed)  # noqa: S311 -- sample data, no secret
    pairs = [(week, place) for week in range(len(rounds)) for place in _places(town)]
    found = [fault for fault in faults for _ in range(FAULTS_OF_EACH_KIND)]
    special = chance.sample(range(len(pairs)), MISSED_CHECKS + len(found))
    missed = set(special[:MISSED_CHECKS])
    fault_of = dict(zip(special[MISSED_CHECKS:], found, strict=True))
    fault_of |= _repeat(fault_of, set(special), len(town.units), len(pairs))
    checks = [
        _check(town, rounds[week], place, chance, fault_of.get(index))
        if index not in missed
        else _missed(town, rounds[week], place)
        for index, (week, place) in enumerate(pairs)
    ]
    last = {week.number: week.due_at for week in rounds}
    return iter(sorted(checks, key=lambda c: (c.week, c.at or last[c.week], c.unit)))


def _repeat(
    fault_of: Mapping[int, BoardFaultNote],
    taken: Collection[int],
    boards: int,
    checks: int,
) -> dict[int, BoardFaultNote]:
    """The first fault of the year that can come again, some weeks later."""
    later = REPEATED_AFTER_WEEKS * boards
    for index in sorted(fault_of):
        if index + later < checks and index + later not in taken:
            return {index + later: fault_of[index]}
    return {}


def read_year_book(sources: Iterable[Table]) -> YearBook:
    """The year's invented facts out of several files' contents.

    Raises:
        InvalidInput: a key is missing or of the wrong sort, or there is no request.
    """
    sources = tuple(sources)
    requests = [reading.inner(s, "request") for s in sources if "request" in s]
    if len(requests) != 1:
        raise sample_fault(f"依申请公开应为1件，现为{len(requests)}件")
    return YearBook(
        faults=tuple(_fault(t) for t in _all(sources, "board_faults")),
        request=_request(requests[0]),
        penalties=tuple(_penalty(t) for t in _all(sources, "penalties")),
    )


def _round(monday: date, calendar: WorkingCalendar) -> RoundWeek:
    week = days_after(monday - ONE_DAY, monday + timedelta(days=6))
    days = tuple(day for day in week if calendar.is_working_day(day))
    days = days or (calendar.first_working_day_on_or_after(monday),)
    return RoundWeek(
        number=monday.isocalendar().week,
        monday=monday,
        opens_at=town_moment(days[0], ROUND_OPENS),
        due_at=end_of_town_day(days[-1]),
        days=days,
    )


def _places(town: Town) -> list[tuple[Unit, Post]]:
    posts = town.posts_of("inspector")
    return [(unit, posts[i % len(posts)]) for i, unit in enumerate(town.units)]


def _check(
    town: Town,
    week: RoundWeek,
    place: tuple[Unit, Post],
    chance: Random,
    fault: BoardFaultNote | None,
) -> BoardCheck:
    unit, post = place
    day = chance.choice(week.days)
    minutes = timedelta(minutes=chance.randrange(CHECKING_MINUTES))
    return BoardCheck(
        week=week.number,
        unit=unit.code,
        post=post.code,
        person=town.acting_holder(post, day),
        at=town_moment(day, FIRST_CHECK) + minutes,
        way="on_site" if fault else chance.choice(WAYS),
        fault=fault,
    )


def _missed(town: Town, week: RoundWeek, place: tuple[Unit, Post]) -> BoardCheck:
    unit, post = place
    person = town.acting_holder(post, week.days[-1])
    return BoardCheck(week.number, unit.code, post.code, person, None, "on_site", None)


def _all(sources: Iterable[Table], key: str) -> list[Table]:
    return [table for source in sources for table in reading.tables(source, key)]


def _fault(table: Table) -> BoardFaultNote:
    return BoardFaultNote(reading.text(table, "kind"), reading.text(table, "note"))


def _request(table: Table) -> SampleRequest:
    keys = ("number", "applicant_kind", "applicant", "title", "body", "form")
    more = ("decision", "reply")
    return SampleRequest(
        received=reading.day(table, "received"),
        answered=reading.day(table, "answered"),
        **{key: reading.text(table, key) for key in (*keys, *more)},
    )


def _penalty(table: Table) -> SamplePenalty:
    keys = ("number", "title", "matter", "outcome")
    return SamplePenalty(
        decided=reading.day(table, "decided"),
        **{key: reading.text(table, key) for key in keys},
    )
