"""Who is away when, and who stands in (外出登记)."""

from __future__ import annotations

from datetime import date, timedelta
from itertools import groupby

from flask import Blueprint, flash, g, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from models.people import Role
from web.login import may_enter, signed_in
from web.reading import Reading, shows_again
from web.transaction import db, occasion
from workflow.people import acts, registers
from workflow.people.registers import AbsenceLine

screen = Blueprint("absences", __name__, url_prefix="/absences")
SYSTEM = Role.SYSTEM_ADMINISTRATOR
LOOK_BACK = timedelta(days=31)


@screen.get("")
@signed_in
def all() -> ResponseReturnValue:  # noqa: A001 -- read as absences.all
    """Absences of the last month and those to come, month by month."""
    today = occasion().today
    lines = registers.absences(db(), g.me.agency_id, today - LOOK_BACK)
    return render_template(
        "absences/all.html",
        months=_by_month(lines),
        stand_ins=registers.stand_ins(db(), g.me.agency_id, today),
        today=today,
    )


@screen.get("/new")
@may_enter(SYSTEM)
def new() -> ResponseReturnValue:
    """The form for an absence."""
    today = occasion().today
    people = registers.here(db(), g.me.agency_id, today)
    return render_template(
        "absences/new.html", people=[(p.id, p.name) for p in people], today=today
    )


@screen.post("/new")
@may_enter(SYSTEM)
@shows_again(new)
def record() -> ResponseReturnValue:
    """Record it; refused when nobody would be left in a post."""
    read = Reading(request.form)
    person_id = read.number("person", "人员")
    first_day = read.day("first_day", "开始日期")
    last_day = read.day("last_day", "结束日期")
    reason = read.text("reason", "事由", 300)
    read.check()
    acts.record_absence(db(), occasion(), person_id, first_day, last_day, reason)
    flash(gettext("外出已登记，期间由B岗代行。"))
    return redirect(url_for("absences.all"), 303)


@screen.post("/<int:absence_id>/cancel")
@may_enter(SYSTEM)
def cancel(absence_id: int) -> ResponseReturnValue:
    """She is back."""
    acts.cancel_absence(db(), occasion(), absence_id)
    flash(gettext("已销假。"))
    return redirect(url_for("absences.all"), 303)


def _by_month(lines: list[AbsenceLine]) -> list[tuple[date, list[AbsenceLine]]]:
    grouped = groupby(lines, key=lambda line: line.absence.first_day.replace(day=1))
    return [(month, list(of_month)) for month, of_month in grouped]
