"""What changed between two texts: nothing lost, and in runs that can be read."""

from __future__ import annotations

from dataclasses import replace
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from workflow.articles.difference import (
    Difference,
    Fate,
    FileChange,
    Pair,
    ValueChange,
    body_difference,
    difference,
    is_punctuation,
    stretches,
)
from workflow.articles.runs import Kind, Run, runs_between
from workflow.articles.text import FileRef, Text

S, A, R = Kind.SAME, Kind.ADDED, Kind.REMOVED
LINES = st.lists(
    st.text(alphabet="镇召开会议，。,.3１8日 元李明书记\tab\U000f0000", max_size=12),
    min_size=1,
    max_size=8,
)
PDF = FileRef("名单.pdf", "application/pdf", "1" * 64, 10)
TEXT = Text(
    "标题", "第一段。\n第二段。", "rural", ("website",), {"special": False}, (PDF,)
)


def one_side(pairs: tuple[Pair, ...], *, new: bool) -> str:
    gone = R if new else A
    return "\n".join(
        "".join(run.text for run in pair.runs if run.kind is not gone)
        for pair in pairs
        if (pair.new if new else pair.old) is not None
    )


def brief(runs: tuple[Run, ...]) -> list[tuple[Kind, str]]:
    return [(run.kind, run.text) for run in runs]


@given(LINES, LINES)
def test_nothing_is_lost_on_either_side(old: list[str], new: list[str]) -> None:
    before, after = "\n".join(old), "\n".join(new)
    pairs = body_difference(before, after)
    assert one_side(pairs, new=False) == before
    assert one_side(pairs, new=True) == after


@given(LINES, st.randoms(use_true_random=False))
@settings(max_examples=50)
def test_nothing_is_lost_when_paragraphs_move(old: list[str], chance: Random) -> None:
    new = old.copy()
    chance.shuffle(new)
    pairs = body_difference("\n".join(old), "\n".join(new))
    assert one_side(pairs, new=False) == "\n".join(old)
    assert one_side(pairs, new=True) == "\n".join(new)


@given(st.text(max_size=60), st.text(max_size=60))
def test_any_two_strings_are_rebuilt(before: str, after: str) -> None:
    runs = runs_between(before, after)
    assert "".join(r.text for r in runs if r.kind is not A) == before
    assert "".join(r.text for r in runs if r.kind is not R) == after
    assert all(run.text for run in runs)


@given(LINES)
def test_a_text_does_not_differ_from_itself(lines: list[str]) -> None:
    body = "\n".join(lines)
    same = replace(TEXT, body=body)
    assert difference(same, same).count == 0
    assert all(pair.is_same for pair in body_difference(body, body))


@pytest.mark.parametrize(
    ("before", "after", "strong"),
    [
        ("发放8万元补贴", "发放18万元补贴", ["8万元", "18万元"]),
        ("3月4日召开", "3月14日召开", ["3月4日", "3月14日"]),
        ("江府发〔2024〕3号", "江府发〔2024〕5号", ["〔2024〕3号", "〔2024〕5号"]),
        ("增长3.5%以上", "增长5.3%以上", ["3.5%", "5.3%"]),
        ("镇长李明出席会议", "镇长李民出席会议", ["李明", "李民"]),
        ("张小红同志主持", "张晓红同志主持", ["张小红", "张晓红"]),
        ("涉及三十户", "涉及三户", ["三十户", "三户"]),
        ("下午2:30开始", "下午3:30开始", ["2:30", "3:30"]),
        ("总面积1,200亩", "总面积1,500亩", ["1,200亩", "1,500亩"]),
    ],
)
def test_figures_dates_money_and_names_change_as_a_whole(
    before: str, after: str, strong: list[str]
) -> None:
    runs = runs_between(before, after)
    assert [run.text for run in runs if run.strong] == strong
    assert all(run.strong for run in runs if run.kind is not S)


def test_plain_words_are_not_strong() -> None:
    runs = runs_between("抓好春耕备耕各项工作", "抓好秋收冬种各项工作")
    assert brief(runs) == [
        (S, "抓好"),
        (R, "春耕备耕"),
        (A, "秋收冬种"),
        (S, "各项工作"),
    ]
    assert not any(run.strong for run in runs)


def test_one_kept_character_between_two_changes_is_taken_in() -> None:
    runs = runs_between("全力做好防汛抗旱准备", "全力抓好森林防火准备")
    assert len([run for run in runs if run.kind is R]) <= 2
    assert [r.text for r in runs_between("大力推进", "全力促进") if r.kind is R] == [
        "大力推"
    ]


def test_a_long_kept_stretch_stays_between_two_changes() -> None:
    runs = runs_between("会议传达了上级文件精神。", "大会传达了上级文件要求。")
    assert (S, "会") not in brief(runs)[:1]
    assert any(run.kind is S and "传达了上级文件" in run.text for run in runs)


def test_a_lone_full_stop_is_seen() -> None:
    runs = runs_between("各项工作", "各项工作。")
    assert brief(runs) == [(S, "各项工作"), (A, "。")]
    assert is_punctuation("。")
    assert not is_punctuation("工。")


def test_a_change_of_width_alone_is_said() -> None:
    runs = runs_between("会议要求,抓好落实", "会议要求，抓好落实")
    assert [(r.kind, r.text, r.width) for r in runs if r.kind is not S] == [
        (R, ",", True),
        (A, "，", True),
    ]
    other = runs_between("会议要求,抓好落实", "会议要求；抓好落实")
    assert not any(run.width for run in other)


def test_a_changed_paragraph_is_matched_with_what_it_was() -> None:
    before = "第一段讲农业生产。\n第二段讲安全生产。\n第三段讲防汛工作。"
    after = "第一段讲农业生产。\n第二段讲安全生产和消防。\n第三段讲防汛工作。"
    pairs = body_difference(before, after)
    assert [(pair.old, pair.new) for pair in pairs] == [(0, 0), (1, 1), (2, 2)]
    assert brief(pairs[1].runs) == [
        (S, "第二段讲安全生产"),
        (A, "和消防"),
        (S, "。"),
    ]


def test_a_moved_paragraph_is_recognised_and_counted_once() -> None:
    before = "甲段内容是农业。\n乙段写的是水利工程。\n丙段谈学校。\n丁段说医院。"
    after = "乙段写的是水利工程。\n甲段内容是农业。\n丙段谈学校。\n丁段说医院。"
    pairs = body_difference(before, after)
    moved = [pair for pair in pairs if pair.moved]
    assert len(moved) == 2
    assert {pair.is_one_sided for pair in moved} == {True}
    assert sum(pair.changes for pair in pairs) == 1


def test_a_paragraph_that_came_or_went_is_one_change() -> None:
    pairs = body_difference("第一段。\n要删的一整段话。", "第一段。")
    assert [(pair.old, pair.new, pair.changes) for pair in pairs] == [
        (0, 0, 0),
        (1, None, 1),
    ]


def test_what_did_not_change_is_folded_but_its_neighbours_stay() -> None:
    old = [f"第{n}段没有变化的文字。" for n in range(9)]
    new = [*old[:4], "换成了完全不同的另一句话！", *old[5:]]
    found = stretches(body_difference("\n".join(old), "\n".join(new)))
    assert [(part.folded, len(part.pairs)) for part in found] == [
        (True, 3),
        (False, 4),
        (True, 3),
    ]


def test_two_untouched_paragraphs_are_not_worth_folding() -> None:
    old = [f"第{n}段没有变化的文字。" for n in range(4)]
    new = [*old[:3], old[3] + "另加一句。"]
    found = stretches(body_difference("\n".join(old), "\n".join(new)))
    assert not any(part.folded for part in found)


def test_many_replaced_paragraphs_are_still_matched() -> None:
    old = [f"{n}号地块的整治工作已经开始。" for n in range(110)]
    new = [f"{n}号地块的整治工作已经完成。" for n in range(110)]
    pairs = body_difference("\n".join(old), "\n".join(new))
    assert all(pair.old == pair.new for pair in pairs)


def test_everything_beside_the_body_is_compared() -> None:
    other = FileRef("新表.xlsx", "x", "2" * 64, 10)
    after = replace(
        TEXT,
        title="新标题",
        section="safety",
        channels=("wechat_official",),
        attributes={"special": True},
        files=(replace(PDF, digest="3" * 64), other),
    )
    found = difference(TEXT, after)
    assert brief(found.title) == [(A, "新"), (S, "标题")]
    assert brief(found.channels) == [(R, "website"), (A, "wechat_official")]
    assert found.values == (
        ValueChange("section", "rural", "safety"),
        ValueChange("special", False, True),
    )
    assert found.files == (
        FileChange("名单.pdf", Fate.REPLACED),
        FileChange("新表.xlsx", Fate.ADDED),
    )
    assert found.count == 1 + 2 + 2 + 2


def test_files_that_went_or_stayed_are_named() -> None:
    gone = difference(TEXT, replace(TEXT, files=()))
    assert gone.files == (FileChange("名单.pdf", Fate.REMOVED),)
    same: Difference = difference(TEXT, TEXT)
    assert same.files == (FileChange("名单.pdf", Fate.SAME),)
    assert brief(same.channels) == [(S, "website")]
    assert same.count == 0


def test_a_text_out_of_private_characters_is_compared_plainly() -> None:
    strange = "".join(map(chr, range(0xF0000, 0x110000)))
    runs = runs_between(strange, strange + "12")
    assert brief(runs) == [(S, strange), (A, "12")]
