"""What the tables of a definition file may refer to, and how codes are read."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import TypeVar

from workflow.process.clauses import WordLists
from workflow.process.conditions import Attribute, Condition, ConditionRefused
from workflow.process.definition import MEANING, TEXT_PARTS
from workflow.process.entries import Entry
from workflow.process.grammar import parse_condition

DRAFTING = "drafting"
RESERVED = frozenset(
    {DRAFTING, "cleared", "published", "withdrawn", "rejected", "publish"}
)
PLAIN_ID = re.compile(r"[a-z][a-z0-9_]{0,39}")
ACT_ID = re.compile(r"[a-z][a-z0-9_.]{0,79}")
_Code = TypeVar("_Code", bound=StrEnum)


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """What a stage may refer to."""

    posts: Mapping[str, str]
    attributes: Mapping[str, Attribute]
    bodies: Mapping[str, str] = field(default_factory=dict)
    collectives: Mapping[str, str] = field(default_factory=dict)
    attachments: Mapping[str, str] = field(default_factory=dict)
    lists: WordLists = field(default_factory=dict)

    @property
    def parts(self) -> frozenset[str]:
        """Every part of the text and every fact a signature can be about."""
        own = (item.part for item in self.attributes.values())
        return frozenset({*TEXT_PARTS, *own})

    @property
    def bindable(self) -> frozenset[str]:
        """The parts, and the meaning of the text apart from its wording."""
        return self.parts | {MEANING}

    @property
    def requirable(self) -> frozenset[str]:
        """What can be required before a stage opens."""
        named = (f"attachments.{code}" for code in self.attachments)
        return self.parts.union(named)

    @property
    def channels(self) -> Mapping[str, str]:
        """The declared channels by code."""
        return self.attributes["channels"].values


def read_id(entry: Entry, pattern: re.Pattern[str] = PLAIN_ID) -> str:
    """The ``id`` of a table, fit to be a name."""
    found = entry.text("id")
    if found and (not pattern.fullmatch(found) or found in RESERVED):
        entry.fault("id", "bad-id", f"“{found}”不能作编号：用小写字母起头的英文名。")
    return found


def read_condition(entry: Entry, words: Vocabulary) -> Condition | None:
    """The ``when`` of a table."""
    text = entry.text("when", "")
    if not text:
        if entry.has("when"):
            entry.fault("when", "condition-syntax", "条件写法有误：条件为空。")
        return None
    try:
        return parse_condition(text, words.attributes, words.lists)
    except ConditionRefused as refused:
        entry.fault("when", refused.code, refused.message)
        return None


def read_code(
    table: Entry,
    key: str,
    codes: type[_Code],
    default: _Code,
    names: Mapping[_Code, str] | None = None,
) -> _Code:
    """One of a fixed set of codes.

    Args:
        names: those that may be written here, with their Chinese; all when left out.
    """
    text = table.text(key, default.value)
    if text in {code.value for code in codes}:
        return codes(text)
    named = names or dict.fromkeys(codes, "")
    known = "、".join(f"{code.value} {name}".strip() for code, name in named.items())
    table.fault(key, "unknown-value", f"“{key}”不能是“{text}”；可取：{known}。")
    return default


def read_known(
    entry: Entry, key: str, known: Mapping[str, str] | frozenset[str], code: str
) -> tuple[str, ...]:
    """A list of names that were all declared.

    Args:
        known: the declared ones.
        code: of the fault when one was not.
    """
    named = entry.texts(key)
    for name in named:
        if name not in known:
            told = "、".join(sorted(known)) or "无"
            entry.fault(key, code, f"没有“{name}”；已声明的有：{told}。")
    return named
