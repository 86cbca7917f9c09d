"""What a bulletin says of its numbers, without a database."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.bulletins import BulletinCycle
from models.inspections import FaultKind
from workflow.inspections.bulletin_rules import (
    Facts,
    Figure,
    Period,
    Problem,
    body_of,
    last_ended,
    period_of,
    seal,
    share,
    title_of,
)

QUARTER = Period(BulletinCycle.QUARTER, date(2024, 1, 1))
CUTOFF = datetime(2024, 4, 1, 1, 30, tzinfo=UTC)
KEYS = {
    "units": 3,
    "planned": 39,
    "done": 38,
    "missed": 1,
    "on_site": 30,
    "photo": 6,
    "remote": 2,
    "well": 35,
    "faulty": 3,
    "published": 210,
    "found": 4,
    "repeated": 1,
    "fixed": 2,
    "in_time": 1,
    "open": 2,
    "late": 1,
    "last_found": 5,
    "last_fixed": 4,
    "last_open": 1,
    "reported": 2,
    "accepted": 1,
    "dismissed": 1,
}
DIRTY = Problem(
    "示例1村", FaultKind.DIRTY, "玻璃\n积灰", date(2024, 2, 1), date(2024, 2, 8), None
)
STALE = Problem(
    "示例2村", FaultKind.STALE, "", date(2024, 3, 1), None, date(2024, 3, 5)
)


def facts(**changes: object) -> Facts:
    values: dict[str, object] = {
        "agency": "示例镇人民政府",
        "period": QUARTER,
        "cutoff": CUTOFF,
        "figures": {
            key: Figure(key, key, "check", tuple(range(n))) for key, n in KEYS.items()
        },
        "problems": [DIRTY, STALE],
        "last_open": [],
        "missed": [("示例0村", 1)],
        "trainings": [(date(2024, 3, 7), "公开栏巡查（示例）")],
        "report_by": date(2024, 4, 16),
        "kind_words": {FaultKind.DIRTY: "栏面脏污", FaultKind.STALE: "内容过期"},
        **changes,
    }
    return Facts(**values)  # type: ignore[arg-type]


def test_the_blocks_that_recur_are_there_in_order() -> None:
    heads = [line for line in body_of(facts()).splitlines() if line[1:2] == "、"]

    assert heads == [
        "一、基本情况",
        "二、上期问题整改情况",
        "三、存在问题",
        "四、学习培训情况",
        "五、工作要求",
    ]
    assert title_of(facts()).startswith("示例镇人民政府关于2024年第一季度")


def test_every_number_of_the_text_is_one_that_was_counted() -> None:
    text = body_of(facts())

    assert "应查39次，已查38次，检查率97.4%；漏查1次" in text
    assert "35次全部正常，3次发现问题，正常率92.1%" in text
    assert "整改到位2个（按期1个），整改中1个，逾期未整改1个" in text
    assert "整改到位4个，仍未整改到位1个" in text
    assert "数字截至2024年4月1日9时30分" in text


def test_each_problem_is_named_with_place_day_and_state() -> None:
    rows = [line.split("\t") for line in body_of(facts()).splitlines() if "\t" in line]

    assert rows[1] == [
        "示例1村",
        "栏面脏污：玻璃 积灰",
        "2月1日",
        "2月8日",
        "逾期未整改",
    ]
    assert rows[2] == ["示例2村", "内容过期", "3月1日", "—", "3月5日已整改"]


def test_nobody_is_ranked() -> None:
    text = body_of(facts(missed=[("示例2村", 1), ("示例0村", 3)]))

    assert not re.search("排名|名次|倒数|末位|第[一二三]名", text)
    assert text.index("示例2村1次") < text.index("示例0村3次")


def test_a_quiet_period_says_so() -> None:
    text = body_of(facts(figures={}, problems=[], missed=[], trainings=[]))

    assert "本期没有发现问题。" in text
    assert "本期没有培训记录。" in text
    assert "2023年第四季度没有发现问题。" in text
    assert "检查率—" in text


@given(st.dates(date(2008, 1, 1), date(2100, 12, 31)), st.sampled_from(BulletinCycle))
def test_every_day_lies_in_one_period_and_periods_touch(
    day: date, cycle: BulletinCycle
) -> None:
    period = period_of(cycle, day)

    assert period.first <= day <= period.last
    assert period.next.before == period
    assert (period.next.first - period.last).days == 1
    assert period_of(cycle, period.last) == period
    assert last_ended(cycle, day).last < day


@pytest.mark.parametrize(
    ("day", "words"),
    [(date(2024, 2, 29), "2024年第一季度"), (date(2024, 12, 1), "2024年第四季度")],
)
def test_quarters_have_their_office_names(day: date, words: str) -> None:
    assert period_of(BulletinCycle.QUARTER, day).words == words


def test_a_changed_number_breaks_the_seal() -> None:
    rows = {"rows": [{"key": "found", "ids": [1, 2]}]}

    assert seal(rows) != seal({"rows": [{"key": "found", "ids": [1, 2, 3]}]})
    assert share(0, 0) == "—"
