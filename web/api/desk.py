"""Whose key it is, what waits for her, and the ledger."""

from __future__ import annotations

from flask import g, request

from web.api.doors import Door, operation
from web.api.shapes import Line, Lines, Me
from web.reading import Reading
from web.screens.tasks import AT_WORK
from web.transaction import db, occasion
from workflow.articles import ledger, tasks
from workflow.articles.ledger import LedgerFilter, LedgerRow
from workflow.articles.tasks import Box, Task
from workflow.people.questions import SignedIn

AFTER = ("after", "the `next` of the page before")


@operation(Door("GET", "/me", "Whose key this is and what she may do.", AT_WORK, Me))
def me() -> Me:
    """Her name, her roles, and the posts in which she may act today."""
    who: SignedIn = g.me
    roles = sorted(role.value for role in who.roles)
    return Me(who.name, who.agency_name, roles, list(who.capacities))


@operation(
    Door(
        "GET",
        "/tasks",
        "What waits for you, the most urgent first (我的待办).",
        AT_WORK,
        Lines,
    )
)
def waiting() -> Lines:
    """The box 待办 of this person."""
    found = tasks.in_box(db(), tasks.desk(db(), occasion()), Box.WAITING, limit=100)
    return Lines([_task(task) for task in found])


@operation(
    Door(
        "GET",
        "/articles",
        "The ledger, newest first (台账).",
        AT_WORK,
        Lines,
        asked=(
            ("words", "words of the title, or a number like 2024-0012"),
            ("state", "id of a state"),
            AFTER,
        ),
    )
)
def articles() -> Lines:
    """One page of the ledger."""
    read = Reading(request.args)
    words = read.text("words", "标题", 60, needed=False)
    state = read.text("state", "状态", 60, needed=False)
    after = read.optional_number("after", "上一页")
    read.check()
    wanted = LedgerFilter(words=words, state=state)
    rows = ledger.page(db(), g.me.agency_id, wanted, after)
    more = rows[-1].article.id if len(rows) == ledger.PAGE else None
    return Lines([_row(row) for row in rows], more)


def _task(task: Task) -> Line:
    return Line(
        task.article.id,
        task.article.title,
        task.article.state,
        task.stage,
        task.section,
        task.drafter,
        task.due_at if task.shows_due else None,
        task.holders,
    )


def _row(row: LedgerRow) -> Line:
    return Line(
        row.article.id,
        row.article.title,
        row.article.state,
        row.stage,
        row.section,
        row.drafter,
    )
