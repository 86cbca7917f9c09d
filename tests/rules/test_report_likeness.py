"""R73: how like a text is to last year's; and what differs much from last year."""

from __future__ import annotations

import json

import pytest

from tests.rules.report_files import changed, report_file
from workflow.reports.changes import Change, changes, words_of
from workflow.reports.findings import concerns
from workflow.reports.likeness import likeness, prose_is_its_own
from workflow.reports.reading import read_report

LAST = "2023年，我镇全年公开信息800条。一是政府信息的主动性不够强，更新实效性有待加强。"
SAME = "2024年，我镇全年公开信息852条。一是政府信息的主动性不够强，更新实效性有待加强。"
OTHER = "今年新设村务专栏十八个，请村民当面评议两次，收到建议六条，逐条办了。"


def test_the_same_words_with_other_figures_are_the_same() -> None:
    alike = likeness(SAME, LAST)
    assert alike.per_cent == 100
    assert alike.sentences == ("一是政府信息的主动性不够强，更新实效性有待加强",)


def test_other_words_are_not() -> None:
    assert likeness(OTHER, LAST).per_cent == 0
    assert likeness(OTHER, "").per_cent == 0
    assert 20 < likeness(OTHER + SAME, LAST).per_cent < 80


def test_a_copy_and_another_organs_words_are_warned_of() -> None:
    found = [*prose_is_its_own(SAME, LAST, is_township=True)]
    assert [one.rule for one in found] == ["R73"]
    assert [*prose_is_its_own(OTHER, LAST, is_township=True)] == []
    words = OTHER + "部分地区仍有不足。"
    assert len([*prose_is_its_own(words, LAST, is_township=True)]) == 1
    assert [*prose_is_its_own(words, LAST, is_township=False)] == []


@pytest.mark.parametrize(
    ("before", "now", "is_big"),
    [(0, 10, True), (0, 9, False), (10, 0, True), (100, 149, False), (100, 150, True)],
)
def test_a_big_change_is_big_in_number_and_in_share(
    before: int, now: int, is_big: bool
) -> None:
    assert Change("active.licensing", "行政许可", before, now).is_big is is_big


def test_the_changes_are_those_of_the_tables() -> None:
    before = read_report(json.dumps(report_file()))
    now = read_report(
        json.dumps(
            changed(
                {"active.licensing": 20, "requests.new": [3, 0, 0, 0, 0, 0, 3]},
            )
        )
    )
    found = changes(now, before)
    assert [(one.cell, int(one.by), one.is_big) for one in found] == [
        ("active.licensing", 20, True),
        ("requests.new.total", 2, False),
    ]
    assert found[1].words == "一、本年新收政府信息公开申请数量（总计）"
    assert words_of("remedies.review.pending") == "行政复议尚未审结"


@pytest.mark.parametrize(
    ("place", "cell", "is_meant"),
    [
        ("requests.*.natural", "requests.new.natural", True),
        ("requests.*.natural", "requests.new.total", False),
        ("requests.{new,total}.{legal,other}", "requests.total.other", True),
        ("requests.{new,total}.{legal,other}", "requests.carried_in.other", False),
        ("active.rules.made", "active.rules.made", True),
        ("prose.claims[requests.new]", "requests.new.total", False),
    ],
)
def test_a_finding_stands_beside_its_cell(
    place: str, cell: str, is_meant: bool
) -> None:
    assert concerns(place, cell) is is_meant
