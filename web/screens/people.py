"""People, their accounts and roles: two administrators for every new user."""

from __future__ import annotations

from flask import Blueprint, flash, g, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from models.people import Role
from web.clock import now
from web.display import label
from web.login import may_enter
from web.reading import Reading, shows_again
from web.transaction import db, occasion
from workflow.articles import alarms, handovers
from workflow.people import acts, questions, registers

screen = Blueprint("people", __name__, url_prefix="/people")
SYSTEM, SECURITY = Role.SYSTEM_ADMINISTRATOR, Role.SECURITY_ADMINISTRATOR


@screen.get("")
@may_enter(SYSTEM, SECURITY)
def all() -> ResponseReturnValue:  # noqa: A001 -- read as people.all
    """The register of people."""
    today = occasion().today
    entries = registers.people(db(), g.me.agency_id, now(), today)
    return render_template("people/all.html", entries=entries, at=now())


@screen.get("/new")
@may_enter(SYSTEM)
def new() -> ResponseReturnValue:
    """The form for a new person."""
    return render_template("people/new.html", today=occasion().today)


@screen.post("/new")
@may_enter(SYSTEM)
@shows_again(new)
def add() -> ResponseReturnValue:
    """Add the person and show her one-time code, once."""
    read = Reading(request.form)
    name, login = read.text("name", "姓名", 80), read.text("login", "登录名", 60)
    entered_on = read.day("entered_on", "到岗日期")
    read.check()
    made = acts.add_person(db(), occasion(), name, login, entered_on)
    return render_template("people/code.html", person=made.person, code=made.code)


@screen.get("/<int:person_id>")
@may_enter(SYSTEM, SECURITY)
def one(person_id: int) -> ResponseReturnValue:
    """One person: account, roles, posts."""
    entry = registers.entry(db(), g.me.agency_id, person_id, now(), occasion().today)
    open_roles = [(role.value, label(role)) for role in Role if role not in entry.roles]
    return render_template(
        "people/one.html", entry=entry, open_roles=open_roles, at=now()
    )


@screen.post("/<int:person_id>/roles")
@may_enter(SECURITY)
@shows_again(one)
def grant(person_id: int) -> ResponseReturnValue:
    """Give a role."""
    read = Reading(request.form)
    role = read.choice("role", "角色", Role)
    read.check()
    acts.grant_role(db(), occasion(), person_id, role)
    flash(gettext("已授予“%(role)s”。", role=label(role)))
    return _to(person_id)


@screen.post("/<int:person_id>/roles/take")
@may_enter(SECURITY)
@shows_again(one)
def take(person_id: int) -> ResponseReturnValue:
    """Take a role away."""
    read = Reading(request.form)
    role = read.choice("role", "角色", Role)
    read.check()
    acts.take_role(db(), occasion(), person_id, role)
    flash(gettext("已收回“%(role)s”。", role=label(role)))
    return _to(person_id)


@screen.post("/<int:person_id>/reset")
@may_enter(SECURITY)
def reset(person_id: int) -> ResponseReturnValue:
    """Issue a one-time code and show it, once."""
    code = acts.reset_password(db(), occasion(), person_id)
    person = questions.person(db(), g.me.agency_id, person_id)
    return render_template("people/code.html", person=person, code=code)


@screen.post("/<int:person_id>/unlock")
@may_enter(SECURITY)
def unlock(person_id: int) -> ResponseReturnValue:
    """Lift a lock."""
    acts.unlock(db(), occasion(), person_id)
    flash(gettext("已解除锁定。"))
    return _to(person_id)


@screen.get("/<int:person_id>/leave")
@may_enter(SYSTEM)
def leaving(person_id: int) -> ResponseReturnValue:
    """The form for leaving."""
    person = questions.person(db(), g.me.agency_id, person_id)
    return render_template("people/leave.html", person=person, today=occasion().today)


@screen.post("/<int:person_id>/leave")
@may_enter(SYSTEM)
@shows_again(leaving)
def leave(person_id: int) -> ResponseReturnValue:
    """She leaves: posts, roles and sessions end."""
    read = Reading(request.form)
    on = read.day("on", "离岗日期")
    read.check()
    by = occasion()
    person = acts.person_leaves(db(), by, person_id, on)
    handovers.hand_over_all(db(), by, person_id, on)
    alarms.watch_all(db(), by, max(on, by.today))
    flash(gettext("已为%(name)s办理离岗。", name=person.name))
    return _to(person_id)


def _to(person_id: int) -> ResponseReturnValue:
    return redirect(url_for("people.one", person_id=person_id), 303)
