"""What is owed once a text is out: filing, the check after publication.

The regulation names these duties; nothing waits for them, so that a list has to.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from models.articles import Article
from models.clocks import ArticleClock
from models.people import Person
from workflow.articles.desks import DRAFTER
from workflow.articles.tasks import Desk, acts_now, definition_for
from workflow.people import rules as people
from workflow.people.staffing import Matter
from workflow.process.definition import ACT_NAMES, Act
from workflow.process.machine import PUBLISHED


@dataclass(frozen=True, slots=True)
class Owed:
    """One duty that is open.

    Args:
        who: who may do it today, posts and names.
        mine: whether the person who asks may.
    """

    what: str
    who: str
    due_at: datetime | None
    mine: bool


@dataclass(frozen=True, slots=True)
class Unfinished:
    """A published article with the duties that are open, in the regulation's order."""

    article: Article
    owed: tuple[Owed, ...]


def has_duties(at: Desk) -> bool:
    """Whether a regulation of this agency asks for anything after publication."""
    return any(one.after for one in at.definitions.values())


def unfinished(
    session: Session, at: Desk, after: int | None = None, limit: int = 30
) -> list[Unfinished]:
    """The published articles for which something is still to be done, oldest first.

    Args:
        after: id of the last article of the page before (keyset paging).
    """
    query = (
        select(Article, Person.name)
        .join(Person, Person.id == Article.drafter_id)
        .where(
            Article.agency_id == at.by.agency_id,
            Article.state == PUBLISHED,
            Article.open_acts != "",
            Article.id > (after or 0),
        )
        .order_by(Article.id)
        .limit(limit)
    )
    rows = session.execute(query).all()
    due = _limits(session, [article.id for article, _ in rows])
    return [_unfinished(session, at, article, name, due) for article, name in rows]


_Due = dict[tuple[int, str], datetime | None]


def _limits(session: Session, articles: list[int]) -> _Due:
    query = select(ArticleClock.article_id, ArticleClock.key, ArticleClock.due_at)
    running = query.where(
        ArticleClock.article_id.in_(articles), ArticleClock.ended_at.is_(None)
    )
    return {(id_, key): due_at for id_, key, due_at in session.execute(running)}


def _unfinished(
    session: Session, at: Desk, article: Article, drafter: str, due: _Due
) -> Unfinished:
    acts = acts_now(definition_for(session, at, article), article)
    owed = (_owed(at, article, drafter, act, due) for act in acts)
    return Unfinished(article, tuple(owed))


def _owed(at: Desk, article: Article, drafter: str, act: Act, due: _Due) -> Owed:
    about = Matter(article.section_id, article.drafter_id)
    holders = at.staffing.of(act.actor, about)
    names, mine = people.names(holders), {h.person_id for h in people.acting(holders)}
    if "drafter" in act.actor.relations:
        names = "、".join(filter(None, (f"{DRAFTER} {drafter}", names)))
        mine.add(article.drafter_id)
    due_at = due.get((article.id, act.id))
    return Owed(ACT_NAMES[act.kind], names, due_at, at.by.person_id in mine)
