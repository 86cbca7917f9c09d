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
from workflow.articles import alarms, handovers
from workflow.errors import NotPermitted
from workflow.people import acts, questions, registers
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
    by = occasion()
    acts.record_absence(db(), by, person_id, first_day, last_day, reason)
    stuck = alarms.watch_all(db(), by, max(first_day, by.today))
    flash(gettext("外出已登记，期间由B岗代行。"))
    if stuck:
        flash(gettext("注意：有%(number)s件稿件将没有人能办，已报警。", number=stuck))
    return redirect(url_for("absences.all"), 303)


@screen.post("/<int:absence_id>/cancel")
@may_enter(SYSTEM)
def cancel(absence_id: int) -> ResponseReturnValue:
    """She is back."""
    by = occasion()
    absence = acts.cancel_absence(db(), by, absence_id)
    handovers.brief(db(), by.under(f"{by.operation[:70]}-brief"), absence)
    flash(gettext("已销假。"))
    return redirect(url_for("absences.all"), 303)


@screen.get("/<int:absence_id>/brief")
@signed_in
def brief(absence_id: int) -> ResponseReturnValue:
    """What was done in her name while she was away: for herself and the leaders."""
    by = occasion()
    absence = registers.absence(db(), by.agency_id, absence_id)
    if absence.person_id != by.person_id and Role.LEADER not in g.me.roles:
        raise NotPermitted(
            "返岗简报由本人和领导查看。", rule="only-her-own", help_from="本人"
        )
    return render_template(
        "absences/brief.html",
        absence=absence,
        person=questions.person(db(), by.agency_id, absence.person_id),
        done=handovers.done_during(db(), by, absence),
    )


def _by_month(lines: list[AbsenceLine]) -> list[tuple[date, list[AbsenceLine]]]:
    grouped = groupby(lines, key=lambda line: line.absence.first_day.replace(day=1))
    return [(month, list(of_month)) for month, of_month in grouped]
