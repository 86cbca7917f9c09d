"""The clocks of running articles: who is told what, and one list each morning.

Several limits that speak in one minute are one message for one person.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from models.articles import Article
from models.natural_keys import insert_missing
from models.notices import NoticeKind, Reminder
from models.people import Role
from workflow.actions import Action
from workflow.agencies.questions import calendar_of
from workflow.articles import cases, tasks
from workflow.articles.able import able
from workflow.articles.tasks import Box, Desk, Task
from workflow.audit.acts import Subject, record
from workflow.calendar import WorkingCalendar, town_day
from workflow.notices import rules
from workflow.notices.acts import Message, tell
from workflow.notices.rules import Step
from workflow.occasion import Occasion
from workflow.people import rules as people
from workflow.people.questions import people_with_role
from workflow.process.definition import Stage
from workflow.process.machine import DRAFTING
from workflow.process.plan import state_name

LISTED = 20


@dataclass(frozen=True, slots=True)
class _Told:
    """One limit that speaks now, in words."""

    article: Article
    step: Step
    words: str

    @property
    def event(self) -> str:
        """Named after the visit, since every visit has its own clock."""
        entered = f"{self.article.entered_at:%Y%m%dT%H%M%S%f}"
        return f"clock:{self.article.id}:{entered}:{self.step.name}"


def remind(session: Session, by: Occasion) -> int:
    """Tell everybody whose limits have something to say; how many people were told.

    May be rung as often as one likes: each step of a visit is told once.

    Raises:
        CalendarUnknown: the agency has no table of working days.
    """
    desk = tasks.desk(session, by)
    told: defaultdict[int, list[_Told]] = defaultdict(list)
    for article in tasks.running(session, desk):
        speaking = _speaking(session, desk, article)
        if speaking is not None:
            for person in _listeners(session, desk, speaking):
                told[person].append(speaking)
    for person, lines in told.items():
        tell(session, by, _reminder(lines), [person])
    return len(told)


def morning_lists(session: Session, by: Occasion) -> int:
    """Give everybody one list of what waits for her; how many people got one.

    Only on working days, only to those who are here and for whom something waits.

    Raises:
        CalendarUnknown: the agency has no table of working days.
    """
    desk = tasks.desk(session, by)
    given = 0
    for person in _at_work(session, desk):
        hers = replace(desk, by=replace(by, person_id=person))
        waiting = tasks.in_box(session, hers, Box.WAITING, limit=LISTED + 1)
        if waiting:
            message = _morning_list(session, hers, waiting)
            given += len(tell(session, by, message, [person])) if message else 0
    return given


def _speaking(session: Session, desk: Desk, article: Article) -> _Told | None:
    by, due = desk.by, article.due_at
    if due is None:
        return None
    calendar = calendar_of(session, by.agency_id)
    step = rules.speaks(calendar, article.entered_at, due, by.at)
    if step is None or not _first_time(session, by, article, step):
        return None
    details = {"step": step.name, "stage": article.state}
    record(session, by, Action.REMIND, Subject("article", article.id, details=details))
    left = calendar.plain_words(by.at, due)
    return _Told(article, step, _in_words(session, desk, article, left))


def _in_words(session: Session, desk: Desk, article: Article, left: str) -> str:
    holders = tasks.holders_in_words(session, desk, article)
    stage = state_name(tasks.definition_for(session, desk, article), article.state)
    return f"《{article.title}》在“{stage}”，{left}，现由{holders}办理"


def _first_time(session: Session, by: Occasion, article: Article, step: Step) -> bool:
    row = {
        "agency_id": by.agency_id,
        "article_id": article.id,
        "entered_at": article.entered_at,
        "step": step.name,
        "told_at": by.at,
    }
    return insert_missing(session, Reminder, [row]) == 1


def _listeners(session: Session, desk: Desk, speaking: _Told) -> Iterable[int]:
    article, up = speaking.article, speaking.step.rungs_up
    if not up:
        return able(session, desk.by, cases.of(session, article))
    rung = _rung_above(session, desk, article, up)
    if rung is not None:
        holders = desk.staffing.of_acts(rung.acts, article.section_id)
        return [holder.person_id for holder in people.acting(holders)]
    leaders = people_with_role(session, desk.by.agency_id, Role.LEADER, desk.by.at)
    return [leader.id for leader in leaders]


def _rung_above(
    session: Session, desk: Desk, article: Article, up: int
) -> Stage | None:
    """Counted on the whole ladder: the principal hears of ordinary matters too."""
    stages = tasks.definition_for(session, desk, article).stages
    ids = [stage.id for stage in stages]
    if article.state not in ids:
        return None
    wanted = ids.index(article.state) + up
    return stages[wanted] if wanted < len(stages) else None


def _reminder(lines: list[_Told]) -> Message:
    first = lines[0]
    if len(lines) == 1:
        about = ("article", str(first.article.id))
        return Message(
            first.event, NoticeKind.REMINDER, f"{first.words}。", about=about
        )
    late = sum(1 for line in lines if line.step.is_late)
    near = len(lines) - late
    title = "，".join(
        f"{number}件稿件{words}"
        for number, words in ((late, "已到期限"), (near, "快到期限"))
        if number
    )
    body = "\n".join(f"{line.words}。" for line in lines)
    return Message(first.event, NoticeKind.REMINDER, title, body)


def _at_work(session: Session, desk: Desk) -> list[int]:
    here = {h.person_id: None for h in desk.staffing.holders if not h.absent}
    away = {h.person_id for h in desk.staffing.holders if h.absent}
    drafters = session.scalars(
        select(Article.drafter_id)
        .where(Article.agency_id == desk.by.agency_id, Article.state == DRAFTING)
        .distinct()
        .order_by(Article.drafter_id)
    )
    return [*here, *(one for one in drafters if one not in here and one not in away)]


def _morning_list(session: Session, hers: Desk, waiting: list[Task]) -> Message | None:
    """One day's list; none on a day off."""
    at, today = hers.by.at, hers.by.today
    calendar = calendar_of(session, hers.by.agency_id)
    if not calendar.is_working_day(today):
        return None
    total = tasks.waiting(session, hers)
    listed = waiting[:LISTED]
    dues = [task.due_at for task in listed if task.due_at]
    late = sum(1 for due in dues if due < at)
    ending = sum(1 for due in dues if due >= at and town_day(due) == today)
    title = f"今日待办{total}件：已超期{late}件，今天到期{ending}件"
    lines = [_line(at, calendar, task) for task in listed]
    if total > len(listed):
        lines.append(f"另有{total - len(listed)}件，见待办文件。")
    event = f"morning:{today.isoformat()}"
    return Message(event, NoticeKind.MORNING, title, "\n".join(lines))


def _line(at: datetime, calendar: WorkingCalendar, task: Task) -> str:
    left = calendar.plain_words(at, task.due_at) if task.due_at else "不限期"
    return f"《{task.article.title}》{task.stage}，{left}"
