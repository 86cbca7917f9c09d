"""Signing in and out, one's own password, one's own sessions."""

from __future__ import annotations

from flask import (
    Blueprint,
    current_app,
    flash,
    g,
    redirect,
    render_template,
    request,
    url_for,
)
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from web import login as door
from web import looks
from web.clock import now
from web.login import everyone, signed_in
from web.reading import Reading, shows_again
from web.transaction import apart, db, occasion, peek
from workflow.occasion import Occasion
from workflow.people import access, questions
from workflow.people.access import Attempt

screen = Blueprint("access", __name__)


@screen.get("/login")
@everyone
def login() -> ResponseReturnValue:
    """The door."""
    back = request.values.get("next", "")
    return render_template("access/login.html", back=looks.inner_address(back))


@screen.post("/login")
@everyone
@shows_again(login)
def enter() -> ResponseReturnValue:
    """Sign in; the try is counted first, in a transaction of its own."""
    read = Reading(request.form)
    name, password = read.text("login", "用户名", 60), read.password("password", "密码")
    read.check()
    attempt = apart(lambda session: access.note_attempt(session, now(), name))
    g.door = _at_the_door(attempt)
    opened = access.sign_in(db(), g.door, attempt, password)
    door.start(opened.token)
    if opened.ended:
        flash(gettext("您在别处最早的一次登录已结束：同时最多登录两处。"))
    target = "access.password" if opened.must_change else ""
    return redirect(url_for(target) if target else _back(), 303)


@screen.post("/logout")
@signed_in
def logout() -> ResponseReturnValue:
    """End this session on the server."""
    access.sign_out(db(), occasion(), g.me.mark)
    door.stop()
    flash(gettext("您已退出登录。"))
    return redirect(url_for("access.login"), 303)


@screen.get("/password")
@signed_in
def password() -> ResponseReturnValue:
    """One's own password."""
    return render_template("access/password.html", first=g.me.must_change)


@screen.post("/password")
@signed_in
@shows_again(password)
def set_password() -> ResponseReturnValue:
    """Change it; every session ends, this one too."""
    read = Reading(request.form)
    new = read.password("new_password", "新密码")
    if new != request.form.get("new_password_again", ""):
        read.refuse("new_password_again", "两次输入的新密码不一样。")
    read.check()
    current = request.form.get("password", "")
    words = current_app.config["LOCAL_WORDS"]
    access.change_password(db(), occasion(), current, new, words)
    door.stop()
    flash(gettext("密码已修改，请用新密码登录。"))
    return redirect(url_for("access.login"), 303)


@screen.get("/sessions")
@signed_in
def sessions() -> ResponseReturnValue:
    """Where I am signed in."""
    mine = questions.open_sessions(db(), g.me.person_id)
    return render_template("access/sessions.html", sessions=mine)


@screen.post("/sessions/<mark>/end")
@signed_in
def end(mark: str) -> ResponseReturnValue:
    """End one of my other sessions."""
    access.end_session(db(), occasion(), mark)
    flash(gettext("这次登录已结束。"))
    return redirect(url_for("access.sessions"), 303)


def _back() -> str:
    return looks.inner_address(request.form.get("next", ""))


def _at_the_door(attempt: Attempt) -> Occasion:
    agency = peek(lambda db_: questions.agency_at_the_door(db_, attempt.person_id))
    return Occasion(
        agency_id=agency or 0,
        person_id=attempt.person_id,
        at=now(),
        operation="",
        address=request.remote_addr or "",
        agent=request.user_agent.string[:200],
    )
