"""What is kept while typing: found again, never over a newer text, nobody else's."""

from __future__ import annotations

from typing import Any

import pytest

from models.articles import Article, Revision, WorkingCopy
from models.audit import AuditEntry
from tests import stories
from tests.screens.desks import Desks
from tests.screens.test_drafts import BODY, SENT, count_of, value_of
from tests.web_client import Browserlike, Page
from workflow.articles import acts


def typed(page: Page, **changes: str) -> dict[str, str]:
    names = ("copy", "sequence", "article", "revision")
    present = {f.get("name"): f.get("value", "") for f in page.fields}
    hidden = {name: present[name] for name in names if name in present}
    return {**hidden, "title": "打了一半", "body": "写到这里", **changes}


def autosave(browser: Browserlike, sent: dict[str, str]) -> tuple[int, Any]:
    form = {"csrf_token": browser._token, **sent}
    answer = browser.http.post("/autosave", data=form)
    return answer.status_code, answer.json


def test_what_was_typed_is_found_again(desks: Desks) -> None:
    browser = desks.at("drafter")
    page = browser.get("/articles/new")
    status, kept = autosave(browser, typed(page, channels="website"))
    assert (status, kept) == (200, {"sequence": 1, "saved": "3月5日 09:30"})
    page = browser.get("/articles/new")

    assert "已恢复 3月5日 09:30 自动保存的内容" in page.text
    assert "写到这里" in page.text
    assert value_of(page, "title") == "打了一半"
    assert value_of(page, "sequence") == "1"
    browser.post("/articles/new", {**SENT, **typed(page)})
    assert count_of(desks, WorkingCopy) == 0, "saved now, and not kept twice"


def test_an_older_window_does_not_write_over_a_newer_text(desks: Desks) -> None:
    browser = desks.at("drafter")
    first = typed(browser.get("/articles/new"))
    assert autosave(browser, first)[0] == 200
    second = {**first, "sequence": "1", "body": "更新的一份"}
    assert autosave(browser, second)[0] == 200
    assert autosave(browser, {**first, "body": "旧窗口"}) == (409, {"newer": True})
    assert "更新的一份" in browser.get("/articles/new").text


def test_keeping_is_no_act_on_the_article(desks: Desks) -> None:
    desks.make(stories.drafted)
    browser = desks.at("drafter")
    page = browser.get("/articles/1/edit")
    before = count_of(desks, AuditEntry), count_of(desks, Revision)
    autosave(browser, typed(page))
    autosave(browser, typed(page))

    assert (count_of(desks, AuditEntry), count_of(desks, Revision)) == before
    page = browser.get("/articles/1/edit")
    assert "写到这里" in page.text
    page = browser.post(
        "/articles/copies/discard", {"copy": value_of(page, "copy"), "article": "1"}
    )
    assert "自动保存的内容已丢弃。" in page.text
    assert "写到这里" not in page.text


def test_a_copy_of_an_earlier_revision_is_offered_not_restored(desks: Desks) -> None:
    desks.make(stories.drafted)
    browser = desks.at("drafter")
    page = browser.get("/articles/1/edit")
    autosave(browser, typed(page))
    with desks.town() as town:
        article = town.session.get_one(Article, 1)
        revision = stories.revision_of(town, article)
        acts.revise(
            town.session,
            town.by("drafter"),
            1,
            revision,
            stories.written(body="别处存了一稿"),
        )
    page = browser.get("/articles/1/edit")

    assert "没有自动恢复" in page.text
    assert "写到这里" in page.text
    assert value_of(page, "title") == "示例镇召开春季农业生产工作会议"


def test_nobody_sees_what_another_types(desks: Desks) -> None:
    browser = desks.at("drafter")
    page = browser.get("/articles/new")
    autosave(browser, typed(page, body="还没想好的话"))
    other = desks.at("colleague")
    assert "还没想好的话" not in other.get("/articles/new").text
    other.post("/articles/copies/discard", {"copy": value_of(page, "copy")})
    assert count_of(desks, WorkingCopy) == 1


@pytest.mark.parametrize(
    "wrong",
    [
        {"copy": "../x"},
        {"copy": ""},
        {"body": "长" * 400_001},
        {"sequence": "x"},
    ],
)
def test_what_no_page_of_ours_sends_is_not_kept(
    desks: Desks, wrong: dict[str, str]
) -> None:
    browser = desks.at("drafter")
    page = browser.get("/articles/new")
    assert autosave(browser, typed(page, **wrong))[0] == 422
    assert count_of(desks, WorkingCopy) == 0


def test_keeping_wants_the_token_and_a_signed_in_person(desks: Desks) -> None:
    browser = desks.at("drafter")
    page = browser.get("/articles/new")
    assert browser.http.post("/autosave", data=typed(page)).status_code == 400
    desks.clock.move(minutes=31)
    status, _ = autosave(browser, typed(page))
    assert status == 401
    answer = browser.http.post(
        "/articles/new", data={**SENT, "csrf_token": browser._token}
    )
    assert answer.status_code == 401
    assert BODY in answer.text, "the text stands on the page of the ended session"


@pytest.mark.parametrize("path", ["/articles/preview", "/autosave"])
def test_what_is_sent_is_not_opened(desks: Desks, path: str) -> None:
    desks.at("drafter").get(path, status=405)
