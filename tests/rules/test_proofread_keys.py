"""A finding's key survives any edit elsewhere: what was settled stays settled."""

from __future__ import annotations

from collections.abc import Sequence

from hypothesis import given
from hypothesis import strategies as st

from tests.rules.proofread_desk import desk
from workflow.proofreading.rules import GROUP_FROM, whole_key
from workflow.proofreading.tables import Town

WRONG = (
    "我镇己完成全部整改任务。",
    "其它事项另行通知。",
    "会议会议指出，要压实责任。",
    "会议指出,要压实责任。",
    "请将补贴打入村集体帐户。",
    "截止2024年12月31日，共办结18件。",
    "增强“四个意思”。",
)
CLEAN = (
    "各村要加强巡查，发现问题及时上报。",
    "镇村干部走访了十二户群众。",
    "（一）压实责任",
    "会后，大家到现场查看了水渠。",
    "",
)
lines = st.lists(st.sampled_from(CLEAN), max_size=6)
wrong_lines = st.lists(st.sampled_from(WRONG), min_size=1, max_size=5, unique=True)


def keys(text: Sequence[str]) -> set[str]:
    return {f.key for f in desk().proofread("\n".join(text), Town()).findings}


@given(wrong_lines, lines, lines, lines)
def test_lines_put_before_between_or_after_change_no_key(
    wrong: list[str], before: list[str], between: list[str], after: list[str]
) -> None:
    title = "示例镇召开会议"
    alone = keys([title, *wrong])

    edited = keys([title, *before, wrong[0], *between, *wrong[1:], *after])

    own = {key for line in wrong for key in keys([title, line])}
    assert alone & own == edited & own
    assert own <= edited


@given(st.integers(min_value=GROUP_FROM, max_value=9), lines)
def test_many_of_a_kind_are_one_finding_under_one_key(
    many: int, before: list[str]
) -> None:
    places = [f"第{number}组报告,已经收到。" for number in "一二三四五六七八九"[:many]]

    found = keys(["示例镇召开会议", *before, *places])

    assert whole_key("P01") in found
