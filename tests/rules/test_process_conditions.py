from __future__ import annotations

from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from workflow.process.conditions import (
    Attribute,
    AttributeKind,
    ConditionRefused,
    Value,
)
from workflow.process.grammar import parse_condition

DECLARED = {
    item.name: item
    for item in (
        Attribute(
            "importance",
            "重要程度",
            AttributeKind.CHOICE,
            "ordinary",
            {"ordinary": "一般事项", "major": "重大事项"},
        ),
        Attribute("special", "特殊情况", AttributeKind.FLAG, False, {}),
        Attribute("doubt", "存疑", AttributeKind.FLAG, False, {}),
        Attribute("section", "栏目", AttributeKind.TEXT, "", {}),
        Attribute(
            "channels",
            "发布渠道",
            AttributeKind.SET,
            frozenset(),
            {"website": "政府网站", "wechat": "微信公众号"},
        ),
    )
}


def facts(**given_facts: Value) -> dict[str, Value]:
    return {**{name: item.default for name, item in DECLARED.items()}, **given_facts}


@pytest.mark.parametrize(
    ("text", "holds"),
    [
        ('importance == "major"', True),
        ('importance != "major"', False),
        ("special", False),
        ("special == false", True),
        ("special != true", True),
        ("not special", True),
        ("not not special", False),
        ('importance == "major" or special and special', True),
        ('(importance == "major" or special) and special', False),
        ('not importance == "major" or not special', True),
        ('"website" in channels', True),
        ('"wechat" in channels', False),
        ('"wechat" not in channels', True),
        ('importance in ["major", "ordinary"]', True),
        ('importance not in ["major"]', False),
        ("section == 'land'", True),
        ('section in ["land", "water"]', True),
    ],
)
def test_a_condition_means_what_it_says(text: str, holds: bool) -> None:
    known = facts(importance="major", channels=frozenset({"website"}), section="land")
    assert parse_condition(text, DECLARED).holds(known) is holds


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("", "condition-syntax"),
        ("special and", "condition-syntax"),
        ("(special", "condition-syntax"),
        ("special)", "condition-syntax"),
        ("special special", "condition-syntax"),
        ("special; drop", "condition-syntax"),
        ("special.real", "condition-syntax"),
        ("importance = 'major'", "condition-syntax"),
        ('importance == "major', "condition-syntax"),
        ("not", "condition-syntax"),
        ("true", "condition-syntax"),
        ("(" * 60 + "special" + ")" * 60, "condition-syntax"),
        ("not " * 60 + "special", "condition-syntax"),
        (" or ".join(["special"] * 300), "condition-syntax"),
        ("section in [land]", "condition-syntax"),
        ('"website" == channels', "condition-syntax"),
        ("secret", "condition-unknown-name"),
        ('importance == "grave"', "condition-unknown-value"),
        ('"radio" in channels', "condition-unknown-value"),
        ("importance", "condition-type"),
        ("importance == true", "condition-type"),
        ('special == "major"', "condition-type"),
        ('channels == "website"', "condition-type"),
        ('"major" in importance', "condition-type"),
        ('special in ["a"]', "condition-type"),
    ],
)
def test_what_is_not_in_the_language_is_refused(text: str, code: str) -> None:
    with pytest.raises(ConditionRefused) as refused:
        parse_condition(text, DECLARED)
    assert refused.value.code == code
    assert refused.value.message


@pytest.mark.parametrize(
    ("text", "known", "why"),
    [
        (
            'importance == "major" or special',
            facts(importance="major"),
            "因重要程度为重大事项",
        ),
        ('importance == "major" or special', facts(special=True), "因特殊情况"),
        (
            'importance == "major" or special',
            facts(importance="major", special=True),
            "因重要程度为重大事项，特殊情况",
        ),
        ("not special", facts(), "因不属于“特殊情况”"),
        (
            '"wechat" in channels',
            facts(channels=frozenset({"wechat"})),
            "因发布渠道含微信公众号",
        ),
        ('"wechat" not in channels', facts(), "因发布渠道不含微信公众号"),
    ],
)
def test_it_says_why_in_chinese(text: str, known: dict[str, Value], why: str) -> None:
    assert parse_condition(text, DECLARED).why(known) == why


@pytest.mark.parametrize(
    ("text", "words"),
    [
        (
            '(importance == "major" or special) and "website" in channels',
            "（重要程度为重大事项或特殊情况）且发布渠道含政府网站",
        ),
        ('section in ["land", "water"]', "栏目为land、water之一"),
        ("not special", "不是（特殊情况）"),
    ],
)
def test_it_reads_as_people_say_it(text: str, words: str) -> None:
    assert parse_condition(text, DECLARED).words() == words


@pytest.mark.parametrize(
    ("name", "value", "named"),
    [
        ("special", True, "是"),
        ("special", False, "否"),
        ("section", "", "（空）"),
        ("channels", frozenset({"wechat", "website"}), "政府网站、微信公众号"),
        ("channels", frozenset(), "无"),
    ],
)
def test_values_are_named_in_chinese(name: str, value: Value, named: str) -> None:
    assert DECLARED[name].named(value) == named


flags = st.sampled_from(["special", "doubt"])
trees = st.recursive(
    flags,
    lambda inner: st.one_of(
        inner.map(lambda one: f"(not {one})"),
        st.tuples(inner, inner).map(lambda two: f"({two[0]} and {two[1]})"),
        st.tuples(inner, inner).map(lambda two: f"({two[0]} or {two[1]})"),
    ),
    max_leaves=8,
)


@given(trees, st.booleans(), st.booleans())
def test_logic_agrees_with_pythons_own(text: str, special: bool, doubt: bool) -> None:
    expected = eval(text, {"special": special, "doubt": doubt})  # noqa: S307
    condition = parse_condition(text, DECLARED)
    assert condition.holds(facts(special=special, doubt=doubt)) is expected


@given(st.text(alphabet="special doubtandornotin()[]\"'=!,.;x", max_size=40))
def test_any_text_is_either_read_or_refused(text: str) -> None:
    with suppress(ConditionRefused):
        assert parse_condition(text, DECLARED).holds(facts()) in (True, False)
