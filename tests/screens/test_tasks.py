"""My tasks: what waits for whom, in which box, until when."""

from __future__ import annotations

import pytest

from tests import stories
from tests.screens.desks import Desks
from tests.town import Town


def test_each_sees_what_waits_for_her(desks: Desks) -> None:
    desks.make(lambda town: stories.submitted(town, title="示例一号"))
    desks.make(lambda town: stories.at_deputy(town, title="示例二号"))

    director, deputy = desks.at("director").get("/"), desks.at("deputy").get("/")

    assert director.h1 == deputy.h1 == ["我的待办"]
    assert "示例一号" in director.text
    assert "示例二号" not in director.text
    assert "示例二号" in deputy.text
    assert "还剩 1 个工作日" in director.text
    assert "党政办主任 示例director" in director.text


def test_what_is_late_says_by_how_much(desks: Desks) -> None:
    desks.make(lambda town: stories.submitted(town))
    desks.clock.move(days=7)

    assert "已超 4 个工作日" in desks.at("director").get("/tasks").text


def test_what_came_back_is_marked_and_opens_for_writing(desks: Desks) -> None:
    def returned(town: Town) -> object:
        return stories.sent_back(town, stories.submitted(town), "director")

    made = desks.make(returned)
    browser = desks.at("drafter")

    assert "退回" in browser.get("/tasks").text
    assert f'href="/articles/{made}/edit"' in browser.http.get("/tasks").text


def test_the_boxes_count_and_open(desks: Desks) -> None:
    desks.make(lambda town: stories.published(town, title="示例已发"))
    desks.make(lambda town: stories.submitted(town, title="示例在办"))
    browser = desks.at("drafter")

    assert "已结束 1" in " ".join(browser.get("/tasks").text.split())
    assert "示例已发" in browser.get("/tasks?box=ended").text
    assert "示例在办" in browser.get("/tasks?box=running").text
    assert "示例已发" in browser.get("/tasks?box=mine").text
    assert "示例在办" not in browser.get("/tasks?box=ended").text


def test_an_empty_box_says_what_will_come(desks: Desks) -> None:
    page = desks.at("director").get("/tasks")

    assert "现在没有等您办理的稿件。" in page.text
    assert "轮到您这一级时会出现在这里" in page.text


def test_a_long_box_turns_its_pages_without_a_gap(desks: Desks) -> None:
    def many(town: Town) -> None:
        for number in range(31):
            stories.drafted(town, title=f"示例第{number:02d}件")

    desks.make(many)
    browser = desks.at("drafter")
    first = browser.get("/tasks?box=mine").text
    second = browser.get("/tasks?box=mine&before=2").text

    assert "示例第30件" in first
    assert "示例第01件" in first
    assert "示例第00件" not in first
    assert "下一页" in first
    assert "示例第00件" in second


@pytest.mark.parametrize(
    "query", ["?box=<script>", "?before=999999999999", "?before=x"]
)
def test_a_mistyped_address_opens_a_box(desks: Desks, query: str) -> None:
    assert desks.at("drafter").get(f"/tasks{query}").h1


@pytest.mark.parametrize("who", ["inspector", "auditor"])
def test_others_have_no_desk(desks: Desks, who: str) -> None:
    desks.at(who).get("/tasks", status=403)


def test_a_title_with_a_script_is_only_text(desks: Desks) -> None:
    desks.make(lambda town: stories.submitted(town, title="<script>alert(1)</script>"))
    answer = desks.at("director").http.get("/tasks")

    assert "&lt;script&gt;alert" in answer.text
    assert "<script>alert" not in answer.text


def test_nothing_is_changed_by_posting(desks: Desks) -> None:
    browser = desks.at("drafter")
    browser.get("/tasks")
    browser.post("/tasks", status=405)
