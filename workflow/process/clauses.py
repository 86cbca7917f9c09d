"""The clauses of a regulation that stand beside its ladder."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from workflow.process.conditions import Condition, Value


@dataclass(frozen=True, slots=True)
class ExclusiveSet:
    """Members (stages and single acts) of which no two are signed by one person.

    ``drafting`` (who drafted) and ``publish`` (who publishes) can be members too.
    When ``warns``, one person may, and it is put on record.
    """

    id: str
    basis: str
    stages: tuple[str, ...] = ()
    acts: tuple[str, ...] = ()
    note: str = ""
    line: int = field(default=0, compare=False)
    warns: bool = False


@dataclass(frozen=True, slots=True)
class SamePersonSet:
    """Members (stages and single acts) that are all signed by one person."""

    id: str
    basis: str
    stages: tuple[str, ...] = ()
    acts: tuple[str, ...] = ()
    note: str = ""
    line: int = field(default=0, compare=False)


@dataclass(frozen=True, slots=True)
class Importance:
    """Which attribute says that a matter is major, and who may change it on the way.

    Any reviewer may raise it; only a level above the one that raised it may lower it
    (the last level its own), or only the levels of ``lowered_at`` when they are
    named.  See ``plan.may_lower``.

    Args:
        levels: every value, lowest first, where there are more than two.
        replaces: stages that a raised matter does not climb because a higher one
            takes their place.
    """

    attribute: str
    raised: str | bool
    basis: str = ""
    note: str = ""
    lowered_at: tuple[str, ...] = ()
    levels: tuple[str, ...] = ()
    replaces: tuple[str, ...] = ()

    def weight(self, value: object) -> int:
        """How high a value stands."""
        if self.levels:
            return self.levels.index(str(value)) if value in self.levels else 0
        return int(value == self.raised)


@dataclass(frozen=True, slots=True)
class Urgency:
    """Which value of which attribute makes the urgent limits apply."""

    attribute: str
    urgent: str | bool


@dataclass(frozen=True, slots=True)
class Doubts:
    """Which set of subjects a reviewer may call in question on the way.

    Each subject raised brings in the special reviews whose condition names it.

    Args:
        attribute: name of the set attribute.
        raised_at: stages whose reviewers may raise a doubt; any when empty.
    """

    attribute: str
    raised_at: tuple[str, ...] = ()
    basis: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True)
class Requirement:
    """What must be there before a stage opens: a part, an attribute, an attachment."""

    part: str
    when: Condition | None = None
    basis: str = ""


@dataclass(frozen=True, slots=True)
class Block:
    """While this holds a stage cannot approve: it sends back or rejects."""

    when: Condition
    text: str
    basis: str = ""


@dataclass(frozen=True, slots=True)
class Minimum:
    """At least so many acts of a kind, on articles of which ``when`` holds."""

    kind: str
    number: int
    when: Condition | None = None
    basis: str = ""
    line: int = field(default=0, compare=False)


@dataclass(frozen=True, slots=True)
class Trigger:
    """Words whose presence in the text sets an attribute."""

    attribute: str
    value: Value
    words: tuple[str, ...]
    basis: str = ""


@dataclass(frozen=True, slots=True)
class Uses:
    """Articles of which ``when`` holds follow another definition from the start."""

    when: Condition
    process: str
    basis: str = ""
    note: str = ""
    line: int = field(default=0, compare=False)


@dataclass(frozen=True, slots=True)
class HandOver:
    """When our ladder is climbed, another agency's ladder follows and publishes.

    Args:
        process: id of the other agency's definition.
        agency: its name in Chinese.
        when: handed over only when this holds; always when ``None``.
    """

    process: str
    agency: str
    when: Condition | None = None
    basis: str = ""
    note: str = ""
    line: int = field(default=0, compare=False)


WordLists = Mapping[str, tuple[str, ...]]
