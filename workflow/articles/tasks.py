"""Whose desk an article lies on: the boxes of a person, each a question.

What waits for a person is worked out from the definitions in use and the posts in which
she may act today; no row says "assigned", so a change of posts or an absence is felt at
once and nothing has to be moved.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from sqlalchemy import ColumnElement, and_, func, or_, select
from sqlalchemy.orm import Session

from models.agencies import ProcessDefinition, Section
from models.articles import Article
from models.findings import Finding
from models.people import Person, Role
from models.signatures import Signature
from workflow.articles.added import waiting_for
from workflow.articles.cases import PUBLISH, definition_of
from workflow.articles.desks import DRAFTER
from workflow.articles.drafts import PUBLICATION
from workflow.articles.transfers import handed_on
from workflow.articles.waiting import running_states, waits_for
from workflow.calendar import town_day
from workflow.occasion import Occasion
from workflow.people import rules as people
from workflow.people.questions import roles_of
from workflow.people.rules import Holder
from workflow.people.staffing import (
    SECTION_POSTS,
    Matter,
    Staffing,
    asks_for_more,
    staffing,
)
from workflow.process.definition import Act, Definition
from workflow.process.machine import CLEARED, DRAFTING, PUBLISHED, REJECTED, WITHDRAWN
from workflow.process.plan import state_name

ENDED = (PUBLISHED, WITHDRAWN, REJECTED)


class Box(StrEnum):
    """The boxes on the left, in the office's own words."""

    WAITING = "waiting"
    MINE = "mine"
    DONE = "done"
    RUNNING = "running"
    ENDED = "ended"


@dataclass(frozen=True, slots=True)
class Task:
    """One row: the article, where it stands, with whom, and until when.

    Args:
        importance: the class of the matter as people read it.
        returned: whether it came back to its drafter.
        to_write: whether its text is with this very person, who wrote it.
        to_answer: whether it is hers and somebody noted a finding that she answers.
        shows_due: whether this person is shown its limit: once it has passed, only
            those who can act and the leaders are.
    """

    article: Article
    section: str
    drafter: str
    stage: str
    holders: str
    due_at: datetime | None
    importance: str
    returned: bool
    to_write: bool
    to_answer: bool
    shows_due: bool


@dataclass(frozen=True)
class Desk:
    """One person's posts today and the definitions that run in her agency.

    Args:
        leads: whether she is a leader, who is shown what is late everywhere.
        beside: articles on which she is asked, or has to sign as one who was added.
        to_answer: her own texts, with others now, on which somebody noted a finding.
    """

    by: Occasion
    staffing: Staffing
    definitions: dict[int, Definition]
    leads: bool = False
    beside: frozenset[int] = frozenset()
    to_answer: frozenset[int] = frozenset()


def desk(session: Session, by: Occasion) -> Desk:
    """What has to be known to say what waits for a person."""
    ids = session.scalars(
        select(ProcessDefinition.id).where(ProcessDefinition.agency_id == by.agency_id)
    ).all()
    definitions = {key: definition_of(session, key) for key in ids}
    on = town_day(by.at)
    acts = [act for one in definitions.values() for act in one.every_act]
    leads = Role.LEADER in roles_of(session, by.person_id or 0, by.at)
    staff = staffing(session, by.agency_id, on, by.at, whole=asks_for_more(acts))
    beside, to_answer = _beside(session, by, staff), _to_answer(session, by)
    return Desk(by, staff, definitions, leads, beside, to_answer)


def _beside(session: Session, by: Occasion, staff: Staffing) -> frozenset[int]:
    me = by.person_id or 0
    posts = [holder.post_id for holder in staff.acting_posts(me)]
    return frozenset(waiting_for(session, by.agency_id, me, posts))


def _to_answer(session: Session, by: Occasion) -> frozenset[int]:
    query = (
        select(Finding.article_id)
        .join(Article, Article.id == Finding.article_id)
        .where(
            Article.agency_id == by.agency_id,
            Article.drafter_id == by.person_id,
            Article.state.not_in((DRAFTING, *ENDED)),
            Finding.noted,
            Finding.still_open(),
        )
    )
    return frozenset(session.scalars(query))


def counts(session: Session, at: Desk, most: int = 1000) -> dict[Box, int]:
    """How many articles lie in each box, counted no further than ``most``."""
    return {box: _count(session, at, box, most) for box in Box}


def _count(session: Session, at: Desk, box: Box, most: int) -> int:
    found = select(Article.id).where(_in_box(at, box)).limit(most).subquery()
    return session.execute(select(func.count()).select_from(found)).scalar_one()


def in_box(
    session: Session, at: Desk, box: Box, after: int | None = None, limit: int = 30
) -> list[Task]:
    """The articles of a box, most urgent first in 待办, newest first elsewhere.

    Args:
        after: id of the last article of the page before (keyset paging).
    """
    query = (
        select(Article, Section.name, Person.name)
        .join(Section, Section.id == Article.section_id)
        .join(Person, Person.id == Article.drafter_id)
        .where(_in_box(at, box))
    )
    if box is Box.WAITING:
        query = query.order_by(Article.due_at.is_(None), Article.due_at, Article.id)
    else:
        query = query.order_by(Article.id.desc())
        if after is not None:
            query = query.where(Article.id < after)
    rows = session.execute(query.limit(limit))
    return [_task(session, at, row[0], row[1], row[2]) for row in rows]


def waiting(session: Session, at: Desk, most: int = 1000) -> int:
    """How many articles wait for this person, counted no further than ``most``."""
    return _count(session, at, Box.WAITING, most)


def running(session: Session, at: Desk) -> list[Article]:
    """Every article between handing in and publication, oldest first."""
    query = select(Article).where(
        Article.agency_id == at.by.agency_id, Article.state.in_(_running(at))
    )
    return list(session.scalars(query.order_by(Article.id)))


def definition_for(session: Session, at: Desk, article: Article) -> Definition:
    """The version of the regulation that an article started under."""
    known = at.definitions.get(article.definition_id)
    return known or definition_of(session, article.definition_id)


def waits_at(
    session: Session, at: Desk, article: Article, post: str, portfolio: set[int]
) -> bool:
    """Whether something that may be done now on an article names a post.

    Args:
        post: the code of the post; portfolio: the sections it is in charge of.
    """
    definition = definition_for(session, at, article)
    for act in acts_now(definition, article):
        related = [SECTION_POSTS.get(name) for name in act.actor.relations]
        by_relation = post in related and article.section_id in portfolio
        if post in act.actor.posts or by_relation:
            return True
    return False


def acts_now(definition: Definition, article: Article) -> list[Act]:
    """What may be done now, as far as the row of the article says.

    A regulation with several open acts at once keeps them in the row.
    """
    keys = [key for key in article.open_acts.split(",") if key]
    if keys:
        return [_act_of(definition, key) for key in keys]
    if article.state == CLEARED:
        return [definition.publish]
    return [a for s in definition.stages if s.id == article.state for a in s.acts]


def _act_of(definition: Definition, key: str) -> Act:
    publishing, _, channel = key.partition(".")
    if publishing == PUBLISH:
        return definition.publishers.get(channel, definition.publish)
    return definition.act(key)


def holders_in_words(
    session: Session, at: Desk, article: Article, drafter: str = ""
) -> str:
    """With whom an article lies today, posts and names; the drafter when in no post.

    Args:
        drafter: her name, where it is known already.
    """
    definition = definition_for(session, at, article)
    found = people.names(holders_of(at.staffing, definition, article))
    if found or article.state in ENDED:
        return found
    return f"{DRAFTER} {drafter or session.get_one(Person, article.drafter_id).name}"


def next_task(session: Session, at: Desk, besides: int) -> int | None:
    """The article to open after this one: the most urgent that still waits."""
    tasks = in_box(session, at, Box.WAITING, limit=2)
    waiting = [task.article.id for task in tasks if task.article.id != besides]
    return waiting[0] if waiting else None


def late(session: Session, at: Desk, limit: int = 50) -> list[Task]:
    """What is past its limit, and with whom; the oldest first."""
    query = (
        select(Article, Section.name, Person.name)
        .join(Section, Section.id == Article.section_id)
        .join(Person, Person.id == Article.drafter_id)
        .where(
            Article.agency_id == at.by.agency_id,
            Article.state.in_(_running(at)),
            Article.due_at < at.by.at,
        )
        .order_by(Article.due_at)
        .limit(limit)
    )
    rows = session.execute(query)
    return [_task(session, at, row[0], row[1], row[2]) for row in rows]


def _task(
    session: Session, at: Desk, article: Article, section: str, drafter: str
) -> Task:
    definition = definition_for(session, at, article)
    drafting = article.state == DRAFTING
    return Task(
        article=article,
        section=section,
        drafter=drafter,
        stage=state_name(definition, article.state),
        holders=holders_in_words(session, at, article, drafter),
        due_at=article.due_at,
        importance=importance_words(definition, article),
        returned=drafting and article.submitted_at is not None,
        to_write=drafting and article.drafter_id == at.by.person_id,
        to_answer=article.id in at.to_answer,
        shows_due=_shows_due(at, definition, article),
    )


def _shows_due(at: Desk, definition: Definition, article: Article) -> bool:
    if at.leads or article.due_at is None or at.by.at <= article.due_at:
        return True
    holders = holders_of(at.staffing, definition, article)
    acting = {holder.person_id for holder in people.acting(holders)}
    return at.by.person_id in (acting or {article.drafter_id})


def importance_words(definition: Definition, article: Article) -> str:
    """The class of the matter (一般事项、重大事项) as people read it."""
    rule = definition.importance
    if rule is None:
        return ""
    return definition.attributes[rule.attribute].told(article.importance)


def _running(at: Desk) -> list[str]:
    return running_states(at.definitions)


def holders_of(
    staff: Staffing, definition: Definition, article: Article
) -> list[Holder]:
    """Everyone, A and B, whose post something names that may be done now."""
    about = Matter(article.section_id, article.drafter_id)
    return staff.of_acts(acts_now(definition, article), about)


def _in_box(at: Desk, box: Box) -> ColumnElement[bool]:
    mine = Article.drafter_id == at.by.person_id
    here = Article.agency_id == at.by.agency_id
    # a signed reply to an applicant is served, and waits for nobody here
    open_ = or_(Article.state != CLEARED, Article.purpose == PUBLICATION)
    found: dict[Box, ColumnElement[bool]] = {
        Box.WAITING: and_(_on_her_desk(at), open_),
        Box.MINE: mine,
        Box.DONE: _signed_by(at),
        Box.RUNNING: and_(Article.state.in_(_running(at)), open_),
        Box.ENDED: Article.state.in_(ENDED),
    }
    return and_(here, found[box])


def _on_her_desk(at: Desk) -> ColumnElement[bool]:
    """What waits for her and was not handed on; where she is asked, added, answers."""
    away = {h.person_id for h in at.staffing.holders if h.absent}
    me = at.by.person_id or 0
    here = waits_for(me, at.staffing, at.definitions)
    mine = and_(here, ~handed_on(me, away))
    others = at.beside | at.to_answer
    return or_(mine, Article.id.in_(others)) if others else mine


def _signed_by(at: Desk) -> ColumnElement[bool]:
    signed = select(Signature.article_id).where(Signature.person_id == at.by.person_id)
    return Article.id.in_(signed)
