"""On whose desk an article lies: what may be done now, and by whom.

Several stages may be open at once (渠道), and several acts of one stage; each act has
its own people.  "Not now" and "not you" stay two different answers.
"""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy.orm import Session

from workflow.actions import Action
from workflow.articles.cases import NOBODY, PUBLISH, Case
from workflow.calendar import town_day
from workflow.errors import NotPermitted, WrongState
from workflow.occasion import Occasion
from workflow.people import rules
from workflow.people.rules import Capacity, Holder
from workflow.people.staffing import Matter, Staffing, asks_for_more, staffing
from workflow.process import machine
from workflow.process.binding import doubtful
from workflow.process.channels import open_acts, owner, releasable
from workflow.process.definition import (
    ACT_NAMES,
    Act,
    Definition,
    ExclusiveSet,
    SamePersonSet,
)
from workflow.process.machine import CLEARED, PUBLISHED, Position
from workflow.process.plan import PlannedStage, publisher

DRAFTER = "拟稿人"
PersonSet = ExclusiveSet | SamePersonSet


@dataclass(frozen=True)
class Asking:
    """One person's wish to do one thing to one article."""

    session: Session
    by: Occasion
    case: Case
    action: Action

    @property
    def staffing(self) -> Staffing:
        """Who holds what today; read once for a case."""
        known, today = self.case.staffings, town_day(self.by.at)
        if today not in known:
            known[today] = staffing(
                self.session,
                self.by.agency_id,
                today,
                self.by.at,
                whole=asks_for_more(self.case.definition.every_act),
            )
        return known[today]

    @property
    def person(self) -> int:
        """The natural person who asks.

        Raises:
            NotPermitted: nobody does; the system never signs.
        """
        if self.by.person_id is None:
            raise NotPermitted("系统不能代替人签字。", rule="system-never-signs")
        return self.by.person_id


def open_now(case: Case) -> tuple[Act, ...]:
    """Every act that may be signed now, in the order of the definition."""
    position = case.position
    if position.state == PUBLISHED:
        return tuple(act for act in case.plan.duties if act.id not in position.done)
    return open_acts(case.plan, position)


def publishing_now(case: Case) -> tuple[Act, ...]:
    """The acts of letting it out that are possible now, each once."""
    if case.article.state == CLEARED and not case.definition.publishers:
        return (case.definition.publish,)
    if not case.definition.releases_apart:
        return ()
    channels = sorted(releasable(case.plan, case.position))
    return tuple(dict.fromkeys(publisher(case.plan, one) for one in channels))


def everything_open(case: Case) -> tuple[tuple[str, Act], ...]:
    """Key and act of all that may be done now: signing, and letting it out."""
    found = [(act.id, act) for act in open_now(case)]
    if case.article.state != PUBLISHED:
        for key in _publishing_keys(case, case.position):
            channel = key.partition(".")[2]
            found.append((key, publisher(case.plan, channel)))
    return tuple(found)


def matter_of(case: Case, act: Act) -> Matter:
    """Who is related to it, on the channels that the act is for."""
    channels, planned = case.plan.channels, owner(case.plan, act.id)
    if planned is not None and planned.stage.channels:
        channels &= planned.stage.channels
    article = case.article
    return Matter(case.revision.section_id, article.drafter_id, channels)


def holders_of_act(asking: Asking, act: Act) -> list[Holder]:
    """The holders of the posts by which one act's actor is named."""
    return asking.staffing.of(act.actor, matter_of(asking.case, act))


def capacity_for(asking: Asking, act: Act) -> Capacity:
    """The capacity in which the person may do an act, whatever she signed before.

    Raises:
        NotPermitted: not hers, not today, or the drafter's alone.
    """
    case = asking.case
    if act.actor.is_drafter:
        return as_drafter(asking)
    if "drafter" in act.actor.relations and asking.person == case.article.drafter_id:
        return Capacity(None, "drafter", DRAFTER)
    return rules.capacity(holders_of_act(asking, act), asking.person)


def as_drafter(asking: Asking) -> Capacity:
    """谁起草谁负责: the drafter, by name, and nobody in her place.

    Raises:
        NotPermitted: somebody else's article.
    """
    case = asking.case
    if asking.by.person_id != case.article.drafter_id:
        raise NotPermitted(
            "只有拟稿人本人可以办理此事（谁起草谁负责）。",
            rule="not-the-drafter",
            help_from=f"{DRAFTER} {case.drafter.name}",
        )
    return Capacity(None, "drafter", DRAFTER)


def may_do(asking: Asking, act: Act) -> Capacity:
    """The same, tested on the natural person over the life of the text too.

    Raises:
        NotPermitted: as ``capacity_for``, or a constraint on persons bars her.
    """
    capacity = capacity_for(asking, act)
    bar = barring(asking.case, asking.person, act)
    if bar is None:
        return capacity
    holders = holders_of_act(asking, act)
    others = [holder for holder in holders if holder.person_id != asking.person]
    raise NotPermitted(
        _barred_words(bar),
        rule=f"persons:{bar.id}",
        basis=bar.basis,
        help_from=rules.names(others),
    )


def barring(case: Case, person: int, act: Act) -> PersonSet | None:
    """The constraint that keeps a person from an act, returned rounds counted too."""
    planned = owner(case.plan, act.id)
    stage, acts = act.id, frozenset({act.id})
    if planned is not None:
        stage = planned.stage.id
        acts = planned.act_ids if planned.stage.joint else acts
    return machine.barred(case.plan, case.signed_ever, person, stage, acts)


def one_for_two(case: Case, person: int, act: Act, acts: frozenset[str]) -> list[str]:
    """The sets of which she does two members now: allowed, but to be known."""
    last = case.history[-1].seq + 1
    now = machine.Signature(last, stage_of(case, act), acts, person, {})
    found = doubtful(case.plan, (*case.signed_ever, now))
    return [one.constraint.id for one in found if one.signature is now]


def put_off(asking: Asking, to: Position) -> list[str]:
    """Whose tasks end by this step without their doing: names, in order."""
    case = asking.case
    left = {act.id for act in open_acts(case.plan, to)}
    ended = [act for act in open_now(case) if act.id not in left]
    people = {
        person: None
        for act in ended
        for person in able_to(asking.staffing, case, act)
        if person != asking.by.person_id
    }
    names = {h.person_id: h.person_name for h in asking.staffing.everybody}
    names[case.article.drafter_id] = case.drafter.name
    return [names[person] for person in people]


def is_wide(definition: Definition) -> bool:
    """Whether one state is not enough to say who has to act now."""
    several = any(len(s.acts) > 1 and not s.joint for s in definition.stages)
    return several or definition.releases_apart or bool(definition.after)


def keys_at(case: Case, to: Position) -> str:
    """What may be done at a position, as lists look for it: ``,one,two,``."""
    if not is_wide(case.definition):
        return ""
    plan = case.plan
    if to.state == PUBLISHED:
        keys = [act.id for act in plan.duties if act.id not in to.done]
    else:
        keys = [act.id for act in open_acts(plan, to)]
        keys += _publishing_keys(case, to)
    return f",{','.join(keys)}," if keys else ""


def _publishing_keys(case: Case, to: Position) -> list[str]:
    if to.state == CLEARED and not case.definition.publishers:
        return [PUBLISH]
    if not case.definition.releases_apart:
        return []
    return [f"{PUBLISH}.{one}" for one in sorted(releasable(case.plan, to))]


def hers(asking: Asking) -> list[Act]:
    """The open acts that this person may sign, in order."""
    return [act for act in open_now(asking.case) if is_hers(asking, act)]


def meant(asking: Asking, wanted: str = "") -> Act:
    """The open act that is meant: by its id or its stage's, else the first of hers.

    Raises:
        WrongState: it is not open now, or not asked of this article.
        NotPermitted: none of the open acts is hers.
    """
    open_ = open_now(asking.case)
    if not open_:
        raise WrongState("稿件现在不在审校环节。", rule="no-rung-open")
    named = [act for act in open_ if not wanted or wanted in _names(asking.case, act)]
    if not named:
        what = _named(asking.case.definition, wanted)
        raise WrongState(
            f"“{what}”现在还没有到、已经办完，或这篇稿件不经过。", rule="not-open"
        )
    mine = [act for act in named if is_hers(asking, act)]
    if mine:
        return mine[0]
    first_capacity(asking, named)
    return named[0]


def first_capacity(asking: Asking, acts: list[Act] | tuple[Act, ...]) -> Capacity:
    """The capacity in which she may do the first of these acts that she may.

    Raises:
        NotPermitted: none of them; why, by the act that comes nearest to her.
    """
    refusals = []
    for act in acts:
        try:
            return may_do(asking, act)
        except NotPermitted as refusal:
            refusals.append(refusal)
    raise min(refusals, key=lambda refusal: refusal.rule in _NOT_HERS)


_NOT_HERS = ("not-your-post", "not-the-drafter")


def at_desk(asking: Asking) -> tuple[str, Capacity]:
    """The open stage at which this person sits, and as what; its id.

    Raises:
        NotPermitted: it lies on nobody's desk whom she is or stands in for.
    """
    case = asking.case
    acts = open_now(case)
    if not acts:
        raise NotPermitted("稿件现在不在审校环节。", rule="no-rung-open")
    capacity = first_capacity(asking, acts)
    for act in acts:
        if is_hers(asking, act):
            return stage_of(case, act), capacity
    return case.article.state, capacity


def desk_of(session: Session, by: Occasion, case: Case, action: Action) -> str:
    """The id of the stage at which this person sits; empty where only one is open."""
    if not case.definition.splits_channels:
        return ""
    try:
        at, _ = at_desk(Asking(session, by, case, action))
    except NotPermitted:
        return ""
    return at


def stage_of(case: Case, act: Act) -> str:
    """The stage that an act belongs to; where the article stands for what follows."""
    planned = owner(case.plan, act.id)
    return planned.stage.id if planned else case.article.state


def planned_stage(case: Case, act: Act) -> PlannedStage | None:
    """The planned stage that has this act, if any."""
    return owner(case.plan, act.id)


def able_to(staff: Staffing, case: Case, act: Act) -> list[int]:
    """The persons who may do an act: here, in the post, not barred."""
    people = acting_in(staff, case, act)
    return [one for one in people if barring(case, one, act) is None]


def acting_in(staff: Staffing, case: Case, act: Act) -> list[int]:
    """The persons whose post lets them do an act today, whatever they signed."""
    found = rules.acting(staff.of(act.actor, matter_of(case, act)))
    people = [holder.person_id for holder in found]
    if "drafter" in act.actor.relations:
        people.append(case.article.drafter_id)
    return [one for one in dict.fromkeys(people) if one != NOBODY]


def is_hers(asking: Asking, act: Act) -> bool:
    """Whether the person may do an act."""
    try:
        may_do(asking, act)
    except NotPermitted:
        return False
    return True


def _names(case: Case, act: Act) -> set[str]:
    return {act.id, stage_of(case, act), act.id.rpartition(".")[0]}


def _named(definition: Definition, wanted: str) -> str:
    try:
        return ACT_NAMES[definition.act(wanted).kind]
    except KeyError:
        return wanted


def _barred_words(bar: PersonSet) -> str:
    if isinstance(bar, ExclusiveSet):
        return "您已签过这篇稿件的另一级，同一人不能再签本级。"
    return "这一环节须由先前签字的同一人办理。"
