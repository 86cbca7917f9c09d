"""Whether an agency's people can carry a definition: matching, not counting heads.

A town may hold every post and still have nobody left for a rung, because two posts are
one person's and the rungs exclude each other.  For every kind of article, section,
channel and drafter the exclusive rungs are matched with different persons.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from itertools import chain, product

from workflow.errors import InvalidInput, TooManyCases
from workflow.process.cases import cases_of
from workflow.process.definition import (
    RELATIONS,
    Act,
    Actor,
    ActorKind,
    Definition,
    ExclusiveSet,
    Fault,
    SamePersonSet,
)
from workflow.process.plan import Plan, make_plan, publisher
from workflow.process.states import DRAFTING

_SOMEONE = 0


@dataclass(frozen=True, slots=True)
class Staffing:
    """Who can act, absences and stand-ins already applied.

    Args:
        posts: post code to the persons who can act for it now (ids from 1).
        relations: relation to persons by key: the section's code for ``drafter``,
            ``section_head`` and ``section_deputy``, the channel's for
            ``channel_owner``.
        names: person to name, for the sentences.
        delegates: post or relation to those whom a holder has named in writing.
    """

    posts: Mapping[str, frozenset[int]]
    relations: Mapping[str, Mapping[str, frozenset[int]]]
    names: Mapping[int, str] = field(default_factory=dict)
    delegates: Mapping[str, frozenset[int]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class _Article:
    section: str
    channel: str
    drafter: int


@dataclass(frozen=True, slots=True)
class _Duty:
    """What one signature does, and who could give it."""

    stage: str
    name: str
    actor: Actor
    acts: frozenset[str]
    eligible: frozenset[int]
    line: int
    bound: bool = False


def check_staffing(definition: Definition, staffing: Staffing) -> tuple[Fault, ...]:
    """Every way in which somebody is missing; empty when all can be done.

    Args:
        definition: a sound definition.
        staffing: who can act at the moment asked about.
    """
    found: dict[tuple[str, str], Fault] = {}
    for fault in _faults(definition, staffing):
        found.setdefault((fault.code, fault.message), fault)
    return tuple(found.values())


Eligible = Mapping[str, frozenset[int]]


def left_without_people(
    plan: Plan, here: str, owed: Mapping[str, Eligible]
) -> tuple[str, ...]:
    """The names of the stages of one running article that nobody is left to sign.

    A later stage whose holder is only away today is not counted; a later stage that
    the same person would have to sign, although the rule keeps them apart, is.

    Args:
        here: id of the stage at which the article stands.
        owed: by stage, here and above, by act: who may sign it today.
    """
    duties = [
        duty
        for stage, eligible in owed.items()
        for duty in _owed(plan, stage, eligible)
        if duty.eligible or stage == here
    ]
    empty = [duty.name for duty in duties if not duty.eligible]
    held = [duty for duty in duties if duty.eligible]
    short = [
        duty.name for a in plan.definition.exclusive for duty in _short_of(a, held)
    ]
    return tuple(dict.fromkeys([*empty, *short]))


def _owed(plan: Plan, stage_id: str, eligible: Eligible) -> Iterator[_Duty]:
    stage = plan.stage(stage_id).stage
    for act in plan.stage(stage_id).acts:
        if act.id in eligible:
            yield _Duty(
                stage.id,
                stage.name,
                act.actor,
                frozenset({act.id}),
                eligible[act.id],
                stage.line,
            )


def _faults(definition: Definition, staffing: Staffing) -> Iterator[Fault]:
    for publish in (definition.publish, *definition.publishers.values()):
        named = definition.actor_name(publish.actor)
        handed = definition.hand_over is not None and not named
        if not handed and not _plain_holders(publish.actor, staffing):
            message = f"没有人能发布：{named}空缺。"
            yield Fault(publish.line, "no-holder", message)
    try:
        plans = _plans(definition)
    except TooManyCases:
        yield Fault(1, "too-many-cases", "条件牵连的属性过多，无法逐一核对人手。")
        return
    articles = list(_articles(definition, staffing))
    for plan in plans:
        for article in articles:
            yield from _of_article(plan, article, staffing)


def _plans(definition: Definition) -> list[Plan]:
    plans: dict[tuple[frozenset[str], ...], Plan] = {}
    for facts in cases_of(definition).every():
        try:
            plan = make_plan(definition, facts)
        except InvalidInput:
            continue
        plans.setdefault(tuple(item.act_ids for item in plan.stages), plan)
    return list(plans.values())


def _articles(definition: Definition, staffing: Staffing) -> Iterator[_Article]:
    by_section = [
        staffing.relations.get(relation, {})
        for relation in RELATIONS
        if relation != "channel_owner"
    ]
    declared = definition.attributes["section"].values
    sections = sorted({*declared, *(key for keys in by_section for key in keys)})
    channels = sorted(
        {
            *definition.attributes["channels"].values,
            *staffing.relations.get("channel_owner", {}),
        }
    )
    for section in sections or [""]:
        for channel in _asked_channels(definition, channels):
            for drafter in _telling_drafters(staffing, section):
                yield _Article(section, channel, drafter)


def _asked_channels(definition: Definition, channels: list[str]) -> list[str]:
    """The channels, if any act is by their owners; else it does not matter which."""
    acts = (*(a for s in definition.stages for a in s.acts), definition.publish)
    owned = any("channel_owner" in act.actor.relations for act in acts)
    return (channels or [""]) if owned else [""]


def _telling_drafters(staffing: Staffing, section: str) -> list[int]:
    """The drafters who also hold something else, and one for all the others."""
    drafters = staffing.relations.get("drafter", {}).get(section, frozenset())
    others = [
        persons
        for relation, keys in staffing.relations.items()
        if relation != "drafter"
        for persons in keys.values()
    ]
    busy = frozenset().union(*staffing.posts.values(), *others)
    telling = sorted(drafters & busy)
    return [*telling, _SOMEONE] if drafters - busy or not drafters else telling


def _of_article(plan: Plan, article: _Article, staffing: Staffing) -> Iterator[Fault]:
    duties = _merged(plan.definition, _duties(plan, article, staffing))
    for duty in duties:
        if not duty.eligible:
            yield _no_holder(plan.definition, duty, article)
    ends = (_drafting(article), _publishing(plan, article, staffing))
    mine = [duty for duty in duties if not duty.acts <= plan.definition.outsiders]
    duties = [*ends, *mine]
    for apart in plan.definition.exclusive:
        if apart.warns:
            continue
        short = _short_of(apart, [duty for duty in duties if duty.eligible])
        if short:
            yield _too_few(plan.definition, short, apart, article, staffing)


def _drafting(article: _Article) -> _Duty:
    actor = Actor(ActorKind.RELATION, relation="drafter")
    drafted = frozenset({DRAFTING})
    return _Duty(DRAFTING, "拟稿", actor, drafted, frozenset({article.drafter}), 0)


def _publishing(plan: Plan, article: _Article, staffing: Staffing) -> _Duty:
    act = publisher(plan, article.channel)
    holders = _holders(act.actor, article, staffing)
    return _Duty("publish", "发布", act.actor, frozenset({act.id}), holders, act.line)


def _duties(plan: Plan, article: _Article, staffing: Staffing) -> Iterator[_Duty]:
    for planned in plan.stages:
        stage = planned.stage
        groups: tuple[tuple[Act, ...], ...] = tuple((act,) for act in planned.acts)
        for acts in (planned.acts,) if stage.joint else groups:
            yield _Duty(
                stage.id,
                stage.name,
                acts[0].actor,
                frozenset(act.id for act in acts),
                _holders(acts[0].actor, article, staffing),
                stage.line,
            )


def _holders(actor: Actor, article: _Article, staffing: Staffing) -> frozenset[int]:
    found = _of_posts(actor, staffing)
    for relation in actor.relations:
        found |= _related(relation, article, staffing)
    if actor.delegable:
        names = (*actor.posts, *actor.relations)
        found = found.union(*(staffing.delegates.get(n, frozenset()) for n in names))
    return found


def _related(relation: str, article: _Article, staffing: Staffing) -> frozenset[int]:
    if relation == "drafter":
        return frozenset({article.drafter})
    key = article.channel if relation == "channel_owner" else article.section
    return staffing.relations.get(relation, {}).get(key, frozenset())


def _plain_holders(actor: Actor, staffing: Staffing) -> frozenset[int]:
    related = (staffing.relations.get(name, {}).values() for name in actor.relations)
    return _of_posts(actor, staffing).union(*chain.from_iterable(related))


def _of_posts(actor: Actor, staffing: Staffing) -> frozenset[int]:
    nobody: frozenset[int] = frozenset()
    return nobody.union(*(staffing.posts.get(post, nobody) for post in actor.posts))


def _merged(definition: Definition, duties: Iterator[_Duty]) -> list[_Duty]:
    """The duties, those of one same-person set narrowed to whom they share."""
    found = list(duties)
    for together in definition.same_person:
        mine = [duty for duty in found if _is_in(duty, together)]
        if len(mine) > 1:
            all_held = all(duty.eligible for duty in mine)
            shared = frozenset.intersection(*(duty.eligible for duty in mine))
            found = [
                replace(duty, eligible=shared, bound=all_held) if duty in mine else duty
                for duty in found
            ]
    return found


def _is_in(duty: _Duty, members: ExclusiveSet | SamePersonSet) -> bool:
    return duty.stage in members.stages or bool(duty.acts & frozenset(members.acts))


def _short_of(apart: ExclusiveSet, duties: list[_Duty]) -> list[_Duty]:
    """The members of the set that cannot all have different people.

    The acts of one stage are one member: they may be one person's, or several's.
    """
    members = [[d for d in duties if d.stage == stage] for stage in apart.stages]
    rest = [d for d in duties if d.stage not in apart.stages]
    members.extend([d] for d in rest if d.acts & frozenset(apart.acts))
    short: list[_Duty] = []
    for chosen in product(*(_groupings(member) for member in members if member)):
        short = _unmatched(list(chain.from_iterable(chosen)))
        if not short:
            return []
    return short


def _groupings(member: list[_Duty]) -> list[list[_Duty]]:
    """Ways to share the acts of one stage: each its own, by equal posts, all one's."""
    by_holders = {duty.eligible: duty for duty in member}
    ways = [member]
    if len(by_holders) < len(member):
        ways.append(list(by_holders.values()))
    shared = frozenset.intersection(*by_holders)
    if shared and len(by_holders) > 1:
        ways.append([replace(member[0], eligible=shared)])
    return ways


def _unmatched(duties: list[_Duty]) -> list[_Duty]:
    """Duties that want more persons than they have between them; empty when none."""
    holder: dict[int, int] = {}
    for index in range(len(duties)):
        tried: set[int] = set()
        if not _augment(duties, index, holder, tried):
            stuck = {index, *(holder[person] for person in tried if person in holder)}
            return [duties[number] for number in sorted(stuck)]
    return []


def _augment(
    duties: list[_Duty], index: int, holder: dict[int, int], tried: set[int]
) -> bool:
    for person in sorted(duties[index].eligible - tried):
        tried.add(person)
        if person not in holder or _augment(duties, holder[person], holder, tried):
            holder[person] = index
            return True
    return False


def _no_holder(definition: Definition, duty: _Duty, article: _Article) -> Fault:
    where = _where(definition, duty.actor, article)
    if duty.bound:
        message = f"{where}“{duty.name}”须与别的环节由同一人办理，却没有人能兼。"
        return Fault(duty.line, "no-shared-holder", message)
    named = definition.actor_name(duty.actor)
    message = f"{where}“{duty.name}”没有人能办：{named}空缺。"
    return Fault(duty.line, "no-holder", message)


def _too_few(
    definition: Definition,
    short: list[_Duty],
    apart: ExclusiveSet,
    article: _Article,
    staffing: Staffing,
) -> Fault:
    persons = frozenset[int]().union(*(duty.eligible for duty in short))
    named = "、".join(
        staffing.names.get(person, f"{person}号")
        for person in sorted(persons)
        if person != _SOMEONE
    )
    stages = "、".join(f"“{duty.name}”" for duty in short)
    where = "".join(
        dict.fromkeys(_where(definition, duty.actor, article) for duty in short)
    )
    message = f"{where}{stages}须由不同的人签字，能办的却只有{named or '拟稿人'}。"
    return Fault(apart.line or short[0].line, "too-few-people", message)


def _where(definition: Definition, actor: Actor, article: _Article) -> str:
    if actor.relation in ("section_head", "section_deputy") and article.section:
        named = definition.attributes["section"].named(article.section)
        return f"栏目“{named}”的"
    if actor.relation == "channel_owner" and article.channel:
        named = definition.attributes["channels"].named(article.channel)
        return f"渠道“{named}”的"
    return ""
