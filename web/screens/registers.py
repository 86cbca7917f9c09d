"""The registers behind section two of the annual report: penalties and the like."""

from __future__ import annotations

from decimal import Decimal, InvalidOperation

from flask import Blueprint, flash, g, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from models.people import Role
from models.reports import RegisterKind
from web.display import label
from web.login import may_enter
from web.reading import Reading, shows_again
from web.transaction import db, occasion
from workflow.people.questions import name_of
from workflow.reports import acts, questions
from workflow.reports.registers import LONGEST, NewEntry

screen = Blueprint("registers", __name__, url_prefix="/registers")
READERS = (Role.REGISTRAR, Role.LEADER)


@screen.get("")
@may_enter(*READERS)
def all() -> ResponseReturnValue:  # noqa: A001 -- read as registers.all
    """One register, the newest entry first."""
    kind = _asked_kind()
    entries = questions.register_entries(db(), g.me.agency_id, kind)
    return render_template(
        "registers/all.html", kind=kind, kinds=RegisterKind, entries=entries
    )


@screen.get("/<int:entry_id>")
@may_enter(*READERS)
def one(entry_id: int) -> ResponseReturnValue:
    """One entry."""
    entry = questions.register_entry(db(), g.me.agency_id, entry_id)
    entered_by = name_of(db(), entry.entered_by_id)
    return render_template("registers/one.html", entry=entry, entered_by=entered_by)


@screen.get("/new")
@may_enter(Role.REGISTRAR)
def new() -> ResponseReturnValue:
    """The form for a new entry."""
    kinds = [(kind.value, label(kind)) for kind in RegisterKind]
    return render_template(
        "registers/new.html", kinds=kinds, kind=_asked_kind(), today=occasion().today
    )


@screen.post("/new")
@may_enter(Role.REGISTRAR)
@shows_again(new)
def add() -> ResponseReturnValue:
    """Enter it."""
    read = Reading(request.form)
    entry = NewEntry(
        kind=read.choice("kind", "登记簿", RegisterKind),
        number=read.text("number", "文号或编号", LONGEST["number"]),
        title=read.text("title", "名称", LONGEST["title"]),
        dated=read.day("dated", "日期"),
        source=read.text("source", "出处", LONGEST["source"]),
        amount_yuan=_amount(read),
        repealed_on=read.day("repealed_on", "废止日期")
        if _sent("repealed_on")
        else None,
    )
    read.check()
    made = acts.enter_register(db(), occasion(), entry)
    flash(gettext("已登记：%(number)s。", number=made.number))
    return redirect(url_for("registers.all", kind=made.kind.value), 303)


def _asked_kind() -> RegisterKind:
    asked = request.values.get("kind", "")
    known = asked in {kind.value for kind in RegisterKind}
    return RegisterKind(asked) if known else RegisterKind.PUNISHMENT


def _sent(name: str) -> bool:
    return bool(request.form.get(name, "").strip())


def _amount(read: Reading) -> Decimal | None:
    typed = request.form.get("amount_yuan", "").strip()
    if not typed:
        return None
    try:
        return Decimal(typed) if len(typed) <= 20 else Decimal("NaN")
    except InvalidOperation:
        read.refuse("amount_yuan", "收费金额请填数字，例如“1200.50”。")
        return None
