"""A person's stock phrases (常用语)."""

from __future__ import annotations

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from web.login import may_enter
from web.reading import Reading, shows_again
from web.screens.tasks import AT_WORK
from web.transaction import db, occasion
from workflow.people import phrases

screen = Blueprint("phrases", __name__, url_prefix="/phrases")


@screen.get("")
@may_enter(*AT_WORK)
def mine() -> ResponseReturnValue:
    """The phrases, and a field for another one."""
    return render_template("phrases/mine.html", rows=phrases.phrases(db(), occasion()))


@screen.post("")
@may_enter(*AT_WORK)
@shows_again(mine)
def keep() -> ResponseReturnValue:
    """Keep another one."""
    read = Reading(request.form)
    words = read.text("words", "常用语", phrases.LONGEST)
    read.check()
    phrases.keep(db(), occasion(), words)
    flash(gettext("已保存。"))
    return redirect(url_for("phrases.mine"), 303)


@screen.post("/<int:phrase_id>/drop")
@may_enter(*AT_WORK)
def drop(phrase_id: int) -> ResponseReturnValue:
    """Drop one."""
    phrases.drop(db(), occasion(), phrase_id)
    flash(gettext("已删去。"))
    return redirect(url_for("phrases.mine"), 303)
