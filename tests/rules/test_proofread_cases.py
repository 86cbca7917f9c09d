"""Every rule on its cases: it fires where it must and is silent where it may not."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from pathlib import Path

import pytest

from tests.rules.proofread_desk import (
    SPELLER_RULES,
    Case,
    cases,
    desk,
    read,
    rules_found,
)
from tests.rules.sample_sources import year_2024
from workflow.proofreading.findings import Severity
from workflow.proofreading.tables import Town

ALL = [*cases("dev.jsonl"), *cases("own.jsonl")]
SHELVES = Path(__file__).parents[2] / "config" / "speller"
IN_FILES_ONLY = {"F20", "F21", "V12"}


@pytest.mark.parametrize(
    "case", ALL, ids=lambda c: f"{c.rule}-{c.fire}-{c.text[:12]!r}"
)
def test_a_rule_judges_its_case(case: Case) -> None:
    assert (case.rule in rules_found(case.text)) is case.fire, case.text


@pytest.mark.parametrize("text", ["请到医保办办理冲抵手续。", "研提提高参保率的措施。"])
def test_a_word_may_begin_with_the_letter_the_one_before_ends_in(text: str) -> None:
    """Of the rules alone: the speller, which learns from texts, still doubts these."""
    rules = replace(desk(), speller=None)

    assert "T04" not in {f.rule for f in rules.proofread(text, Town()).findings}


def test_every_rule_of_the_deterministic_half_has_cases_of_both_sorts() -> None:
    fires = Counter((case.rule, case.fire) for case in ALL)
    judged = desk().tables.cards.keys() - SPELLER_RULES - IN_FILES_ONLY

    assert [
        r for r in sorted(judged) if not fires[r, True] or not fires[r, False]
    ] == []


def test_clean_township_text_has_no_block_and_few_warnings() -> None:
    chars, found = 0, Counter[str]()
    for item in year_2024():
        text = f"{item.title}\n{item.body}"
        chars += len(text)
        found.update(finding.severity for finding in read(text).findings)

    assert found[Severity.BLOCK] == 0
    assert found[Severity.WARN] * 10_000 <= 8 * chars


MAY_STOP = {"B02", "F11", "F14", "F21", "N08", "N13", "S11", "V08"}
"""Blocks of these on the shelves were read one by one and are right: 某某村 left open,
聋哑 for people who cannot hear, a child by name, 缩小十倍, notes in the margin,
此件不公开 as a line of its own."""


def judged(shelf: str) -> tuple[int, Counter[tuple[Severity, str]]]:
    """The characters of a shelf, and the findings of the rules by severity and rule.

    The speller is left out: it learnt from these texts, the rules never saw them.
    Every third paragraph, so that the suite stays short.
    """
    rules = replace(desk(), speller=None)
    chars, found = 0, Counter[tuple[Severity, str]]()
    for file in sorted((SHELVES / shelf).glob("*.txt")):
        for line in file.read_text(encoding="utf-8").splitlines()[::3]:
            chars += len(line)
            findings = rules.proofread(line, Town()).findings
            found.update((f.severity, f.rule) for f in findings)
    return chars, found


@pytest.mark.parametrize(
    ("shelf", "least"), [("township", 80_000), ("official", 4_000)]
)
def test_text_written_for_the_speller_has_few_blocks_and_warnings(
    shelf: str, least: int
) -> None:
    """Nobody wrote these texts with the rules in mind; rates per 10,000 characters."""
    chars, found = judged(shelf)
    blocks = {rule: n for (grade, rule), n in found.items() if grade == Severity.BLOCK}
    warnings = sum(n for (grade, _), n in found.items() if grade == Severity.WARN)

    assert chars > least
    assert blocks.keys() <= MAY_STOP
    assert sum(blocks.values()) * 10_000 <= 0.5 * chars
    assert warnings <= max(2, 0.5 * chars / 10_000)
