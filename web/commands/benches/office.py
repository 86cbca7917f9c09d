"""The sample town with articles waiting for the office director's signature."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from itertools import islice
from random import SystemRandom

from sqlalchemy import select
from sqlalchemy.orm import Session

from config import sample_year
from models.articles import Article
from models.database import Database
from workflow.articles import acts, cases
from workflow.articles.acts import Approval
from workflow.calendar import read_calendar, town_day, town_moment
from workflow.sample_year.articles import UpTo, climb
from workflow.sample_year.phrases import read_phrase_book
from workflow.sample_year.playing import Script, founding_day
from workflow.sample_year.settling import Cast, Settlement, holiday_lists, settle
from workflow.sample_year.steps import Step, play
from workflow.sample_year.town import Town, read_town
from workflow.sample_year.year import read_year_book

YEAR = 2024
FEWEST_ITEMS = 6
OPINION = "同意。"


@dataclass(frozen=True, slots=True)
class Task:
    """One article on the director's desk, read and ready to be approved."""

    article_id: int
    revision_id: int
    approval: Approval


@dataclass(frozen=True)
class Office:
    """A settled town and a working day on which everything waits for one person.

    Args:
        login: of who acts for the office director on that day.
        at: the moment of every approval.
    """

    cast: Cast
    login: str
    password: str
    at: datetime
    tasks: tuple[Task, ...]

    def approve(self, database: Database, task: Task) -> None:
        """One durable approval: the act, from the session's opening to its commit."""
        operation = f"bench/{task.article_id}"
        by = self.cast.occasion(self.login, self.at, operation)
        with database.writing.begin() as session:
            acts.sign(session, by, task.article_id, task.revision_id, task.approval)


def open_office(database: Database, waiting: int) -> Office:
    """Settle the town in an empty database and hand in articles, all by real acts.

    Args:
        waiting: how many articles wait; at most 852, the sample year's.
    """
    script = _script(max(waiting, FEWEST_ITEMS))
    passwords = {person.login: _password() for person in script.town.people}
    cast = settle(database, _settlement(script, passwords))
    steps = _handed_in(script, waiting)
    for _ in play(database, cast, steps):
        pass
    at = town_moment(town_day(steps[-1].at) + timedelta(days=1), time(9, 0))
    login = director_on(script.town, at)
    with database.reading() as session:
        tasks = _tasks(session, cast)
    return Office(cast, login, passwords[login], at, tasks)


def director_on(town: Town, at: datetime) -> str:
    """Who acts for the office director on the day of this moment."""
    (post,) = town.posts_of("office_director")
    return town.acting_holder(post, town_day(at))


def _password() -> str:
    """Nothing in it can be part of a name in pinyin, a year or a row of keys."""
    return "Aa-" + "".join(SystemRandom().sample("bcdfhjkmpqrtvwx", 10))


def _script(items: int) -> Script:
    tables = sample_year.phrase_tables()
    return Script(
        town=read_town(sample_year.town_table()),
        phrases=read_phrase_book(tables),
        book=read_year_book(tables),
        calendar=read_calendar(sample_year.calendar_table()),
        year=YEAR,
        items=items,
    )


def _settlement(script: Script, passwords: Mapping[str, str]) -> Settlement:
    calendar = script.calendar
    return Settlement(
        script.town,
        sample_year.rule_source(),
        holiday_lists((YEAR, YEAR + 1), calendar.off, calendar.work, "示例"),
        passwords,
        founding_day(script),
    )


def _handed_in(script: Script, waiting: int) -> list[Step]:
    steps: list[Step] = []
    for item in islice(script.texts(), waiting):
        steps += climb(script.town, item, f"bench/{item.number}", UpTo.SUBMITTED)
    return sorted(steps, key=lambda step: step.at)


def _tasks(session: Session, cast: Cast) -> tuple[Task, ...]:
    query = select(Article).where(Article.agency_id == cast.agency_id)
    return tuple(
        _task(session, article)
        for article in session.scalars(query.order_by(Article.id))
    )


def _task(session: Session, article: Article) -> Task:
    case = cases.of(session, article)
    lines = case.plan.stage(article.state).stage.checklist
    approval = Approval({line.id: "yes" for line in lines}, OPINION)
    return Task(article.id, case.revision.id, approval)
