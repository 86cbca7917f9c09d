"""The leader's page: what waits, what is late and with whom, what went out."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from flask import Blueprint, g, render_template
from flask.typing import ResponseReturnValue

from models.people import Role
from web.clock import now
from web.login import may_enter
from web.transaction import db, occasion
from workflow.articles import instructions, ledger, tasks
from workflow.articles.tasks import Box
from workflow.audit.questions import last_verification
from workflow.calendar import town_day, town_moment
from workflow.inspections.questions import week_left

screen = Blueprint("leader", __name__)
SHOWN = 5
LATE_SHOWN = 10


@dataclass(frozen=True, slots=True)
class Month:
    """The month so far: its first day, today, and their moments."""

    first: date
    today: date

    @property
    def since(self) -> datetime:
        """The first moment of the month."""
        return town_moment(self.first, time.min)

    @property
    def until(self) -> datetime:
        """The first moment of tomorrow."""
        return town_moment(self.today + timedelta(days=1), time.min)


@screen.get("/leader")
@may_enter(Role.LEADER)
def home() -> ResponseReturnValue:
    """One screen for one minute; every number opens its list."""
    session, agency_id = db(), g.me.agency_id
    today = town_day(now())
    month = Month(today.replace(day=1), today)
    desk = tasks.desk(session, occasion())
    late = tasks.late(session, desk, LATE_SHOWN + 1)
    return render_template(
        "leader/home.html",
        month=month,
        counts=tasks.counts(session, desk),
        waiting=tasks.in_box(session, desk, Box.WAITING, limit=SHOWN),
        late=late[:LATE_SHOWN],
        late_more=len(late) > LATE_SHOWN,
        late_count=_late_count(),
        published=ledger.published_by_section(
            session, agency_id, month.since, month.until
        ),
        importances=ledger.choices(session, agency_id).importances,
        week=week_left(session, agency_id, today),
        unsigned=instructions.open_defects(session, agency_id, SHOWN),
        unsigned_count=instructions.count_open(session, agency_id),
        verified=last_verification(session, agency_id),
    )


def _late_count() -> int:
    wanted = ledger.LedgerFilter(late_at=now())
    return ledger.count_up_to(db(), g.me.agency_id, wanted, 1000)
