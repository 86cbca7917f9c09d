"""Every rule on its cases: it fires where it must and is silent where it may not."""

from __future__ import annotations

from collections import Counter

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

ALL = [*cases("dev.jsonl"), *cases("own.jsonl")]
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
