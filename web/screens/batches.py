"""Approving several routine texts of one rung together (批量同意)."""

from __future__ import annotations

import re

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from web import review_form
from web.login import may_enter
from web.reading import BIGGEST_ID, Reading, shows_again
from web.screens.tasks import AT_WORK
from web.transaction import db, occasion
from workflow.articles import alarms, batches, cases, tasks
from workflow.articles.approvals import Approval
from workflow.articles.rules import OPINION_MAX
from workflow.errors import Superseded, WrongState

screen = Blueprint("batches", __name__, url_prefix="/tasks/batch")
_CHOSEN = re.compile(r"(\d{1,10})-(\d{1,10})", re.ASCII)


@screen.get("")
@may_enter(*AT_WORK)
def show() -> ResponseReturnValue:
    """One rung's texts, those that may be signed together and why the others not."""
    by = occasion()
    found = batches.batches(db(), by, tasks.desk(db(), by))
    asked = request.values.get("at", "")
    chosen = next((one for one in found if one.key == asked), None)
    return render_template(
        "tasks/batch.html", batches=found, batch=chosen or next(iter(found), None)
    )


@screen.post("")
@may_enter(*AT_WORK)
@shows_again(show, Superseded, WrongState)
def approve() -> ResponseReturnValue:
    """同意 each of those that were chosen; all or none."""
    read = Reading(request.form)
    opinion = read.text("opinion", "意见", OPINION_MAX, needed=False)
    chosen = [_chosen(read, one) for one in request.form.getlist("articles")]
    read.check()
    by = occasion()
    approval = Approval(review_form.answers(), opinion)
    done = batches.approve_together(db(), by, chosen, approval)
    for article in done:
        alarms.watch(db(), by, cases.of(db(), article))
    flash(gettext("已同意 %(n)s 件。", n=len(done)))
    return redirect(url_for("tasks.mine"), 303)


def _chosen(read: Reading, typed: str) -> tuple[int, int]:
    match = _CHOSEN.fullmatch(typed)
    article, revision = (int(match[1]), int(match[2])) if match else (0, 0)
    if not match or max(article, revision) > BIGGEST_ID:
        read.refuse("articles", "请选择要一起同意的稿件。")
    return article, revision
