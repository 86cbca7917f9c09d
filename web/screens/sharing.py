"""转办, 征求意见, 加签: how the signing of one text is shared."""

from __future__ import annotations

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from web.login import may_enter
from web.reading import Reading, shows_again
from web.screens.tasks import AT_WORK
from web.transaction import db, occasion
from workflow.articles import cases, consultations, shared, signers, transfers

screen = Blueprint("sharing", __name__, url_prefix="/articles/<int:article_id>/share")
LONGEST = 1000


@screen.get("")
@may_enter(*AT_WORK)
def show(article_id: int, **_what: int) -> ResponseReturnValue:
    """What was asked and added so far, and what this person may do about it."""
    by = occasion()
    case = cases.load(db(), by.agency_id, article_id)
    found = shared.shared(db(), by, case)
    partners = shared.partners(db(), by, case, found)
    pairs = {
        "colleagues": [(one.id, one.name) for one in partners.colleagues],
        "advisers": [(one.id, one.name) for one in partners.advisers],
        "posts": [(one.id, one.title) for one in partners.posts],
    }
    return render_template("handling/share.html", case=case, shared=found, pairs=pairs)


@screen.post("/transfer")
@may_enter(*AT_WORK)
@shows_again(show)
def transfer(article_id: int) -> ResponseReturnValue:
    """Hand it to a colleague."""
    read = Reading(request.form)
    revision, to = read.number("revision", "稿次"), read.number("transfer_to", "转给谁")
    why = read.text("transfer_why", "转办理由", LONGEST)
    read.check()
    transfers.transfer(db(), occasion(), article_id, revision, to, why)
    flash(gettext("已转办，对方会在待办和待阅里看到。"))
    return redirect(url_for("tasks.mine"), 303)


@screen.post("/ask")
@may_enter(*AT_WORK)
@shows_again(show)
def ask(article_id: int) -> ResponseReturnValue:
    """Ask somebody for an opinion."""
    read = Reading(request.form)
    revision, whom = read.number("revision", "稿次"), read.number("ask_person", "问谁")
    question = read.text("ask_question", "征求什么意见", LONGEST)
    read.check()
    consultations.consult(db(), occasion(), article_id, revision, whom, question)
    flash(gettext("已征求意见，答复以后再签。"))
    return _back(article_id)


@screen.post("/answer/<int:consultation_id>")
@may_enter(*AT_WORK)
@shows_again(show)
def answer(article_id: int, consultation_id: int) -> ResponseReturnValue:
    """Give the opinion that was asked for."""
    read = Reading(request.form)
    words = read.text("answer", "意见", LONGEST)
    read.check()
    by = occasion()
    cases.load(db(), by.agency_id, article_id)
    consultations.give_opinion(db(), by, consultation_id, words)
    flash(gettext("已答复，已通知征求意见的人。"))
    return _back(article_id)


@screen.post("/end/<int:consultation_id>")
@may_enter(*AT_WORK)
def end(article_id: int, consultation_id: int) -> ResponseReturnValue:
    """Take a question back."""
    by = occasion()
    cases.load(db(), by.agency_id, article_id)
    consultations.end(db(), by, consultation_id)
    flash(gettext("已撤回这次征求意见。"))
    return _back(article_id)


@screen.post("/add")
@may_enter(*AT_WORK)
@shows_again(show)
def add(article_id: int) -> ResponseReturnValue:
    """Demand another post's signature."""
    read = Reading(request.form)
    revision, post = read.number("revision", "稿次"), read.number("signer_post", "岗位")
    why = read.text("signer_why", "加签理由", LONGEST)
    read.check()
    signers.add_signer(db(), occasion(), article_id, revision, post, why)
    flash(gettext("已加签，签完以后本级才能同意。"))
    return _back(article_id)


@screen.post("/remove/<int:signer_id>")
@may_enter(*AT_WORK)
@shows_again(show)
def remove(article_id: int, signer_id: int) -> ResponseReturnValue:
    """Demand it no longer."""
    read = Reading(request.form)
    revision = read.number("revision", "稿次")
    why = read.text("remove_why", "减签理由", LONGEST)
    read.check()
    signers.remove_signer(db(), occasion(), article_id, revision, signer_id, why)
    flash(gettext("已减签。"))
    return _back(article_id)


@screen.post("/sign/<int:signer_id>")
@may_enter(*AT_WORK)
@shows_again(show)
def sign(article_id: int, signer_id: int) -> ResponseReturnValue:
    """Sign as one who was added."""
    read = Reading(request.form)
    revision = read.number("revision", "稿次")
    words = read.text("beside_opinion", "意见", LONGEST, needed=False)
    read.check()
    signers.sign_beside(db(), occasion(), article_id, revision, signer_id, words)
    flash(gettext("已签字。"))
    return _back(article_id)


def _back(article_id: int) -> ResponseReturnValue:
    return redirect(url_for("sharing.show", article_id=article_id), 303)
