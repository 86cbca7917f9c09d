"""What is owed after publication, on a screen of its own."""

from __future__ import annotations

from models.articles import Article
from tests.acts.test_afterwards import do, released
from tests.screens.desks import Desks
from tests.stories import cleared, publish
from tests.town import Town

OWED = "/tasks/afterwards"


def flat(text: str) -> str:
    return " ".join(text.split())


def test_where_no_rule_asks_for_anything_the_page_says_so(desks: Desks) -> None:
    browser = desks.at("director")
    page = browser.get(OWED)
    assert page.h1 == ["发布后待办"]
    assert "本单位的制度没有规定发布后的环节" in page.text
    assert OWED not in browser.http.get("/tasks").text


def test_each_duty_has_its_line_until_it_is_done(desks: Desks) -> None:
    id_ = desks.make(released)
    browser = desks.at("director")
    assert OWED in browser.http.get("/tasks").text
    text = flat(browser.get(OWED).text)
    assert "发布后复核 请您办理" in text
    assert "拟稿人 示例drafter" in text

    def done(town: Town) -> None:
        article = town.session.get_one(Article, id_)
        do(town, article, "director", "check")
        do(town, article, "drafter", "filing")

    desks.make(done)
    assert "没有发布后还要办的事" in flat(browser.get(OWED).text)


def test_the_list_has_pages(desks: Desks) -> None:
    def many(town: Town) -> None:
        released(town)
        for _ in range(30):
            publish(town, cleared(town))

    desks.make(many)
    browser = desks.at("director")
    first = browser.http.get(OWED).text
    assert first.count("发布后复核") == 30
    older = f"{OWED}?after="
    assert older in first
    after = first.partition(older)[2].partition('"')[0]
    assert browser.http.get(f"{older}{after}").text.count("发布后复核") == 1
