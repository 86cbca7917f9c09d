"""What holds for every page: doors, headers, tokens, errors, kept text."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest
from flask import Flask
from sqlalchemy import text, update
from werkzeug.routing import Rule

from models.people import Account, Role
from models.tables import metadata
from tests.small_town import CAST, PASSWORD
from tests.web_client import Browserlike
from web.login import Entry

SignIn = Callable[[str], Browserlike]

# who may come in: all = anyone, in = anyone signed in, sys / sec = that administrator
DOORS = """
GET  /                                  in
POST /view                              all
GET  /healthz                           all
GET  /readyz                            all
GET  /login                             all
POST /login                             all
GET  /password                          in
POST /password                          in
GET  /sessions                          in
POST /sessions/<mark>/end               in
GET  /people                            sys sec
GET  /people/new                        sys
POST /people/new                        sys
GET  /people/<int:person_id>            sys sec
POST /people/<int:person_id>/roles      sec
POST /people/<int:person_id>/roles/take sec
POST /people/<int:person_id>/reset      sec
POST /people/<int:person_id>/unlock     sec
GET  /people/<int:person_id>/leave      sys
POST /people/<int:person_id>/leave      sys
GET  /posts                             in
GET  /posts/new                         sys
POST /posts/new                         sys
GET  /posts/<int:post_id>/fill          sys
POST /posts/<int:post_id>/fill          sys
GET  /posts/<int:post_id>/portfolio     sys
POST /posts/<int:post_id>/portfolio     sys
GET  /posts/holdings/<int:holding_id>/leave sys
POST /posts/holdings/<int:holding_id>/leave sys
GET  /sections                          in
GET  /sections/new                      sys
POST /sections/new                      sys
GET  /sections/<int:section_id>         sys
POST /sections/<int:section_id>         sys
GET  /absences                          in
GET  /absences/new                      sys
POST /absences/new                      sys
POST /absences/<int:absence_id>/cancel  sys
GET  /absences/<int:absence_id>/brief   in
POST /logout                            in
"""
MINE = {"front", "access", "people", "posts", "sections", "absences"}
SHORT = {"sys": Role.SYSTEM_ADMINISTRATOR, "sec": Role.SECURITY_ADMINISTRATOR}


def doors() -> list[tuple[str, str, set[str]]]:
    lines = [line.split() for line in DOORS.strip().splitlines()]
    return [(method, rule, set(who)) for method, rule, *who in lines]


def address(rule: str) -> str:
    for name in ("person_id", "post_id", "holding_id", "section_id", "absence_id"):
        rule = rule.replace(f"<int:{name}>", "1")
    return rule.replace("<mark>", "0" * 16)


def rules(app: Flask) -> Iterator[Rule]:
    static = {"static", "bootstrap.static"}
    return (r for r in app.url_map.iter_rules() if r.endpoint not in static)


def method_of(rule: Rule) -> str:
    methods = (rule.methods or set()) - {"HEAD", "OPTIONS"}
    assert len(methods) == 1, rule
    return methods.pop()


def test_the_table_of_doors_names_every_route(app: Flask) -> None:
    """S-21: somebody decided about each route of these screens."""
    found = {
        (method_of(rule), rule.rule)
        for rule in rules(app)
        if rule.endpoint.partition(".")[0] in MINE
    }
    assert found == {(method, rule) for method, rule, _ in doors()}


def test_every_route_declares_who_may_enter(app: Flask) -> None:
    """S-20."""
    for rule in rules(app):
        view = app.view_functions[rule.endpoint]
        assert isinstance(getattr(view, "entry", None), Entry), rule.endpoint


def test_a_route_that_declares_nothing_is_closed(app: Flask, signed_in: SignIn) -> None:
    """S-20: default is refusal."""
    app.add_url_rule("/forgotten", "forgotten", lambda: "open")
    signed_in("sysadmin").get("/forgotten", status=403)


def test_the_guard_stands_before_the_address(visitor: Browserlike) -> None:
    assert visitor.get("/no-such-page", status=404).h1 == ["没有这个页面"]


@pytest.mark.parametrize("login", [*CAST, ""])
def test_everybody_enters_only_her_own_doors(app: Flask, login: str) -> None:
    """S-21: each role tries each route."""
    browser = Browserlike(app)
    browser.get("/login")
    if login:
        browser.sign_in(login, PASSWORD)
    role = CAST[login][1] if login else None
    for method, rule, who in doors():
        wanted = "all" in who or (login and "in" in who)
        wanted = wanted or any(SHORT.get(w) is role for w in who if role)
        assert entered(browser, method, address(rule)) == bool(wanted), (method, rule)


def entered(browser: Browserlike, method: str, path: str) -> bool:
    token = {"csrf_token": browser._token} if method == "POST" else None
    answer = browser.http.open(path, method=method, data=token)
    to_the_door = answer.status_code == 303 and "/login?" in (answer.location or "")
    kept_out = answer.status_code == 401 or "role-needed" in answer.text
    if path == "/login" and method == "GET":
        browser.get("/login")
    return not to_the_door and not kept_out


def test_every_answer_carries_the_headers(app: Flask, signed_in: SignIn) -> None:
    """S-43, S-14."""
    browser = signed_in("sysadmin")
    paths = [address(rule) for method, rule, _ in doors() if method == "GET"]
    for path in [*paths, "/no-such-page", "/static/sanshen.css"]:
        with browser.http.get(path) as answer:
            headers = answer.headers
        policy = headers["Content-Security-Policy"]
        assert "default-src 'self'" in policy
        assert "unsafe-inline" not in policy
        assert "frame-ancestors 'none'" in policy
        assert headers["X-Content-Type-Options"] == "nosniff"
        if not path.startswith("/static"):
            assert headers["Cache-Control"] == "no-store", path


def test_the_cookie_is_out_of_reach_of_scripts(visitor: Browserlike) -> None:
    """S-14."""
    cookie = visitor.http.get("/login").headers["Set-Cookie"]
    assert "HttpOnly" in cookie
    assert "SameSite=Lax" in cookie


def test_every_page_is_well_made(signed_in: SignIn) -> None:
    """Title, one h1, labels, tokens, nothing inline, nothing from elsewhere."""
    for login in ("sysadmin", "secadmin", "drafter"):
        browser = signed_in(login)
        for method, rule, _ in doors():
            if method == "GET" and entered(browser, "GET", address(rule)):
                absent = "absence_id" in rule
                browser.get(address(rule), status=404 if absent else 200)


def contents(app: Flask) -> dict[str, list[str]]:
    with app.extensions["database"].reading() as session:
        return {
            table.name: sorted(
                map(repr, session.execute(text(f"select * from {table.name}")))
            )
            for table in metadata.tables.values()
        }


def test_reading_changes_nothing(app: Flask, signed_in: SignIn) -> None:
    """S-44: every GET, twice, leaves the database as it was."""
    browser = signed_in("sysadmin")
    before = contents(app)
    for path in [address(rule) for method, rule, _ in doors() if method == "GET"] * 2:
        nobody_was_away = path.startswith("/absences/1/")
        wanted = (404,) if nobody_was_away else (200, 303)
        assert browser.http.get(path).status_code in wanted, path
    assert contents(app) == before


def test_every_post_wants_its_token_and_keeps_the_text(signed_in: SignIn) -> None:
    """S-44, S-47: 400, and what was typed stands there."""
    browser = signed_in("sysadmin")
    for method, rule, who in doors():
        if method == "POST" and who != {"sec"}:
            answer = browser.http.post(address(rule), data={"note": "写好的<b>字"})
            assert answer.status_code == 400, rule
            assert "写好的&lt;b&gt;字" in answer.text
            assert "<b>字" not in answer.text


def test_a_first_sign_in_reaches_only_the_password_page(
    app: Flask, signed_in: SignIn
) -> None:
    """S-04: on the server, on every route."""
    browser = signed_in("sysadmin")
    with app.extensions["database"].writing.begin() as session:
        session.execute(update(Account).values(must_change=True))
    for method, rule, who in doors():
        if who & {"all"} or who == {"sec"} or rule in ("/password", "/logout"):
            continue
        token = {"csrf_token": browser._token} if method == "POST" else None
        answer = browser.http.open(address(rule), method=method, data=token)
        reached = answer.location == "/password" or "请先修改密码" in answer.text
        assert reached, (method, rule)


def test_language_and_type_are_the_readers_own(visitor: Browserlike) -> None:
    visitor.get("/login")
    assert visitor.post("/view", {"language": "en", "back": "/login"}).h1 == ["Sign in"]
    visitor.post("/view", {"type": "large", "back": "/login"})
    assert 'class="large"' in visitor.http.get("/login").text


def test_the_signs_of_life_say_no_more(visitor: Browserlike) -> None:
    """S-62."""
    assert visitor.http.get("/healthz").json == {"status": "ok"}
    assert visitor.http.get("/readyz").json == {"status": "ok"}
