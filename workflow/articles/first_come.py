"""Of two who act on one text, the slower is told who was faster and what was done."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy.orm import Session

from models.people import Person
from workflow.articles import cases
from workflow.articles.cases import Case
from workflow.articles.questions import StoryLine, stage_name, story
from workflow.calendar import TOWN_TIME
from workflow.errors import (
    NotPermitted,
    OperationReused,
    Superseded,
    WrongState,
)
from workflow.occasion import Occasion


@contextmanager
def first_come(
    session: Session, by: Occasion, article_id: int, seen: int
) -> Iterator[None]:
    """Say who was faster, and let nothing be done that was decided before that.

    Who holds two posts could else decide at one rung what she read at the other.

    Args:
        seen: how many lines the article's story had when the person read it; 0 when
            nobody counted.

    Raises:
        Superseded: with who, when and what; also instead of a refusal that only
            follows from it (another rung's post, another state).
    """
    try:
        yield
    except (NotPermitted, WrongState, Superseded) as refusal:
        if isinstance(refusal, OperationReused):
            raise
        case = cases.load(session, by.agency_id, article_id)
        since = story(session, case)[seen:]
        if not since:
            raise
        raise _told(case, since[-1]) from refusal
    else:
        _refuse_unless_first(session, by, article_id, seen)


def _refuse_unless_first(
    session: Session, by: Occasion, article_id: int, seen: int
) -> None:
    """The first line since she read it is her own: now written, or when repeated."""
    case = cases.load(session, by.agency_id, article_id)
    since = story(session, case)[seen:] if seen else []
    me = session.get_one(Person, by.person_id).name
    if since and since[0].name != me:
        raise _told(case, since[0])


def _told(case: Case, last: StoryLine) -> Superseded:
    at = last.at.astimezone(TOWN_TIME)
    now = stage_name(case, case.article.state)
    who = f"{last.name}（{last.post}）" if last.post else last.name
    return Superseded(
        f"{who}已于{at.month}月{at.day}日 {at:%H:%M}办理：{last.act}。"
        f"稿件现在是第{case.revision.number}稿，在“{now}”。"
        "您这次没有办理，填写的内容仍在。",
        subject=case.article.id,
    )
