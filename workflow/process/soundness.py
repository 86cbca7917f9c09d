"""Proving a definition before it may be used.

For every kind of article the definition tells apart it is proved that the gate of
publishing asks for every demanded act, by different persons where it says so, and that
every part of the text is before the eyes of a reviewer whose signature counts.  Then
the reachable states are walked with the real machine, text changes, returns, holds and
changes of facts included.  Attributes that share no condition are walked one cluster
at a time, the others held where the ladder is longest: the gate has been proved for
every combination before, so the walk need not multiply them.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from workflow.errors import InvalidInput, TooManyCases
from workflow.process.cases import (
    Cases,
    Cluster,
    cases_of,
    conditions_of,
)
from workflow.process.clause_proofs import faults_of_clauses
from workflow.process.conditions import Value
from workflow.process.definition import (
    Definition,
    Fault,
    Stage,
)
from workflow.process.gate import faults_of_plan
from workflow.process.plan import Plan, make_plan
from workflow.process.walk import Walk


@dataclass(frozen=True, slots=True)
class Proof:
    """What was found out about a definition.

    Args:
        states: how many reachable states were walked.
        facts: how many combinations of attribute values they stand for.
        proven: Chinese sentences; empty when there are faults.
        faults: each with its line, its code and the shortest way to the trouble.
    """

    states: int
    facts: int
    proven: tuple[str, ...]
    faults: tuple[Fault, ...]

    @property
    def sound(self) -> bool:
        """Whether the definition may be used."""
        return not self.faults


def check(definition: Definition) -> Proof:
    """Prove that a definition is safe and alive, or say why it is not."""
    cases = cases_of(definition)
    try:
        plans = _plans(definition, cases)
        faults = list(_never(definition, cases))
    except TooManyCases:
        return Proof(0, cases.combinations, (), (_too_many(),))
    faults.extend(_once_each(fault for plan in plans for fault in faults_of_plan(plan)))
    faults.extend(_skips(definition, plans))
    faults.extend(faults_of_clauses(definition))
    if faults or not plans:
        return Proof(0, cases.combinations, (), tuple(faults))
    states, faults = _walked(definition, cases, plans)
    proven = () if faults else _sentences(definition, cases, len(plans), states)
    return Proof(states, cases.combinations, proven, tuple(faults))


def _too_many() -> Fault:
    return Fault(1, "too-many-cases", "条件牵连的属性过多，无法逐一核对；请拆简条件。")


def _plans(definition: Definition, cases: Cases) -> list[Plan]:
    plans: list[Plan] = []
    for facts in cases.every():
        try:
            plans.append(make_plan(definition, facts))
        except InvalidInput:
            continue
    return plans


def _once_each(faults: Iterator[Fault]) -> list[Fault]:
    found: dict[tuple[int, str, str], Fault] = {}
    for fault in faults:
        found.setdefault((fault.line, fault.code, fault.message), fault)
    return list(found.values())


def _never(definition: Definition, cases: Cases) -> Iterator[Fault]:
    """Conditions that never hold, and kinds of article with no stage at all."""
    answers = {
        condition.text: {answer[index] for answer in cluster.examples}
        for cluster in cases.clusters
        for index, condition in enumerate(cluster.conditions)
    }
    for condition, line in conditions_of(definition):
        if answers[condition.text] == {False}:
            message = f"条件“{condition.words()}”永远不成立，所管的环节到不了。"
            yield Fault(line, "never-true", message)
    for facts in cases.every():
        try:
            plan = make_plan(definition, facts)
        except InvalidInput:
            line = definition.stages[0].line if definition.stages else 1
            yield Fault(
                line,
                "empty-plan",
                "有的稿件一个环节也不经过就能发布。",
                ("提交", "发布"),
            )
            return
        yield from _idle_acts(plan)


def _idle_acts(plan: Plan) -> Iterator[Fault]:
    for stage in plan.definition.stages:
        if stage.when is not None and not stage.when.holds(plan.facts):
            continue
        if not plan.has(stage.id):
            message = f"环节“{stage.name}”要经过，却没有一项要办。"
            yield Fault(stage.line, "idle-stage", message)


def _skips(definition: Definition, plans: list[Plan]) -> Iterator[Fault]:
    """Raising the importance, or urgency, must never drop a stage."""
    lost: dict[str, tuple[Stage, str]] = {}
    for attribute, value in _raised(definition):
        for plan in plans:
            for stage in _dropped(plan, attribute, value):
                label = definition.attributes[attribute].label
                lost.setdefault(stage.id, (stage, label))
    for stage, label in lost.values():
        message = f"“{label}”提高后反而跳过环节“{stage.name}”。"
        path = ("拟稿", f"改动“{label}”", "提交", "发布")
        yield Fault(stage.line, "raise-skips", message, path)


def _raised(definition: Definition) -> Iterator[tuple[str, Value]]:
    """Every way in which a matter becomes weightier on its way."""
    rule = definition.importance
    if rule is not None:
        yield from ((rule.attribute, value) for value in rule.levels or (rule.raised,))
    if definition.urgency is not None:
        yield definition.urgency.attribute, definition.urgency.urgent
    if definition.doubts is not None:
        name = definition.doubts.attribute
        yield name, frozenset(definition.attributes[name].values)


def _replaced(plan: Plan, attribute: str, value: Value) -> frozenset[str] | None:
    """The stages that may go; ``None`` when the matter is not raised at all."""
    rule = plan.definition.importance
    if rule is None or rule.attribute != attribute:
        return frozenset()
    if rule.weight(value) <= rule.weight(plan.facts[attribute]):
        return None
    return frozenset(rule.replaces)


def _dropped(plan: Plan, attribute: str, value: Value) -> list[Stage]:
    replaced = _replaced(plan, attribute, value)
    if replaced is None:
        return []
    try:
        raised = make_plan(plan.definition, {**plan.facts, attribute: value})
    except InvalidInput:
        return [item.stage for item in plan.stages]
    kept = {item.stage.id: item.act_ids for item in raised.stages}
    return [
        item.stage
        for item in plan.stages
        if item.stage.id not in replaced
        and not item.act_ids <= kept.get(item.stage.id, frozenset())
    ]


def _walked(
    definition: Definition, cases: Cases, plans: list[Plan]
) -> tuple[int, list[Fault]]:
    fullest = max(plans, key=lambda plan: len(plan.stages)).facts
    states, faults = 0, []
    for cluster in cases.clusters or (Cluster((), {}),):
        walk = Walk(definition, cluster, fullest)
        trouble = walk.run()
        states += len(walk.came)
        if trouble is not None:
            message = _TROUBLES[trouble.code]
            faults.append(Fault(1, trouble.code, message, trouble.path))
    return states, faults


_TROUBLES = {
    "unsafe-publish": "有一条路不经规定的签字就能发布。",
    "too-many-states": "状态过多，无法逐一走遍；请减少环节或条件。",
    "stranded": "有一种情形再也走不到发布。",
}


def _sentences(
    definition: Definition, cases: Cases, plans: int, states: int
) -> tuple[str, ...]:
    exclusive = len(definition.exclusive)
    told = (
        (
            True,
            f"共{cases.combinations}种情形，归为{plans}种走法，走遍{states}个状态。",
        ),
        (True, "凡缺一项规定的签字，都不能发布；改动后须由相关各级重新签字。"),
        (exclusive > 0, f"{exclusive}组不得兼签的约束，同一人兼签即不能发布。"),
        (True, "标题、正文、附件、栏目、渠道和决定走法的情况，都有人签字负责。"),
        (True, "每一状态都能走到发布，也都能退回、不予采用或撤回。"),
        (True, "没有到不了的环节，没有永不成立的条件。"),
        (True, f"每一事项都有办理人，每一期限都写明单位，{_of_silence(definition)}"),
    )
    return tuple(sentence for applies, sentence in told if applies)


def _of_silence(definition: Definition) -> str:
    if definition.warnings:
        return "沉默只在制度写明处视为同意，其后仍须有人把关。"
    return "逾期不视为同意。"
