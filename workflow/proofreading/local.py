"""What a town adds to the checks: words of its own, and what it lets through."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from workflow.proofreading.findings import Finding, Severity
from workflow.proofreading.rules import local_key
from workflow.proofreading.tables import Town

OWN_RULE, OWN_NAME = "L01", "本单位词表"
OWN_SOURCE = "依据：本单位词表"
EVERY_LEVEL = (1, 2, 3)


@dataclass(frozen=True, slots=True)
class OwnWord:
    """A word that this town does not write, and what it writes instead."""

    wrong: str
    right: str
    severity: Severity


@dataclass(frozen=True, slots=True)
class Allowed:
    """Words that are right here although a rule objects.

    Args:
        rule: the one rule that is silent on them; empty: every rule.
    """

    words: str
    rule: str = ""


@dataclass(frozen=True, slots=True)
class LocalTables:
    """An agency's own tables as they hold on one day.

    Args:
        version: rises with every change of an entry.
    """

    version: int
    town: Town
    words: tuple[OwnWord, ...] = ()
    allowed: tuple[Allowed, ...] = ()


def with_local(
    given: str, findings: Sequence[Finding], local: LocalTables
) -> tuple[Finding, ...]:
    """The findings without what is let through, and the town's own words among them."""
    found = [*findings, *_own_words(given, local.words)]
    covers = _covers(given, local.allowed)
    kept = [one for one in found if not _is_let_through(one, covers)]
    return tuple(sorted(kept, key=lambda one: (one.start, one.end, one.rule)))


def _own_words(given: str, words: Sequence[OwnWord]) -> Iterator[Finding]:
    for word in words:
        seen: dict[str, int] = {}
        for match in re.finditer(re.escape(word.wrong), given):
            key = local_key(OWN_RULE, given, *match.span())
            seen[key] = seen.get(key, 0) + 1
            suffix = f"-{seen[key]}" if seen[key] > 1 else ""
            yield _finding(word, match, key + suffix)


def _finding(word: OwnWord, match: re.Match[str], key: str) -> Finding:
    right = f"，应写作“{word.right}”" if word.right else ""
    return Finding(
        start=match.start(),
        end=match.end(),
        text=word.wrong,
        rule=OWN_RULE,
        category=OWN_NAME,
        severity=word.severity,
        levels=EVERY_LEVEL,
        message=f"本单位不用“{word.wrong}”{right}（{OWN_SOURCE}）。",
        suggestions=(word.right,) if word.right else (),
        confidence=None,
        applied=False,
        key=key,
    )


_Cover = tuple[int, int, str]


def _covers(given: str, allowed: Sequence[Allowed]) -> list[_Cover]:
    return [
        (*match.span(), one.rule)
        for one in allowed
        for match in re.finditer(re.escape(one.words), given)
    ]


def _is_let_through(finding: Finding, covers: Sequence[_Cover]) -> bool:
    return any(
        start <= finding.start and finding.end <= end and rule in ("", finding.rule)
        for start, end, rule in covers
    )
