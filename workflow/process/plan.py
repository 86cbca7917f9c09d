"""Which stages one article must climb, and why each of them is there."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from workflow.errors import InvalidInput
from workflow.process.conditions import Condition, Value
from workflow.process.definition import (
    Act,
    ActKind,
    Definition,
    Limit,
    LimitUnit,
    Stage,
)
from workflow.process.ladder import Ladder, Rung
from workflow.process.states import CLEARED, DRAFTING, STATE_NAMES

ALWAYS = "每件必经"
OBJECTING = (ActKind.SPECIAL_REVIEW, ActKind.CONSULT)


@dataclass(frozen=True, slots=True)
class PlannedStage:
    """One stage this article must climb.

    Args:
        stage: what the definition says.
        why: in Chinese, why this article must.
        acts: those of its acts that this article needs; never empty.
    """

    stage: Stage
    why: str
    acts: tuple[Act, ...]

    @property
    def act_ids(self) -> frozenset[str]:
        """The ids of the acts it takes."""
        return frozenset(act.id for act in self.acts)


@dataclass(frozen=True, slots=True)
class Plan:
    """The stages of one article with these facts, lowest first.

    Args:
        definition: the version the article runs under.
        facts: every declared attribute with its value.
        stages: what it must climb.
        ladder: the same, as the machine needs it.
        duties: what is to be done once it is out.
    """

    definition: Definition
    facts: Mapping[str, Value]
    stages: tuple[PlannedStage, ...]
    ladder: Ladder = field(compare=False)
    duties: tuple[Act, ...] = ()

    @property
    def channels(self) -> frozenset[str]:
        """On which channels it is to go out."""
        found = self.facts["channels"]
        return found if isinstance(found, frozenset) else frozenset()

    @property
    def first(self) -> PlannedStage:
        """The lowest rung."""
        return self.stages[0]

    @property
    def ids(self) -> tuple[str, ...]:
        """The ids of the stages, lowest first."""
        return self.ladder.ids

    def has(self, stage_id: str) -> bool:
        """Whether this article must climb that stage."""
        return stage_id in self.ids

    def stage(self, stage_id: str) -> PlannedStage:
        """The planned stage; ``KeyError`` when it is not in the plan."""
        for planned in self.stages:
            if planned.stage.id == stage_id:
                return planned
        raise KeyError(stage_id)

    def index(self, stage_id: str) -> int:
        """How high it stands in this plan, from 0; ``ValueError`` when not in it."""
        return self.ids.index(stage_id)

    def after(self, stage_id: str) -> tuple[PlannedStage, ...]:
        """The stages above this one."""
        return self.stages[self.index(stage_id) + 1 :]

    def before(self, stage_id: str) -> tuple[PlannedStage, ...]:
        """The stages below this one."""
        return self.stages[: self.index(stage_id)]


def complete(definition: Definition, facts: Mapping[str, Value]) -> Mapping[str, Value]:
    """The facts with the default of every attribute that was not given.

    Raises:
        InvalidInput: a fact is not declared, or has a value it cannot have.
    """
    troubles = {
        name: [_trouble(definition, name, value)]
        for name, value in facts.items()
        if not _fits(definition, name, value)
    }
    if troubles:
        raise InvalidInput(troubles, rule="unknown-fact")
    defaults = {name: item.default for name, item in definition.attributes.items()}
    return {**defaults, **facts}


def make_plan(definition: Definition, facts: Mapping[str, Value]) -> Plan:
    """The stages that an article with these facts must climb.

    Args:
        definition: the version the article runs under.
        facts: attribute name to value; a missing one takes its default.

    Raises:
        InvalidInput: a fact is not declared, has a value it cannot have, or no stage
            at all is left (a sound definition never does that).
    """
    known = complete(definition, facts)
    if definition.splits_channels and not known["channels"]:
        message = "各渠道的把关人不同，请先选定发布渠道。"
        raise InvalidInput({"channels": [message]}, rule="no-channel")
    planned = (_planned(stage, known) for stage in definition.stages)
    stages = tuple(item for item in planned if item is not None)
    if not stages:
        raise InvalidInput(
            {"facts": ["按这些情况没有任何审校环节，流程定义不能这样使用。"]},
            rule="empty-plan",
        )
    duties = tuple(act for act in definition.after if _holds(act.when, known))
    ladder = _ladder(definition, stages, after=bool(duties))
    return Plan(definition, known, stages, ladder, duties)


def targets(plan: Plan, state: str) -> tuple[str, ...]:
    """Where an article in this state may be sent back to; empty when nowhere."""
    if state == CLEARED:
        return (DRAFTING, *plan.ids)
    rung = plan.ladder.rung(state)
    return rung.returns_to if rung else ()


def between(plan: Plan, to: str, at: str) -> tuple[PlannedStage, ...]:
    """The stages that a direct return from ``at`` leaves alone.

    Those above its target; from drafting the first stage is always signed again.

    Args:
        to: a stage id or ``drafting``; at: a stage id or ``cleared``.
    """
    bottom = plan.index(to) if plan.has(to) else 0
    top = plan.index(at) if plan.has(at) else len(plan.stages)
    return plan.stages[bottom + 1 : top]


def state_name(definition: Definition, state: str) -> str:
    """What the screens call the state."""
    names = {stage.id: stage.name for stage in definition.stages}
    return names.get(state) or STATE_NAMES.get(state, state)


def limit_of(plan: Plan, stage_id: str) -> tuple[int, LimitUnit] | None:
    """Amount and unit of the limit that this article has at this stage, if any."""
    return _amount(plan, plan.stage(stage_id).stage.limit)


def publisher(plan: Plan, channel: str = "") -> Act:
    """Who publishes this article, on this channel when one is named."""
    return plan.definition.publishers.get(channel, plan.definition.publish)


def publishing_limit(plan: Plan) -> tuple[int, LimitUnit] | None:
    """Amount and unit of the limit that this article has for being published."""
    return _amount(plan, plan.definition.publish.limit)


def may_lower(definition: Definition, raised_at: str, stage_id: str) -> bool:
    """Whether someone at ``stage_id`` may lower what was raised at ``raised_at``.

    Only a level above may; what the highest level raised, it may lower itself.
    ``raised_at`` is ``drafting`` when the drafter declared it.
    """
    rule = definition.importance
    if rule is not None and rule.lowered_at:
        return stage_id in rule.lowered_at
    if stage_id == definition.stages[-1].id:
        return True
    return definition.rank(stage_id) > definition.rank(raised_at)


def _ladder(
    definition: Definition, stages: tuple[PlannedStage, ...], *, after: bool
) -> Ladder:
    ids = tuple(planned.stage.id for planned in stages)
    rungs: list[Rung] = []
    recallable = True
    for planned in stages:
        stage, wanted = planned.stage, planned.stage.returns_to
        if "send_back" not in stage.outcomes:
            wanted = ()
        if any(act.kind in OBJECTING for act in planned.acts):
            wanted = (*wanted, stage.objection_to)
        beside = {other.stage.id for other in stages if other.stage.beside(stage)}
        allowed = frozenset(wanted) - beside
        returns = tuple(to for to in (DRAFTING, *ids) if to in allowed)
        may = ("hold" in stage.outcomes, "reject" in stage.outcomes)
        rungs.append(Rung(stage.id, returns, recallable, *may))
        recallable = recallable and _is_drafters(planned)
    everyone = (stage.id for stage in definition.stages)
    dormant = tuple(id_ for id_ in everyone if id_ not in ids)
    return Ladder(tuple(rungs), dormant, after, definition.splits_channels)


def _is_drafters(planned: PlannedStage) -> bool:
    return all(act.actor.is_drafter for act in planned.acts)


def _planned(stage: Stage, facts: Mapping[str, Value]) -> PlannedStage | None:
    if not _holds(stage.when, facts):
        return None
    acts = tuple(act for act in stage.acts if _holds(act.when, facts))
    if not acts:
        return None
    why = stage.when.why(facts) if stage.when else ALWAYS
    return PlannedStage(stage, why, acts)


def _holds(when: Condition | None, facts: Mapping[str, Value]) -> bool:
    return when is None or when.holds(facts)


def _fits(definition: Definition, name: str, value: Value) -> bool:
    """Whether the attribute is declared and can be so; unsaid, as it begins, it can."""
    attribute = definition.attributes.get(name)
    if attribute is None:
        return False
    return value == attribute.default or attribute.accepts(value)


def _trouble(definition: Definition, name: str, value: Value) -> str:
    attribute = definition.attributes.get(name)
    if attribute is None:
        return f"本单位流程没有声明属性“{name}”。"
    named = attribute.named(value)
    return f"“{attribute.label}”不能是“{named}”。"


def _amount(plan: Plan, limit: Limit | None) -> tuple[int, LimitUnit] | None:
    if limit is None:
        return None
    urgency = plan.definition.urgency
    if limit.urgent is None or urgency is None:
        return limit.amount, limit.unit
    if plan.facts[urgency.attribute] == urgency.urgent:
        return limit.urgent, limit.urgent_unit
    return limit.amount, limit.unit
