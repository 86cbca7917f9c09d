"""The frame of every act on an article: once, load, permit, then the act itself."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager

from sqlalchemy.orm import Session

from models.articles import Article
from workflow.actions import Action
from workflow.articles import cases
from workflow.articles.cases import Case
from workflow.articles.limits import mark
from workflow.articles.permits import permit
from workflow.articles.waited import nothing_is_waited_for
from workflow.errors import WorkflowError
from workflow.occasion import Occasion
from workflow.operations import first_time, make_once
from workflow.people.rules import Capacity

Doing = Callable[[Case, Capacity], None]


def on_article(
    session: Session,
    by: Occasion,
    action: Action,
    at: tuple[int, int],
    values: Mapping[str, object],
    doing: Doing,
) -> Article:
    """Do something to the revision that was read, once.

    Args:
        at: id of the article and of the revision that was read.
        values: what was sent, for the operation id.
        doing: the act itself, given the case and the capacity to act in.
    """
    article_id, revision_id = at
    named = {"article": article_id, "revision": revision_id, **values}
    with _about(article_id, action):
        earlier = first_time(session, by, action, named, {"id": article_id})
        if earlier is not None:
            return session.get_one(Article, earlier.answer["id"])
        case = cases.load_at(session, by.agency_id, article_id, revision_id)
        capacity = permit(session, by, case, action)
        nothing_is_waited_for(session, by, case, action)
        doing(case, capacity)
        mark(session, by, case)
        return case.article


@contextmanager
def _about(article_id: int, action: Action) -> Iterator[None]:
    """Whoever records a refusal learns from it what was attempted, on what."""
    try:
        yield
    except WorkflowError as refusal:
        refusal.facts.setdefault("action", action)
        refusal.facts.setdefault("subject", article_id)
        raise


def article_once(
    session: Session,
    by: Occasion,
    action: Action,
    values: Mapping[str, object],
    doing: Callable[[], Article],
) -> Article:
    """Run an act under its operation id; the same id again finds the same article."""
    return make_once(session, by, (action, values), Article, doing)
