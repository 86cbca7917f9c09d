"""The in-tray (待阅): what somebody is told, with read marks."""

from __future__ import annotations

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from web import asked
from web.login import signed_in
from web.pages import address_of
from web.transaction import db, occasion
from workflow.notices import acts, questions

screen = Blueprint("notices", __name__, url_prefix="/notices")
PAGE = 30


@screen.get("")
@signed_in
def mine() -> ResponseReturnValue:
    """What is new, or what was read, newest first."""
    by, was_read = occasion(), request.args.get("read") == "1"
    found = questions.in_tray(
        db(), by, was_read=was_read, before=asked.number("before"), limit=PAGE + 1
    )
    return render_template(
        "notices/mine.html",
        rows=found[:PAGE],
        more=len(found) > PAGE,
        was_read=was_read,
        unread=questions.unread(db(), by),
    )


@screen.post("/<int:notice_id>/read")
@signed_in
def read(notice_id: int) -> ResponseReturnValue:
    """Put the read mark, and open what the message is about."""
    notice = acts.read(db(), occasion(), notice_id)
    address = address_of(notice.object_kind, notice.object_id)
    return redirect(address or url_for("notices.mine"), 303)


@screen.post("/read")
@signed_in
def read_all() -> ResponseReturnValue:
    """Put the read mark on all that is only told."""
    marked = acts.read_all(db(), occasion())
    flash(gettext("已把%(number)s条消息标为已阅。", number=marked))
    return redirect(url_for("notices.mine"), 303)
