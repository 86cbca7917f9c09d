"""The keys of one's own programs (接口密钥)."""

from __future__ import annotations

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from web.login import may_enter
from web.reading import Reading, shows_again
from web.screens.tasks import AT_WORK
from web.transaction import db, occasion
from workflow.people import tokens
from workflow.people.tokens import NewToken

screen = Blueprint("tokens", __name__, url_prefix="/tokens")


@screen.get("")
@may_enter(*AT_WORK)
def mine() -> ResponseReturnValue:
    """The keys that are good, and a form for another one."""
    rows = tokens.mine(db(), occasion())
    return render_template("tokens/mine.html", rows=rows, key="")


@screen.post("")
@may_enter(*AT_WORK)
@shows_again(mine)
def make() -> ResponseReturnValue:
    """Make another one and show it, this once."""
    read = Reading(request.form)
    name = read.text("name", "给哪个程序用", tokens.LONGEST_NAME)
    days = read.number("days", "有效期（天）")
    read.check()
    key = tokens.make(db(), occasion(), NewToken(name, days))
    rows = tokens.mine(db(), occasion())
    return render_template("tokens/mine.html", rows=rows, key=key)


@screen.post("/<int:token_id>/end")
@may_enter(*AT_WORK)
def end(token_id: int) -> ResponseReturnValue:
    """End one."""
    tokens.end(db(), occasion(), token_id)
    flash(gettext("已停用，用它的程序不能再进来。"))
    return redirect(url_for("tokens.mine"), 303)
