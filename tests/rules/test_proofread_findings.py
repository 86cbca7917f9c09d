"""Findings: exact spans in the text as given, keys that survive, levels, silence."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.rules.proofread_desk import desk, read, town
from workflow.errors import InvalidInput
from workflow.proofreading.expressions import expression
from workflow.proofreading.rules import NO_TOWN, corrected
from workflow.proofreading.tables import read_tables, read_town
from workflow.proofreading.text import Kind, fold, read_document

LETTERS = st.text(
    st.sampled_from("镇2024年3月5日，。《》“”⼯\u200b\u00a0１截止目前其它己\n\t（）")
)


@given(LETTERS)
def test_a_finding_is_the_span_that_it_names(text: str) -> None:
    for finding in read(text).findings:
        assert 0 <= finding.start <= finding.end <= len(text)
        assert text[finding.start : finding.end] == finding.text


@given(st.text(max_size=60))
def test_folding_knows_the_way_back(text: str) -> None:
    folded, origin = fold(text)

    assert len(origin) in {0, len(folded)}
    assert list(origin) == sorted(origin)


def test_a_hidden_character_does_not_move_the_spans_behind_it() -> None:
    text = "安全\u200b生产。其它事项。"
    (hidden, other) = read(text).findings

    assert (hidden.rule, hidden.start, hidden.end) == ("T27", 2, 3)
    assert (other.rule, other.text) == ("T08", "其它")


def test_a_key_survives_edits_elsewhere() -> None:
    (before,) = read("会议研究了今年的重点工作，其它事项另行通知各村。").findings
    (after,) = read("会议认真研究了全年的重点工作，其它事项另行通知各村。").findings
    (nearby,) = read("会议研究了今年的重点工作安排，其它事项另行通知各村。").findings

    assert before.start != after.start
    assert before.key == after.key
    assert before.key != nearby.key


def test_the_same_place_twice_has_two_keys() -> None:
    findings = read("其它。其它。其它。其它。其它。其它。").findings

    assert len({finding.key for finding in findings}) == len(findings) == 6


@pytest.mark.parametrize(("level", "rules"), [(1, {"T08"}), (2, {"P03"}), (3, set())])
def test_a_proofread_hears_its_own_rules(level: int, rules: set[str]) -> None:
    found = read("其它工作已完成。。", level).findings

    assert {finding.rule for finding in found} == rules


def test_an_empty_town_table_silences_its_rules_and_says_so() -> None:
    text = "镇长陈志元主持会议，石侨村代表参加。"

    assert {"S01", "A02"} <= {f.rule for f in read(text).findings}
    empty = desk().proofread(text, NO_TOWN)
    assert {f.rule for f in empty.findings}.isdisjoint({"S01", "A02"})
    assert {"S01", "S02", "S03", "A02", "A06", "A07"} == set(empty.silent)


def test_only_what_the_checker_would_stake_its_name_on_is_corrected() -> None:
    text = "镇长陈志元说，其它事项截止目前己完成。"

    assert (
        corrected(text, read(text).findings) == "镇长陈志元说，其他事项截至目前已完成。"
    )


def test_many_alike_are_told_once() -> None:
    findings = [f for f in read("甲,乙,丙,丁,戊,己方,庚").findings if f.rule == "P01"]

    assert len(findings) == 1
    assert "全文同类共" in findings[0].message


def test_lines_are_told_apart_by_structure() -> None:
    text = (
        "云岭镇人民政府关于做好防汛工作的通知\n各村民委员会：\n一、加强值守\n"
        "要落实值班制度。\n村名\t户数\n附件：1.名单\n2.方案\n云岭镇人民政府\n2024年3月5日"
    )
    kinds = [line.kind for line in read_document(text).lines]

    assert kinds == [
        Kind.TITLE,
        Kind.ADDRESSEE,
        Kind.HEADING,
        Kind.BODY,
        Kind.ROW,
        Kind.ATTACHMENT,
        Kind.ATTACHMENT,
        Kind.SIGNATURE,
        Kind.SIGNATURE,
    ]


def test_the_same_text_gives_the_same_findings() -> None:
    text = "截止目前，共办结１２件,其它另行通知。"

    assert read(text) == read(text)


@pytest.mark.parametrize(
    "table",
    [
        {"words": {"Z99": "错=对"}},
        {"patterns": [{"rule": "T01", "find": "("}]},
        {"rules": 3},
    ],
)
def test_a_broken_table_is_refused(table: dict[str, object]) -> None:
    with pytest.raises(InvalidInput):
        read_tables([table], {}, None)


def test_a_broken_town_is_refused() -> None:
    with pytest.raises(InvalidInput):
        read_town({"context": {"leaders": [["陈志远"]]}}, given=True)


def test_a_look_behind_may_have_words_of_any_width() -> None:
    found = expression("(?<!目|有目)的(?=的)|(?<=很|非常)好")

    assert [m.start() for m in found.finditer("目的的很好非常好吗")] == [4, 7]


def test_the_town_of_the_cases_is_whole() -> None:
    assert not any(town().lacks(part) for part in ("leaders", "villages", "area_code"))
