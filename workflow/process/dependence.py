"""On which parts a signature depends, where a stage does not say so itself.

Raising the importance or a doubt on the way must not void the signatures below, yet
somebody has to answer for the fact as it stands at the end.  So a silent stage depends
on everything but these facts, and the last reviewer whom every article meets on them
too.  Urgency changes clocks only and is nobody's, unless a condition hangs on it.
"""

from __future__ import annotations

from dataclasses import replace

from workflow.process.definition import ActKind, Definition, Stage
from workflow.process.stages import Rung

_APPROVING = (ActKind.REVIEW, ActKind.SIGN_OFF, ActKind.DECIDE, ActKind.FINALISE)


def settled(definition: Definition, rungs: list[Rung]) -> tuple[Stage, ...]:
    """The stages, the silent ones with the parts they depend on."""
    movable, clock = _movable(definition), _clock(definition)
    last = _last_reviewer(definition)
    return tuple(
        rung.stage
        if rung.is_explicit
        else replace(
            rung.stage,
            depends_on=rung.stage.depends_on
            - clock
            - (frozenset() if rung.stage.id in last else movable),
        )
        for rung in rungs
    )


def _movable(definition: Definition) -> frozenset[str]:
    names = []
    if definition.importance:
        names.append(definition.importance.attribute)
    if definition.doubts:
        names.append(definition.doubts.attribute)
    return frozenset(f"attributes.{name}" for name in names)


def _clock(definition: Definition) -> frozenset[str]:
    if definition.urgency is None:
        return frozenset()
    name = definition.urgency.attribute
    whens = [stage.when for stage in definition.stages]
    whens.extend(act.when for stage in definition.stages for act in stage.acts)
    if any(when is not None and name in when.names for when in whens):
        return frozenset()
    return frozenset({f"attributes.{name}"})


def _last_reviewer(definition: Definition) -> frozenset[str]:
    """The last stage with a reviewer that every article climbs, and those above it."""
    certain = [
        number
        for number, stage in enumerate(definition.stages)
        if stage.when is None and any(_approves(stage, a.kind) for a in stage.acts)
    ]
    start = certain[-1] if certain else 0
    above = definition.stages[start + 1 :]
    alone = [stage for stage in above if stage.channels or not certain]
    return frozenset(
        stage.id for stage in (*definition.stages[start : start + 1], *alone)
    )


def _approves(stage: Stage, kind: ActKind) -> bool:
    drafters = all(act.actor.is_drafter for act in stage.acts)
    return kind in _APPROVING and not drafters
