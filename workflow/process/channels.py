"""Which stages are open at once, and on which channels an article may go out.

Stages for different channels do not wait for each other: what is final for the WeChat
account may be signed while the website still waits.  A channel is cleared when every
stage that is for it, or for all, is signed.
"""

from __future__ import annotations

from workflow.process.definition import Act
from workflow.process.plan import Plan, PlannedStage
from workflow.process.states import CLEARED, Position


def signed_at(plan: Plan, position: Position) -> frozenset[str]:
    """The acts that count at this position, below it, at it and ahead of it."""
    if position.state == CLEARED:
        return frozenset().union(*(item.act_ids for item in plan.stages))
    if not plan.has(position.state):
        return frozenset()
    below = (item.act_ids for item in plan.before(position.state))
    return frozenset().union(position.done, position.ahead, *below)


def open_stages(plan: Plan, position: Position) -> tuple[PlannedStage, ...]:
    """The stages at which somebody may sign now, lowest first."""
    signed = signed_at(plan, position)
    waiting = [item for item in plan.stages if not item.act_ids <= signed]
    if not plan.has(position.state):
        return ()
    return tuple(
        item
        for number, item in enumerate(waiting)
        if all(item.stage.beside(lower.stage) for lower in waiting[:number])
    )


def open_acts(plan: Plan, position: Position) -> tuple[Act, ...]:
    """The acts that may be signed now, in the order of the definition."""
    signed = signed_at(plan, position)
    return tuple(
        act
        for item in open_stages(plan, position)
        for act in item.acts
        if act.id not in signed
        and act.follows & item.act_ids <= _with_joint(item, signed)
    )


def releasable(plan: Plan, position: Position) -> frozenset[str]:
    """The channels on which it may go out now, and is not out yet."""
    signed = signed_at(plan, position)
    return frozenset(
        channel
        for channel in plan.channels - position.released
        if all(item.act_ids <= signed for item in stages_for(plan, channel))
    )


def stages_for(plan: Plan, channel: str) -> tuple[PlannedStage, ...]:
    """The stages that must be signed before it goes out on this channel."""
    return tuple(
        item
        for item in plan.stages
        if not item.stage.channels or channel in item.stage.channels
    )


def owner(plan: Plan, act_id: str) -> PlannedStage | None:
    """The planned stage that has this act, if any."""
    return next((item for item in plan.stages if act_id in item.act_ids), None)


def _with_joint(item: PlannedStage, signed: frozenset[str]) -> frozenset[str]:
    return signed | item.act_ids if item.stage.joint else signed
