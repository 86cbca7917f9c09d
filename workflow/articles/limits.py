"""The clocks of one article: begun, put off while an outsider is asked, ended.

A regulation whose limits are all of one stage or of publishing needs none of this: the
article's own ``due_at`` says it all.  Others keep one row for each limit and visit.
"""

from __future__ import annotations

from datetime import datetime, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from models.clocks import ArticleClock
from workflow.agencies.questions import calendar_of
from workflow.articles import cases
from workflow.articles.cases import Case
from workflow.occasion import Occasion
from workflow.process.clocks import due
from workflow.process.definition import Definition
from workflow.process.limits import Limit, Silence
from workflow.process.open_limits import (
    WHOLE,
    Clock,
    clocks_at,
    every_limit,
    stands_still,
)


def keeps_clocks(definition: Definition) -> bool:
    """Whether this regulation has limits that one column cannot say."""
    inner = [act for stage in definition.stages for act in stage.acts]
    acts = any(act.limit or act.pauses for act in (*inner, *definition.after))
    apart = definition.releases_apart and any(every_limit(definition))
    whole = definition.limit is not None
    return whole or acts or apart or any(map(_speaks, every_limit(definition)))


def _speaks(limit: Limit) -> bool:
    """Whether the regulation itself says who is told, and when."""
    named = bool(limit.escalate_to or limit.remind_hours)
    return named or limit.silence is not Silence.ESCALATE


def mark(session: Session, by: Occasion, case: Case) -> None:
    """Begin the clocks of what has been reached, end those of what was left.

    Args:
        case: as it was before the act; only its regulation is looked at.
    """
    if not keeps_clocks(case.definition):
        return
    now = cases.of(session, case.article)
    running = {clock.key: clock for clock in clocks_at(now.plan, now.position)}
    rows = {row.key: row for row in open_rows(session, case.article.id)}
    for key, row in rows.items():
        if key not in running:
            row.ended_at = by.at
    for key in running:
        if key not in rows:
            rows[key] = _begin(session, by, now, key)
    for key, clock in running.items():
        _set(session, by, now, clock, rows[key])
    now.article.due_at = nearest([rows[key] for key in running])
    session.flush()


def open_rows(session: Session, article_id: int) -> list[ArticleClock]:
    """The clocks of an article that have not ended, in the order they began."""
    query = select(ArticleClock).where(
        ArticleClock.article_id == article_id, ArticleClock.ended_at.is_(None)
    )
    return list(session.scalars(query.order_by(ArticleClock.id)))


def nearest(rows: list[ArticleClock]) -> datetime | None:
    """When the next limit runs out; that of the whole only where there is no other."""
    own = [row.due_at for row in rows if row.key != WHOLE and row.due_at]
    whole = [row.due_at for row in rows if row.key == WHOLE and row.due_at]
    return min(own or whole, default=None)


def clock_of(case: Case, key: str) -> Clock | None:
    """The limit of this key that runs on an article, if it does."""
    found = clocks_at(case.plan, case.position)
    return next((clock for clock in found if clock.key == key), None)


def _begin(session: Session, by: Occasion, case: Case, key: str) -> ArticleClock:
    row = ArticleClock(
        agency_id=by.agency_id,
        article_id=case.article.id,
        key=key,
        opened_at=by.at,
        stood=0,
    )
    session.add(row)
    return row


def _set(
    session: Session, by: Occasion, case: Case, clock: Clock, row: ArticleClock
) -> None:
    """When it runs out; it does not while it stands still."""
    if stands_still(case.plan, case.position) and not clock.pauses:
        row.standing_since = row.standing_since or by.at
        row.due_at = None
        return
    if row.standing_since is not None:
        row.stood += round((by.at - row.standing_since).total_seconds())
        row.standing_since = None
    start = row.opened_at + timedelta(seconds=row.stood)
    calendar = calendar_of(session, by.agency_id)
    needed = case.article.needed_by
    row.due_at = due(case.plan, clock.limit, start, calendar, needed)
