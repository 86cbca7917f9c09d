"""The sample year as one list of steps, and the desk of the Monday after it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from itertools import islice

from workflow.calendar import WorkingCalendar, town_moment
from workflow.inspections.slots import open_due
from workflow.sample_year.articles import Climb, UpTo, climb
from workflow.sample_year.asked_lately import lately_asked
from workflow.sample_year.phrases import PhraseBook
from workflow.sample_year.rounds import desk_fault_steps, register_steps, round_steps
from workflow.sample_year.seeds import SeedBook
from workflow.sample_year.slips import DraftFault
from workflow.sample_year.sowing import Reads, sow
from workflow.sample_year.sown_steps import reported
from workflow.sample_year.steps import Step
from workflow.sample_year.texts import SampleItem, sample_items
from workflow.sample_year.town import Town
from workflow.sample_year.trainings import training_steps
from workflow.sample_year.year import YearBook, weeks

NAME = "sample"
ON_THE_DESK = (
    UpTo.OFFICE_SIGNED,
    UpTo.SUBMITTED,
    UpTo.DEPUTY_SIGNED,
    UpTo.DEPUTY_SIGNED,
    UpTo.SUBMITTED,
    UpTo.OFFICE_SIGNED,
    UpTo.RETURNED,
    UpTo.SUBMITTED,
    UpTo.OFFICE_SIGNED,
    UpTo.DRAFTED,
)
MAJOR = 3
RETURNED_FOR = "请与活动记录核对这一句的时间和人员，核准后再报。"


@dataclass(frozen=True)
class Script:
    """Everything a sample year is played from.

    Args:
        seeds: errors to sow; none: the year without the machine.
        reads: the machine, which catches them.
    """

    town: Town
    phrases: PhraseBook
    book: YearBook
    calendar: WorkingCalendar
    year: int
    items: int
    seeds: SeedBook | None = None
    reads: Reads | None = None

    def texts(self) -> Iterator[SampleItem]:
        """The year's items, errors sown into their drafts."""
        made = sample_items(
            self.town, self.phrases, self.calendar, self.items, self.year
        )
        if self.seeds is None or self.reads is None:
            return made
        return sow(made, self.seeds, self.reads)


def year_steps(script: Script) -> list[Step]:
    """Every step of the year, articles and rounds and registers together, by time."""
    steps: list[Step] = []
    items = list(script.texts())
    for item in items:
        name = f"{NAME}/{script.year}/{item.number:04d}"
        steps += climb(script.town, item, name)
    steps += escaped_steps(script, items)
    rounds = weeks(script.year, script.calendar)
    name = f"{NAME}/{script.year}"
    steps += round_steps(script.town, rounds, script.book, f"{name}/round")
    steps += register_steps(script.town, script.book, name)
    steps += training_steps(script.town, script.year, script.calendar, name)
    return sorted(steps, key=lambda step: step.at)


def escaped_steps(script: Script, items: Sequence[SampleItem]) -> Iterator[Step]:
    """The faults that the public saw, each reported the day after by the director."""
    escaped = script.seeds.escaped if script.seeds and script.reads else ()
    for number, escape in enumerate(escaped):
        item = items[number * len(items) // len(escaped)]
        name = f"{NAME}/{script.year}/{item.number:04d}"
        way = Climb(script.town, item, name, item.drafted_at + timedelta(days=1))
        yield way.step(way.holder("office_director"), "escaped", 30, reported(escape))


def founding_day(script: Script) -> date:
    """The Friday before the year's first round: the town is set up, nothing is due."""
    return date.fromisocalendar(script.year, 1, 1) - timedelta(days=3)


def desk_day(script: Script) -> date:
    """The Monday of the second week of the year after: what the screens call today."""
    return date.fromisocalendar(script.year + 1, 2, 1)


def desk_moment(script: Script) -> datetime:
    """Nine in the morning of that Monday."""
    return town_moment(desk_day(script), time(9, 0))


def desk_steps(script: Script) -> list[Step]:
    """What lies on the desks that Monday: articles on their way, this week's round."""
    year = script.year + 1
    texts = sample_items(script.town, script.phrases, script.calendar, year=year)
    steps: list[Step] = []
    for index, item in enumerate(islice(texts, len(ON_THE_DESK))):
        name = f"{NAME}/{year}/{item.number:04d}"
        steps += climb(script.town, _for_desk(item, index), name, ON_THE_DESK[index])
    last_week = weeks(year, script.calendar)[:1]
    quiet = YearBook((), script.book.request, script.book.penalties)
    steps += round_steps(script.town, last_week, quiet, f"{NAME}/{year}/round")
    steps += lately_asked(script.town, desk_day(script), f"{NAME}/{year}")
    steps += desk_fault_steps(script.town, desk_day(script), f"{NAME}/{year}/fault")
    at = desk_moment(script) - timedelta(minutes=30)
    opening = f"{NAME}/{year}/round/open"
    monday = desk_day(script)
    steps.append(
        Step(at, None, opening, lambda session, by: open_due(session, by, monday))
    )
    return sorted(steps, key=lambda step: step.at)


def _for_desk(item: SampleItem, index: int) -> SampleItem:
    """One of them is a major matter, one comes back with a question."""
    if index == MAJOR:
        reason = "涉及群众切身利益，社会关注度高。"
        return replace(item, importance="major", importance_reason=reason)
    if ON_THE_DESK[index] is UpTo.RETURNED:
        quote = item.body.split("，")[0]
        fault = DraftFault("fact", item.body, "office_review", RETURNED_FOR, quote)
        return replace(item, draft_fault=fault)
    return item
