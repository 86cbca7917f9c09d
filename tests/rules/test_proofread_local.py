"""What a town adds: its own words, what it lets through, what no table mutes."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from tests.rules.proofread_desk import desk
from workflow.proofreading.findings import Finding, Severity
from workflow.proofreading.local import Allowed, LocalTables, OwnWord, with_local
from workflow.proofreading.questions import NEED, short_name
from workflow.proofreading.tables import Town

TEXT = "示例镇召开会议\n其它事项另行通知，各村委居委和其它单位照办。"
NOTHING = LocalTables(0, Town())


def found(text: str, local: LocalTables) -> list[tuple[str, str]]:
    read = desk().proofread(text, local.town)
    return [(one.rule, one.text) for one in with_local(text, read.findings, local)]


def test_a_word_of_our_own_is_found_wherever_it_stands_with_its_advice() -> None:
    word = OwnWord("村委居委", "村（居）", Severity.BLOCK)
    read = desk().proofread(TEXT, Town())
    local = replace(NOTHING, words=(word,))

    (own,) = (f for f in with_local(TEXT, read.findings, local) if f.rule == "L01")

    assert TEXT[own.start : own.end] == own.text == "村委居委"
    assert (own.suggestions, own.severity) == (("村（居）",), Severity.BLOCK)


def test_the_same_word_twice_in_alike_places_has_two_keys() -> None:
    local = replace(NOTHING, words=(OwnWord("甲乙", "", Severity.WARN),))
    keys = {one.key for one in with_local("甲乙\n甲乙", (), local)}
    assert len(keys) == 2


def test_what_is_let_through_covers_only_its_own_words_and_rule() -> None:
    assert found(TEXT, NOTHING) == [("T08", "其它"), ("T08", "其它")]
    let = replace(NOTHING, allowed=(Allowed("其它事项"),))
    assert found(TEXT, let) == [("T08", "其它")]
    other = replace(NOTHING, allowed=(Allowed("其它事项", "T09"),))
    assert len(found(TEXT, other)) == 2


def test_the_screens_say_exactly_which_rules_an_empty_table_mutes() -> None:
    needs = {"leaders", "villages"}
    mute = {c.id for c in desk().needy if c.needs in needs}
    assert {rule for rules in NEED.values() for rule in rules} == mute
    silent = desk().proofread("示例", Town(name="示例镇", level="镇")).silent
    assert set(silent) == mute


def test_an_office_that_nearly_is_one_of_the_list_is_doubted() -> None:
    villages, units = ("石桥村",), ("应急管理站",)
    town = Town("示例镇", "镇", None, (), villages, units, given=True)

    def doubts(text: str) -> list[Finding]:
        return [f for f in desk().proofread(text, town).findings if f.rule == "A02"]

    (doubt,) = doubts("示例镇应急管里站组织演练。")
    assert doubt.suggestions == ("应急管理站",)
    assert doubts("示例镇应急管理站、应急管理局组织演练。") == []


@pytest.mark.parametrize(
    ("name", "short"),
    [
        ("赣州市赣县区江口镇人民政府", "江口镇"),
        ("示例镇人民政府", "示例镇"),
        ("示例区城关街道办事处", "城关街道"),
        ("古县镇人民政府", "古县镇"),
    ],
)
def test_a_town_is_called_by_its_short_name(name: str, short: str) -> None:
    assert short_name(name) == short


def test_the_day_is_the_day_of_publishing() -> None:
    late = Town("示例镇", "镇", date(2024, 4, 1), given=True)
    text = "示例镇召开会议\n请于2024年3月25日前报送材料。"
    assert [f.rule for f in desk().proofread(text, late).findings] == ["D06"]
