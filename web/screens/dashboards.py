"""The year in pictures for those who answer for it; every number opens its list."""

from __future__ import annotations

from collections.abc import Sequence

from flask import Blueprint, g, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from models.people import Role
from web import asked, charts
from web.charts import Chart, Series
from web.clock import now
from web.login import may_enter
from web.transaction import db, occasion
from workflow.articles import catches, ledger
from workflow.reports import dashboards
from workflow.reports.dashboards import SectionYear, Waits

screen = Blueprint("dashboards", __name__, url_prefix="/dashboards")
READERS = (Role.LEADER, Role.REVIEWER, Role.PUBLISHER, Role.DRAFTER)
MONTHS = range(1, 13)
LATE_MOST = 1000
LEVEL_WORDS = ("一校", "二校", "三校", "发布后发现")


@screen.get("")
@may_enter(*READERS)
def show() -> ResponseReturnValue:
    """Leaders see the whole office; everybody else her own times."""
    year, agency_id = asked.year(occasion().today), g.me.agency_id
    found = dashboards.waits(db(), agency_id, year, _only())
    whole = _only() is None
    return render_template(
        "dashboards/show.html",
        year=year,
        whole=whole,
        rungs=_times(dashboards.by_rung(db(), agency_id, found), year),
        people=dashboards.by_person(db(), agency_id, found),
        published=_published(year),
        **(_office(year) if whole else {}),
    )


@screen.get("/decisions")
@may_enter(*READERS)
def decisions() -> ResponseReturnValue:
    """The decisions behind a time: of a rung, of a person; others' only for leaders."""
    year, stage = asked.year(occasion().today), request.args.get("stage", "")[:60]
    person = _only() or asked.number("person")
    found = dashboards.waits(db(), g.me.agency_id, year, person)
    rows = [one for one in found if stage in ("", one.stage)]
    return render_template(
        "dashboards/decisions.html",
        year=year,
        rows=rows[-dashboards.LIST_MAX :],
        names=dashboards.stage_names(db(), g.me.agency_id),
    )


@screen.get("/stuck")
@may_enter(Role.LEADER)
def stuck() -> ResponseReturnValue:
    """What has not moved for more than five working days, or is put aside."""
    rows = dashboards.stuck(db(), g.me.agency_id, now())
    return render_template("dashboards/stuck.html", rows=rows)


@screen.get("/withdrawn")
@may_enter(Role.LEADER)
def withdrawn() -> ResponseReturnValue:
    """What was taken down after it was out."""
    year = asked.year(occasion().today)
    rows = dashboards.withdrawn(db(), g.me.agency_id, year)
    return render_template("dashboards/withdrawn.html", year=year, rows=rows)


@screen.get("/requests")
@may_enter(Role.LEADER)
def near() -> ResponseReturnValue:
    """Requests near their limit or past it."""
    rows = dashboards.requests_near(db(), g.me.agency_id, occasion().today)
    return render_template("dashboards/near.html", rows=rows, today=occasion().today)


def _only() -> int | None:
    """Whose times are shown: everybody's to leaders, her own to anybody else."""
    return None if Role.LEADER in g.me.roles else int(g.me.person_id)


def _office(year: int) -> dict[str, object]:
    agency_id, at = g.me.agency_id, now()
    late = ledger.LedgerFilter(late_at=at)
    return {
        "late": ledger.count_up_to(db(), agency_id, late, LATE_MOST),
        "stuck": len(dashboards.stuck(db(), agency_id, at)),
        "near": len(dashboards.requests_near(db(), agency_id, occasion().today)),
        "escaped": len(dashboards.withdrawn(db(), agency_id, year)),
        "caught": _caught(year),
    }


def _published(year: int) -> Chart:
    found = dashboards.published_by_month(db(), g.me.agency_id, year)
    series = [
        Series(one.name, one.months, _ledgers(year, one))
        for one in found[: charts.PATTERNS - 1]
    ]
    rest = found[charts.PATTERNS - 1 :]
    if rest:
        sums = [sum(month) for month in zip(*(r.months for r in rest), strict=True)]
        series.append(Series(gettext("其余栏目"), sums, _ledgers(year)))
    months = [gettext("%(n)d月", n=month) for month in MONTHS]
    return charts.bars(gettext("各栏目每月发布"), months, series)


def _ledgers(year: int, section: SectionYear | None = None) -> list[str]:
    code = section.code if section else None
    spans = [dashboards.month_span(year, month) for month in MONTHS]
    return [
        url_for(
            "ledger.show",
            section=code,
            out_since=first.isoformat(),
            out_until=last.isoformat(),
        )
        for first, last in spans
    ]


def _times(rungs: Sequence[Waits], year: int) -> Chart:
    links = [url_for("dashboards.decisions", year=year, stage=r.stage) for r in rungs]
    middles = Series(gettext("中位数（工作日）"), [r.middle for r in rungs], links)
    title = gettext("每一环节等了几个工作日")
    return charts.bars(title, [r.name for r in rungs], [middles])


def _caught(year: int) -> Chart:
    numbers = dashboards.caught(db(), g.me.agency_id, year)
    period = dashboards.whole_year(year)

    def address(what: str, level: int | None = None) -> str:
        since, until = period.first, period.last
        return url_for(
            "catches.records", since=since, until=until, what=what, level=level
        )

    links = [*(address("caught", n) for n in catches.LEVELS), address("escaped")]
    series = Series(gettext("查出的问题"), numbers, links)
    columns = [gettext(words) for words in LEVEL_WORDS]
    return charts.bars(gettext("哪一校查出、哪些漏过"), columns, [series])


@screen.app_template_filter("working_days")
def working_days(days: float | None) -> str:
    """A time as people say it."""
    if days is None:
        return "—"
    if days == 0:
        return gettext("当日")
    return gettext("%(n)s个工作日", n=charts.number(days))
