"""My tasks (我的待办): the boxes of a desk, and what lies in each."""

from __future__ import annotations

from collections.abc import Mapping

from flask import Blueprint, render_template, request
from flask.typing import ResponseReturnValue

from models.people import Role
from web.login import may_enter
from web.reading import BIGGEST_ID
from web.transaction import db, occasion
from workflow.articles import afterwards, claims, tasks
from workflow.articles.tasks import Box
from workflow.notices import questions as notices

screen = Blueprint("tasks", __name__)
PAGE = 30
MOST_URGENT = 100
MANY = 1000
AT_WORK = (Role.DRAFTER, Role.REVIEWER, Role.PUBLISHER, Role.LEADER)
WORDS: Mapping[Box, str] = {
    Box.WAITING: "待办",
    Box.MINE: "我拟的",
    Box.DONE: "已办",
    Box.RUNNING: "处理中",
    Box.ENDED: "已结束",
}


@screen.get("/tasks")
@may_enter(*AT_WORK)
def mine() -> ResponseReturnValue:
    """One box, its rows, and the counts of all."""
    box = _box()
    desk = tasks.desk(db(), occasion())
    most = MOST_URGENT if box is Box.WAITING else PAGE
    found = tasks.in_box(db(), desk, box, after=_before(), limit=most + 1)
    return render_template(
        "tasks/mine.html",
        box=box,
        words=WORDS,
        unread=notices.unread(db(), desk.by, MANY),
        afterwards=afterwards.has_duties(desk),
        looking=claims.looking(db(), desk.by, [row.article.id for row in found]),
        counts=tasks.counts(db(), desk, MANY),
        many=MANY,
        rows=found[:most],
        cut=len(found) > most,
        before=_before(),
    )


def _box() -> Box:
    try:
        return Box(request.args.get("box", ""))
    except ValueError:
        return Box.WAITING


def _before() -> int | None:
    typed = request.args.get("before", "")
    is_id = typed.isascii() and typed.isdigit() and len(typed) < 11
    return min(int(typed), BIGGEST_ID) if is_id else None
