"""The one place where the state of an article changes.

A step is one compare-and-set: of two who act in the same instant exactly one finds the
article as it read it.  The signature and the trail entry are in the same transaction.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

from sqlalchemy import bindparam, insert, update
from sqlalchemy.orm import Session

from models.articles import Article
from models.database import run_plain
from models.signatures import Outcome, Signature
from workflow.actions import Action
from workflow.agencies.questions import calendar_of
from workflow.articles.cases import Case
from workflow.articles.desks import keys_at
from workflow.articles.drafts import PUBLICATION
from workflow.audit.acts import Plain, Subject, actor_name, record
from workflow.errors import Superseded
from workflow.occasion import Occasion
from workflow.people.rules import Capacity
from workflow.process.clocks import due
from workflow.process.machine import CLEARED, Position

MANDATED = "受托"

# Built once, since every act runs them.
_SIGN = insert(Signature)
# It sets what else is among its parameters.
_COMPARE_AND_SET = (
    update(Article)
    .where(
        Article.id == bindparam("was_id"),
        Article.version == bindparam("was_version"),
        Article.state == bindparam("was_state"),
    )
    .values(version=Article.version + 1)
)


@dataclass(frozen=True, slots=True)
class Decision:
    """What a person decided, as it will stand on record.

    Args:
        stage: at which stage; where the article stands when left out.
        particulars: of a meeting or an outsider's answer.
        details: what the trail says besides.
    """

    action: Action
    outcome: Outcome
    capacity: Capacity
    acts: frozenset[str] = frozenset()
    opinion: str = ""
    checklist: Mapping[str, str] = field(default_factory=dict)
    returned_to: str = ""
    stage: str = ""
    particulars: Mapping[str, str] = field(default_factory=dict)
    details: Mapping[str, Plain] = field(default_factory=dict)


def move(
    session: Session,
    by: Occasion,
    case: Case,
    to: Position,
    also: Mapping[str, object] | None = None,
) -> None:
    """Put the article at another position, if nobody was faster.

    Args:
        also: other columns of the article that change in the same statement.

    Raises:
        Superseded: the article is no longer as it was read.
    """
    article = case.article
    values: dict[str, object] = {"held": to.held, **(also or {})}
    keys = keys_at(case, to)
    if keys != article.open_acts:
        values["open_acts"] = keys
    # What waits in the session is written after the article is ours, not before:
    # else the slower of two breaks a unique key instead of being told.
    with session.no_autoflush:
        if to.state != article.state:
            values.update(state=to.state, entered_at=by.at)
            values["due_at"] = _due(session, by, case, to)
        _compare_and_set(session, article, values)


def take(session: Session, case: Case) -> None:
    """Make the article ours for this transaction, before rows beside it are written.

    Raises:
        Superseded: the article is no longer as it was read.
    """
    with session.no_autoflush:
        _compare_and_set(session, case.article, {})


def _compare_and_set(
    session: Session, article: Article, values: Mapping[str, object]
) -> None:
    was = {
        "was_id": article.id,
        "was_version": article.version,
        "was_state": article.state,
    }
    if run_plain(session, _COMPARE_AND_SET, {**was, **values}).rowcount != 1:
        raise Superseded(subject=article.id)
    session.expire(article)


def decide(
    session: Session,
    by: Occasion,
    case: Case,
    what: Decision,
    to: Position,
    also: Mapping[str, object] | None = None,
) -> None:
    """Move the article, then put on record who decided that.

    In this order: of two who decide at once the slower is told so by the move, before
    her signature could meet the other's.

    Raises:
        Superseded: the article is no longer as it was read.
    """
    written = _to_be_written(session, by, case, what)
    move(session, by, case, to, also)
    _write(session, by, what, written)


def put_on_record(session: Session, by: Occasion, case: Case, what: Decision) -> None:
    """Add a decision that by itself moves nothing; the article is taken already."""
    _write(session, by, what, _to_be_written(session, by, case, what))


def note(
    session: Session,
    by: Occasion,
    case: Case,
    what: Decision,
    details: Mapping[str, Plain],
) -> None:
    """Write one entry about this article into the trail, without a signature."""
    record(session, by, what.action, _subject(case, what, details))


_Written = tuple[dict[str, object], Subject]


def _to_be_written(
    session: Session, by: Occasion, case: Case, what: Decision
) -> _Written:
    actor = actor_name(session, by)
    details: dict[str, Plain] = {
        "stage": what.stage or case.article.state,
        "revision": case.revision.number,
        "opinion": what.opinion,
        **what.details,
        **what.particulars,
    }
    if what.returned_to:
        details["returned_to"] = what.returned_to
    signature = _signature(by, actor, case, what)
    return signature, _subject(case, what, details, actor)


def _write(session: Session, by: Occasion, what: Decision, written: _Written) -> None:
    signature, subject = written
    run_plain(session, _SIGN, signature)
    record(session, by, what.action, subject)


def _subject(
    case: Case, what: Decision, details: Mapping[str, Plain], actor: str = ""
) -> Subject:
    return Subject(
        "article",
        case.article.id,
        digest=case.revision.digest,
        post=what.capacity.post_title,
        on_behalf_of=what.capacity.on_behalf_of_name,
        details=details,
        actor=actor,
    )


def _signature(
    by: Occasion, actor: str, case: Case, what: Decision
) -> dict[str, object]:
    last = case.signatures[-1].seq if case.signatures else 0
    return {
        "agency_id": by.agency_id,
        "article_id": case.article.id,
        "seq": last + 1,
        "revision_id": case.revision.id,
        "digest": case.revision.digest,
        "stage": what.stage or case.article.state,
        "acts": sorted(what.acts),
        "outcome": what.outcome,
        "returned_to": what.returned_to,
        "opinion": what.opinion,
        "checklist": dict(what.checklist),
        "particulars": _particulars(what),
        "person_id": by.person_id,
        "person_name": actor,
        "entered_at": case.article.entered_at,
        "signed_at": by.at,
        **_in_which_post(what.capacity),
    }


def _in_which_post(capacity: Capacity) -> dict[str, object]:
    return {
        "post_id": capacity.post_id,
        "post_title": capacity.post_title,
        "on_behalf_of_id": capacity.on_behalf_of_id,
        "on_behalf_of_name": capacity.on_behalf_of_name,
    }


def _particulars(what: Decision) -> dict[str, str]:
    mandate = {"mandate": MANDATED} if what.capacity.mandated else {}
    return {**what.particulars, **mandate}


def _due(session: Session, by: Occasion, case: Case, to: Position) -> datetime | None:
    """When this visit of the stage is due; every visit has a clock of its own."""
    limit = None
    if to.state == CLEARED:
        for_the_public = case.article.purpose == PUBLICATION
        limit = case.definition.publish.limit if for_the_public else None
    elif case.plan.has(to.state):
        limit = case.plan.stage(to.state).stage.limit
    if limit is None:
        return None
    calendar = calendar_of(session, by.agency_id)
    return due(case.plan, limit, by.at, calendar, case.article.needed_by)
