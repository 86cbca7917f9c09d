"""The review screen: what it shows, and to whom."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from flask import Flask

from models.database import Database
from models.findings import FindingKind
from tests import stories
from tests.reviewing_town import build_at, present, stage, told, trail_of
from tests.small_town import Clock
from tests.web_client import Browserlike
from workflow.articles import acts
from workflow.articles.findings import NewFinding

SignIn = Callable[[str], Browserlike]
TYPO = NewFinding(FindingKind.TYPO, "应为“备耕”", "春耕备耕")


@pytest.fixture(scope="module")
def town_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """In place of the town without a regulation."""
    path = tmp_path_factory.mktemp("review") / "town.sqlite"
    build_at(path)
    return path


@pytest.fixture
def database(app: Flask, clock: Clock) -> Database:
    """The town's, some hours after its stories were told."""
    clock.move(hours=5)
    found: Database = app.extensions["database"]
    return found


def revised(database: Database) -> int:
    """Signed by the director, sent back by the deputy, rewritten, handed in again."""
    with stage(database) as town:
        article = stories.at_deputy(town, section="farming")
        stories.sent_back(town, article, "deputy", raised=(TYPO,))
        read = stories.revision_of(town, article)
        body = stories.BODY.replace("3月4日", "3月5日")
        new = stories.written(section="farming", body=body)
        acts.revise(town.session, town.by("drafter"), article.id, read, new)
        town.later(hours=1)
        return article.id


def test_the_holder_sees_checklist_text_and_opinions(
    database: Database, signed_in: SignIn
) -> None:
    page = signed_in("director").get(f"/articles/{told(database, 'submitted')}")
    assert "本级检查清单" in page.text
    assert "抓好春耕备耕各项工作" in page.text
    assert "第2级／共3级" in page.text
    assert "还剩 1 个工作日" in page.text
    assert "拟稿人自查自校" in page.text


def test_no_answer_and_no_opinion_is_filled_in(
    database: Database, signed_in: SignIn
) -> None:
    page = signed_in("director").get(f"/articles/{told(database, 'submitted')}")
    checks = [f for f in page.fields if f.get("name", "").startswith("check-")]
    assert len(checks) == 6 * 3
    assert not any("checked" in field for field in checks)


def test_a_reader_sees_the_text_and_who_has_it(
    database: Database, signed_in: SignIn
) -> None:
    page = signed_in("publisher").get(f"/articles/{told(database, 'submitted')}")
    assert "本级检查清单" not in page.text
    assert "您不能办理的事项" in page.text
    assert "您不在这一岗位上" in page.text
    assert "示例主任" in page.text


@pytest.mark.parametrize("who", ["inspector", "registrar", "sysadmin", "audadmin"])
def test_others_are_refused(database: Database, signed_in: SignIn, who: str) -> None:
    article = told(database, "submitted")
    browser = signed_in(who)
    for address in ("", "/timeline", "/why", "/sheet"):
        browser.get(f"/articles/{article}{address}", status=403)
    browser.post(f"/articles/{article}/sign", present(database, article), status=403)


def test_a_visitor_is_sent_to_the_door(
    database: Database, visitor: Browserlike
) -> None:
    assert visitor.get(f"/articles/{told(database, 'submitted')}").h1 == ["登录"]


@pytest.mark.parametrize("address", ["/articles/99", "/articles/99/why"])
def test_what_is_not_there_is_not_found(
    database: Database, signed_in: SignIn, address: str
) -> None:
    signed_in("director").get(address, status=404)


@pytest.mark.parametrize("what", ["sign", "send-back", "publish", "hold", "reject"])
def test_deciding_is_not_done_by_get(
    database: Database, signed_in: SignIn, what: str
) -> None:
    signed_in("director").get(f"/articles/1/{what}", status=405)


def test_it_opens_on_what_changed_since_my_signature(
    database: Database, signed_in: SignIn
) -> None:
    article = revised(database)
    page = signed_in("director").get(f"/articles/{article}")
    assert "自您上次签字改动 1 处" in page.text
    assert "第1稿 → 第2稿：改动 1 处" in page.text
    assert "3月4日" in page.text
    assert "3月5日" in page.text


def test_who_never_signed_sees_the_text_first(
    database: Database, signed_in: SignIn
) -> None:
    page = signed_in("publisher").get(f"/articles/{revised(database)}")
    assert "3月4日，" not in page.text
    assert "3月5日，" in page.text
    assert "自您上次签字" not in page.text


@pytest.mark.parametrize("layout", ["inline", "side", "nonsense"])
def test_any_two_drafts_are_compared(
    database: Database, signed_in: SignIn, layout: str
) -> None:
    article = revised(database)
    address = f"/articles/{article}?view=compare&from=2&to=1&layout={layout}"
    page = signed_in("publisher").get(address)
    assert "第2稿 → 第1稿" in page.text


def test_a_draft_that_is_not_there_is_not_compared(
    database: Database, signed_in: SignIn
) -> None:
    article = revised(database)
    signed_in("director").get(f"/articles/{article}?view=compare&from=7", status=404)


def test_script_in_a_text_is_only_text(database: Database, signed_in: SignIn) -> None:
    evil = "<script>alert(1)</script>会议召开。"
    article = told(database, "submitted", title="<b>题</b>", body=evil)
    browser = signed_in("director")
    for view in ("text", "changes"):
        page = browser.get(f"/articles/{article}?view={view}")
        assert "<script>alert(1)</script>会议召开。" in page.text
        assert page.h1 == ["<b>题</b>"]
    sent = {**present(database, article), "opinion": "<img src=x onerror=alert(1)>"}
    browser.post(f"/articles/{article}/hold", sent)
    assert "<img src=x" in browser.get(f"/articles/{article}").text


def test_an_oversized_opinion_is_refused_and_stays(
    database: Database, signed_in: SignIn
) -> None:
    article, browser = told(database, "submitted"), signed_in("director")
    browser.get(f"/articles/{article}")
    sent = {**present(database, article), "opinion": "长" * 2001}
    page = browser.post(f"/articles/{article}/sign", sent, status=422)
    assert "意见最多2000个字" in page.text
    assert "长" * 2001 in page.text


@pytest.mark.parametrize("revision", ["", "x", "-1", "9" * 30])
def test_a_form_that_names_no_revision_is_refused(
    database: Database, signed_in: SignIn, revision: str
) -> None:
    article, browser = told(database, "submitted"), signed_in("director")
    browser.get(f"/articles/{article}")
    sent = {**present(database, article), "revision": revision}
    page = browser.post(f"/articles/{article}/sign", sent, status=422)
    assert "请选择稿次" in page.text


def test_fields_of_no_form_change_nothing(
    database: Database, signed_in: SignIn
) -> None:
    """S-23: state, agency and signer never come from a client."""
    article, browser = told(database, "submitted"), signed_in("director")
    browser.get(f"/articles/{article}")
    extra = {"state": "published", "agency_id": "9", "person_id": "1", "check-": "yes"}
    browser.post(f"/articles/{article}/sign", {**present(database, article), **extra})
    assert trail_of(database, article)[-1] == "同意"
    assert "分管负责人审签" in browser.get(f"/articles/{article}").text


def test_b_acts_for_a_who_is_away_and_the_screen_says_so(
    database: Database, signed_in: SignIn
) -> None:
    article = told(database, "at_deputy")
    with stage(database) as town:
        town.away("deputy")
    page = signed_in("principal").get(f"/articles/{article}")
    assert "现由" in page.text
    page = signed_in("director").get(f"/articles/{article}")
    assert "您已签过这篇稿件的另一级" in page.text
