"""What waits for one person, as one condition on the table of articles.

Worked out from the definitions in use and the posts in which she may act today.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from sqlalchemy import ColumnElement, Text, and_, cast, exists, false, or_, select, true

from models.articles import Article, Revision
from models.people import Workplace
from models.signatures import Outcome, Signature
from workflow.articles.cases import PUBLISH
from workflow.articles.desks import PersonSet, is_wide
from workflow.people.rules import Holder
from workflow.people.staffing import CHANNEL_POST, SECTION_POSTS, Staffing
from workflow.process.definition import Act, Actor, Definition, Stage
from workflow.process.machine import CLEARED, DRAFTING, PUBLISHED

Where = ColumnElement[bool]


@dataclass(frozen=True)
class _Person:
    """Who asks, and in which posts she may act today."""

    id: int
    staffing: Staffing

    @property
    def posts(self) -> list[Holder]:
        """Her own, and those whose A is away."""
        return self.staffing.acting_posts(self.id)

    @property
    def mandated(self) -> list[Holder]:
        """Those whose work she was named for in writing."""
        return self.staffing.mandated_posts(self.id)


def waits_for(
    person_id: int, staffing: Staffing, definitions: Mapping[int, Definition]
) -> Where:
    """The articles that lie with this person.

    Args:
        definitions: those in use in her agency, by id.
    """
    person = _Person(person_id, staffing)
    with_her = and_(Article.state == DRAFTING, Article.drafter_id == person_id)
    clauses = [with_her]
    for key, definition in definitions.items():
        found = [*_rungs_of(person, definition), *_afterwards(person, definition)]
        clauses += [and_(Article.definition_id == key, clause) for clause in found]
    states = [DRAFTING, *running_states(definitions)]
    if any(one.after for one in definitions.values()):
        states.append(PUBLISHED)
    # said first, so that the index leads past everything that is published
    return and_(Article.state.in_(states), or_(*clauses))


def running_states(definitions: Mapping[int, Definition]) -> list[str]:
    """The states between handing in and publication."""
    rungs = {s.id for one in definitions.values() for s in one.stages}
    return [*sorted(rungs), CLEARED]


def _rungs_of(person: _Person, definition: Definition) -> Iterator[Where]:
    for stage in definition.stages:
        for act in stage.acts[:1] if stage.joint else stage.acts:
            who = _acts_as(person, act.actor)
            free = _is_free(person, definition, {stage.id, act.id})
            yield and_(_open(definition, stage, act), who, free)
    yield from _publishing(person, definition)


def _publishing(person: _Person, definition: Definition) -> Iterator[Where]:
    free = _is_free(person, definition, {PUBLISH})
    usual = _acts_as(person, definition.publish.actor)
    if not definition.publishers:
        yield and_(Article.state == CLEARED, usual, free)
    channels = {c for s in definition.stages for c in s.channels}
    for channel in sorted(channels | set(definition.publishers)):
        act = definition.publishers.get(channel, definition.publish)
        who = _acts_as(person, act.actor)
        yield and_(_has(f"{PUBLISH}.{channel}"), who, free)
    if definition.publishers:
        other = Article.open_acts.contains(f",{PUBLISH}.")
        yield and_(Article.state == CLEARED, other, usual, free)


def _afterwards(person: _Person, definition: Definition) -> Iterator[Where]:
    for act in definition.after:
        here = and_(Article.state == PUBLISHED, _has(act.id))
        yield and_(here, _acts_as(person, act.actor))


def _open(definition: Definition, stage: Stage, act: Act) -> Where:
    if not is_wide(definition):
        return Article.state == stage.id
    unsaid = and_(Article.open_acts == "", Article.state == stage.id)
    return or_(_has(act.id), unsaid)


def _has(key: str) -> Where:
    return Article.open_acts.contains(f",{key},", autoescape=True)


def _acts_as(person: _Person, actor: Actor) -> Where:
    posts = [*person.posts, *(person.mandated if actor.delegable else ())]
    if any(holder.post_code in actor.posts for holder in posts):
        return true()
    found = [_is_related(person, name, posts) for name in actor.relations]
    return or_(false(), *found)


def _is_related(person: _Person, relation: str, posts: list[Holder]) -> Where:
    if relation == "drafter":
        return Article.drafter_id == person.id
    if relation == CHANNEL_POST:
        return _goes_out_on(person, posts)
    sections = [
        section
        for holder in posts
        if holder.post_code == SECTION_POSTS[relation]
        for section in person.staffing.portfolios.get(holder.post_id, ())
    ]
    if relation.startswith("drafter_"):
        there = select(Workplace.person_id).where(Workplace.section_id.in_(sections))
        return Article.drafter_id.in_(there)
    return Article.section_id.in_(sections) if sections else false()


def _goes_out_on(person: _Person, posts: list[Holder]) -> Where:
    channels = sorted(
        channel
        for holder in posts
        if holder.post_code == CHANNEL_POST
        for channel in person.staffing.channels.get(holder.post_id, ())
    )
    named = [cast(Revision.channels, Text).contains(f'"{one}"') for one in channels]
    if not named:
        return false()
    return exists().where(
        Revision.article_id == Article.id,
        Revision.number == Article.revision_number,
        or_(*named),
    )


def _is_free(person: _Person, definition: Definition, names: set[str]) -> Where:
    """That no set of persons keeps her from it, whatever round she signed in.

    Args:
        names: the id of the act, and of its stage.
    """
    conditions: list[Where] = []
    for apart in definition.exclusive:
        others = _others(apart, names)
        if apart.warns or others is None:
            continue
        if DRAFTING in apart.stages:
            conditions.append(Article.drafter_id != person.id)
        conditions.append(~_signed(others, Signature.person_id == person.id))
    for together in definition.same_person:
        others = _others(together, names)
        if others is not None:
            conditions.append(~_signed(others, Signature.person_id != person.id))
    return and_(true(), *conditions)


def _others(members: PersonSet, names: set[str]) -> Where | None:
    """A signature on another member of the set; ``None`` where this is none of it."""
    if not names & {*members.stages, *members.acts}:
        return None
    stages = (Signature.stage == one for one in sorted(set(members.stages) - names))
    acts = (_signed_act(one) for one in sorted(set(members.acts) - names))
    return or_(false(), *stages, *acts)


def _signed_act(act_id: str) -> Where:
    return cast(Signature.acts, Text).contains(f'"{act_id}"', autoescape=True)


def _signed(what: Where, who: Where) -> Where:
    return exists().where(
        Signature.article_id == Article.id,
        Signature.outcome == Outcome.APPROVED,
        who,
        what,
    )
