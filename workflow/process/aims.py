"""Whether an outcome aims at what is open: these acts, that target, those channels."""

from __future__ import annotations

from dataclasses import dataclass

from workflow.process.channels import open_stages, releasable, signed_at
from workflow.process.plan import Plan, PlannedStage, state_name, targets
from workflow.process.states import (
    PUBLISHED,
    REJECTED,
    WITHDRAWN,
    Approve,
    Outcome,
    Position,
    Publish,
    SendBack,
)

_ENDED = frozenset({PUBLISHED, WITHDRAWN, REJECTED})


@dataclass(frozen=True, slots=True)
class WrongAim:
    """Why an outcome that exists cannot be meant like this.

    Args:
        message: one Chinese sentence.
        rule: short and stable.
        basis: the sentence of the regulation; may be empty.
        targets: where it could be sent back to instead.
    """

    message: str
    rule: str
    basis: str = ""
    targets: tuple[str, ...] = ()


def aimed_wrong(plan: Plan, position: Position, outcome: Outcome) -> WrongAim | None:
    """What is wrong with the aim of the outcome, if anything."""
    if isinstance(outcome, Approve):
        return _wrong_acts(plan, position, outcome.acts)
    if isinstance(outcome, SendBack):
        return _wrong_target(plan, position, outcome)
    if isinstance(outcome, Publish):
        return _wrong_channels(plan, position, outcome.channels)
    return None


def _wrong_acts(
    plan: Plan, position: Position, acts: frozenset[str]
) -> WrongAim | None:
    if position.state == PUBLISHED and plan.duties:
        return _wrong_duties(plan, position, acts)
    if not plan.has(position.state) or position.held:
        return None
    planned = _open_stage(plan, position, acts)
    message = _wrong_at(planned, signed_at(plan, position), acts)
    return WrongAim(message, "wrong-acts", planned.stage.basis) if message else None


def _wrong_at(
    planned: PlannedStage, signed: frozenset[str], acts: frozenset[str]
) -> str:
    open_now = planned.act_ids - signed
    if not acts or not acts <= open_now:
        return "签字须针对本环节尚未办理的事项。"
    if planned.stage.joint:
        whole = acts == open_now
        return "" if whole else "本环节的审核与校对须由一人一并签字。"
    first = frozenset().union(*(act.follows for act in planned.acts if act.id in acts))
    if not first & planned.act_ids <= signed | acts:
        return "本环节的事项须依次办理，前一项尚未完成。"
    return ""


def _open_stage(plan: Plan, position: Position, acts: frozenset[str]) -> PlannedStage:
    """The open stage that these acts belong to; else the present one."""
    for planned in open_stages(plan, position):
        if acts & planned.act_ids:
            return planned
    return plan.stage(position.state)


def _wrong_duties(
    plan: Plan, position: Position, acts: frozenset[str]
) -> WrongAim | None:
    waiting = frozenset(act.id for act in plan.duties) - position.done
    if acts and acts <= waiting:
        return None
    return WrongAim("发布后没有这一事项要办，或已经办过。", "wrong-acts")


def _wrong_target(plan: Plan, position: Position, outcome: SendBack) -> WrongAim | None:
    if outcome.direct and plan.definition.splits_channels:
        return WrongAim("分渠道把关的流程只能逐级退回，不能直达。", "wrong-target")
    allowed = targets(plan, outcome.at or position.state)
    if outcome.to in allowed:
        return None
    named = "、".join(state_name(plan.definition, target) for target in allowed)
    to = state_name(plan.definition, outcome.to)
    message = f"不能退回到“{to}”；可以退回：{named or '无'}。"
    return WrongAim(message, "wrong-target", targets=allowed)


def _wrong_channels(
    plan: Plan, position: Position, channels: frozenset[str]
) -> WrongAim | None:
    early = channels - releasable(plan, position)
    if not early or position.state in _ENDED:
        return None
    named = plan.definition.attributes["channels"].named(early)
    message = f"渠道“{named}”尚未审定，或不在本稿渠道之列，不能发布。"
    return WrongAim(message, "channel-not-cleared")
