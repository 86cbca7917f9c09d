"""The shape of one plan: its rungs, and where each may send back to.

Two articles with equal ladders share one machine.
"""

from __future__ import annotations

from dataclasses import dataclass

from workflow.process.plan import Plan, PlannedStage
from workflow.process.states import CLEARED, DRAFTING, STATE_NAMES, Position


@dataclass(frozen=True, slots=True)
class Rung:
    """One planned stage, as the machine needs it.

    Args:
        id: of the stage.
        returns_to: where it may be sent back to, in this plan.
        recallable: nobody but the drafter acts below it.
    """

    id: str
    returns_to: tuple[str, ...]
    recallable: bool


@dataclass(frozen=True, slots=True)
class Ladder:
    """The rungs of a plan, and the stages of the definition that are not in it."""

    rungs: tuple[Rung, ...]
    dormant: tuple[str, ...]

    @property
    def ids(self) -> list[str]:
        """The ids of the rungs, lowest first."""
        return [rung.id for rung in self.rungs]


def ladder_of(plan: Plan) -> Ladder:
    """The shape of this plan."""
    rungs: list[Rung] = []
    recallable = True
    for planned in plan.stages:
        rungs.append(Rung(planned.stage.id, _returns(plan, planned), recallable))
        recallable = recallable and _is_drafters(planned)
    ids = frozenset(plan.ids)
    stages = (stage.id for stage in plan.definition.stages)
    return Ladder(tuple(rungs), tuple(stage for stage in stages if stage not in ids))


def targets(plan: Plan, position: Position) -> tuple[str, ...]:
    """Where it may be sent back to from here, lowest first; empty when nowhere."""
    if position.state == CLEARED:
        return (DRAFTING, *plan.ids)
    if not plan.has(position.state):
        return ()
    return _returns(plan, plan.stage(position.state))


def state_name(plan: Plan, state: str) -> str:
    """What the screens call the state."""
    names = {stage.id: stage.name for stage in plan.definition.stages}
    return names.get(state) or STATE_NAMES.get(state, state)


def _returns(plan: Plan, planned: PlannedStage) -> tuple[str, ...]:
    wanted = planned.stage.returns_to
    return tuple(to for to in (DRAFTING, *plan.ids) if to in wanted)


def _is_drafters(planned: PlannedStage) -> bool:
    return all(
        act.actor.relation == "drafter" and not act.actor.posts for act in planned.acts
    )
