"""In-tray, claims, urging, circulating, taking back, phrases: as people see them."""

from __future__ import annotations

from datetime import timedelta

import pytest

from tests import stories
from tests.reviewing_town import take_over
from tests.screens.desks import Desks
from tests.town import Town
from workflow.articles import cases, clocks, handling
from workflow.occasion import Occasion


def revision(desks: Desks, article: int) -> int:
    """The latest revision of an article."""
    with desks.town() as town:
        return cases.load(town.session, town.agency.id, article).revision.id


def two_directors(town: Town) -> object:
    """A text handed in, with two people who may take the second review."""
    take_over(town, "office_director", "colleague")
    return stories.submitted(town)


def test_others_see_who_is_looking_and_take_over(desks: Desks) -> None:
    made = desks.make(two_directors)
    first, second = desks.at("director"), desks.at("colleague")

    first.get(f"/articles/{made}")
    page = second.get(f"/articles/{made}")
    assert "示例director自" in page.text
    assert "由我接手" in page.text
    assert "示例director自" in second.get("/tasks").text
    page = second.post(f"/articles/{made}/take-over")

    assert "已由您接手。" in page.text
    assert "您正在看这篇稿件" in page.text
    assert "示例colleague自" in first.get(f"/articles/{made}").text


def test_who_may_not_act_is_not_said_to_look(desks: Desks) -> None:
    made = desks.make(stories.submitted)
    desks.at("principal").get(f"/articles/{made}")

    page = desks.at("director").get(f"/articles/{made}")
    assert "您正在看这篇稿件" in page.text
    page = desks.at("drafter").get(f"/articles/{made}")
    assert "示例director自" in page.text
    assert "由我接手" not in page.text


def test_the_drafter_urges_and_the_holder_finds_it(desks: Desks) -> None:
    made = desks.make(stories.submitted)
    browser = desks.at("drafter")
    browser.get(f"/articles/{made}")

    page = browser.post(f"/articles/{made}/urge")

    assert "已催办" in page.text
    assert f"/articles/{made}/urge" not in [one["action"] for one in page.forms]
    browser.post(f"/articles/{made}/urge", status=409)
    director = desks.at("director")
    assert "待阅 1" in " ".join(director.get("/tasks").text.split())
    page = director.get("/notices")
    assert "示例drafter催办" in page.text
    (opening,) = [f["action"] for f in page.forms if f["action"].endswith("/read")][1:]
    page = director.post(opening)
    assert page.h1 == ["示例镇召开春季农业生产工作会议"]
    assert "没有未阅的消息" in director.get("/notices").text
    assert "示例drafter催办" in director.get("/notices?read=1").text


def test_circulated_with_read_marks(desks: Desks) -> None:
    made = desks.make(stories.submitted)
    browser = desks.at("drafter")
    browser.get(f"/articles/{made}/circulate")
    deputy = desks.ids["deputy"]

    page = browser.post(f"/articles/{made}/circulate", {"people": deputy, "note": "请"})
    assert "已送传阅。" in page.text
    assert "未阅" in page.text
    reader = desks.at("deputy")
    page = reader.get("/notices")
    reader.post([f["action"] for f in page.forms if "/notices/" in f["action"]][-1])

    assert "传阅（1／1）" in browser.get(f"/articles/{made}").text
    again = browser.post(
        f"/articles/{made}/circulate", {"people": deputy, "note": ""}, status=422
    )
    assert "所选人员都已收到这一稿。" in again.text


def test_nobody_chosen_is_said_beside_the_field(desks: Desks) -> None:
    made = desks.make(stories.submitted)
    browser = desks.at("drafter")
    browser.get(f"/articles/{made}/circulate")

    page = browser.post(f"/articles/{made}/circulate", {"note": "请阅"}, status=422)
    assert "请选择传阅给谁。" in page.text


def test_ones_own_signature_is_taken_back_with_a_button(desks: Desks) -> None:
    made = desks.make(stories.at_deputy)
    browser = desks.at("director")

    assert "取回我的签字" in browser.get(f"/articles/{made}").text
    page = browser.post(
        f"/articles/{made}/take-back", {"revision": revision(desks, made)}
    )

    assert "已取回" in page.text
    assert "取回我的签字" not in page.text
    assert "党政办审核校对" in page.text


def test_phrases_are_offered_and_never_filled_in(desks: Desks) -> None:
    made = desks.make(stories.submitted)
    browser = desks.at("director")
    browser.get("/phrases")
    page = browser.post("/phrases", {"words": "同意，请按程序办理。"})
    assert "同意，请按程序办理。" in page.text

    html = browser.http.get(f"/articles/{made}").text
    assert "data-phrase>同意，请按程序办理。</button>" in html
    assert 'name="opinion"' in html
    assert html.count("同意，请按程序办理。") == 1
    assert "同意，请按程序" not in desks.at("deputy").get("/phrases").text


def test_what_is_late_is_shown_to_those_who_can_act_and_leaders(desks: Desks) -> None:
    made = desks.make(stories.submitted)
    desks.clock.move(days=7)

    def says_late(who: str, address: str) -> bool:
        return "已超" in desks.at(who).get(address).text

    shown = {
        who: (
            says_late(who, f"/articles/{made}"),
            says_late(who, "/tasks?box=running"),
        )
        for who in ("director", "principal", "deputy", "colleague", "drafter")
    }
    assert shown == {
        "director": (True, True),
        "principal": (True, True),
        "deputy": (False, False),
        "colleague": (False, False),
        "drafter": (False, False),
    }


def test_a_morning_list_is_read_in_the_in_tray(desks: Desks) -> None:
    desks.make(stories.submitted)
    with desks.town() as town:
        at = town.at + timedelta(days=1)
        system = Occasion(town.agency.id, None, at, "morning")
        clocks.morning_lists(town.session, system)
    browser = desks.at("director")

    page = browser.get("/notices")
    assert "今日待办1件" in page.text
    assert "《示例镇召开春季农业生产工作会议》" in page.text
    assert "已把1条消息标为已阅。" in browser.post("/notices/read").text


@pytest.mark.parametrize("address", ["/notices?before=x", "/notices?before=-1"])
def test_a_mistyped_page_of_the_in_tray_is_not_there(
    desks: Desks, address: str
) -> None:
    desks.at("director").get(address, status=404)


def test_the_in_tray_turns_its_pages(desks: Desks) -> None:
    def many(town: Town) -> None:
        for number in range(31):
            article = stories.submitted(town, title=f"示例第{number:02d}件")
            handling.circulate(
                town.session, town.by("drafter"), article.id, [desks.ids["deputy"]]
            )

    desks.make(many)
    browser = desks.at("deputy")
    page = browser.get("/notices")

    assert "示例第01件" in page.text
    assert "示例第00件" not in page.text
    assert "下一页" in page.text
