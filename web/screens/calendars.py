"""The working calendar (工作日历): holiday tables, and until when they are known."""

from __future__ import annotations

from flask import Blueprint, flash, g, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from models.people import Role
from web.login import may_enter, signed_in
from web.reading import Reading, shows_again
from web.transaction import db, occasion
from workflow.agencies import acts, holidays
from workflow.agencies.acts import HolidayList
from workflow.errors import NotFound

screen = Blueprint("calendars", __name__, url_prefix="/calendars")
SYSTEM = Role.SYSTEM_ADMINISTRATOR
FIRST_YEAR, LAST_YEAR = 2008, 2100


@screen.get("")
@signed_in
def all() -> ResponseReturnValue:  # noqa: A001 -- read as calendars.all
    """Every table that was entered, and what is only reckoned."""
    found = holidays.years(db(), g.me.agency_id)
    today = occasion().today
    newest = found[0].year if found else None
    return render_template(
        "calendars/all.html",
        years=found,
        told=holidays.told,
        newest=newest,
        lacking=newest is None or newest < today.year,
        following=max(newest + 1 if newest else today.year, today.year),
    )


@screen.get("/<int:year>")
@may_enter(SYSTEM)
def one(year: int) -> ResponseReturnValue:
    """The form for one year's table."""
    _check_year(year)
    known = [one for one in holidays.years(db(), g.me.agency_id) if one.year == year]
    found = known[0] if known else holidays.Year(year, (), (), "")
    return render_template("calendars/one.html", found=found, told=holidays.told)


@screen.post("/<int:year>")
@may_enter(SYSTEM)
@shows_again(one)
def enter(year: int) -> ResponseReturnValue:
    """Enter or replace it."""
    _check_year(year)
    read = Reading(request.form)
    source = read.text("source", "文号", 300)
    off = read.text("off", "放假", 4000)
    work = read.text("work", "调休", 4000, needed=False)
    read.check()
    days_off = holidays.read_days(off, "off")
    swap = holidays.read_days(work, "work")
    acts.enter_calendar(db(), occasion(), HolidayList(year, days_off, swap, source))
    flash(gettext("%(year)s年的放假安排已保存。", year=year))
    return redirect(url_for("calendars.all"), 303)


def _check_year(year: int) -> None:
    if not FIRST_YEAR <= year <= LAST_YEAR:
        raise NotFound("没有这一年的工作日历。")
