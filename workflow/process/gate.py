"""What must be true of every single plan, whatever path an article takes.

The gate of publishing is asked directly, with each demanded act left out in turn and
with one person on two rungs that exclude each other: it must refuse every time.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import combinations

from workflow.process.binding import Signature, missing, place
from workflow.process.cases import conditions_of
from workflow.process.definition import (
    TEXT_PARTS,
    ActKind,
    ExclusiveSet,
    Fault,
)
from workflow.process.plan import Plan, PlannedStage
from workflow.process.states import CLEARED
from workflow.process.walk import signatures

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
    """Parts of the text, and facts the plan hangs on, that nobody signs for."""
    seen = frozenset().union(*(item.stage.depends_on for item in plan.stages))
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
            message = f"“{name}”改动后，没有一级的签字因此失效，未经审核也能发布。"
            yield Fault(line, code, message, ("提交", *climb, f"改动“{name}”", "发布"))


def _unapproved(plan: Plan) -> Iterator[Fault]:
    acts = [act for item in plan.stages for act in item.acts]
    line = plan.stages[-1].stage.line
    path = ("提交", *(f"{item.stage.name}：同意" for item in plan.stages), "发布")
    if not any(act.kind in _APPROVING for act in acts):
        message = "有的稿件只经校对，没有任何人审核、签发或审定。"
        yield Fault(line, "nobody-approves", message, path)
    if all(act.actor.relation == "drafter" and not act.actor.posts for act in acts):
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
    return any(act.actor.relation == "drafter" and not act.actor.posts for act in acts)


def _open_gate(plan: Plan) -> Iterator[Fault]:
    """The gate with each single act left out, and with one person on two rungs."""
    acts = _all_acts(plan)
    for item in plan.stages:
        for act in item.acts:
            short = signatures(plan, acts - {act.id})
            if not missing(plan, short) or place(plan, short).state == CLEARED:
                message = f"环节“{item.stage.name}”没有签完也能发布。"
                yield Fault(item.stage.line, "open-gate", message)
    for apart in plan.definition.exclusive:
        for one, other in combinations(_members(plan, apart), 2):
            if not missing(plan, _by_one_person(one, other)):
                yield Fault(
                    apart.line, "open-gate", "同一人签了不得兼签的两级仍能发布。"
                )


def _members(plan: Plan, apart: ExclusiveSet) -> list[tuple[str, frozenset[str]]]:
    found: list[tuple[str, frozenset[str]]] = []
    for item in plan.stages:
        if item.stage.id in apart.stages:
            found.append((item.stage.id, item.act_ids))
        elif not item.stage.joint:
            own = sorted(item.act_ids & frozenset(apart.acts))
            found.extend((item.stage.id, frozenset({act})) for act in own)
    return found


def _by_one_person(
    one: tuple[str, frozenset[str]], other: tuple[str, frozenset[str]]
) -> tuple[Signature, Signature]:
    return (Signature(1, *one, 1, {}), Signature(2, *other, 1, {}))


def _all_acts(plan: Plan) -> frozenset[str]:
    return frozenset().union(*(item.act_ids for item in plan.stages))
