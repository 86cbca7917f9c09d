"""The small language in which a regulation says when a stage is needed.

``importance == "major" or special`` — names are declared attributes; ``and``, ``or``,
``not``, ``in``, ``==``, ``!=`` and parentheses are all there is.  A condition is parsed
and type-checked when the definition is loaded; nothing is ever evaluated as code.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import TypeAlias

from workflow.errors import DefinitionRefused

Value: TypeAlias = str | bool | frozenset[str]
Facts: TypeAlias = Mapping[str, Value]
YES = "true"


class AttributeKind(StrEnum):
    """What values an attribute takes."""

    CHOICE = "choice"
    FLAG = "flag"
    SET = "set"
    TEXT = "text"


@dataclass(frozen=True, slots=True)
class Attribute:
    """One declared fact about an article.

    Args:
        name: identifier used in conditions.
        label: what the screens call it.
        kind: what values it takes.
        default: its value when nothing is said.
        values: code to Chinese label, of a choice or of a set's members; a set or
            text without any takes whatever the agency has.
    """

    name: str
    label: str
    kind: AttributeKind
    default: Value
    values: Mapping[str, str]

    @property
    def part(self) -> str:
        """The name under which a signature binds this fact."""
        bare = self.name in ("section", "channels")
        return self.name if bare else f"attributes.{self.name}"

    def accepts(self, value: Value) -> bool:
        """Whether the value is one of those declared."""
        if self.kind is AttributeKind.FLAG:
            return isinstance(value, bool)
        if self.kind is AttributeKind.SET:
            return isinstance(value, frozenset) and all(map(self.knows, value))
        return isinstance(value, str) and self.knows(value)

    def knows(self, code: str) -> bool:
        """Whether the code is a declared one; any is, where none are declared."""
        return not self.values or code in self.values

    def told(self, value: Value) -> str:
        """The value where its label is not beside it: 重大事项; nothing for a "no".

        Args:
            value: as facts have it, or as lists keep it (see ``kept``).
        """
        if self.kind is AttributeKind.FLAG:
            return self.label if value in (True, YES) else ""
        return self.named(value)

    def kept(self, value: Value) -> str:
        """The value as a column of a list keeps it."""
        if isinstance(value, bool):
            return YES if value else ""
        return value if isinstance(value, str) else ""

    @property
    def choices(self) -> Mapping[str, str]:
        """What a list can be narrowed to by this fact, as it is kept."""
        return {YES: self.label} if self.kind is AttributeKind.FLAG else self.values

    def named(self, value: Value) -> str:
        """The value as people read it."""
        if isinstance(value, bool):
            return "是" if value else "否"
        if isinstance(value, str):
            return self.values.get(value, value) or "（空）"
        return "、".join(self.values.get(item, item) for item in sorted(value)) or "无"


class ConditionRefused(DefinitionRefused):
    """A condition cannot be read or does not fit the declared attributes.

    Args:
        code: short and stable, becomes the code of the definition's fault.
        message: one Chinese sentence.
    """

    rule = "condition-refused"
    message = "条件写法有误。"

    def __init__(self, code: str = "condition-syntax", message: str = "") -> None:
        self.code = code
        super().__init__(None, message)


@dataclass(frozen=True, slots=True)
class Equals:
    """The attribute has this value (a flag named alone: is true)."""

    attribute: Attribute
    value: Value

    def holds(self, facts: Facts) -> bool:
        """Whether it is so for these facts."""
        return facts[self.attribute.name] == self.value

    def words(self) -> str:
        """As people say it."""
        return _sentence(self.attribute, self.value)


@dataclass(frozen=True, slots=True)
class OneOf:
    """The attribute has one of these values."""

    attribute: Attribute
    values: tuple[str, ...]

    def holds(self, facts: Facts) -> bool:
        """Whether it is so for these facts."""
        return facts[self.attribute.name] in self.values

    def words(self) -> str:
        """As people say it."""
        named = "、".join(self.attribute.named(value) for value in self.values)
        return f"{self.attribute.label}为{named}之一"


@dataclass(frozen=True, slots=True)
class Contains:
    """The set has this member."""

    attribute: Attribute
    member: str

    def holds(self, facts: Facts) -> bool:
        """Whether it is so for these facts."""
        value = facts[self.attribute.name]
        return isinstance(value, frozenset) and self.member in value

    def words(self) -> str:
        """As people say it."""
        return f"{self.attribute.label}含{self.attribute.named(self.member)}"


@dataclass(frozen=True, slots=True)
class Negation:
    """The inner condition does not hold."""

    inner: Node

    def holds(self, facts: Facts) -> bool:
        """Whether it is so for these facts."""
        return not self.inner.holds(facts)

    def words(self) -> str:
        """As people say it."""
        return f"不是（{self.inner.words()}）"


@dataclass(frozen=True, slots=True)
class AllOf:
    """Every one of the inner conditions holds."""

    inner: tuple[Node, ...]

    def holds(self, facts: Facts) -> bool:
        """Whether it is so for these facts."""
        return all(node.holds(facts) for node in self.inner)

    def words(self) -> str:
        """As people say it."""
        return "且".join(_bracketed(node) for node in self.inner)


@dataclass(frozen=True, slots=True)
class AnyOf:
    """At least one of the inner conditions holds."""

    inner: tuple[Node, ...]

    def holds(self, facts: Facts) -> bool:
        """Whether it is so for these facts."""
        return any(node.holds(facts) for node in self.inner)

    def words(self) -> str:
        """As people say it."""
        return "或".join(_bracketed(node) for node in self.inner)


Leaf: TypeAlias = Equals | OneOf | Contains
Node: TypeAlias = Leaf | Negation | AllOf | AnyOf


@dataclass(frozen=True, slots=True)
class Condition:
    """A parsed condition over declared attributes.

    Args:
        text: as written in the definition.
        root: its tree.
    """

    text: str
    root: Node

    def holds(self, facts: Facts) -> bool:
        """Whether it is so; the facts are complete (``plan.complete``)."""
        return self.root.holds(facts)

    def why(self, facts: Facts) -> str:
        """What makes it so (or not so) for these facts: 因重要程度为重大事项."""
        told = dict.fromkeys(_fact(leaf, facts) for leaf in _deciding(self.root, facts))
        return "因" + "，".join(told)

    def words(self) -> str:
        """The condition itself as people say it: 重要程度为重大事项或特殊情况."""
        return self.root.words()

    @property
    def leaves(self) -> tuple[Leaf, ...]:
        """The comparisons it is made of, in order."""
        return tuple(_leaves(self.root))

    @property
    def names(self) -> frozenset[str]:
        """The attributes it looks at."""
        return frozenset(leaf.attribute.name for leaf in self.leaves)


def _sentence(attribute: Attribute, value: Value) -> str:
    if isinstance(value, bool):
        return attribute.label if value else f"不属于“{attribute.label}”"
    return f"{attribute.label}为{attribute.named(value)}"


def _fact(leaf: Leaf, facts: Facts) -> str:
    if isinstance(leaf, Contains):
        said = "含" if leaf.holds(facts) else "不含"
        return f"{leaf.attribute.label}{said}{leaf.attribute.named(leaf.member)}"
    return _sentence(leaf.attribute, facts[leaf.attribute.name])


def _bracketed(node: Node) -> str:
    words = node.words()
    return f"（{words}）" if isinstance(node, AllOf | AnyOf) else words


def _leaves(node: Node) -> list[Leaf]:
    if isinstance(node, Negation):
        return _leaves(node.inner)
    if isinstance(node, AllOf | AnyOf):
        return [leaf for inner in node.inner for leaf in _leaves(inner)]
    return [node]


def _deciding(node: Node, facts: Facts) -> list[Leaf]:
    """The leaves that account for the truth or falsehood of the node."""
    if isinstance(node, Negation):
        return _deciding(node.inner, facts)
    if isinstance(node, AllOf | AnyOf):
        truth = node.holds(facts)
        agreeing = [inner for inner in node.inner if inner.holds(facts) is truth]
        return [leaf for inner in agreeing for leaf in _deciding(inner, facts)]
    return [node]
