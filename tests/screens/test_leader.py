"""The leader's page, and where each person's day begins."""

from __future__ import annotations

import pytest

from tests import stories
from tests.screens.desks import Desks
from tests.town import Town
from workflow.actions import Action
from workflow.audit.acts import Subject, record


def a_month(town: Town) -> None:
    stories.published(town, title="示例已发一")
    stories.published(town, title="示例已发二")
    stories.at_principal(town, title="示例重大事项")
    stories.submitted(town, title="示例压在二审")


def test_one_screen_says_what_waits_what_is_late_and_what_went_out(
    desks: Desks,
) -> None:
    desks.make(a_month)
    desks.clock.move(days=7)
    browser = desks.at("principal")
    page = browser.get("/")
    said = " ".join(page.text.split())

    assert page.h1 == ["领导一览"]
    assert "等我办理 1" in said
    assert "超期未办 2" in said
    assert "本月已发布 2" in said
    assert "党政办主任 示例director" in said
    assert "已超 4 个工作日" in said
    assert "尚未校验。" in said


def test_every_number_opens_its_list(desks: Desks) -> None:
    desks.make(a_month)
    desks.clock.move(days=7)
    browser = desks.at("principal")
    html = browser.http.get("/leader").text
    listed = {
        "/tasks": "示例重大事项",
        "/ledger?late=1": "示例压在二审",
        "/tasks?box=running": "示例压在二审",
        "/ledger?out_since=2024-03-01&out_until=2024-03-12": "示例已发二",
        "/ledger?section=rural&importance=ordinary&out_since=2024-03-01"
        "&out_until=2024-03-12": "示例已发一",
    }
    for address, title in listed.items():
        assert f'href="{address.replace("&", "&amp;")}"' in html, address
        assert title in browser.get(address).text


def test_it_says_when_the_trail_was_last_verified(desks: Desks) -> None:
    with desks.town() as town:
        by = town.by("auditor")
        record(town.session, by, Action.VERIFY_TRAIL, Subject("trail", "all"))
    page = desks.at("principal").get("/leader")
    assert "上次校验：2024年3月5日 09:30，示例auditor。" in page.text


def test_an_empty_town_says_so(desks: Desks) -> None:
    page = desks.at("principal").get("/leader")
    for sentence in (
        "现在没有等您办理的稿件。",
        "没有超过期限的稿件。",
        "本月还没有发布稿件。",
    ):
        assert sentence in page.text


@pytest.mark.parametrize("who", ["drafter", "director", "inspector", "auditor"])
def test_it_is_the_leaders_own(desks: Desks, who: str) -> None:
    desks.at(who).get("/leader", status=403)


@pytest.mark.parametrize(
    ("who", "h1"),
    [("drafter", "我的待办"), ("publisher", "我的待办"), ("principal", "领导一览")],
)
def test_the_day_begins_where_the_work_is(desks: Desks, who: str, h1: str) -> None:
    assert desks.at(who).get("/").h1 == [h1]


def test_who_has_no_desk_is_greeted(desks: Desks) -> None:
    assert desks.at("registrar").get("/").h1
