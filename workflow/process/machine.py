"""The next position of an article, or why there is none.

The one place where ``transitions`` is imported.  A machine is built once for each
ladder and kept; its events are fired on a small walker that was never registered with
it, so that a step costs microseconds and nothing is planted on anything of ours.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

from transitions import Machine, MachineError

from workflow.errors import WrongState
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
from workflow.process.ladder import Ladder
from workflow.process.plan import Plan, state_name, targets
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
    machine = _machine(plan.ladder)
    names = {
        _plain_name(event)
        for event in machine.get_triggers(position.state)
        if _open(machine, event, walker)
    }
    return tuple(name for name in OUTCOME_NAMES if name in names)


def _check_aim(plan: Plan, position: Position, outcome: Outcome) -> None:
    if isinstance(outcome, Approve):
        _check_acts(plan, position, outcome.acts)
    if isinstance(outcome, SendBack) and "send_back" in possible(plan, position):
        _check_target(plan, position, outcome.to)


def _check_acts(plan: Plan, position: Position, acts: frozenset[str]) -> None:
    if not plan.has(position.state) or position.held:
        return
    planned = plan.stage(position.state)
    open_acts = [act.id for act in planned.acts if act.id not in position.done]
    if not acts or not acts <= frozenset(open_acts):
        raise _wrong_acts(plan, position, "签字须针对本环节尚未办理的事项。")
    if planned.stage.joint and acts != frozenset(open_acts):
        raise _wrong_acts(plan, position, "本环节的审核与校对须由一人一并签字。")
    if not planned.stage.parallel and acts != frozenset(open_acts[: len(acts)]):
        raise _wrong_acts(plan, position, "本环节的事项须依次办理，前一项尚未完成。")


def _wrong_acts(plan: Plan, position: Position, message: str) -> WrongState:
    planned = plan.stage(position.state)
    return WrongState(
        message,
        rule="wrong-acts",
        basis=planned.stage.basis,
        state=position.state,
        possible=possible(plan, position),
    )


def _check_target(plan: Plan, position: Position, to: str) -> None:
    allowed = targets(plan, position.state)
    if to in allowed:
        return
    named = "、".join(state_name(plan.definition, target) for target in allowed)
    raise WrongState(
        f"不能退回到“{state_name(plan.definition, to)}”；可以退回：{named or '无'}。",
        rule="wrong-target",
        state=position.state,
        possible=possible(plan, position),
        targets=allowed,
    )


def _event(plan: Plan, position: Position, outcome: Outcome) -> str:
    if isinstance(outcome, SendBack | Replan):
        name = "send_back" if isinstance(outcome, SendBack) else "replan"
        return f"{name}:{outcome.to}"
    if isinstance(outcome, Approve):
        return _approval(plan, position, outcome)
    return _PLAIN[type(outcome)]


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
    if isinstance(outcome, Hold | Resume):
        held = isinstance(outcome, Hold)
        return Position(position.state, position.done, held, position.ahead)
    if isinstance(outcome, Replan):
        return Position(walker.state, outcome.done, position.held, outcome.ahead)
    if isinstance(outcome, SendBack):
        return Position(walker.state)
    if not isinstance(outcome, Approve):
        return Position(walker.state, ahead=_kept(outcome, position))
    if walker.state == position.state:
        done = position.done | outcome.acts
        return Position(position.state, done, ahead=position.ahead)
    return _climbed(plan, position, walker.state)


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


def _add_returns(machine: Machine, ladder: Ladder) -> None:
    for rung in ladder.rungs:
        for target in rung.returns_to:
            machine.add_transition(f"send_back:{target}", rung.id, target)
        if rung.recallable:
            machine.add_transition(
                "recall", rung.id, DRAFTING, conditions="untouched", unless="held"
            )
    for target in (DRAFTING, *ladder.ids):
        machine.add_transition(f"send_back:{target}", CLEARED, target)


def _add_the_rest(machine: Machine, ladder: Ladder) -> None:
    for state in (*ladder.ids, CLEARED):
        machine.add_transition("hold", state, "=", unless="held")
        machine.add_transition("resume", state, "=", conditions="held")
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


def _plain_name(event: str) -> str:
    return event.partition(":")[0]


def _refusal(plan: Plan, position: Position, outcome: Outcome) -> WrongState:
    allowed = possible(plan, position)
    name = _plain_name(_event(plan, position, outcome))
    offered = [OUTCOME_NAMES[item] for item in allowed if item != "replan"]
    now = "、".join(offered) or "无"
    put_aside = "（暂存待用）" if position.held else ""
    return WrongState(
        f"稿件现在处于“{state_name(plan.definition, position.state)}”{put_aside}，"
        f"不能“{OUTCOME_NAMES[name]}”；现在可以：{now}。",
        state=position.state,
        possible=allowed,
    )
