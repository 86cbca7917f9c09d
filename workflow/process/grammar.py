"""Reading a condition: words, then a tree, each comparison checked as it is met."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field

from workflow.process.conditions import (
    AllOf,
    AnyOf,
    Attribute,
    AttributeKind,
    Condition,
    ConditionRefused,
    Contains,
    Equals,
    Leaf,
    Negation,
    Node,
    OneOf,
)

_WORD = re.compile(
    r"""\s*(?:(?P<text>"[^"]*"|'[^']*')|(?P<name>[A-Za-z_]\w*)|(?P<sign>==|!=|[()\[\],]))""",
    re.ASCII,
)
KEYWORDS = frozenset({"and", "or", "not", "in", "true", "false"})
_MOST_WORDS = 400
_DEEPEST = 40


def parse_condition(
    text: str,
    attributes: Mapping[str, Attribute],
    lists: Mapping[str, tuple[str, ...]] | None = None,
) -> Condition:
    """Read a condition over the declared attributes and named lists of words.

    Raises:
        ConditionRefused: it is not in the language, names what is not declared, or
            compares an attribute with a value it cannot have.
    """
    reader = _Reader(_words(text), attributes, lists=lists or {})
    root = reader.either()
    if reader.left:
        raise _syntax(f"“{reader.next}”之后的内容读不懂")
    return Condition(text, root)


def _syntax(what: str) -> ConditionRefused:
    return ConditionRefused("condition-syntax", f"条件写法有误：{what}。")


_REMEDIES = (
    ("=", "，等于写成 =="),
    ("&&", "，并且写成 and"),
    ("||", "，或者写成 or"),
    ("!", "，不是写成 not"),
    ("<", "，没有大于小于；“五百人以上”之类请声明为是否属性"),
    (">", "，没有大于小于；“五百人以上”之类请声明为是否属性"),
    ("“", "，引号须用英文引号"),
    ("”", "，引号须用英文引号"),
    ("‘", "，引号须用英文引号"),
    ("且", "，并且写成 and"),
    ("并", "，并且写成 and"),
    ("或", "，或者写成 or"),
    ("（", "，括号须用英文括号"),
    ("）", "，括号须用英文括号"),
    ("，", "，逗号须用英文逗号"),
    ("是", "，是否属性写 true、false"),
    ("否", "，是否属性写 true、false"),
)


def _remedy(left: str) -> str:
    """What was probably meant, for the slips that everybody makes."""
    return next((told for sign, told in _REMEDIES if left.startswith(sign)), "")


def _words(text: str) -> list[str]:
    words: list[str] = []
    at = 0
    stripped = text.rstrip()
    while at < len(stripped):
        match = _WORD.match(stripped, at)
        if match is None:
            left = stripped[at:].strip()
            raise _syntax(f"不认识“{left[:12]}”{_remedy(left)}")
        words.append(match.group().strip())
        at = match.end()
    if not words or len(words) > _MOST_WORDS:
        raise _syntax("条件为空" if not words else "条件过长")
    return words


@dataclass
class _Reader:
    left: list[str]
    attributes: Mapping[str, Attribute]
    depth: int = field(default=0)
    lists: Mapping[str, tuple[str, ...]] = field(default_factory=dict)

    @property
    def next(self) -> str:
        return self.left[0] if self.left else ""

    def take(self, expected: str = "") -> str:
        if not self.left or (expected and self.next != expected):
            raise _syntax(f"此处应为“{expected or '属性或取值'}”")
        return self.left.pop(0)

    def either(self) -> Node:
        nodes = [self.both()]
        while self.next == "or":
            self.take()
            nodes.append(self.both())
        return nodes[0] if len(nodes) == 1 else AnyOf(tuple(nodes))

    def both(self) -> Node:
        nodes = [self.single()]
        while self.next == "and":
            self.take()
            nodes.append(self.single())
        return nodes[0] if len(nodes) == 1 else AllOf(tuple(nodes))

    def single(self) -> Node:
        self.depth += 1
        if self.depth > _DEEPEST:
            raise _syntax("括号或“not”套得太深")
        node = self._single()
        self.depth -= 1
        return node

    def _single(self) -> Node:
        if self.next == "not":
            self.take()
            return Negation(self.single())
        if self.next == "(":
            self.take()
            node = self.either()
            self.take(")")
            return node
        return self.comparison()

    def comparison(self) -> Node:
        if _is_text(self.next):
            return self.membership()
        attribute = self.attribute()
        if self.next in ("==", "!="):
            equal = self.take() == "=="
            leaf = _equals(attribute, self.take())
            return leaf if equal else Negation(leaf)
        if self.negated_in() is not None:
            return self.choice(attribute)
        return _flag(attribute)

    def negated_in(self) -> bool | None:
        if self.next == "in":
            return False
        return True if self.left[:2] == ["not", "in"] else None

    def take_in(self) -> bool:
        negated = self.negated_in()
        if negated is None:
            raise _syntax("取值之后应为“in”")
        del self.left[: 2 if negated else 1]
        return negated

    def membership(self) -> Node:
        member = _bare(self.take())
        negated = self.take_in()
        leaf = _contains(self.attribute(), member)
        return Negation(leaf) if negated else leaf

    def choice(self, attribute: Attribute) -> Node:
        negated = self.take_in()
        leaf = _one_of(attribute, self.listed())
        return Negation(leaf) if negated else leaf

    def listed(self) -> tuple[str, ...]:
        if self.next in self.lists:
            return self.lists[self.take()]
        self.take("[")
        values = [self.text()]
        while self.next == ",":
            self.take()
            values.append(self.text())
        self.take("]")
        return tuple(values)

    def text(self) -> str:
        word = self.take()
        if not _is_text(word):
            raise _syntax(f"“{word}”应写在引号里")
        return _bare(word)

    def attribute(self) -> Attribute:
        name = self.take()
        if not name.isidentifier() or name in KEYWORDS:
            raise _syntax(f"“{name}”处应为属性名")
        if name not in self.attributes:
            known = "、".join(self.attributes)
            raise ConditionRefused(
                "condition-unknown-name", f"没有声明属性“{name}”；已声明的有：{known}。"
            )
        return self.attributes[name]


def _is_text(word: str) -> bool:
    return word[:1] in ("'", '"')


def _bare(word: str) -> str:
    return word[1:-1]


def _misfit(attribute: Attribute, how: str) -> ConditionRefused:
    sentence = f"属性“{attribute.name}”（{attribute.label}）{how}。"
    return ConditionRefused("condition-type", sentence)


def _known(attribute: Attribute, code: str) -> str:
    if attribute.knows(code):
        return code
    known = "、".join(attribute.values)
    raise ConditionRefused(
        "condition-unknown-value",
        f"属性“{attribute.name}”没有取值“{code}”；可取：{known}。",
    )


def _flag(attribute: Attribute) -> Leaf:
    if attribute.kind is not AttributeKind.FLAG:
        raise _misfit(attribute, "不是“是/否”属性，须写明与哪个取值比较")
    return Equals(attribute, value=True)


def _equals(attribute: Attribute, word: str) -> Leaf:
    if attribute.kind is AttributeKind.FLAG:
        if word not in ("true", "false"):
            raise _misfit(attribute, "只能与 true 或 false 比较")
        return Equals(attribute, word == "true")
    if attribute.kind is AttributeKind.SET:
        raise _misfit(attribute, "可有多个取值，请写成“取值 in 属性”")
    if not _is_text(word):
        raise _misfit(attribute, "只能与引号里的取值比较")
    return Equals(attribute, _known(attribute, _bare(word)))


def _one_of(attribute: Attribute, values: tuple[str, ...]) -> Leaf:
    if attribute.kind not in (AttributeKind.CHOICE, AttributeKind.TEXT):
        raise _misfit(attribute, "不能用“属性 in [取值]”")
    return OneOf(attribute, tuple(_known(attribute, value) for value in values))


def _contains(attribute: Attribute, member: str) -> Leaf:
    if attribute.kind is not AttributeKind.SET:
        raise _misfit(attribute, "只有一个取值，不能用“取值 in 属性”")
    return Contains(attribute, _known(attribute, member))
