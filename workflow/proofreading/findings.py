"""What a check finds and what is handed to people: plain values."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Protocol


class Severity(StrEnum):
    """How hard a finding stops the flow."""

    BLOCK = "block"
    WARN = "warn"
    HINT = "hint"


@dataclass(frozen=True, slots=True)
class Hit:
    """One place that a check objects to, in the text that the check was given.

    Args:
        start: first code point, from 0.
        end: one past the last code point.
        what: what is wrong, in Chinese, without closing mark.
        put: suggested words, the best first; an empty string means "delete".
        sure: the first suggestion may be applied without asking.
        severity: when this place is graded otherwise than its rule.
        confidence: 0 to 1 where a model spoke, else none.
        as_given: the span counts in the text as given, not in its folded copy.
    """

    start: int
    end: int
    what: str
    put: tuple[str, ...] = ()
    sure: bool = False
    severity: Severity | None = None
    confidence: float | None = None
    as_given: bool = False


@dataclass(frozen=True, slots=True)
class RuleCard:
    """One line of the catalogue of rules.

    Args:
        levels: the proofreads (一校、二校、三校) that carry it.
        source: the regulation or standard it comes from, in Chinese.
        needs: the part of the town table without which it is silent, or empty.
        grouped: many places in one text are reported once, with their number.
    """

    id: str
    category: str
    severity: Severity
    levels: tuple[int, ...]
    name: str
    source: str
    needs: str = ""
    grouped: bool = False


@dataclass(frozen=True, slots=True)
class Finding:
    """A finding as people, scripts and the record see it.

    Args:
        start: offset in code points of the text as given.
        end: exclusive.
        key: survives edits elsewhere in the text: rule and local context.
        applied: the checker would stake its name on the first suggestion.
    """

    start: int
    end: int
    text: str
    rule: str
    category: str
    severity: Severity
    levels: tuple[int, ...]
    message: str
    suggestions: tuple[str, ...]
    confidence: float | None
    applied: bool
    key: str

    def as_json(self) -> dict[str, object]:
        """The shape that the command and the interface promise."""
        return {
            "start": self.start,
            "end": self.end,
            "text": self.text,
            "rule": self.rule,
            "category": self.category,
            "severity": self.severity.value,
            "levels": list(self.levels),
            "message": self.message,
            "suggestions": list(self.suggestions),
            "confidence": self.confidence,
            "applied": self.applied,
            "key": self.key,
        }


@dataclass(frozen=True, slots=True)
class Sentence:
    """A piece of folded text for the speller, and where it begins."""

    start: int
    text: str


class Speller(Protocol):
    """The statistical half: rule id and hit, in the folded text's offsets."""

    def __call__(
        self, sentences: Sequence[Sentence], kept: Sequence[str] = ()
    ) -> Sequence[tuple[str, Hit]]:
        """What it doubts; only warnings and hints, never a block.

        Args:
            kept: words that are right as they are: names, villages.
        """
