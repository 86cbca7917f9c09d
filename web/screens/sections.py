"""Sections of the site (栏目), and where the annual report counts them."""

from __future__ import annotations

from flask import Blueprint, flash, g, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from models.people import Role
from web.login import may_enter, signed_in
from web.reading import Reading, shows_again
from web.transaction import db, occasion
from workflow.agencies import acts, questions

screen = Blueprint("sections", __name__, url_prefix="/sections")
SYSTEM = Role.SYSTEM_ADMINISTRATOR


@screen.get("")
@signed_in
def all() -> ResponseReturnValue:  # noqa: A001 -- read as sections.all
    """The list of sections."""
    found = questions.sections(db(), g.me.agency_id, open_only=False)
    return render_template("sections/all.html", sections=found)


@screen.get("/new")
@may_enter(SYSTEM)
def new() -> ResponseReturnValue:
    """The form for a new section."""
    return render_template("sections/new.html")


@screen.post("/new")
@may_enter(SYSTEM)
@shows_again(new)
def make() -> ResponseReturnValue:
    """Make the section."""
    read = Reading(request.form)
    code, name = read.text("code", "代码", 60), read.text("name", "栏目名称", 120)
    column = read.text("report_column", "年报归类", 120)
    read.check()
    position = len(questions.sections(db(), g.me.agency_id, open_only=False))
    acts.make_section(db(), occasion(), code, name, column, position)
    flash(gettext("栏目“%(name)s”已设立。", name=name))
    return redirect(url_for("sections.all"), 303)


@screen.get("/<int:section_id>")
@may_enter(SYSTEM)
def one(section_id: int) -> ResponseReturnValue:
    """The form for changing a section."""
    found = questions.section(db(), g.me.agency_id, section_id)
    return render_template("sections/one.html", section=found)


@screen.post("/<int:section_id>")
@may_enter(SYSTEM)
@shows_again(one)
def change(section_id: int) -> ResponseReturnValue:
    """Change it."""
    read = Reading(request.form)
    name = read.text("name", "栏目名称", 120)
    column = read.text("report_column", "年报归类", 120)
    read.check()
    is_open = "open" in request.form.getlist("state")
    acts.change_section(db(), occasion(), section_id, name, column, is_open=is_open)
    flash(gettext("栏目“%(name)s”已保存。", name=name))
    return redirect(url_for("sections.all"), 303)
