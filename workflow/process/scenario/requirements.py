"""What must hold before an act of a paper case: each a sentence and a rule."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from workflow.errors import (
    ChecklistOpen,
    InvalidInput,
    NotPermitted,
    OpinionRequired,
    WrongState,
)
from workflow.process.actors import ActorKind
from workflow.process.channels import open_acts, owner, signed_at
from workflow.process.clocks import due
from workflow.process.definition import ACT_NAMES, Act, Definition
from workflow.process.plan import PlannedStage, state_name
from workflow.process.scenario.office import Capacity, Person
from workflow.process.scenario.running import Running, barring
from workflow.process.scenario.script import Said
from workflow.process.states import CLEARED

NO_REASON: Said = ()


def permit(running: Running, person: Person, act: Act, at: datetime) -> Capacity:
    """The capacity in which the person may do the act.

    Raises:
        NotPermitted: away, not her post, A is here, or a constraint on persons.
    """
    if running.office.absence(person, at):
        raise NotPermitted(f"{person.name}已登记外出，不能办理。", rule="away")
    for capacity in running.holders(act, at):
        if capacity.person.id == person.id:
            return _unbarred(running, capacity, act)
    raise _not_hers(running, person, act)


def _unbarred(running: Running, capacity: Capacity, act: Act) -> Capacity:
    bar = barring(running, capacity.person.id, act)
    if bar is None:
        return capacity
    basis = _basis_of(running.definition, bar)
    raise NotPermitted(
        f"{capacity.person.name}已办过应由不同人（或须由同一人）办理的事项，"
        f"不能再办此事。{basis}",
        rule=f"persons:{bar}",
        basis=basis,
    )


def _basis_of(definition: Definition, bar: str) -> str:
    found = {item.id: item.basis for item in definition.exclusive}
    found.update((item.id, item.basis) for item in definition.same_person)
    return found[bar]


def _not_hers(running: Running, person: Person, act: Act) -> NotPermitted:
    own = running.office.own(act.actor, running.matter(act))
    if any(holder.name in person.b_for for holder in own):
        return NotPermitted(
            f"A岗在岗，{person.name}作为B岗不能办理。", rule="a-is-here"
        )
    named = running.definition.actor_name(act.actor)
    what = ACT_NAMES[act.kind]
    return NotPermitted(
        f"“{what}”由{named}办理，{person.name}不能办理。", rule="not-your-post"
    )


def reason_given(given: Mapping[str, Said]) -> str:
    """The written reason.

    Raises:
        OpinionRequired: there is none.
    """
    reason = "".join(given.get("reason", NO_REASON)).strip()
    if not reason:
        raise OpinionRequired({"opinion": ["请写明理由。"]})
    return reason


def checklist_done(stage: PlannedStage, given: Mapping[str, Said]) -> None:
    """No line of the checklist was answered with "no".

    Raises:
        ChecklistOpen: names the lines.
    """
    refused = frozenset(given.get("no", ()))
    items = [item for item in stage.stage.checklist if item.id in refused]
    unknown = refused - {item.id for item in items}
    if unknown:
        raise ChecklistOpen(message=f"没有检查项{'、'.join(sorted(unknown))}。")
    if items:
        named = "、".join(f"“{item.text}”" for item in items)
        raise ChecklistOpen(message=f"检查项{named}答为“否”，须退回修改，不能同意。")


def not_blocked(running: Running, stage: PlannedStage) -> None:
    """Nothing forbids approving here.

    Raises:
        WrongState: quotes the rule; only sending back or rejecting is left.
    """
    for block in stage.stage.blocks:
        if block.when.holds(running.plan.facts):
            raise WrongState(
                f"{block.text}（{block.when.words()}）",
                rule="blocked",
                basis=block.basis,
            )


def complete_for(running: Running, stage: PlannedStage) -> None:
    """What the stage requires before it opens is there.

    Raises:
        InvalidInput: names what is not.
    """
    for need in stage.stage.requires:
        applies = need.when is None or need.when.holds(running.plan.facts)
        if applies and not has_part(running, need.part):
            raise InvalidInput(
                {need.part: [f"进入“{stage.stage.name}”前须先补齐：{need.part}。"]},
                rule="requirement-open",
                basis=need.basis,
            )


def has_part(running: Running, part: str) -> bool:
    """Whether a part, an attribute or a kind of attachment is there."""
    head, _, name = part.partition(".")
    if head == "attachments":
        wanted = name in running.attachments
        return wanted if name else bool(running.attachments)
    if head == "attributes":
        value = running.facts[name]
        return value is not False and bool(value)
    if part in ("section", "channels"):
        return bool(running.facts[part])
    return bool(running.title if part == "title" else running.body)


def record_complete(act: Act, given: Mapping[str, Said]) -> None:
    """A collective's decision names its minutes and the day it met.

    Raises:
        InvalidInput: one of them is missing.
    """
    if act.actor.kind is not ActorKind.COLLECTIVE:
        return
    if not given.get("minutes") or not given.get("met_on"):
        message = "集体研究须写明会议日期（met_on）和纪要文号（minutes）。"
        raise InvalidInput({"minutes": [message]}, rule="minutes-required")


def stated_in_time(running: Running, at: datetime) -> None:
    """The submitter's own deadline is not later than the urgent limit allows.

    Raises:
        InvalidInput: it is later, or has passed already.
    """
    needed = running.paper.needed_by
    limits = [item.stage.limit for item in running.plan.stages]
    stated = [limit for limit in limits if limit is not None and limit.stated]
    if needed is None or not stated:
        return
    latest = due(running.plan, stated[0], at, running.calendar)
    if not at < needed <= latest:
        raise InvalidInput(
            {"needed_by": ["急件的时限须在现在之后，且不得晚于制度规定的时限。"]},
            rule="stated-too-late",
        )


def act_meant(running: Running, person: Person, wanted: str, at: datetime) -> Act:
    """The open act that is meant: by its id, its stage's id, or what is hers.

    Raises:
        WrongState: it is not open now, or not asked of this article at all.
        NotPermitted: none of the open acts is hers.
    """
    open_now = list(open_acts(running.plan, running.position))
    duties = running.plan.duties if running.position.state == "published" else ()
    open_now.extend(act for act in duties if act.id not in running.position.done)
    meant = [act for act in open_now if _is_meant(running, act, wanted)]
    if not meant:
        raise _not_open(running, person, wanted)
    hers = [act for act in meant if _is_hers(running, person, act, at)]
    if not hers and not wanted:
        late = _later(running, person, at)
        if late is not None:
            raise _not_open(running, person, late)
    return (hers or meant)[0]


def _is_meant(running: Running, act: Act, wanted: str) -> bool:
    stage = owner(running.plan, act.id)
    names = {act.id, act.id.rpartition(".")[0]}
    if stage is not None:
        names |= {stage.stage.id, stage.stage.name}
    return not wanted or wanted in names


def _is_hers(running: Running, person: Person, act: Act, at: datetime) -> bool:
    return any(c.person.id == person.id for c in running.eligible(act, at))


def _later(running: Running, person: Person, at: datetime) -> str | None:
    """An act of hers that this article will ask for, but not yet."""
    open_now = {act.id for act in open_acts(running.plan, running.position)}
    signed = signed_at(running.plan, running.position)
    holders = open_acts(running.plan, running.position)
    if any(c.person.id == person.id for a in holders for c in running.holders(a, at)):
        return None
    for item in running.plan.stages:
        for act in item.acts:
            mine = any(c.person.id == person.id for c in running.holders(act, at))
            if mine and act.id not in open_now | signed:
                return act.id
    return None


def _not_open(running: Running, person: Person, wanted: str) -> WrongState:
    definition, state = running.definition, running.position.state
    stages = [item.stage for item in running.plan.stages]
    planned = {stage.id for stage in stages} | {stage.name for stage in stages}
    acts = {act.id for item in running.plan.stages for act in item.acts}
    bare = {act.rpartition(".")[0] for act in acts}
    known = planned | acts | bare | {act.id for act in running.plan.duties}
    if wanted and wanted not in known:
        message = f"这篇稿件不经过“{state_name(definition, wanted)}”。"
        return WrongState(message, rule="not-in-plan", state=state)
    held = "（暂存待用）" if running.position.held else ""
    now = state_name(definition, state)
    done = "，只待发布" if state == CLEARED else ""
    message = (
        f"稿件现在处于“{now}”{held}{done}，{person.name}要办的事项还没有到或已办完。"
    )
    return WrongState(message, rule="not-open", state=state)
