"""What must be true of every single plan, whatever path an article takes.

The gate of publishing is asked directly, with each demanded act left out in turn and
with one person on two rungs that exclude each other: it must refuse every time.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import combinations
from typing import TypeAlias

from workflow.process.binding import Signature, missing, place
from workflow.process.cases import conditions_of
from workflow.process.channels import stages_for
from workflow.process.definition import (
    ACT_NAMES,
    MEANING,
    TEXT_PARTS,
    Act,
    ActKind,
    ActorKind,
    ExclusiveSet,
    Fault,
)
from workflow.process.plan import Plan, PlannedStage
from workflow.process.states import CLEARED, DRAFTING
from workflow.process.walk import signatures

_Member: TypeAlias = tuple[str, frozenset[str]]

PART_NAMES = {
    "title": "标题",
    "body": "正文",
    "attachments": "附件",
    "section": "栏目",
    "channels": "发布渠道",
}
_APPROVING = frozenset(
    {ActKind.REVIEW, ActKind.SIGN_OFF, ActKind.DECIDE, ActKind.FINALISE}
)
_READING = _APPROVING | {ActKind.PROOFREAD, ActKind.READ_ALOUD}
_WORDING = frozenset({"title", "body"})
_DRAFTED = Signature(-1, DRAFTING, frozenset({DRAFTING}), -1, {})


def faults_of_plan(plan: Plan) -> Iterator[Fault]:
    """Every fault that articles with this plan would meet."""
    yield from _unseen(plan)
    yield from _unapproved(plan)
    yield from _unapproved_channels(plan)
    yield from _silent_end(plan)
    yield from _too_few(plan)
    yield from _no_way_back(plan)
    yield from _impossible_people(plan)
    yield from _open_gate(plan)


def _unseen(plan: Plan) -> Iterator[Fault]:
    """Parts of the text, and facts the plan hangs on, that no reviewer signs for."""
    seen = _seen(plan)
    line = plan.stages[-1].stage.line
    climb = [f"{item.stage.name}：同意" for item in plan.stages]
    attributes = {
        plan.definition.attributes[name].part: plan.definition.attributes[name].label
        for condition, _ in conditions_of(plan.definition)
        for name in sorted(condition.names)
    }
    for part, name in {**attributes, **PART_NAMES}.items():
        if part not in seen:
            code = "unsigned-part" if part in TEXT_PARTS else "unsigned-attribute"
            message = f"“{name}”改动后，没有一级审核人须重新签字，未经审核也能发布。"
            yield Fault(line, code, message, ("提交", *climb, f"改动“{name}”", "发布"))


def _seen(plan: Plan) -> frozenset[str]:
    """The parts that a reviewer signs for.

    The wording may be a proofreader's, if a reviewer signs for the meaning.
    """
    nothing = frozenset[str]()
    reviewed = nothing.union(
        *(item.stage.depends_on for item in plan.stages if _is_reviewed(item))
    )
    if MEANING not in reviewed:
        return reviewed
    read = nothing.union(
        *(item.stage.depends_on for item in plan.stages if _is_read(item))
    )
    return reviewed | read & _WORDING


def _is_read(item: PlannedStage) -> bool:
    """Whether someone other than the drafter reads the text here."""
    return any(act.kind in _READING and not act.actor.is_drafter for act in item.acts)


def _is_reviewed(item: PlannedStage) -> bool:
    """Whether someone other than the drafter approves here."""
    return any(_approves(act) and not act.actor.is_drafter for act in item.acts)


def _approves(act: Act) -> bool:
    """Whether it is a person's approval, or a collective's; never an outsider's."""
    return act.kind in _APPROVING and act.actor.kind is not ActorKind.BODY


def _unapproved_channels(plan: Plan) -> Iterator[Fault]:
    if not plan.definition.splits_channels:
        return
    for channel in sorted(plan.channels):
        items = stages_for(plan, channel)
        if not any(map(_is_reviewed, items)):
            named = plan.definition.attributes["channels"].named(channel)
            message = f"发往“{named}”的稿件没有任何人审核、签发或审定。"
            line = items[-1].stage.line if items else plan.first.stage.line
            path = ("提交", *(f"{i.stage.name}：同意" for i in items), f"发布到{named}")
            yield Fault(line, "channel-unapproved", message, path)


def _silent_end(plan: Plan) -> Iterator[Fault]:
    """Silence may be consent on the way, but never the last word before publishing."""
    channels = sorted(plan.channels) or [""]
    for channel in channels:
        items = stages_for(plan, channel) if channel else plan.stages
        if items and all(act.is_deemed for act in items[-1].acts):
            last = items[-1].stage
            message = f"“{last.name}”逾期未复视为同意后，不再经人把关就能发布。"
            path = ("提交", *(f"{i.stage.name}：同意" for i in items[:-1]))
            path = (*path, f"{last.name}：逾期未复，视为同意", "发布")
            yield Fault(last.line, "silence-publishes", message, path)


def _too_few(plan: Plan) -> Iterator[Fault]:
    for least in plan.definition.minimums:
        if least.when is not None and not least.when.holds(plan.facts):
            continue
        found = [a for i in plan.stages for a in i.acts if a.kind.value == least.kind]
        if len(found) < least.number:
            why = f"（{least.when.words()}）" if least.when else ""
            name = ACT_NAMES[ActKind(least.kind)]
            message = (
                f"制度要求至少{least.number}次{name}{why}，却只排了{len(found)}次。"
            )
            path = ("提交", *(f"{i.stage.name}：同意" for i in plan.stages), "发布")
            yield Fault(least.line, "too-few-passes", message, path)


def _unapproved(plan: Plan) -> Iterator[Fault]:
    acts = [act for item in plan.stages for act in item.acts]
    line = plan.stages[-1].stage.line
    path = ("提交", *(f"{item.stage.name}：同意" for item in plan.stages), "发布")
    if not any(map(_approves, acts)):
        message = "有的稿件只经校对，没有任何人审核、签发或审定。"
        yield Fault(line, "nobody-approves", message, path)
    if all(act.actor.is_drafter for act in acts):
        message = "有的稿件只由拟稿人自己办理，没有第二个人看过。"
        yield Fault(line, "drafter-alone", message, path)


def _no_way_back(plan: Plan) -> Iterator[Fault]:
    for rung, item in zip(plan.ladder.rungs, plan.stages, strict=True):
        if not rung.returns_to:
            message = f"环节“{item.stage.name}”无处可退，只能同意。"
            yield Fault(item.stage.line, "no-return", message)


def _impossible_people(plan: Plan) -> Iterator[Fault]:
    """Sets of persons that nobody at all could satisfy."""
    stood = signatures(plan, _all_acts(plan))
    owed = missing(plan, stood)
    broken = {item.stage for item in owed}
    for item in plan.stages:
        if item.stage.id in broken:
            message = f"环节“{item.stage.name}”须为不同的人，又须为同一人，无人能签。"
            yield Fault(item.stage.line, "contradictory-sets", message)
    for apart in plan.definition.exclusive:
        mine = [i.stage.name for i in plan.stages if _is_drafters_in(i, apart)]
        if DRAFTING in apart.stages:
            mine.insert(0, "拟稿")
        if len(mine) > 1 and not apart.warns:
            named = "、".join(mine)
            message = f"{named}都由拟稿人办理，又不得为同一人。"
            yield Fault(apart.line, "drafter-excluded", message)


def _is_drafters_in(item: PlannedStage, apart: ExclusiveSet) -> bool:
    acts = [
        act
        for act in item.acts
        if item.stage.id in apart.stages or act.id in apart.acts
    ]
    return any(act.actor.is_drafter for act in acts)


def _open_gate(plan: Plan) -> Iterator[Fault]:
    """The gate with each single act left out, and with one person on two rungs."""
    yield from (
        Fault(item.stage.line, "open-gate", f"“{item.stage.name}”没有签完也能发布。")
        for item in plan.stages
        for act in item.acts
        if _lets_through(plan, signatures(plan, _all_acts(plan) - {act.id}))
    )
    yield from (
        Fault(apart.line, "open-gate", "同一人签了不得兼签的两级，仍能发布。")
        for apart in plan.definition.exclusive
        if not apart.warns
        for one, other in combinations(_members(plan, apart), 2)
        if _lets_through(plan, _by_one_person(plan, one, other))
    )


def _lets_through(plan: Plan, stood: Sequence[Signature]) -> bool:
    return not missing(plan, stood) or place(plan, stood).state == CLEARED


def _members(plan: Plan, apart: ExclusiveSet) -> list[_Member]:
    found: list[_Member] = []
    if DRAFTING in apart.stages:
        found.append((DRAFTING, _DRAFTED.acts))
    outsiders = plan.definition.outsiders
    for item in plan.stages:
        if item.stage.id in apart.stages and item.act_ids - outsiders:
            found.append((item.stage.id, item.act_ids - outsiders))
        elif not item.stage.joint:
            own = sorted((item.act_ids & frozenset(apart.acts)) - outsiders)
            found.extend((item.stage.id, frozenset({act})) for act in own)
    return found


def _by_one_person(plan: Plan, one: _Member, other: _Member) -> list[Signature]:
    """Everything signed, but these two members by the same person."""
    full = (_DRAFTED, *signatures(plan, _all_acts(plan)))
    person = next(item.person for item in full if _is_of(item, one))
    return [
        replace(item, person=person) if _is_of(item, other) else item for item in full
    ]


def _is_of(item: Signature, member: _Member) -> bool:
    return item.stage == member[0] and bool(item.acts & member[1])


def _all_acts(plan: Plan) -> frozenset[str]:
    return frozenset().union(*(item.act_ids for item in plan.stages))
