"""Every rule on its cases: it fires where it must and is silent where it may not."""

from __future__ import annotations

from collections import Counter
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
TOWNSHIP = Path(__file__).parents[2] / "config" / "speller" / "township"
IN_FILES_ONLY = {"F20", "F21", "V12"}


@pytest.mark.parametrize(
    "case", ALL, ids=lambda c: f"{c.rule}-{c.fire}-{c.text[:12]!r}"
)
def test_a_rule_judges_its_case(case: Case) -> None:
    assert (case.rule in rules_found(case.text)) is case.fire, case.text


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


def test_text_of_thirty_genres_has_no_block_and_few_warnings() -> None:
    """The texts written for the speller: nobody wrote them with these rules in mind."""
    chars, found = 0, Counter[str]()
    for file in sorted(TOWNSHIP.glob("*.txt")):
        for line in file.read_text(encoding="utf-8").splitlines():
            chars += len(line)
            found.update(f.severity for f in desk().proofread(line, Town()).findings)

    assert chars > 80_000
    assert found[Severity.BLOCK] == 0
    assert found[Severity.WARN] * 10_000 <= 2 * chars
