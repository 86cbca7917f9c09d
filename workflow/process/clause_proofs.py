"""What must be true of the clauses beside the ladder: that each can do its work."""

from __future__ import annotations

from collections.abc import Iterator

from workflow.errors import TooManyCases
from workflow.process.cases import answers_of
from workflow.process.clauses import HandOver, Uses
from workflow.process.conditions import Condition, Contains
from workflow.process.definition import Definition, Fault, Stage
from workflow.process.limits import Limit, LimitUnit

_HOURS = {
    LimitUnit.HOURS: 1,
    LimitUnit.CALENDAR_DAYS: 24,
    LimitUnit.WORKING_DAYS: 24,
}


def faults_of_clauses(definition: Definition) -> Iterator[Fault]:
    """Every clause that can never apply, contradicts itself, or does nothing."""
    yield from _never_true(definition)
    yield from _always_blocked(definition)
    yield from _unheard_doubts(definition)
    yield from _slow_urgency(definition)
    yield from _circles(definition)


def _never_true(definition: Definition) -> Iterator[Fault]:
    for condition, line in _conditions(definition):
        if True not in _answers(definition, (condition,), 0):
            message = f"条件“{condition.words()}”永远不成立，所管的规定用不上。"
            yield Fault(line, "never-true", message)


def _conditions(definition: Definition) -> Iterator[tuple[Condition, int]]:
    for stage in definition.stages:
        yield from ((block.when, stage.line) for block in stage.blocks)
        for need in stage.requires:
            if need.when is not None:
                yield need.when, stage.line
    yield from ((use.when, use.line) for use in definition.uses)
    for act in definition.after:
        if act.when is not None:
            yield act.when, act.line


def _always_blocked(definition: Definition) -> Iterator[Fault]:
    for stage in definition.stages:
        for block in stage.blocks:
            both = (block.when, *([stage.when] if stage.when else []))
            if _holds_whenever_climbed(definition, both):
                message = f"环节“{stage.name}”的禁止条件总是成立，谁也不能同意。"
                path = ("提交", f"到达{stage.name}", "不能同意")
                yield Fault(stage.line, "always-blocked", message, path)


def _holds_whenever_climbed(
    definition: Definition, both: tuple[Condition, ...]
) -> bool:
    try:
        answers = answers_of(definition, both).examples
    except TooManyCases:
        return False
    climbed = [answer for answer in answers if all(answer[1:])]
    return bool(climbed) and all(answer[0] for answer in climbed)


def _answers(
    definition: Definition, conditions: tuple[Condition, ...], which: int
) -> frozenset[bool]:
    try:
        examples = answers_of(definition, conditions).examples
    except TooManyCases:
        return frozenset({True, False})
    return frozenset(answer[which] for answer in examples)


def _unheard_doubts(definition: Definition) -> Iterator[Fault]:
    """A doubt that brings in nobody would be raised and forgotten."""
    if definition.doubts is None:
        return
    attribute = definition.attributes[definition.doubts.attribute]
    conditions = [stage.when for stage in definition.stages]
    conditions.extend(act.when for stage in definition.stages for act in stage.acts)
    named = frozenset(
        leaf.member
        for condition in conditions
        if condition is not None
        for leaf in condition.leaves
        if isinstance(leaf, Contains) and leaf.attribute.name == attribute.name
    )
    for subject, label in attribute.values.items():
        if subject not in named:
            message = f"对“{label}”存疑时没有任何环节来审，疑问无人回答。"
            yield Fault(_first_line(definition), "doubt-unheard", message)


def _first_line(definition: Definition) -> int:
    return definition.stages[0].line if definition.stages else 1


def _slow_urgency(definition: Definition) -> Iterator[Fault]:
    for name, limit, line in _limits(definition):
        if limit.urgent is None:
            continue
        usual = limit.amount * _HOURS[limit.unit]
        if limit.urgent * _HOURS[limit.urgent_unit] > usual:
            message = f"“{name}”急件的期限反而比平件长。"
            yield Fault(line, "urgent-slower", message)


def _limits(definition: Definition) -> Iterator[tuple[str, Limit, int]]:
    stages: tuple[Stage, ...] = definition.stages
    for stage in stages:
        if stage.limit:
            yield stage.name, stage.limit, stage.line
        for act in stage.acts:
            if act.limit:
                yield stage.name, act.limit, act.line
    if definition.publish.limit:
        yield "发布", definition.publish.limit, definition.publish.line


def _circles(definition: Definition) -> Iterator[Fault]:
    """A definition that sends articles to itself."""
    clauses: list[Uses | HandOver] = [*definition.uses]
    if definition.hand_over is not None:
        clauses.append(definition.hand_over)
    for clause in clauses:
        if clause.process == definition.id:
            message = "不能转用或移交给本流程自己。"
            yield Fault(clause.line, "uses-itself", message)
