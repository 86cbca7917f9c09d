"""Nobody is left to act on a running article: said at once, to those who can help.

Rules that keep persons apart and absences together can leave a rung to nobody; the
text would lie still and no one would know.  (AB岗; R12, three-reviews.md section 4.)
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from sqlalchemy.orm import Session

from models.notices import NoticeKind
from models.people import Role
from workflow.actions import Action
from workflow.articles import cases, tasks
from workflow.articles.able import stuck
from workflow.articles.cases import Case
from workflow.audit.acts import Plain, Subject, record
from workflow.notices.acts import Message, tell
from workflow.occasion import Occasion
from workflow.people.questions import people_with_role

CAN_HELP = (Role.SYSTEM_ADMINISTRATOR, Role.LEADER)


def watch(
    session: Session, by: Occasion, case: Case, on: date | None = None
) -> tuple[str, ...]:
    """Tell the administrators and leaders when nobody can act on an article.

    Args:
        on: the day asked about; today when left out.

    Returns:
        The names of the rungs that nobody is left for; empty when all is well.
    """
    day = on or by.today
    rungs = stuck(session, by, case, day)
    if rungs:
        _alert(session, by, case, day, rungs)
    return rungs


def watch_all(session: Session, by: Occasion, on: date | None = None) -> int:
    """Watch every running article of the agency; how many nobody can act on."""
    return sum(1 for case in _running(session, by) if watch(session, by, case, on))


def can_help(session: Session, by: Occasion) -> list[int]:
    """Who fills posts and who may order it: the system administrators, the leaders."""
    return [
        person.id
        for role in CAN_HELP
        for person in people_with_role(session, by.agency_id, role, by.at)
    ]


def _running(session: Session, by: Occasion) -> Iterator[Case]:
    for article in tasks.running(session, tasks.desk(session, by)):
        yield cases.of(session, article)


def _alert(
    session: Session, by: Occasion, case: Case, day: date, rungs: tuple[str, ...]
) -> None:
    names = "、".join(rungs)
    message = Message(
        event=f"nobody:{case.article.id}:{day.isoformat()}",
        kind=NoticeKind.ALERT,
        title=f"《{case.text.title}》的“{names}”{day.month}月{day.day}日没有人能办",
        body="岗位空缺、人员外出，或能办的人已签过须由不同人签字的环节。"
        "请尽快安排任岗或调整外出。",
        about=("article", str(case.article.id)),
    )
    if tell(session, by, message, can_help(session, by)):
        details: dict[str, Plain] = {"stages": list(rungs), "day": day.isoformat()}
        on = Subject("article", case.article.id, details=details)
        record(session, by, Action.ALERT, on)
