"""电话指示: what a leader who was away said, and which signatures are still missing."""

from __future__ import annotations

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from web.login import may_enter
from web.reading import Reading, shows_again
from web.screens.tasks import AT_WORK
from web.transaction import db, occasion
from workflow.articles import cases, questions, telephone
from workflow.articles.telephone import Said

screen = Blueprint("telephone", __name__, url_prefix="/articles/<int:article_id>")
LONGEST = 1000


@screen.get("/telephone")
@may_enter(*AT_WORK)
def show(article_id: int) -> ResponseReturnValue:
    """What was said so far, and the form for who may write it down."""
    by = occasion()
    case = cases.load(db(), by.agency_id, article_id)
    found = telephone.calls(db(), by, case)
    named = telephone.leaders(db(), by, case) if found.may else []
    return render_template(
        "handling/telephone.html",
        case=case,
        calls=found,
        leaders=[(one.person_id, f"{one.name}（{one.post_title}）") for one in named],
        stage_name=lambda state: questions.stage_name(case, state),
    )


@screen.post("/telephone")
@may_enter(*AT_WORK)
@shows_again(show)
def record(article_id: int) -> ResponseReturnValue:
    """Write down what was said."""
    read = Reading(request.form)
    revision = read.number("revision", "稿次")
    leader = read.number("leader", "哪位领导")
    at = read.moment("said_at", "通话时间")
    words = read.text("words", "指示原话", LONGEST)
    read.check()
    said = Said(leader, at, words)
    telephone.record_call(db(), occasion(), article_id, revision, said)
    flash(gettext("已登记电话指示，列为缺补签；已通知该领导补签。"))
    return redirect(url_for("telephone.show", article_id=article_id), 303)
