"""Besides deciding: urge, circulate, take back, take over (催办、传阅、取回、接手)."""

from __future__ import annotations

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from web.login import may_enter
from web.reading import Reading, shows_again
from web.screens.tasks import AT_WORK
from web.transaction import db, occasion
from workflow.articles import alarms, cases, claims, handling
from workflow.notices.questions import read_marks

screen = Blueprint("handling", __name__, url_prefix="/articles/<int:article_id>")


@screen.get("/circulate")
@may_enter(*AT_WORK)
def circulating(article_id: int) -> ResponseReturnValue:
    """To whom it may be circulated, and who has read it."""
    by = occasion()
    case = cases.load(db(), by.agency_id, article_id)
    return render_template(
        "handling/circulate.html",
        case=case,
        may=handling.offers(db(), by, case).circulate,
        people=[(one.id, one.name) for one in handling.may_receive(db(), by)],
        marks=read_marks(db(), by.agency_id, ("article", str(article_id))),
    )


@screen.post("/circulate")
@may_enter(*AT_WORK)
@shows_again(circulating)
def circulate(article_id: int) -> ResponseReturnValue:
    """Send it to be read."""
    read = Reading(request.form)
    people = read.numbers("people", request.form.getlist("people"), "传阅给谁")
    note = read.text("note", "附言", handling.LONGEST_NOTE, needed=False)
    read.check()
    handling.circulate(db(), occasion(), article_id, people, note)
    flash(gettext("已送传阅。"))
    return redirect(url_for("handling.circulating", article_id=article_id), 303)


@screen.post("/urge")
@may_enter(*AT_WORK)
def urge(article_id: int) -> ResponseReturnValue:
    """Ask those who hold it to get on with it."""
    handling.urge(db(), occasion(), article_id)
    flash(gettext("已催办，现在办理的人会在待阅里看到。"))
    return _back(article_id)


@screen.post("/take-over")
@may_enter(*AT_WORK)
def take_over(article_id: int) -> ResponseReturnValue:
    """Say that I look at it now."""
    claims.take_over(db(), occasion(), article_id)
    flash(gettext("已由您接手。"))
    return _back(article_id)


@screen.post("/take-back")
@may_enter(*AT_WORK)
def take_back(article_id: int) -> ResponseReturnValue:
    """Take back my own approval."""
    read = Reading(request.form)
    revision = read.number("revision", "稿次")
    read.check()
    by = occasion()
    handling.take_back(db(), by, article_id, revision)
    alarms.watch(db(), by, cases.load(db(), by.agency_id, article_id))
    flash(gettext("已取回，您的签字不再算数，请重新办理。"))
    return _back(article_id)


def _back(article_id: int) -> ResponseReturnValue:
    return redirect(url_for("articles.show", article_id=article_id), 303)
