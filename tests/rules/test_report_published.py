"""Five published reports, each with the faults a reader found by hand."""

from __future__ import annotations

import pytest

from tests.rules.report_files import CLEAN, NAMES, findings_of, found, report_file

SEVERITIES = {"error": "E", "warn": "W", "info": "I"}
BY_READING_ONLY = {"R46"}


@pytest.mark.parametrize("name", NAMES)
def test_the_check_finds_what_a_reader_found_and_nothing_else(name: str) -> None:
    content = report_file(name)
    expected = [
        (
            fault["rule"],
            SEVERITIES[fault["severity"]],
            fault["cell"],
            fault["stated"],
            fault["computed"],
        )
        for fault in content["expected_findings"]
        if fault["rule"] not in BY_READING_ONLY
    ]
    seen = [
        (one.rule, one.severity.value, one.cell, one.stated, one.computed)
        for one in findings_of(content)
    ]
    assert seen == expected


def test_all_five_reports_are_here() -> None:
    assert len(NAMES) == 5


def test_the_town_of_the_sample_has_a_clean_report() -> None:
    assert found(report_file(CLEAN)) == []


def test_every_finding_says_a_chinese_sentence() -> None:
    for name in NAMES:
        for finding in findings_of(report_file(name)):
            assert finding.message.endswith("。")
            assert finding.as_json()["severity"] in {"E", "W", "I"}
