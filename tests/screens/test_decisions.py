"""The foot of the review screen: what each decision does, and how it is refused."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from flask import Flask

from models.articles import Article
from models.database import Database
from models.findings import FindingKind
from tests import stories
from tests.reviewing_town import (
    build_at,
    present,
    stage,
    take_over,
    told,
    trail_of,
)
from tests.small_town import Clock
from tests.web_client import Browserlike, Page
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


def test_signing_says_what_was_done_and_who_has_it_now(
    database: Database, signed_in: SignIn
) -> None:
    article, browser = told(database, "submitted"), signed_in("director")
    browser.get(f"/articles/{article}")
    page = browser.post(f"/articles/{article}/sign", present(database, article))
    assert "已同意：《示例镇召开春季农业生产工作会议》" in page.text
    assert "分管负责人审签，由副镇长 示例副镇长办理" in page.text
    assert trail_of(database, article)[-1] == "同意"


def test_after_deciding_the_next_waiting_text_opens(
    database: Database, signed_in: SignIn
) -> None:
    article = told(database, "submitted")
    told(database, "submitted", title="示例镇的另一篇稿件")
    browser = signed_in("director")
    browser.get(f"/articles/{article}")
    page = browser.post(f"/articles/{article}/sign", present(database, article))
    assert page.h1 == ["示例镇的另一篇稿件"]


def test_an_open_checklist_is_refused_and_what_was_typed_stays(
    database: Database, signed_in: SignIn
) -> None:
    article, browser = told(database, "submitted"), signed_in("director")
    browser.get(f"/articles/{article}")
    sent = present(database, article)
    missing = next(name for name in sent if str(name).startswith("check-"))
    del sent[missing]
    page = browser.post(
        f"/articles/{article}/sign", {**sent, "opinion": "总体可以"}, status=422
    )
    assert "尚未检查" in page.text
    assert "总体可以" in page.text
    kept = [f for f in page.fields if "checked" in f and "check-" in f["name"]]
    assert len(kept) == 5
    assert trail_of(database, article)[-1] != "退回"


def test_an_opinion_survives_changing_one_s_mind(
    database: Database, signed_in: SignIn
) -> None:
    """同意 refused, then 退回 refused, then 退回 done: one opinion all along."""
    article, browser = told(database, "submitted"), signed_in("director")
    browser.get(f"/articles/{article}")
    sent = {**present(database, article), "opinion": "日期有误", "finding-2-note": "改"}
    page = browser.post(f"/articles/{article}/sign", sent, status=422)
    assert "您写了1条要改的问题" in page.text
    page = browser.post(
        f"/articles/{article}/send-back", {**sent, "to": "drafting"}, status=422
    )
    assert "请选择第1条的问题类别" in page.text
    assert "日期有误" in page.text
    sent |= {"to": "drafting", "finding-2-kind": "fact"}
    browser.post(f"/articles/{article}/send-back", sent)
    assert trail_of(database, article)[-1] == "退回至“拟稿”"


def test_a_return_keeps_its_findings_line_by_line(
    database: Database, signed_in: SignIn
) -> None:
    article, browser = told(database, "submitted"), signed_in("director")
    browser.get(f"/articles/{article}")
    lines = {
        "to": "drafting",
        "finding-1-kind": "typo",
        "finding-1-quote": "春耕备耕",
        "finding-1-note": "请核对用词",
        "finding-3-kind": "fact",
        "finding-3-note": "日期与通知不符",
    }
    sent = {**present(database, article), **lines}
    browser.post(f"/articles/{article}/send-back", sent)
    page = signed_in("drafter").get(f"/articles/{article}?view=text")
    assert "请核对用词" in page.text
    assert "日期与通知不符" in page.text
    assert "2 条未答复" in page.text


def test_a_quote_that_is_not_in_the_text_is_said_beside_its_line(
    database: Database, signed_in: SignIn
) -> None:
    article, browser = told(database, "submitted"), signed_in("director")
    browser.get(f"/articles/{article}")
    line = {"kind": "typo", "quote": "没有这几个字", "note": "改"}
    sent = {f"finding-4-{name}": text for name, text in line.items()}
    page = browser.post(
        f"/articles/{article}/send-back",
        {**present(database, article), **sent, "to": "drafting"},
        status=422,
    )
    assert "不在现在的正文里" in page.text
    kept = {f["name"]: f.get("value") for f in page.fields if f.get("value")}
    assert kept["finding-1-quote"] == "没有这几个字"


@pytest.mark.parametrize("what", ["send-back", "hold", "reject", "raise"])
def test_a_reason_is_demanded(database: Database, signed_in: SignIn, what: str) -> None:
    article, browser = told(database, "submitted"), signed_in("director")
    browser.get(f"/articles/{article}")
    before = trail_of(database, article)
    sent = {**present(database, article), "to": "drafting"}
    page = browser.post(f"/articles/{article}/{what}", sent, status=422)
    assert "写明理由" in page.text
    assert trail_of(database, article) == before


@pytest.mark.parametrize(
    ("what", "done"),
    [("hold", "暂存待用"), ("reject", "不予采用"), ("raise", "提为重大事项")],
)
def test_every_other_decision_is_done_with_its_reason(
    database: Database, signed_in: SignIn, what: str, done: str
) -> None:
    article, browser = told(database, "submitted"), signed_in("director")
    browser.get(f"/articles/{article}")
    sent = {**present(database, article), "opinion": "情况有变"}
    browser.post(f"/articles/{article}/{what}", sent)
    assert done in trail_of(database, article)


def test_a_held_text_is_taken_up_again(database: Database, signed_in: SignIn) -> None:
    article, browser = told(database, "submitted"), signed_in("director")
    browser.get(f"/articles/{article}")
    sent = {**present(database, article), "opinion": "等通知"}
    browser.post(f"/articles/{article}/hold", sent)
    page = browser.get(f"/articles/{article}")
    assert "恢复办理" in page.text
    browser.post(f"/articles/{article}/resume", present(database, article))
    assert trail_of(database, article)[-1] == "恢复办理"


def test_a_major_matter_is_lowered_by_the_level_above(
    database: Database, signed_in: SignIn
) -> None:
    article = told(database, "at_principal")
    browser = signed_in("principal")
    page = browser.get(f"/articles/{article}")
    assert "取消重大事项" in page.text
    sent = {**present(database, article), "opinion": "属一般动态"}
    browser.post(f"/articles/{article}/lower", sent)
    assert "取消重大事项" in trail_of(database, article)


def test_the_drafter_takes_it_back(database: Database, signed_in: SignIn) -> None:
    article, browser = told(database, "submitted"), signed_in("drafter")
    browser.get(f"/articles/{article}")
    browser.post(f"/articles/{article}/recall", present(database, article))
    assert trail_of(database, article)[-1] == "收回"


def test_the_publisher_publishes_and_may_withdraw(
    database: Database, signed_in: SignIn
) -> None:
    article, browser = told(database, "cleared"), signed_in("publisher")
    assert "发布" in browser.get(f"/articles/{article}").text
    page = browser.post(f"/articles/{article}/publish", present(database, article))
    assert "已发布：《" in page.text
    browser.get(f"/articles/{article}")
    sent = {**present(database, article), "opinion": "附件有误"}
    browser.post(f"/articles/{article}/withdraw", sent)
    assert trail_of(database, article)[-2:] == ["发布", "撤稿"]


def test_the_same_form_sent_twice_acts_once(
    database: Database, signed_in: SignIn
) -> None:
    article, browser = told(database, "submitted"), signed_in("director")
    browser.get(f"/articles/{article}")
    sent = {**present(database, article), "operation": "one-and-the-same"}
    browser.post(f"/articles/{article}/sign", sent)
    browser.post(f"/articles/{article}/sign", sent)
    assert trail_of(database, article).count("同意") == 2  # the drafter's, and hers


def test_the_slower_of_two_is_told_who_was_faster(
    database: Database, signed_in: SignIn
) -> None:
    article, browser = told(database, "submitted"), signed_in("director")
    browser.get(f"/articles/{article}")
    sent = {**present(database, article), "opinion": "我写了很久的意见"}
    with stage(database) as town:
        stories.sign(town, town.session.get_one(Article, article), "director")
    page = browser.post(f"/articles/{article}/sign", sent, status=409)
    assert "示例主任（党政办主任）已于3月4日 09:06办理：同意" in page.text
    assert "您刚才填写的内容" in page.text
    assert "我写了很久的意见" in page.text
    assert trail_of(database, article).count("同意") == 2


def test_a_stale_revision_is_refused_with_the_new_text_shown(
    database: Database, signed_in: SignIn
) -> None:
    article, browser = told(database, "submitted"), signed_in("director")
    browser.get(f"/articles/{article}")
    sent = {**present(database, article), "opinion": "同意发布"}
    with stage(database) as town:
        town.later(hours=2)
        read = stories.revision_of(town, town.session.get_one(Article, article))
        new = stories.written(section="farming", body="主任自己改过的正文。")
        acts.revise(town.session, town.by("director"), article, read, new)
    page = browser.post(f"/articles/{article}/sign", sent, status=409)
    assert "改成第2稿" in page.text
    assert "同意发布" in page.text


def test_somebody_else_s_rung_is_refused_with_the_post_named(
    database: Database, signed_in: SignIn
) -> None:
    article, browser = told(database, "submitted"), signed_in("principal")
    browser.get(f"/articles/{article}")
    page = browser.post(
        f"/articles/{article}/sign", present(database, article), status=403
    )
    assert "此事应由党政办主任办理" in page.text


@pytest.mark.parametrize(
    ("line", "sentence"),
    [
        ({"kind": "typo", "quote": "春耕"}, "请写明第1条的问题和改法"),
        ({"kind": "typo", "note": "长" * 1001}, "意见最多1000字"),
        ({"kind": "nonsense", "note": "改"}, "请选择第1条的问题类别"),
    ],
)
def test_a_line_that_cannot_be_taken_is_refused_beside_it(
    database: Database, signed_in: SignIn, line: dict[str, str], sentence: str
) -> None:
    article, browser = told(database, "submitted"), signed_in("director")
    browser.get(f"/articles/{article}")
    sent = {f"finding-1-{name}": words for name, words in line.items()}
    page = browser.post(
        f"/articles/{article}/send-back",
        {**present(database, article), **sent, "to": "drafting"},
        status=422,
    )
    assert sentence in page.text


def test_who_holds_both_posts_does_not_decide_what_she_did_not_read(
    database: Database, signed_in: SignIn
) -> None:
    """Read at the second rung, sent when it stood at the third: not done, text kept."""
    article = told(database, "submitted")
    with stage(database) as town:
        take_over(town, "office_director", "deputy")
    director, deputy = signed_in("director"), signed_in("deputy")
    for browser in (director, deputy):
        browser.get(f"/articles/{article}")
    read = present(database, article)
    director.post(f"/articles/{article}/sign", read)
    sent = {**read, "to": "drafting", "opinion": "这句意见不能丢。"}
    page = deputy.post(f"/articles/{article}/send-back", sent, status=409)
    assert "示例主任（党政办主任）已于" in page.text
    assert "这句意见不能丢。" in page.text
    assert trail_of(database, article)[-1] == "同意"
    page = deputy.get(f"/articles/{article}")
    deputy.post(f"/articles/{article}/send-back", {**sent, "seen": read_seen(page)})
    assert trail_of(database, article)[-1].startswith("退回")


def read_seen(page: Page) -> str:
    return next(f["value"] for f in page.fields if f.get("name") == "seen")
