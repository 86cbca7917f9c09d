"""The speller with its model, as the checker asks it."""

from __future__ import annotations

import pytest

from config.proofreading import speller_model
from tests.rules.proofread_desk import desk, town
from web.app import machine_checker, reading_checker
from workflow.proofreading.findings import Finding
from workflow.proofreading.rules import corrected
from workflow.proofreading.speller.checking import LIMITS

MODELLED = {"T01", "T02", "T03", "T04", "T06"}

WRONG = [
    ("T01", "完善农产品上行发展机智。", "制"),
    ("T01", "各村民威远会要落实责任。", "委员"),
    # 服 and 技 have old readings that no word has; they must not hide the usual one
    ("T01", "县级以上人民征服应当将建设经费纳入预算。", "政府"),
    ("T01", "以创新质量、技校、贡献为核心的评价机制。", "绩效"),
    ("T02", "方案经镇党委会议审议通过，自印发之曰起施行。", "日"),
    ("T03", "养护资金实行专款专用，任单位和个人不得截留、挤占、挪用。", "何"),
    ("T06", "不断提升基层治能理力。", "理能"),
]
SURE = [
    ("各村民威远会要落实责任。", "各村民委员会要落实责任。"),
    (
        "方案经镇党委会议审议通过，自印发之曰起施行。",
        "方案经镇党委会议审议通过，自印发之日起施行。",
    ),
    ("不断提升基层治能理力。", "不断提升基层治理能力。"),
]
CLEAN = [
    "完善农产品上行发展机制。",
    "方案经镇党委会议审议通过，自印发之日起施行。",
    "进一步加强政府信息公开工作。",
    "不断提升基层治理能力。",
    "会议要求，各村要压实责任，抓好春耕备耕各项工作，确保农时不误。",
]


def doubts(text: str, level: int | None = None) -> list[Finding]:
    found = desk().proofread(text, town(), level).findings
    return [f for f in found if f.rule in MODELLED]


@pytest.mark.parametrize(("rule", "text", "right"), WRONG)
def test_an_error_of_each_kind_is_found(rule: str, text: str, right: str) -> None:
    found = [f for f in doubts(text) if f.rule == rule]

    assert right in "".join(f.suggestions[0] for f in found)


@pytest.mark.parametrize(("text", "right"), SURE)
def test_what_it_is_sure_of_is_applied(text: str, right: str) -> None:
    assert corrected(text, doubts(text)) == right


def test_a_missing_character_is_told_with_its_neighbour() -> None:
    found = doubts("实行专款专用，任单位和个人不得截留。")
    (finding,) = [f for f in found if f.rule == "T03"]

    assert finding.end - finding.start == 1
    assert finding.suggestions[0] in {"任何", "何单"}


def test_the_model_is_small_enough_to_carry() -> None:
    assert speller_model().stat().st_size <= 40 * 1000 * 1000


@pytest.mark.parametrize("text", CLEAN)
def test_a_clean_sentence_is_left_alone(text: str) -> None:
    assert doubts(text) == []


def test_it_warns_or_hints_and_never_blocks() -> None:
    text = "".join(text for _, text, _ in WRONG)
    found = doubts(text)

    assert found
    assert {f.severity.value for f in found} <= {"warn", "hint"}
    for finding in found:
        if finding.confidence is not None:
            limits = LIMITS[finding.rule]
            assert limits.hint <= finding.confidence <= 1
            assert finding.confidence >= limits.wrong or not finding.applied
            assert finding.confidence < limits.warn or finding.severity == "warn"


def test_it_is_heard_at_the_first_proofread_only() -> None:
    text = "完善农产品上行发展机智。"

    assert doubts(text, 1)
    assert not doubts(text, 2)
    assert not doubts(text, 3)


def test_its_places_are_those_of_the_text_as_given() -> None:
    text = "第一行。\n\u200b　完善农产品上行发展机智。"
    (finding,) = [f for f in doubts(text) if f.rule == "T01"]

    assert text[finding.start : finding.end] == finding.text
    assert "智" in finding.text


def test_the_same_text_is_told_the_same() -> None:
    text = "各村民威远会要加强监测预警，进一步强政府信息公开工作。"

    assert doubts(text) == doubts(text)


@pytest.mark.parametrize("text", ["", "。", "123", "ABC", "，，，", "一", "\n\n"])
def test_texts_with_nothing_to_read(text: str) -> None:
    assert doubts(text) == []


def test_a_town_at_work_has_it_and_the_sample_year_has_not() -> None:
    assert reading_checker().speller is not None
    assert machine_checker().speller is None


def test_a_word_that_begins_like_the_one_before_is_left_alone() -> None:
    assert doubts("会上大家就就业帮扶交流情况。") == []
    assert doubts("群众反映饮水水压不足。") == []
    assert doubts("要加强强监测。")
