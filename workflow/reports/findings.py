"""What the check of an annual report found."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from functools import cache

Value = int | Decimal | str | None


class Severity(StrEnum):
    """E: do not publish; W: a person must confirm; I: worth knowing."""

    ERROR = "E"
    WARNING = "W"
    INFORMATION = "I"


@dataclass(frozen=True, slots=True)
class ReportFinding:
    """One rule broken at one place.

    Args:
        rule: number of the rule, as "R20".
        cell: the place; ``*`` is every row or column, braces list several.
        stated: what the report prints; ``None`` if nothing or many things.
        computed: what follows from the other figures or from the form.
        message: one Chinese sentence for the clerk.
    """

    rule: str
    severity: Severity
    cell: str
    stated: Value
    computed: Value
    message: str

    def as_json(self) -> dict[str, int | float | str | None]:
        """The finding in the shape that ``report check --format json`` prints."""
        return {
            "rule": self.rule,
            "severity": self.severity.value,
            "cell": self.cell,
            "stated": plain(self.stated),
            "computed": plain(self.computed),
            "message": self.message,
        }


def plain(value: Value) -> int | float | str | None:
    """The value as JSON knows it."""
    return float(value) if isinstance(value, Decimal) else value


def error(
    rule: str, cell: str, stated: Value, computed: Value, message: str
) -> ReportFinding:
    """A finding that forbids publication."""
    return ReportFinding(rule, Severity.ERROR, cell, stated, computed, message)


def warning(
    rule: str, cell: str, stated: Value, computed: Value, message: str
) -> ReportFinding:
    """A finding that a person must confirm."""
    return ReportFinding(rule, Severity.WARNING, cell, stated, computed, message)


def information(
    rule: str, cell: str, stated: Value, computed: Value, message: str
) -> ReportFinding:
    """A finding worth knowing."""
    return ReportFinding(rule, Severity.INFORMATION, cell, stated, computed, message)


def concerns(place: str, cell: str) -> bool:
    """Whether a finding's place means this cell: ``*`` is any, braces list several."""
    return re.fullmatch(_expression(place), cell) is not None


@cache
def _expression(place: str) -> str:
    parts = re.split(r"(\*|\{[^}]*\})", place)
    return "".join(_part(part) for part in parts)


def _part(part: str) -> str:
    if part == "*":
        return "[^.]*"
    if part.startswith("{"):
        return "(?:" + "|".join(map(re.escape, part[1:-1].split(","))) + ")"
    return re.escape(part)


def braced(names: Sequence[str], every: Sequence[str] = ()) -> str:
    """Several names as one part of a cell's path: ``a``, ``{a,b}`` or ``*``."""
    if len(names) == 1:
        return names[0]
    return "*" if list(names) == list(every) else "{" + ",".join(names) + "}"
