"""What a signature binds, and what still counts: pure functions of the history.

A signature is on a text.  It counts for the present text when every part it depends on
is the same as when it was signed; the same content again counts again, so a save
without a change voids nothing.  A return voids what stood at or above its target.
No state column is consulted anywhere here.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import TypeAlias

from workflow.process.channels import stages_for
from workflow.process.definition import (
    MEANING,
    Act,
    Definition,
    ExclusiveSet,
    SamePersonSet,
)
from workflow.process.plan import Plan, PlannedStage
from workflow.process.states import CLEARED, DRAFTING, Position


@dataclass(frozen=True, slots=True)
class Signature:
    """One person's signature on one text.

    Args:
        seq: order within the article's history.
        stage: id of the rung.
        acts: the ids of the acts that it completes.
        person: the natural person, after any stand-in is resolved.
        parts: digest by part (``title``, ``body``, ``attributes.<name>`` …) of the
            revision that was signed.
        deemed: nobody signed: silence counts as consent, and the system notes it.
    """

    seq: int
    stage: str
    acts: frozenset[str]
    person: int
    parts: Mapping[str, str]
    deemed: bool = False


@dataclass(frozen=True, slots=True)
class Return:
    """A send-back (or recall) to a stage or to ``drafting``.

    Args:
        kept: the stages whose signatures it leaves alone (直达); whether they count is
            then a matter of the text only.
    """

    seq: int
    to: str
    kept: frozenset[str] = frozenset()


Event: TypeAlias = Signature | Return
PersonSet: TypeAlias = ExclusiveSet | SamePersonSet


@dataclass(frozen=True, slots=True)
class Missing:
    """An act that is still owed before publishing.

    Args:
        stage: id of the rung.
        act: id of the act.
        why: in Chinese, why this article owes it.
        basis: the sentence of the regulation; may be empty.
    """

    stage: str
    act: str
    why: str
    basis: str


@dataclass(frozen=True, slots=True)
class Conflict:
    """A signature that breaks a constraint on persons, and the constraint."""

    signature: Signature
    constraint: PersonSet


def standing(
    plan: Plan, history: Sequence[Event], parts: Mapping[str, str]
) -> tuple[Signature, ...]:
    """The signatures that still count for the present text, oldest first.

    Args:
        plan: of the article as it is now.
        history: every signature and return of the article, in any order.
        parts: digest by part of the present text.
    """
    valid = [
        event
        for event in sorted(history, key=lambda event: event.seq)
        if isinstance(event, Signature)
        and _is_on_this(plan, event, parts)
        and not _is_returned(plan.definition, event, history)
    ]
    latest = frozenset(_latest(valid).values())
    return tuple(item for item in valid if item.seq in latest)


def place(plan: Plan, stood: Sequence[Signature]) -> Position:
    """Where the article stands: the first stage not wholly signed, or cleared."""
    signed = _signed(plan, stood)
    for planned in plan.stages:
        if not planned.act_ids <= signed:
            done = planned.act_ids & signed
            above = (item.act_ids for item in plan.after(planned.stage.id))
            return Position(
                planned.stage.id, done, ahead=signed & frozenset().union(*above)
            )
    return Position(CLEARED)


def missing(
    plan: Plan, stood: Sequence[Signature], channel: str = ""
) -> tuple[Missing, ...]:
    """What is owed before publishing; empty if and only if it may be published.

    Args:
        channel: only what is owed before it goes out there; everywhere when empty.
    """
    signed = _signed(plan, stood)
    contested = {
        act: conflict
        for conflict in conflicts(plan, stood)
        for act in conflict.signature.acts
    }
    return tuple(
        _owed(planned, act, contested.get(act.id))
        for planned in (stages_for(plan, channel) if channel else plan.stages)
        for act in planned.acts
        if act.id not in signed
    )


def conflicts(plan: Plan, stood: Sequence[Signature]) -> tuple[Conflict, ...]:
    """The signatures that do not count because of who gave them."""
    return _sift(plan, stood)[1]


def doubtful(plan: Plan, stood: Sequence[Signature]) -> tuple[Conflict, ...]:
    """The signatures by one person that are allowed but have to be on record."""
    in_order = sorted(stood, key=lambda item: item.seq)
    return tuple(
        Conflict(item, apart)
        for apart in plan.definition.exclusive
        if apart.warns
        for number, item in enumerate(in_order)
        if (mine := _touched(plan.definition, apart, item.stage, item.acts))
        and _holds_other(plan.definition, apart, in_order[:number], item.person, mine)
    )


def barred(
    plan: Plan,
    stood: Sequence[Signature],
    person: int,
    stage: str,
    acts: frozenset[str] | None = None,
) -> PersonSet | None:
    """The constraint that keeps this person from signing this stage, or ``None``.

    Args:
        plan: of the article as it is now.
        stood: the signatures to hold against the person: those standing, or all of
            the article's life when the regulation is read that strictly.
        person: the natural person.
        stage: id of the rung.
        acts: which of its acts; when not given, the person is barred only if no open
            act of the stage is left to her.
    """
    counted = _sift(plan, stood)[0]
    if acts is not None:
        return _bar(plan.definition, counted, person, stage, acts)
    bars = [
        _bar(plan.definition, counted, person, stage, choice)
        for choice in _choices(plan.stage(stage), _signed(plan, stood))
    ]
    return bars[0] if all(bars) else None


def _choices(planned: PlannedStage, signed: frozenset[str]) -> list[frozenset[str]]:
    """What one person could sign next at this stage."""
    open_acts = planned.act_ids - signed or planned.act_ids
    if planned.stage.joint:
        return [open_acts]
    return [frozenset({act}) for act in sorted(open_acts)]


def _is_on_this(plan: Plan, item: Signature, parts: Mapping[str, str]) -> bool:
    if item.stage == DRAFTING:
        return True
    if item.deemed and not all(map(_is_deemed(plan), item.acts)):
        return False
    if not plan.has(item.stage):
        return False
    planned = plan.stage(item.stage)
    stage = planned.stage
    if stage.joint and not planned.act_ids <= item.acts:
        return False
    if not planned.act_ids & item.acts:
        return False
    return all(_is_same(part, item.parts, parts) for part in stage.depends_on)


def _is_deemed(plan: Plan) -> Callable[[str], bool]:
    """Whether the regulation lets silence count as consent to this act."""
    acts = [act for planned in plan.stages for act in planned.acts]
    return frozenset(act.id for act in acts if act.is_deemed).__contains__


def _is_same(part: str, signed: Mapping[str, str], now: Mapping[str, str]) -> bool:
    if part == MEANING and MEANING not in now:
        return all(_is_same(wording, signed, now) for wording in ("title", "body"))
    return part in now and signed.get(part) == now[part]


def _is_returned(
    definition: Definition, item: Signature, history: Sequence[Event]
) -> bool:
    rank = definition.rank(item.stage)
    if rank < 0:
        return False
    return any(
        isinstance(event, Return)
        and event.seq > item.seq
        and rank >= definition.rank(event.to)
        and item.stage not in event.kept
        for event in history
    )


def _signed(plan: Plan, stood: Sequence[Signature]) -> frozenset[str]:
    """The acts whose latest signature counts; an earlier one never stands in for it."""
    latest = _latest(stood)
    counted = _sift(plan, stood)[0]
    return frozenset(
        act for item in counted for act in item.acts if latest[act] == item.seq
    )


def _latest(stood: Sequence[Signature]) -> dict[str, int]:
    in_order = sorted(stood, key=lambda item: item.seq)
    return {act: item.seq for item in in_order for act in item.acts}


def _sift(
    plan: Plan, stood: Sequence[Signature]
) -> tuple[list[Signature], tuple[Conflict, ...]]:
    counted: list[Signature] = []
    refused: list[Conflict] = []
    for item in sorted(stood, key=lambda item: item.seq):
        bar = _bar(plan.definition, counted, item.person, item.stage, item.acts)
        if bar is None:
            counted.append(item)
        else:
            refused.append(Conflict(item, bar))
    return counted, tuple(refused)


def _bar(
    definition: Definition,
    stood: Sequence[Signature],
    person: int,
    stage: str,
    acts: frozenset[str],
) -> PersonSet | None:
    for apart in definition.exclusive:
        mine = frozenset[str]()
        if not apart.warns:
            mine = _touched(definition, apart, stage, acts)
        shared = mine and _holds_other(definition, apart, stood, person, mine)
        if len(mine) > 1 or shared:
            return apart
    for together in definition.same_person:
        touched = _touched(definition, together, stage, acts)
        if touched and _by_another(definition, together, stood, person):
            return together
    return None


def _touched(
    definition: Definition, members: PersonSet, stage: str, acts: frozenset[str]
) -> frozenset[str]:
    """Which members of the set this signature is; what outsiders decide is none."""
    own = acts - definition.outsiders
    if not own:
        return frozenset()
    named = own & frozenset(members.acts)
    return named | {stage} if stage in members.stages else named


def _holds_other(
    definition: Definition,
    apart: ExclusiveSet,
    stood: Sequence[Signature],
    person: int,
    mine: frozenset[str],
) -> bool:
    return any(
        item.person == person
        and _touched(definition, apart, item.stage, item.acts) - mine
        for item in stood
    )


def _by_another(
    definition: Definition,
    together: SamePersonSet,
    stood: Sequence[Signature],
    person: int,
) -> bool:
    return any(
        item.person != person and _touched(definition, together, item.stage, item.acts)
        for item in stood
    )


def _owed(planned: PlannedStage, act: Act, conflict: Conflict | None) -> Missing:
    stage = planned.stage
    if conflict is None:
        return Missing(stage.id, act.id, planned.why, act.basis or stage.basis)
    why = (
        "签字人与应当不同的环节为同一人，此签字不算数"
        if isinstance(conflict.constraint, ExclusiveSet)
        else "签字人与应当相同的环节不是同一人，此签字不算数"
    )
    return Missing(stage.id, act.id, why, conflict.constraint.basis)
