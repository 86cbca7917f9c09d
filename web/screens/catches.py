"""The three-pass ledger (三校台账): caught where, escaped, cried wolf how often."""

from __future__ import annotations

from datetime import date

from flask import Blueprint, g, render_template, request
from flask.typing import ResponseReturnValue

from models.findings import FindingKind
from web.clock import now
from web.login import may_enter
from web.reading import Reading
from web.screens.tasks import AT_WORK
from web.transaction import db
from workflow.articles import catches, precheck
from workflow.articles.catches import Period, Wanted
from workflow.calendar import town_day

screen = Blueprint("catches", __name__, url_prefix="/catches")
WHATS = ("caught", "kept", "escaped", "open")


@screen.get("")
@may_enter(*AT_WORK)
def show() -> ResponseReturnValue:
    """The ledger of a period, and how often each rule was right."""
    period = _period()
    rule = request.args.get("rule", "")[:12]
    agency = g.me.agency_id
    return render_template(
        "catches/show.html",
        period=period,
        rows=catches.three_passes(db(), agency, period),
        rates=catches.rates(db(), agency, period),
        names=precheck.rule_names(db()),
        rule=rule,
        words=catches.word_rates(db(), agency, period, rule) if rule else [],
    )


@screen.get("/records")
@may_enter(*AT_WORK)
def records() -> ResponseReturnValue:
    """The findings behind one number."""
    wanted = _wanted()
    found = catches.records(db(), g.me.agency_id, wanted)
    most = catches.RECORDS_MOST
    return render_template(
        "catches/records.html", wanted=wanted, found=found, most=most
    )


def _period() -> Period:
    today = town_day(now())
    first = _day("since", date(today.year, 1, 1))
    return Period(first, max(first, _day("until", today)))


def _day(name: str, otherwise: date) -> date:
    typed = request.args.get(name, "").strip()
    if not typed:
        return otherwise
    read = Reading(request.args)
    day = read.day(name, "日期")
    read.check()
    return day


def _wanted() -> Wanted:
    asked = request.args
    what, kind, level = asked.get("what", ""), asked.get("kind", ""), asked.get("level")
    return Wanted(
        _period(),
        what if what in WHATS else "",
        int(level) if level in {"1", "2", "3"} else None,
        FindingKind(kind) if kind in set(FindingKind) else None,
        asked.get("rule", "")[:12],
        asked.get("word", "")[:500],
    )
