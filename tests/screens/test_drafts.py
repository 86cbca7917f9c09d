"""Writing an article, from the empty sheet to the drafter's own check."""

from __future__ import annotations

import io
from typing import Any

import pytest
from sqlalchemy import func, select

from models.articles import Article, Revision
from models.audit import AuditEntry
from models.findings import FindingKind
from tests import stories
from tests.screens.desks import Desks
from tests.town import Town
from tests.web_client import Browserlike, Page
from workflow.articles.findings import NewFinding

BODY = "3月4日，示例镇召开会议。"
SENT = {
    "title": "示例镇召开会议",
    "body": BODY,
    "section": "rural",
    "channels": "website",
    "importance": "ordinary",
}
FINDING = NewFinding(FindingKind.FACT, "日期与通知不符。", "3月4日")
CHECKS = {f"check-C1-0{number}": "yes" for number in range(1, 6)}


def count_of(desks: Desks, table: type[Any]) -> int:
    with desks.database.reading() as session:
        return session.execute(select(func.count()).select_from(table)).scalar_one()


def value_of(page: Page, name: str) -> str:
    return next(f["value"] for f in page.fields if f.get("name") == name)


def revision_in(page: Page) -> str:
    return value_of(page, "revision")


def returned(desks: Desks) -> int:
    def story(town: Town) -> object:
        article = stories.submitted(town)
        return stories.sent_back(town, article, "director", raised=(FINDING,))

    return desks.make(story)


def test_a_draft_is_written_saved_and_handed_in(desks: Desks) -> None:
    browser = desks.at("drafter")
    assert "涉密内容不得录入本系统" in browser.get("/articles/new").text
    page = browser.post("/articles/new", SENT)
    assert page.h1 == ["改稿：示例镇召开会议"]
    assert "已保存第1稿" in page.text

    page = browser.post(
        "/articles/1/edit",
        {**SENT, "then": "submit", "body": "改过了。", "revision": revision_in(page)},
    )
    assert page.h1 == ["一校自查，提交二审"]
    assert "党政办主任 示例director" in page.text
    page = browser.post("/articles/1/submit", {"revision": revision_in(page), **CHECKS})
    assert page.h1 == ["我的待办"]
    assert "现在由党政办主任 示例director办理" in page.text
    with desks.database.reading() as session:
        article = session.get_one(Article, 1)
        assert (article.state, article.revision_number) == ("office_review", 2)


def test_what_is_wrong_stands_beside_its_field_and_the_text_stays(desks: Desks) -> None:
    browser = desks.at("drafter")
    browser.get("/articles/new")
    sent = {
        "title": "",
        "body": "一段写好的话",
        "importance": "major",
        "special": "yes",
    }
    page = browser.post("/articles/new", sent, status=422)

    for sentence in ("请填写标题。", "请选择栏目。", "请至少选择一个发布渠道。"):
        assert page.text.count(sentence) == 2, sentence
    assert "一段写好的话" in page.text
    ticked = [f["value"] for f in page.fields if "checked" in f]
    assert "major" in ticked
    assert "yes" in ticked
    assert count_of(desks, Article) == 0


def test_the_same_form_twice_makes_one_article(desks: Desks) -> None:
    browser = desks.at("drafter")
    browser.get("/articles/new")
    for _ in range(2):
        browser.post("/articles/new", SENT, operation="one-and-the-same")

    assert count_of(desks, Article) == count_of(desks, Revision) == 1


def test_an_older_page_does_not_write_over_a_newer_text(desks: Desks) -> None:
    desks.make(stories.drafted)
    browser = desks.at("drafter")
    page = browser.get("/articles/1/edit")
    read = revision_in(page)
    browser.post("/articles/1/edit", {**SENT, "revision": read})
    page = browser.post(
        "/articles/1/edit",
        {**SENT, "body": "第二个窗口里写的话", "revision": read},
        status=409,
    )

    assert "现在是第2稿" in page.text
    assert "第二个窗口里写的话" in page.text
    assert count_of(desks, Revision) == 2


def test_what_was_sent_back_is_answered_with_the_text(desks: Desks) -> None:
    made = returned(desks)
    browser = desks.at("drafter")
    page = browser.get(f"/articles/{made}/edit")
    assert "退回意见：1 条待答复" in page.text
    assert "日期与通知不符。" in page.text
    sent = {**SENT, "revision": revision_in(page), "answer-1": "kept", "reply-1": ""}
    page = browser.post(f"/articles/{made}/edit", sent, status=422)
    assert "不采纳意见须写明理由。" in page.text
    assert count_of(desks, Revision) == 1, "the whole form or nothing"

    sent |= {"reply-1": "通知已更正为3月4日。", "revision": revision_in(page)}
    page = browser.post(f"/articles/{made}/edit", sent)
    assert "退回意见" not in page.text, "answered; the reason of the return stays"


def test_a_return_without_findings_still_says_why_and_who(desks: Desks) -> None:
    def story(town: Town) -> object:
        return stories.sent_back(town, stories.submitted(town), "director")

    made = desks.make(story)
    browser = desks.at("drafter")
    page = browser.get(f"/articles/{made}/edit")
    assert "党政办主任 示例director：请核对日期。" in page.text
    page = browser.get(f"/articles/{made}/submit")
    browser.post(f"/articles/{made}/submit", {"revision": revision_in(page), **CHECKS})
    assert "请核对日期。" not in desks.at("director").get("/articles/1/edit").text


def test_the_answers_sent_twice_are_given_once(desks: Desks) -> None:
    made = returned(desks)
    browser = desks.at("drafter")
    page = browser.get(f"/articles/{made}/edit")
    sent = {**SENT, "revision": revision_in(page), "answer-1": "fixed"}
    for _ in range(2):
        browser.post(f"/articles/{made}/edit", sent, operation="twice")

    assert count_of(desks, Revision) == 2
    with desks.database.reading() as session:
        acts = session.scalars(select(AuditEntry.act)).all()
    assert acts.count("article.answer_finding") == 1


def test_open_findings_and_an_open_check_forbid_handing_in(desks: Desks) -> None:
    made = returned(desks)
    browser = desks.at("drafter")
    page = browser.get(f"/articles/{made}/submit")
    assert "还有 1 条审校意见没有答复" in page.text
    sent = {"revision": revision_in(page), **CHECKS, "opinion": "已逐字核对"}
    page = browser.post(f"/articles/{made}/submit", sent, status=422)
    assert "已逐字核对" in page.text

    desks.make(stories.drafted)
    page = browser.get("/articles/2/submit")
    sent = {"revision": revision_in(page), **CHECKS, "check-C1-03": "no"}
    page = browser.post("/articles/2/submit", sent, status=422)
    assert page.text.count("答为“否”，请退回修改，不能同意。") == 2


def test_the_reviewer_may_correct_but_a_stranger_is_told_whom_to_ask(
    desks: Desks,
) -> None:
    desks.make(stories.submitted)
    assert "保存改动" in desks.at("director").get("/articles/1/edit").text
    page = desks.at("colleague").get("/articles/1/edit", status=403)
    assert "拟稿人 示例drafter" in page.text
    page = desks.at("drafter").get("/articles/1/edit", status=403)
    assert "稿件正在党政办审核校对" in page.text


def test_what_is_published_is_closed(desks: Desks) -> None:
    desks.make(stories.published)
    page = desks.at("drafter").get("/articles/1/edit", status=409)
    assert "不能办理此事" in page.text


@pytest.mark.parametrize("who", ["director", "inspector", "auditor", "publisher"])
def test_only_drafters_begin_an_article(desks: Desks, who: str) -> None:
    browser = desks.at(who)
    browser.get("/articles/new", status=403)
    browser.post("/articles/new", SENT, status=403)
    assert count_of(desks, Article) == 0


def test_there_is_no_such_article(desks: Desks) -> None:
    browser = desks.at("drafter")
    for path in ("/articles/77/edit", "/articles/77/submit", "/attachments/77"):
        browser.get(path, status=404)


def test_a_script_in_a_text_is_only_text(desks: Desks) -> None:
    evil = "</textarea><script>alert(1)</script>"
    browser = desks.at("drafter")
    browser.get("/articles/new")
    browser.post("/articles/new", {**SENT, "title": evil, "body": evil})
    for path in ("/articles/1/edit", "/articles/1/submit"):
        assert "<script>alert" not in browser.http.get(path).text
    page = browser.post("/articles/preview", {"title": evil, "body": evil})
    assert "<script>alert(1)</script>" in page.text, "shown, read back as text"


@pytest.mark.parametrize(
    ("field", "value", "sentence"),
    [
        ("title", "长" * 121, "标题最多120字，现有121字。"),
        ("body", "长" * 100_001, "正文最多100000字，现有100001字。"),
        ("section", "\x00'; drop", "请选择栏目。"),
        ("channels", "telegram", "请从列出的发布渠道中选择。"),
        ("importance", "huge", "“重要程度”请从列出的选项中选择。"),
    ],
)
def test_what_cannot_be_taken_is_said(
    desks: Desks, field: str, value: str, sentence: str
) -> None:
    browser = desks.at("drafter")
    browser.get("/articles/new")
    page = browser.post("/articles/new", {**SENT, field: value}, status=422)
    assert sentence in page.text


def test_a_text_far_too_large_is_refused_with_a_sentence(desks: Desks) -> None:
    browser = desks.at("drafter")
    browser.get("/articles/new")
    desks.app.config["MAX_FORM_MEMORY_SIZE"] = 50_000
    page = browser.post("/articles/new", {**SENT, "body": "长" * 40_000}, status=413)
    assert "超过大小限制" in page.text


def test_files_come_along_stay_and_go(desks: Desks) -> None:
    browser = desks.at("drafter")
    browser.get("/articles/new")
    pdf = (io.BytesIO(b"%PDF-1.7 sample"), "附件<b>.pdf")
    page = browser.post("/articles/new", {**SENT, "files": pdf})
    assert "附件<b>.pdf" in page.text
    answer = browser.http.get("/attachments/1")
    assert answer.data == b"%PDF-1.7 sample"
    assert answer.headers["Content-Disposition"].startswith("attachment")
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert "sandbox" in answer.headers["Content-Security-Policy"]
    kept = value_of(page, "kept")
    sent = {**SENT, "kept": kept, "body": "改了", "revision": revision_in(page)}
    page = browser.post("/articles/1/edit", sent)
    assert "附件<b>.pdf" in page.text
    page = browser.post("/articles/1/edit", {**SENT, "revision": revision_in(page)})
    assert "附件<b>.pdf" not in page.text


def test_a_file_that_lies_is_refused_and_asked_for_again(desks: Desks) -> None:
    browser = desks.at("drafter")
    browser.get("/articles/new")
    lie = (io.BytesIO(b"MZ not a pdf"), "通知.pdf")
    page = browser.post("/articles/new", {**SENT, "files": lie}, status=422)
    assert "附件“通知.pdf”的内容与扩展名不符。" in page.text
    assert "请重新选择：通知.pdf" in page.text


def test_an_attachment_is_no_business_of_others(desks: Desks) -> None:
    browser = desks.at("drafter")
    browser.get("/articles/new")
    pdf = (io.BytesIO(b"%PDF-1.7"), "a.pdf")
    browser.post("/articles/new", {**SENT, "files": pdf})
    desks.at("inspector").get("/attachments/1", status=403)
    assert Browserlike(desks.app).get("/attachments/1").h1 == ["登录"]
