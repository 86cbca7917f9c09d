"""Findings as work: fix, keep, plead, over-rule; note, answer, take back; escaped."""

from __future__ import annotations

import re
from collections.abc import Callable

from flask import Blueprint, flash, redirect, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext
from sqlalchemy.orm import Session

from models.articles import Article
from models.findings import Answer, FindingKind
from web import noting_form
from web.login import may_enter
from web.reading import Reading, shows_again
from web.screens.articles import show
from web.screens.tasks import AT_WORK
from web.transaction import db, occasion
from workflow.articles import acts, noting, settling
from workflow.articles.findings import NOTE_MAX, QUOTE_MAX, NewFinding, Reply
from workflow.articles.rules import OPINION_MAX
from workflow.errors import NotFound, Superseded, WrongState
from workflow.occasion import Occasion

screen = Blueprint("findings", __name__, url_prefix="/articles/<int:article_id>")

FILE_PAGE = re.compile(r"file-(?P<id>\d{1,9})", re.ASCII)
Reasoned = Callable[[Session, Occasion, settling.At, str], Article]


def _the_page(article_id: int, **_finding: int) -> ResponseReturnValue:
    return show(article_id)


@screen.post("/findings/<int:finding_id>/fix")
@may_enter(*AT_WORK)
@shows_again(_the_page, Superseded, WrongState, NotFound)
def fix(article_id: int, finding_id: int) -> ResponseReturnValue:
    """Write one suggestion into the text."""
    read = Reading(request.form)
    revision = read.number("revision", "稿次")
    choice = read.number("choice", "改法")
    read.check()
    settling.fix(db(), occasion(), (article_id, revision, finding_id), choice)
    flash(gettext("已改正，并保存为新的一稿。"))
    return _back(article_id)


@screen.post("/findings/<int:finding_id>/keep")
@may_enter(*AT_WORK)
@shows_again(_the_page, Superseded, WrongState, NotFound)
def keep(article_id: int, finding_id: int) -> ResponseReturnValue:
    """Keep it as it is, with a reason."""
    done = gettext("已保留，理由记录在案。")
    return _with_reason(article_id, finding_id, settling.keep, done)


@screen.post("/findings/<int:finding_id>/plead")
@may_enter(*AT_WORK)
@shows_again(_the_page, Superseded, WrongState, NotFound)
def plead(article_id: int, finding_id: int) -> ResponseReturnValue:
    """Ask the next level to over-rule it."""
    done = gettext("已报请上一级裁定，对方会在待阅里看到。")
    return _with_reason(article_id, finding_id, settling.plead, done)


@screen.post("/findings/<int:finding_id>/overrule")
@may_enter(*AT_WORK)
@shows_again(_the_page, Superseded, WrongState, NotFound)
def overrule(article_id: int, finding_id: int) -> ResponseReturnValue:
    """Over-rule it, in writing."""
    done = gettext("已书面裁定保留，理由记录在案。")
    return _with_reason(article_id, finding_id, settling.overrule, done)


@screen.post("/findings")
@may_enter(*AT_WORK)
@shows_again(show, Superseded, WrongState)
def note(article_id: int) -> ResponseReturnValue:
    """Note something to be put right, without sending the text back."""
    revision, new = noting_form.read()
    noting.add_finding(db(), occasion(), article_id, revision, new)
    flash(gettext("意见已记下，拟稿人会收到消息并逐条答复；稿件仍在您这里。"))
    return _back(article_id, "raised")


@screen.post("/findings/<int:finding_id>/withdraw")
@may_enter(*AT_WORK)
@shows_again(_the_page, Superseded, WrongState, NotFound)
def withdraw(article_id: int, finding_id: int) -> ResponseReturnValue:
    """Take back what one noted oneself, with a reason."""
    done = gettext("意见已撤回，理由记录在案。")
    return _with_reason(article_id, finding_id, noting.withdraw_finding, done, "raised")


@screen.post("/findings/<int:finding_id>/answer")
@may_enter(*AT_WORK)
@shows_again(_the_page, Superseded, WrongState, NotFound)
def answer(article_id: int, finding_id: int) -> ResponseReturnValue:
    """Answer one of the reviewers' findings, wherever the text lies."""
    read = Reading(request.form)
    revision = read.number("revision", "稿次")
    said = read.choice("answer", "答复", Answer)
    text = read.text("reply", "说明或理由", NOTE_MAX, needed=False)
    read.check()
    by, replies = occasion(), {finding_id: Reply(said, text)}
    acts.answer_findings(db(), by, article_id, revision, replies)
    flash(gettext("已答复。"))
    return _back(article_id, "raised")


@screen.post("/escaped")
@may_enter(*AT_WORK)
@shows_again(show, Superseded, WrongState)
def escaped(article_id: int) -> ResponseReturnValue:
    """Put on record a fault found after publication."""
    read = Reading(request.form)
    revision = read.number("revision", "稿次")
    kind = read.choice("escaped-kind", "问题类别", FindingKind)
    quote = read.text("escaped-quote", "原文", QUOTE_MAX, needed=False)
    note = read.text("escaped-note", "问题", NOTE_MAX)
    read.check()
    new = NewFinding(kind, note, quote)
    settling.report_escaped(db(), occasion(), article_id, revision, new)
    flash(gettext("已登记，计入三校台账的“发布后发现”。"))
    return redirect(url_for("articles.show", article_id=article_id), 303)


def _with_reason(
    article_id: int, finding_id: int, doing: Reasoned, done: str, at: str = "precheck"
) -> ResponseReturnValue:
    read = Reading(request.form)
    revision = read.number("revision", "稿次")
    reason = read.text("reason", "理由", OPINION_MAX)
    read.check()
    doing(db(), occasion(), (article_id, revision, finding_id), reason)
    flash(done)
    return _back(article_id, at)


def _back(article_id: int, at: str = "precheck") -> ResponseReturnValue:
    """To the page it was pressed on, at the list of findings."""
    page = request.form.get("page", "")
    file = FILE_PAGE.fullmatch(page)
    if file:
        address = url_for(
            "file_texts.show",
            article_id=article_id,
            attachment_id=int(file["id"]),
            _anchor=at,
        )
    else:
        endpoint = "drafts.check" if page == "check" else "articles.show"
        address = url_for(endpoint, article_id=article_id, _anchor=at)
    return redirect(address, 303)
