"""Plans of rounds, the limits of rectification, and the month's duty roster."""

from __future__ import annotations

from datetime import date

from flask import Blueprint, flash, g, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from models.boards import Cycle, DutyDays
from models.inspections import CheckWay, FaultKind
from models.people import Role
from web import asked
from web.display import label
from web.login import may_enter
from web.reading import Reading, shows_again
from web.screens.rounds import READERS
from web.transaction import db, occasion
from workflow.calendar import ONE_DAY
from workflow.inspections import fault_questions, plan_questions, planning
from workflow.inspections.planning import NAME_MAX, NewPlan, NewTerms
from workflow.inspections.rectification import AT_ONCE
from workflow.people.questions import person

screen = Blueprint("plans", __name__, url_prefix="/plans")
SYSTEM = Role.SYSTEM_ADMINISTRATOR
CODE_MAX = 20


@screen.get("")
@may_enter(*READERS, SYSTEM)
def all() -> ResponseReturnValue:  # noqa: A001 -- read as plans.all
    """The plans in force or to come, and the limits."""
    agency, today = g.me.agency_id, occasion().today
    found = plan_questions.plans(db(), agency)
    return render_template(
        "plans/all.html",
        plans=[one for one in found if one.until is None or one.until >= today],
        terms=fault_questions.terms(db(), agency),
        kinds=FaultKind,
        at_once=AT_ONCE,
        cycles=[(one.value, label(one)) for one in Cycle],
        days=[(one.value, label(one)) for one in DutyDays],
        ways=[(one.value, label(one)) for one in CheckWay],
        today=today,
        code_max=CODE_MAX,
        name_max=NAME_MAX,
    )


@screen.post("")
@may_enter(SYSTEM)
@shows_again(all)
def set() -> ResponseReturnValue:  # noqa: A001 -- read as plans.set
    """Make a plan, or change it from a day on."""
    read = Reading(request.form)
    ways = [one for one in CheckWay if one.value in request.form.getlist("ways")]
    ends = request.form.get("until", "").strip()
    new = NewPlan(
        code=read.text("code", "代码", CODE_MAX),
        name=read.text("name", "名称", NAME_MAX),
        cycle=read.choice("cycle", "周期", Cycle),
        days=read.choice("days", "哪些天", DutyDays),
        ways=tuple(ways),
        since=read.day("since", "开始日期"),
        until=read.day("until", "结束日期") if ends else None,
    )
    read.check()
    planning.set_plan(db(), occasion(), new)
    flash(gettext("已设定计划“%(name)s”。", name=new.name))
    return redirect(url_for("plans.all"), 303)


@screen.post("/limits")
@may_enter(SYSTEM)
@shows_again(all)
def limits() -> ResponseReturnValue:
    """Set the limits of rectification."""
    read = Reading(request.form)
    chosen = {kind: _limit(read, kind) for kind in FaultKind}
    new = NewTerms(
        limits=chosen,
        look_back_days=read.number("look_back_days", "重复认定天数"),
        raise_after_days=read.number("raise_after_days", "督办间隔"),
        show_days=read.number("show_days", "张贴天数"),
    )
    read.check()
    planning.set_terms(db(), occasion(), new)
    flash(gettext("已保存整改期限。"))
    return redirect(url_for("plans.all"), 303)


@screen.get("/roster")
@may_enter(*READERS, SYSTEM)
def roster() -> ResponseReturnValue:
    """The duty roster of a month: ``?month=2024-03-01``."""
    by = occasion()
    first, last = plan_questions.month_span(asked.day("month", "月份") or by.today)
    people = plan_questions.inspectors(db(), by.agency_id, by)
    return render_template(
        "plans/roster.html",
        first=first,
        before=first - ONE_DAY,
        after=last + ONE_DAY,
        days=plan_questions.roster(db(), by, first, last),
        today=by.today,
        people=[(id_, person(db(), by.agency_id, id_).name) for id_ in people],
    )


@screen.post("/roster")
@may_enter(Role.INSPECTOR, SYSTEM)
@shows_again(roster)
def draw() -> ResponseReturnValue:
    """Draw the roster up."""
    month = _sent_day("month", "月份")
    number = planning.draw_roster(db(), occasion(), month)
    flash(gettext("已排%(n)d天值班。", n=number))
    return redirect(url_for("plans.roster", month=month.replace(day=1)), 303)


@screen.post("/roster/change")
@may_enter(Role.INSPECTOR, SYSTEM)
@shows_again(roster)
def change() -> ResponseReturnValue:
    """Put somebody else on duty on a day."""
    read = Reading(request.form)
    day, person_id = read.day("day", "日期"), read.number("person", "值班人")
    read.check()
    planning.change_duty(db(), occasion(), day, person_id)
    flash(gettext("已调整值班。"))
    return redirect(url_for("plans.roster", month=day.replace(day=1)), 303)


def _sent_day(name: str, words: str) -> date:
    read = Reading(request.form)
    day = read.day(name, words)
    read.check()
    return day


def _limit(read: Reading, kind: FaultKind) -> str:
    """A number of working days as it is kept; none is at once."""
    number = read.optional_number(f"limit-{kind.value}", "期限")
    return f"{number} working_days" if number else AT_ONCE
