"""The next position of an article, or why there is none.

The one place where ``transitions`` is imported.  A machine is built once for each
ladder and kept; its events are fired on a small walker that was never registered with
it, so that a step costs microseconds and nothing is planted on anything of ours.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import lru_cache

from transitions import Machine, MachineError

from workflow.errors import WrongState
from workflow.process.aims import aimed_wrong
from workflow.process.binding import (
    Conflict,
    Missing,
    Return,
    Signature,
    barred,
    conflicts,
    missing,
    place,
    standing,
)
from workflow.process.channels import releasable
from workflow.process.ladder import Ladder
from workflow.process.plan import Plan, between, state_name, targets
from workflow.process.states import (
    CLEARED,
    DRAFTING,
    OUTCOME_NAMES,
    PUBLISHED,
    REJECTED,
    WITHDRAWN,
    Approve,
    Hold,
    Outcome,
    Position,
    Publish,
    Recall,
    Reject,
    Replan,
    Resume,
    SendBack,
    Submit,
    Withdraw,
)

__all__ = [
    "CLEARED",
    "DRAFTING",
    "PUBLISHED",
    "REJECTED",
    "WITHDRAWN",
    "Approve",
    "Conflict",
    "Hold",
    "Missing",
    "Outcome",
    "Position",
    "Publish",
    "Recall",
    "Reject",
    "Replan",
    "Resume",
    "Return",
    "SendBack",
    "Signature",
    "Submit",
    "Withdraw",
    "barred",
    "between",
    "conflicts",
    "missing",
    "place",
    "possible",
    "standing",
    "step",
    "targets",
]

_PLAIN: dict[type[Outcome], str] = {
    Submit: "submit",
    Hold: "hold",
    Resume: "resume",
    Reject: "reject",
    Publish: "publish",
    Withdraw: "withdraw",
    Recall: "recall",
}


RELEASE, BRANCH = "release", "branch"


@dataclass
class _Walker:
    """What the machine moves: a copy of a position, thrown away after the step."""

    state: str
    held: bool
    untouched: bool


def step(plan: Plan, position: Position, outcome: Outcome) -> Position:
    """Where the outcome leads.

    It decides only whether the outcome is possible now; who may do it, and whether
    publishing is allowed, are the questions of ``barred`` and ``missing``.

    Raises:
        WrongState: not possible now; ``facts["possible"]`` names what is.
    """
    _check_aim(plan, position, outcome)
    walker = _walker(position)
    event = _machine(plan.ladder).events.get(_event(plan, position, outcome))
    try:
        moved = event is not None and event.trigger(walker)
    except MachineError:
        moved = False
    if not moved:
        raise _refusal(plan, position, outcome)
    return _arrived(plan, position, outcome, walker)


def possible(plan: Plan, position: Position) -> tuple[str, ...]:
    """The names of the outcomes that are possible now, in a fixed order."""
    walker = _walker(position)
    names = set(
        _named_open(
            plan.ladder, walker.state, held=walker.held, untouched=walker.untouched
        )
    )
    splits = plan.definition.splits_channels and not position.held
    if splits and releasable(plan, position):
        names.add("publish")
    if position.state == PUBLISHED and _is_settled(plan, position):
        names.discard("approve")
    return tuple(name for name in OUTCOME_NAMES if name in names)


@lru_cache(maxsize=1 << 14)
def _named_open(
    ladder: Ladder, state: str, *, held: bool, untouched: bool
) -> frozenset[str]:
    """The plain names of the events that are open here; asked again and again."""
    machine, walker = _machine(ladder), _Walker(state, held, untouched)
    return frozenset(
        _plain_name(event)
        for event in machine.get_triggers(state)
        if _open(machine, event, walker)
    )


def _is_settled(plan: Plan, position: Position) -> bool:
    return {act.id for act in plan.duties} <= position.done


def _check_aim(plan: Plan, position: Position, outcome: Outcome) -> None:
    trouble = aimed_wrong(plan, position, outcome)
    if trouble is None:
        return
    allowed = possible(plan, position)
    if not isinstance(outcome, SendBack) or "send_back" in allowed:
        raise WrongState(
            trouble.message,
            rule=trouble.rule,
            basis=trouble.basis,
            state=position.state,
            possible=allowed,
            targets=trouble.targets,
        )


def _event(plan: Plan, position: Position, outcome: Outcome) -> str:
    if isinstance(outcome, Replan):
        return f"replan:{outcome.to}"
    if isinstance(outcome, SendBack):
        if _is_aside(plan, position, outcome):
            return RELEASE
        from_here = outcome.at in ("", position.state)
        return f"{'send_back' if from_here else BRANCH}:{outcome.to}"
    if isinstance(outcome, Approve):
        return _approval(plan, position, outcome)
    if isinstance(outcome, Publish) and not _is_whole(plan, position, outcome):
        return RELEASE
    return _PLAIN[type(outcome)]


def _is_aside(plan: Plan, position: Position, outcome: SendBack) -> bool:
    """Whether one channel's branch goes back while another's still waits lower down."""
    if not plan.has(position.state) or not plan.has(outcome.to):
        return False
    return plan.index(outcome.to) > plan.index(position.state)


def _is_whole(plan: Plan, position: Position, outcome: Publish) -> bool:
    out = position.released | outcome.channels
    done = position.state == CLEARED and plan.channels <= out
    return not outcome.channels or done


def _approval(plan: Plan, position: Position, outcome: Approve) -> str:
    if not plan.has(position.state):
        return "approve"
    done = position.done | outcome.acts
    if not plan.stage(position.state).act_ids <= done:
        return "approve"
    return f"approve:{_next(plan, position)}"


def _next(plan: Plan, position: Position) -> str:
    for planned in plan.after(position.state):
        if not planned.act_ids <= position.ahead:
            return planned.stage.id
    return CLEARED


def _arrived(
    plan: Plan, position: Position, outcome: Outcome, walker: _Walker
) -> Position:
    if isinstance(outcome, Approve):
        return _approved(plan, position, outcome, walker)
    if isinstance(outcome, Hold | Resume):
        return replace(position, held=isinstance(outcome, Hold))
    if isinstance(outcome, Publish):
        return _released(position, outcome, walker)
    if isinstance(outcome, Replan):
        there = Position(walker.state, outcome.done, position.held, outcome.ahead)
    else:
        there = _left(plan, position, outcome, walker)
    return replace(there, released=position.released)


def _approved(
    plan: Plan, position: Position, outcome: Approve, walker: _Walker
) -> Position:
    if walker.state == position.state:
        return _signed_here(plan, position, outcome)
    climbed = _climbed(plan, position, walker.state)
    return replace(climbed, released=position.released)


def _left(
    plan: Plan, position: Position, outcome: Outcome, walker: _Walker
) -> Position:
    if isinstance(outcome, SendBack) and _is_aside(plan, position, outcome):
        kept = (item.act_ids for item in plan.before(outcome.to))
        return replace(position, ahead=position.ahead & frozenset().union(*kept))
    # a text that lies with its drafter may change: what stands is asked when it is
    # handed in again (``Replan``), not remembered here
    if isinstance(outcome, SendBack) and outcome.direct and outcome.to != DRAFTING:
        alone = between(plan, outcome.to, position.state)
        ahead = frozenset[str]().union(*(item.act_ids for item in alone))
        return Position(walker.state, ahead=ahead)
    return Position(walker.state, ahead=_kept(outcome, position))


def _released(position: Position, outcome: Publish, walker: _Walker) -> Position:
    if walker.state == PUBLISHED:
        return Position(PUBLISHED)
    return replace(position, released=position.released | outcome.channels)


def _signed_here(plan: Plan, position: Position, outcome: Approve) -> Position:
    """Signed without leaving the stage: here, ahead for another channel, or after."""
    if not plan.has(position.state):
        return replace(position, done=position.done | outcome.acts)
    here = outcome.acts & plan.stage(position.state).act_ids
    done, ahead = position.done | here, position.ahead | outcome.acts - here
    return replace(position, done=done, ahead=ahead)


def _kept(outcome: Outcome, position: Position) -> frozenset[str]:
    return position.ahead if isinstance(outcome, Submit) else frozenset()


def _climbed(plan: Plan, position: Position, state: str) -> Position:
    if state == CLEARED:
        return Position(CLEARED)
    done = plan.stage(state).act_ids & position.ahead
    above = (item.act_ids for item in plan.after(state))
    return Position(state, done, ahead=position.ahead & frozenset().union(*above))


def _walker(position: Position) -> _Walker:
    untouched = not (position.done or position.ahead)
    return _Walker(position.state, position.held, untouched)


@lru_cache(maxsize=4096)
def _machine(ladder: Ladder) -> Machine:
    ends = [PUBLISHED, WITHDRAWN, REJECTED]
    machine = Machine(
        model=None,
        states=[DRAFTING, *ladder.ids, *ladder.dormant, CLEARED, *ends],
        initial=DRAFTING,
        auto_transitions=False,
    )
    _add_climb(machine, ladder)
    _add_returns(machine, ladder)
    _add_the_rest(machine, ladder)
    _add_replans(machine, ladder)
    return machine


def _add_climb(machine: Machine, ladder: Ladder) -> None:
    machine.add_transition("submit", DRAFTING, ladder.ids[0])
    for index, stage in enumerate(ladder.ids):
        machine.add_transition("approve", stage, "=", unless="held")
        for higher in (*ladder.ids[index + 1 :], CLEARED):
            machine.add_transition(f"approve:{higher}", stage, higher, unless="held")
    machine.add_transition("publish", CLEARED, PUBLISHED, unless="held")
    for state in (*(ladder.ids if ladder.splits else ()), CLEARED):
        machine.add_transition(RELEASE, state, "=", unless="held")
    if ladder.after:
        machine.add_transition("approve", PUBLISHED, "=")


def _add_returns(machine: Machine, ladder: Ladder) -> None:
    everywhere = (DRAFTING, *ladder.ids)
    for rung in ladder.rungs:
        for target in rung.returns_to:
            machine.add_transition(f"send_back:{target}", rung.id, target)
        if rung.recallable:
            machine.add_transition(
                "recall", rung.id, DRAFTING, conditions="untouched", unless="held"
            )
        for target in everywhere if ladder.splits else ():
            machine.add_transition(f"{BRANCH}:{target}", rung.id, target)
    for target in everywhere:
        machine.add_transition(f"send_back:{target}", CLEARED, target)


def _add_the_rest(machine: Machine, ladder: Ladder) -> None:
    holding = [rung.id for rung in ladder.rungs if rung.holds]
    for state in (*holding, CLEARED):
        machine.add_transition("hold", state, "=", unless="held")
        machine.add_transition("resume", state, "=", conditions="held")
    for state in (*(rung.id for rung in ladder.rungs if rung.rejects), CLEARED):
        machine.add_transition("reject", state, REJECTED)
    for state in (DRAFTING, *ladder.ids, CLEARED, PUBLISHED):
        machine.add_transition("withdraw", state, WITHDRAWN)


def _add_replans(machine: Machine, ladder: Ladder) -> None:
    running = (*ladder.ids, *ladder.dormant, CLEARED)
    for source in running:
        for target in (*ladder.ids, CLEARED):
            machine.add_transition(f"replan:{target}", source, target)


def _open(machine: Machine, event: str, walker: _Walker) -> bool:
    found = machine.get_transitions(event, walker.state)
    return any(
        all(
            getattr(walker, str(condition.func)) is condition.target
            for condition in transition.conditions
        )
        for transition in found
    )


def _word(outcome: Outcome) -> str:
    """The name of the outcome among ``OUTCOME_NAMES``."""
    if isinstance(outcome, SendBack):
        return "send_back"
    if isinstance(outcome, Approve):
        return "approve"
    return "replan" if isinstance(outcome, Replan) else _PLAIN[type(outcome)]


def _plain_name(event: str) -> str:
    return event.partition(":")[0]


def _refusal(plan: Plan, position: Position, outcome: Outcome) -> WrongState:
    allowed = possible(plan, position)
    name = _word(outcome)
    offered = [OUTCOME_NAMES[item] for item in allowed if item != "replan"]
    now = "、".join(offered) or "无"
    put_aside = "（暂存待用）" if position.held else ""
    return WrongState(
        f"稿件现在处于“{state_name(plan.definition, position.state)}”{put_aside}，"
        f"不能“{OUTCOME_NAMES[name]}”；现在可以：{now}。",
        state=position.state,
        possible=allowed,
    )
