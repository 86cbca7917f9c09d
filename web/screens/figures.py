"""The rounds of a year in pictures; every number opens its records."""

from __future__ import annotations

from flask import Blueprint, g, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from models.inspections import CheckState
from web import asked, charts
from web.charts import Chart, Series
from web.display import label
from web.login import may_enter
from web.pages import address_of
from web.screens.rounds import READERS
from web.transaction import db, occasion
from workflow.errors import NotFound
from workflow.inspections import year_figures
from workflow.inspections.year_figures import MONTHS, ByMonth, YearFigures

screen = Blueprint("figures", __name__, url_prefix="/rounds/figures")


@screen.get("")
@may_enter(*READERS)
def year() -> ResponseReturnValue:
    """Checks, faults by kind, and rectification on time, month by month."""
    year_ = asked.year(occasion().today)
    found = year_figures.of_year(db(), g.me.agency_id, year_, occasion().today)
    return render_template(
        "rounds/figures.html",
        year=year_,
        checks=_checks(found, year_),
        faults=_faults(found, year_),
        on_time=_on_time(found, year_),
    )


@screen.get("/records")
@may_enter(*READERS)
def records() -> ResponseReturnValue:
    """The records behind one number."""
    year_, name = asked.year(occasion().today), request.args.get("row", "found")
    found = year_figures.of_year(db(), g.me.agency_id, year_, occasion().today)
    row, month = found.named(name), asked.number("month") or 0
    if row is None or month not in MONTHS:
        raise NotFound("没有这个数字。")
    rows = year_figures.behind(db(), g.me.agency_id, name, row[month])
    return render_template(
        "rounds/figure_records.html",
        year=year_,
        month=month,
        rows=[(record, address_of(record.kind, record.id)) for record in rows],
    )


def _checks(found: YearFigures, year_: int) -> Chart:
    return charts.bars(
        gettext("%(year)d年检查次数", year=year_),
        _months(),
        [
            _series(label(CheckState.DONE), "done", found.done, year_),
            _series(label(CheckState.MISSED), "missed", found.missed, year_),
        ],
    )


def _faults(found: YearFigures, year_: int) -> Chart:
    rows = [
        _series(label(kind), kind.value, row, year_)
        for kind, row in found.found.items()
        if any(row.values())
    ]
    return charts.bars(
        gettext("%(year)d年发现的问题，按种类", year=year_), _months(), rows
    )


def _on_time(found: YearFigures, year_: int) -> Chart:
    return charts.share(
        gettext("%(year)d年按期整改率，按整改期限所在的月", year=year_),
        _months(),
        _series(gettext("按期整改"), "in_time", found.in_time, year_),
        _series(gettext("应整改"), "due", found.due, year_),
        gettext("按期整改率"),
    )


def _months() -> list[str]:
    return [gettext("%(n)d月", n=month) for month in MONTHS]


def _series(words: str, name: str, row: ByMonth, year_: int) -> Series:
    links = [
        url_for("figures.records", row=name, year=year_, month=month)
        if row[month]
        else ""
        for month in MONTHS
    ]
    return Series(words, [len(row[month]) for month in MONTHS], links)
