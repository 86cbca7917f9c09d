"""Assessments, public reviews and accountability, with their rectification."""

from __future__ import annotations

from flask import Blueprint, flash, g, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from models.people import Role
from models.reports import SupervisionKind
from web.display import label
from web.login import may_enter
from web.reading import Reading, shows_again
from web.transaction import db, occasion
from workflow.people.questions import name_of
from workflow.reports import supervising
from workflow.reports.supervisions import (
    LONGEST,
    PROBLEM_MAX,
    Mending,
    NewSupervision,
)

screen = Blueprint("supervisions", __name__, url_prefix="/supervisions")
READERS = (Role.REGISTRAR, Role.LEADER)


@screen.get("")
@may_enter(*READERS)
def all() -> ResponseReturnValue:  # noqa: A001 -- read as supervisions.all
    """The register, the newest entry first."""
    entries = supervising.supervisions(db(), g.me.agency_id)
    return render_template("supervisions/all.html", entries=entries)


@screen.get("/<int:supervision_id>")
@may_enter(*READERS)
def one(supervision_id: int) -> ResponseReturnValue:
    """One entry, with the form for its rectification while that is owed."""
    entry = supervising.supervision(db(), g.me.agency_id, supervision_id)
    return render_template(
        "supervisions/one.html",
        entry=entry,
        entered_by=name_of(db(), entry.entered_by_id),
        today=occasion().today,
    )


@screen.get("/new")
@may_enter(Role.REGISTRAR)
def new() -> ResponseReturnValue:
    """The form for a new entry."""
    kinds = [(kind.value, label(kind)) for kind in SupervisionKind]
    return render_template("supervisions/new.html", kinds=kinds, today=occasion().today)


@screen.post("/new")
@may_enter(Role.REGISTRAR)
@shows_again(new)
def add() -> ResponseReturnValue:
    """Enter it."""
    read = Reading(request.form)
    entry = NewSupervision(
        kind=read.choice("kind", "类别", SupervisionKind),
        dated=read.day("dated", "日期"),
        by_whom=read.text("by_whom", "由谁作出", LONGEST["by_whom"]),
        title=read.text("title", "事项", LONGEST["title"]),
        result=read.text("result", "结果", LONGEST["result"]),
        source=read.text("source", "出处", LONGEST["source"]),
        problem=read.text("problem", "指出的问题", PROBLEM_MAX, needed=False),
    )
    read.check()
    made = supervising.enter_supervision(db(), occasion(), entry)
    flash(gettext("已登记：%(number)s。", number=made.title))
    return redirect(url_for("supervisions.one", supervision_id=made.id), 303)


@screen.post("/<int:supervision_id>/mended")
@may_enter(Role.REGISTRAR)
@shows_again(one)
def mend(supervision_id: int) -> ResponseReturnValue:
    """Enter how its problem was put right."""
    supervising.supervision(db(), g.me.agency_id, supervision_id)
    read = Reading(request.form)
    mending = Mending(
        read.day("mended_on", "整改日期"),
        read.text("mended_how", "整改情况", PROBLEM_MAX),
    )
    read.check()
    supervising.mend_supervision(db(), occasion(), supervision_id, mending)
    flash(gettext("已登记整改。"))
    return redirect(url_for("supervisions.one", supervision_id=supervision_id), 303)
