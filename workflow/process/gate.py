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
from workflow.process.definition import (
    TEXT_PARTS,
    Act,
    ActKind,
    ExclusiveSet,
    Fault,
)
from workflow.process.plan import Plan, PlannedStage
from workflow.process.states import CLEARED
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


def faults_of_plan(plan: Plan) -> Iterator[Fault]:
    """Every fault that articles with this plan would meet."""
    yield from _unseen(plan)
    yield from _unapproved(plan)
    yield from _no_way_back(plan)
    yield from _impossible_people(plan)
    yield from _open_gate(plan)


def _unseen(plan: Plan) -> Iterator[Fault]:
    """Parts of the text, and facts the plan hangs on, that no reviewer signs for."""
    nothing: frozenset[str] = frozenset()
    reviewed = (i.stage.depends_on for i in plan.stages if _is_reviewed(i))
    seen = nothing.union(*reviewed)
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


def _is_reviewed(item: PlannedStage) -> bool:
    """Whether someone other than the drafter approves here."""
    return any(act.kind in _APPROVING and not _is_drafters(act) for act in item.acts)


def _is_drafters(act: Act) -> bool:
    return act.actor.relation == "drafter" and not act.actor.posts


def _unapproved(plan: Plan) -> Iterator[Fault]:
    acts = [act for item in plan.stages for act in item.acts]
    line = plan.stages[-1].stage.line
    path = ("提交", *(f"{item.stage.name}：同意" for item in plan.stages), "发布")
    if not any(act.kind in _APPROVING for act in acts):
        message = "有的稿件只经校对，没有任何人审核、签发或审定。"
        yield Fault(line, "nobody-approves", message, path)
    if all(map(_is_drafters, acts)):
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
        mine = [item for item in plan.stages if _is_drafters_in(item, apart)]
        if len(mine) > 1:
            named = "、".join(item.stage.name for item in mine)
            message = f"{named}都由拟稿人办理，又不得为同一人。"
            yield Fault(apart.line, "drafter-excluded", message)


def _is_drafters_in(item: PlannedStage, apart: ExclusiveSet) -> bool:
    acts = [
        act
        for act in item.acts
        if item.stage.id in apart.stages or act.id in apart.acts
    ]
    return any(map(_is_drafters, acts))


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
        for one, other in combinations(_members(plan, apart), 2)
        if _lets_through(plan, _by_one_person(plan, one, other))
    )


def _lets_through(plan: Plan, stood: Sequence[Signature]) -> bool:
    return not missing(plan, stood) or place(plan, stood).state == CLEARED


def _members(plan: Plan, apart: ExclusiveSet) -> list[_Member]:
    found: list[_Member] = []
    for item in plan.stages:
        if item.stage.id in apart.stages:
            found.append((item.stage.id, item.act_ids))
        elif not item.stage.joint:
            own = sorted(item.act_ids & frozenset(apart.acts))
            found.extend((item.stage.id, frozenset({act})) for act in own)
    return found


def _by_one_person(plan: Plan, one: _Member, other: _Member) -> list[Signature]:
    """Everything signed, but these two members by the same person."""
    full = signatures(plan, _all_acts(plan))
    person = next(item.person for item in full if _is_of(item, one))
    return [
        replace(item, person=person) if _is_of(item, other) else item for item in full
    ]


def _is_of(item: Signature, member: _Member) -> bool:
    return item.stage == member[0] and bool(item.acts & member[1])


def _all_acts(plan: Plan) -> frozenset[str]:
    return frozenset().union(*(item.act_ids for item in plan.stages))
