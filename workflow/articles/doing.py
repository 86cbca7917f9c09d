"""The frame of every act on an article: once, load, permit, then the act itself."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from sqlalchemy.orm import Session

from models.articles import Article
from workflow.actions import Action
from workflow.articles import cases
from workflow.articles.cases import Case
from workflow.articles.permits import permit
from workflow.errors import WorkflowError
from workflow.occasion import Occasion
from workflow.operations import make_once
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

    def whole() -> Article:
        case = cases.load_at(session, by.agency_id, article_id, revision_id)
        capacity = permit(session, by, case, action)
        doing(case, capacity)
        return case.article

    named = {"article": article_id, "revision": revision_id, **values}
    try:
        return article_once(session, by, action, named, whole)
    except WorkflowError as refusal:
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
