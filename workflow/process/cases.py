"""Every kind of article a definition tells apart, without listing every article.

Only the attributes that some condition looks at matter to the plan, and of those only
the values that some condition can tell apart.  Attributes that share no condition are
independent: they are enumerated cluster by cluster, and a cluster keeps one example of
each combination of truth values (an *answer*) its conditions can give.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from itertools import chain, combinations, product
from math import prod
from typing import TypeAlias

from workflow.errors import TooManyCases
from workflow.process.conditions import (
    Attribute,
    AttributeKind,
    Condition,
    Contains,
    Equals,
    Leaf,
    Value,
)
from workflow.process.definition import Act, Definition, Stage

MOST_IN_CLUSTER = 1 << 14
MOST_CASES = 1 << 11

Answer: TypeAlias = tuple[bool, ...]
_OTHER = "其他"


@dataclass(frozen=True, slots=True)
class Change:
    """One attribute of an article changes, and with it the answers of a cluster."""

    attribute: str
    before: Answer
    after: Answer


@dataclass(frozen=True)
class Cluster:
    """Attributes bound together by the conditions they share.

    Args:
        conditions: those conditions.
        domains: each attribute's values that the conditions can tell apart.
    """

    conditions: tuple[Condition, ...]
    domains: Mapping[str, tuple[Value, ...]]

    @property
    def size(self) -> int:
        """How many combinations of values there are."""
        return prod(len(values) for values in self.domains.values())

    @cached_property
    def examples(self) -> Mapping[Answer, Mapping[str, Value]]:
        """One combination of values for each answer the conditions can give."""
        found: dict[Answer, Mapping[str, Value]] = {}
        for facts in self._combinations():
            found.setdefault(self.answer(facts), facts)
        return found

    @cached_property
    def changes(self) -> frozenset[Change]:
        """Every way in which changing one attribute changes the answer."""
        return frozenset(
            Change(name, before, after)
            for facts in self._combinations()
            for before in [self.answer(facts)]
            for name, values in self.domains.items()
            for value in values
            if (after := self.answer({**facts, name: value})) != before
        )

    def answer(self, facts: Mapping[str, Value]) -> Answer:
        """What the conditions say of these facts."""
        return tuple(condition.holds(facts) for condition in self.conditions)

    def _combinations(self) -> Iterator[Mapping[str, Value]]:
        if self.size > MOST_IN_CLUSTER:
            raise TooManyCases
        names = tuple(self.domains)
        for values in product(*self.domains.values()):
            yield dict(zip(names, values, strict=True))


@dataclass(frozen=True)
class Cases:
    """All clusters of a definition."""

    clusters: tuple[Cluster, ...]

    @property
    def combinations(self) -> int:
        """How many combinations of attribute values they stand for."""
        return prod(cluster.size for cluster in self.clusters)

    def every(self) -> list[Mapping[str, Value]]:
        """One example for each kind of article.

        Raises:
            TooManyCases: there are more than ``MOST_CASES`` kinds.
        """
        examples = [tuple(cluster.examples.values()) for cluster in self.clusters]
        if prod(map(len, examples)) > MOST_CASES:
            raise TooManyCases
        return [_merged(chosen) for chosen in product(*examples)]


def conditions_of(definition: Definition) -> list[tuple[Condition, int]]:
    """Every condition of a definition, once, with the line of what it governs."""
    found: dict[str, tuple[Condition, int]] = {}
    for stage in definition.stages:
        owners: tuple[Stage | Act, ...] = (stage, *stage.acts)
        for owner in owners:
            if owner.when is not None:
                found.setdefault(owner.when.text, (owner.when, owner.line))
    for least in definition.minimums:
        if least.when is not None:
            found.setdefault(least.when.text, (least.when, least.line))
    return list(found.values())


def answers_of(definition: Definition, conditions: tuple[Condition, ...]) -> Cluster:
    """The cluster of these conditions by themselves.

    Looking at its combinations raises ``TooManyCases`` when there are too many.
    """
    names = frozenset[str]().union(*(condition.names for condition in conditions))
    return _cluster(definition, names, conditions)


def cases_of(definition: Definition) -> Cases:
    """The kinds of article that this definition tells apart."""
    groups: list[tuple[frozenset[str], tuple[Condition, ...]]] = []
    for condition, _ in conditions_of(definition):
        near = [group for group in groups if group[0] & condition.names]
        groups = [group for group in groups if not group[0] & condition.names]
        names = condition.names.union(*(group[0] for group in near))
        merged = chain.from_iterable(group[1] for group in near)
        groups.append((names, (*merged, condition)))
    return Cases(tuple(_cluster(definition, *group) for group in groups))


def _cluster(
    definition: Definition, names: frozenset[str], conditions: tuple[Condition, ...]
) -> Cluster:
    leaves = [leaf for condition in conditions for leaf in condition.leaves]
    domains = {
        name: _values(
            definition,
            attribute,
            [leaf for leaf in leaves if leaf.attribute.name == name],
        )
        for name, attribute in definition.attributes.items()
        if name in names
    }
    return Cluster(conditions, domains)


def _values(
    definition: Definition, attribute: Attribute, leaves: list[Leaf]
) -> tuple[Value, ...]:
    """The values to look at; with a final approver a channel, no article has none."""
    found = _domain(attribute, leaves)
    if attribute.name != "channels" or not definition.splits_channels:
        return found
    alike = _interchangeable(definition, leaves)
    found = tuple(value for value in found if not _members(value) & alike)
    unnamed = set(attribute.values).difference(*map(_literals, leaves))
    other = [frozenset({min(unnamed)})] if unnamed else []
    return (*other, *(value for value in found if value))


def _members(value: Value) -> frozenset[str]:
    return value if isinstance(value, frozenset) else frozenset()


def _interchangeable(definition: Definition, leaves: list[Leaf]) -> frozenset[str]:
    """Channels that may be left out, because another is treated alike throughout.

    Two are alike when the same stages are for them and no condition names either.
    """
    named = [leaf.member for leaf in leaves if isinstance(leaf, Contains)]
    first: dict[frozenset[str], str] = {}
    spare = set()
    for code in sorted(set(named)):
        stages = frozenset(s.id for s in definition.stages if code in s.channels)
        if named.count(code) == len(stages) and first.setdefault(stages, code) != code:
            spare.add(code)
    return frozenset(spare)


def _domain(attribute: Attribute, leaves: list[Leaf]) -> tuple[Value, ...]:
    if attribute.kind is AttributeKind.FLAG:
        return (False, True)
    named = sorted(set(chain.from_iterable(map(_literals, leaves))))
    if attribute.kind is AttributeKind.SET:
        sizes = range(len(named) + 1)
        return tuple(frozenset(m) for n in sizes for m in combinations(named, n))
    others = (code for code in (*attribute.values, _OTHER) if code not in named)
    other = next((code for code in others if attribute.knows(code)), None)
    return (*named, *([] if other is None else [other]))


def _literals(leaf: Leaf) -> tuple[str, ...]:
    if isinstance(leaf, Contains):
        return (leaf.member,)
    if isinstance(leaf, Equals):
        return (leaf.value,) if isinstance(leaf.value, str) else ()
    return leaf.values


def _merged(parts: tuple[Mapping[str, Value], ...]) -> Mapping[str, Value]:
    return {name: value for part in parts for name, value in part.items()}
