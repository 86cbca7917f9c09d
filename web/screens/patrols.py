"""Site and account patrols: column clocks, today's readings, veto items, visits."""

from __future__ import annotations

from datetime import date

from flask import Blueprint, flash, g, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from models.inspections import CheckState
from models.patrols import ColumnKind
from models.people import Role
from web.display import label
from web.login import may_enter
from web.reading import Reading, shows_again
from web.screens.rounds import READERS, why_not
from web.transaction import db, occasion
from workflow.calendar import ONE_DAY
from workflow.errors import NotFound
from workflow.inspections import plan_questions
from workflow.patrols import acts, questions
from workflow.patrols.acts import Read
from workflow.patrols.rules import (
    ADDRESS_MAX,
    LIMITS,
    NAME_MAX,
    NOTE_MAX,
    REASON_MAX,
    NewColumn,
)
from workflow.people.questions import name_of

screen = Blueprint("patrols", __name__, url_prefix="/patrols")
SYSTEM = Role.SYSTEM_ADMINISTRATOR
CODE_MAX, DAYS_SHOWN = 60, 14


@screen.get("")
@may_enter(*READERS, SYSTEM)
def all(reading_id: int = 0) -> ResponseReturnValue:  # noqa: A001 -- read as patrols.all
    """How every column stands, today's readings, the veto items by name."""
    by = occasion()
    since = by.today - DAYS_SHOWN * ONE_DAY
    shown = questions.readings_of(db(), by.agency_id, since, by.today)
    on_duty = plan_questions.person_on_duty(db(), by, by.today)
    return render_template(
        "patrols/all.html",
        columns=questions.columns_now(db(), by.agency_id, by.today),
        closed=[c for c in questions.columns(db(), by.agency_id) if not c.open],
        vetoes=questions.vetoes_now(db(), by.agency_id, by.at),
        readings=shown,
        now=[one for one in shown if _is_now(one.reading.state, one)],
        pages=questions.faults_of_pages(db(), by.agency_id, by.at),
        on_duty=name_of(db(), on_duty),
        why_not=why_not(),
        tried=reading_id,
        note_max=NOTE_MAX,
    )


@screen.post("/readings/<int:reading_id>")
@may_enter(Role.INSPECTOR)
@shows_again(all)
def read(reading_id: int) -> ResponseReturnValue:
    """Record a reading of the site."""
    form = Reading(request.form)
    note = form.text("note", "情况和处理", NOTE_MAX, needed=False)
    form.check()
    found = request.form.getlist("well")
    seen = Read("pages" in found, "contents" in found, "links" in found, note)
    row = acts.log_reading(db(), occasion(), reading_id, seen)
    flash(gettext("已登记%(half)s读网。", half=label(row.half)))
    return redirect(url_for("patrols.all"), 303)


@screen.get("/column")
@may_enter(SYSTEM)
def column() -> ResponseReturnValue:
    """The form for a column: ``?code=`` for one that is there."""
    code = request.args.get("code", "")
    found = questions.column_coded(db(), g.me.agency_id, code) if code else None
    if code and found is None:
        raise NotFound("没有找到这个栏目。")
    return render_template(
        "patrols/column.html",
        column=found,
        kinds=[(one.value, label(one)) for one in ColumnKind],
        limits=LIMITS,
        sections=questions.sections_named(db(), g.me.agency_id),
        most={
            "code": CODE_MAX,
            "name": NAME_MAX,
            "address": ADDRESS_MAX,
            "reason": REASON_MAX,
        },
    )


@screen.post("/column")
@may_enter(SYSTEM)
@shows_again(column)
def set() -> ResponseReturnValue:  # noqa: A001 -- read as patrols.set
    """Enter or change it."""
    form = Reading(request.form)
    known = {code for code, _ in questions.sections_named(db(), g.me.agency_id)}
    chosen = [one for one in request.form.getlist("sections") if one in known]
    new = NewColumn(
        code=form.text("code", "代码", CODE_MAX),
        name=form.text("name", "名称", NAME_MAX),
        kind=form.choice("kind", "种类", ColumnKind),
        most_days=form.number("most_days", "更新时限"),
        warn_days=form.number("warn_days", "提前提醒"),
        channel=form.text("channel", "渠道代码", CODE_MAX, needed=False) or "website",
        section_codes=tuple(chosen),
        address=form.text("address", "网址", ADDRESS_MAX, needed=False),
        exempt_until=_day(form, "exempt_until", "豁免到"),
        exempt_reason=form.text("exempt_reason", "豁免理由", REASON_MAX, needed=False),
        updated_on=_day(form, "updated_on", "最近更新"),
        open="open" in request.form.getlist("state"),
    )
    form.check()
    acts.set_column(db(), occasion(), new)
    flash(gettext("已保存栏目时限“%(name)s”。", name=new.name))
    return redirect(url_for("patrols.all"), 303)


def _day(form: Reading, name: str, words: str) -> date | None:
    if not request.form.get(name, "").strip():
        return None
    return form.day(name, words)


def _is_now(state: CheckState, one: questions.ReadingShown) -> bool:
    at = occasion().at
    lies_open = one.reading.opens_at <= at <= one.reading.due_at
    return state is CheckState.OPEN and lies_open
