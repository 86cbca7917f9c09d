"""Who is at the browser, and which doors are open to her.

The only import of ``flask_login``: it keeps the token in the signed cookie and loads
the row of ``login_sessions`` behind it, nothing more (no remember-cookie, no session
protection by address).
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from typing import Any, TypeVar

import flask_login
from flask import Flask, abort, current_app, g, redirect, request, session, url_for
from flask.typing import ResponseReturnValue

from models.people import Role
from web.clock import now
from web.display import label
from web.transaction import READING, apart, peek
from workflow.errors import NotPermitted
from workflow.people import access, questions, tokens
from workflow.people.questions import Limits, SignedIn

View = TypeVar("View", bound=Callable[..., ResponseReturnValue])
STATIC = frozenset({"static", "bootstrap.static"})
WHILE_CHANGING = frozenset({"access.password", "access.set_password", "access.logout"})


@dataclass(frozen=True)
class Entry:
    """Who may come in by a route: anyone, anyone signed in, or one of some roles."""

    signed_in: bool
    roles: frozenset[Role] = frozenset()

    def admits(self, me: SignedIn | None) -> bool:
        """Whether this person may come in."""
        if not self.signed_in:
            return True
        return me is not None and (not self.roles or bool(self.roles & me.roles))


class _Visitor(flask_login.UserMixin):
    """What Flask-Login passes about: a token and who is behind it."""

    def __init__(self, token: str, who: SignedIn | None = None) -> None:
        self.id = token
        self.who = who


def everyone(view: View) -> View:
    """Open to anyone, signed in or not."""
    return _declare(view, Entry(signed_in=False))


def signed_in(view: View) -> View:
    """Open to anyone who is signed in."""
    return _declare(view, Entry(signed_in=True))


def may_enter(*roles: Role) -> Callable[[View], View]:
    """Open to people who hold one of these roles now."""

    def declare(view: View) -> View:
        return _declare(view, Entry(signed_in=True, roles=frozenset(roles)))

    return declare


def entry_of(endpoint: str) -> Entry | None:
    """What a route declares; ``None`` when it declares nothing and is closed."""
    if endpoint in STATIC:
        return Entry(signed_in=False)
    view = current_app.view_functions.get(endpoint)
    return getattr(view, "entry", None)


def may_reach(endpoint: str) -> bool:
    """Whether the person at the browser may open this route (for links and menus)."""
    entry = entry_of(endpoint)
    return entry is not None and entry.admits(g.get("me"))


def join(
    app: Flask, idle: timedelta, administrator_idle: timedelta, absolute: timedelta
) -> None:
    """Set up signing in: cookie, loader and the guard in front of every route.

    Args:
        idle: how long a session lives without a request.
        administrator_idle: the same for the three administrators.
        absolute: no session lives longer.
    """
    manager = flask_login.LoginManager(app)
    app.config["SESSION_PROTECTION"] = None
    manager.user_loader(_load)
    app.config["LIMITS"] = Limits(idle, administrator_idle, absolute)
    app.config["REMEMBER_COOKIE_NAME"] = "never-used"
    app.before_request(_guard)


def start(token: str) -> None:
    """Put a new session's token into a cookie emptied of everything before (S-08)."""
    session.clear()
    flask_login.login_user(_Visitor(token))


def stop() -> None:
    """Empty the cookie; the row was ended by ``access.sign_out``."""
    flask_login.logout_user()
    session.clear()


def _declare(view: View, entry: Entry) -> View:
    view.entry = entry  # type: ignore[attr-defined]
    return view


def _load(token: str) -> _Visitor | None:
    mark = access.mark_of(token)
    limits: Limits = current_app.config["LIMITS"]
    who = peek(lambda db: questions.signed_in(db, mark, now(), limits))
    if who is None:
        return None
    if who.seen_at <= now() - access.TOUCH_EVERY:
        apart(lambda db: access.touch(db, mark, now()))
    return _Visitor(token, who)


def _guard() -> ResponseReturnValue | None:
    if request.endpoint in STATIC:
        g.me = None
        return None
    g.me = _bearer() if is_for_machines() else getattr(_visitor(), "who", None)
    if request.endpoint is None:
        return None
    entry = entry_of(request.endpoint)
    if entry is None:
        raise NotPermitted(
            "这一页面没有声明谁可以进入，一律不开放。", rule="undeclared"
        )
    if not entry.admits(g.me):
        return _turn_away(entry)
    if entry.signed_in and g.me.must_change and request.endpoint not in WHILE_CHANGING:
        return _to_password()
    return None


def _visitor() -> Any:
    return flask_login.current_user._get_current_object()  # noqa: SLF001 -- its documented way


def is_for_machines() -> bool:
    """Whether this address belongs to the machine interface, which takes no cookie."""
    return request.path.startswith("/api/")


def _bearer() -> SignedIn | None:
    """Whose program it is, by the key it carries; a cookie opens nothing here."""
    sent = request.authorization
    if sent is None or sent.type != "bearer" or not sent.token:
        return None
    mark = tokens.mark_of(sent.token)
    return peek(lambda db: questions.bearer(db, mark, now()))


def _turn_away(entry: Entry) -> ResponseReturnValue:
    if g.me is None and request.method in READING and not is_for_machines():
        return redirect(url_for("access.login", next=_wanted()), 303)
    if g.me is None:
        abort(401)
    needed = "、".join(label(role) for role in sorted(entry.roles))
    raise NotPermitted(
        f"这一页面供{needed}使用，您没有这一角色。",
        rule="role-needed",
        help_from="安全管理员（授予角色）",
    )


def _to_password() -> ResponseReturnValue:
    if request.method in READING:
        return redirect(url_for("access.password"), 303)
    raise NotPermitted("请先修改密码，再办理其他事项。", rule="must-change-password")


def _wanted() -> str:
    return "" if request.path == "/" else request.full_path.rstrip("?")
