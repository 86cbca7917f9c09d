"""What is owed after publication, article by article, with who may do it."""

from __future__ import annotations

from flask import Blueprint, render_template, request
from flask.typing import ResponseReturnValue

from web.login import may_enter
from web.reading import BIGGEST_ID
from web.screens.tasks import AT_WORK
from web.transaction import db, occasion
from workflow.articles import afterwards, tasks

screen = Blueprint("afterwards", __name__)
PAGE = 30


@screen.get("/tasks/afterwards")
@may_enter(*AT_WORK)
def owed() -> ResponseReturnValue:
    """The published articles with a duty that is open, oldest first."""
    desk = tasks.desk(db(), occasion())
    found = afterwards.unfinished(db(), desk, _after(), PAGE + 1)
    return render_template(
        "tasks/afterwards.html",
        rows=found[:PAGE],
        more=found[PAGE - 1].article.id if len(found) > PAGE else None,
        asked=afterwards.has_duties(desk),
    )


def _after() -> int | None:
    typed = request.args.get("after", "")
    is_id = typed.isascii() and typed.isdigit() and len(typed) < 11
    return min(int(typed), BIGGEST_ID) if is_id else None
