"""Signing in and out, locks, sessions that end (security.md section 3)."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from flask import Flask
from sqlalchemy import select
from sqlalchemy.orm import Session

from models.audit import AuditEntry
from models.people import LoginSession
from tests.small_town import PASSWORD, Clock
from tests.web_client import Browserlike

SignIn = Callable[[str], Browserlike]


def open_db(app: Flask) -> Session:
    session: Session = app.extensions["database"].reading()
    return session


def test_a_visitor_is_sent_to_the_door_and_back(visitor: Browserlike) -> None:
    page = visitor.get("/sessions")
    assert page.h1 == ["登录"]
    page = visitor.post(
        "/login", {"login": "drafter", "password": PASSWORD, "next": "/sessions"}
    )
    assert page.h1 == ["我的登录"]


@pytest.mark.parametrize("next_", ["https://evil.example/", "//evil", "/\\evil"])
def test_after_signing_in_nobody_is_led_out_of_the_house(
    app: Flask, next_: str
) -> None:
    browser = Browserlike(app)
    browser.get("/login")
    sent = {"login": "drafter", "password": PASSWORD, "next": next_}
    answer = browser.http.post(
        "/login", data={**sent, "csrf_token": browser.page.tokens[0]}
    )
    assert answer.status_code == 303
    assert answer.location == "/"


@pytest.mark.parametrize("login", ["drafter", "nobody"])
def test_a_wrong_password_and_an_unknown_name_read_alike(
    visitor: Browserlike, login: str
) -> None:
    """S-06: same sentence, same status."""
    page = visitor.sign_in(login, "wrong", status=403)
    assert "用户名或密码不正确，或账号已被临时锁定。" in page.text
    assert [f["value"] for f in page.fields if f.get("name") == "login"] == [login]


def test_five_failures_lock_for_a_quarter_of_an_hour(
    app: Flask, visitor: Browserlike, clock: Clock
) -> None:
    """S-05: failures last although each request was refused and rolled back."""
    for _ in range(5):
        visitor.sign_in("drafter", "wrong", status=403)
    visitor.sign_in("drafter", PASSWORD, status=403)
    clock.move(minutes=16)
    assert visitor.sign_in("drafter", PASSWORD).h1 != ["登录"]


def test_the_fifth_try_may_still_be_right(visitor: Browserlike) -> None:
    """S-05: the lock comes after five failures, not at the fifth try."""
    for _ in range(4):
        visitor.sign_in("drafter", "wrong", status=403)
    visitor.sign_in("drafter", PASSWORD)


def test_failures_a_while_ago_are_forgotten(visitor: Browserlike, clock: Clock) -> None:
    for _ in range(4):
        visitor.sign_in("drafter", "wrong", status=403)
    clock.move(minutes=16)
    visitor.sign_in("drafter", "wrong", status=403)
    visitor.sign_in("drafter", PASSWORD)


def test_a_refused_sign_in_is_on_record(app: Flask, visitor: Browserlike) -> None:
    visitor.sign_in("drafter", "wrong", status=403)
    visitor.sign_in("nobody", "wrong", status=403)
    with open_db(app) as session:
        refused = session.scalars(
            select(AuditEntry).where(AuditEntry.outcome == "refused")
        ).all()
    assert [e.act for e in refused] == ["person.sign_in"] * 2
    assert refused[0].person_name == "示例拟稿"
    assert not any("wrong" in str(e.details) for e in refused)


def test_a_copied_cookie_is_worthless_after_logging_out(
    app: Flask, signed_in: SignIn
) -> None:
    """S-07: the session ends on the server."""
    browser = signed_in("drafter")
    cookie = browser.http.get_cookie("sanshen")
    assert cookie is not None
    browser.post("/logout")
    thief = app.test_client()
    thief.set_cookie("sanshen", cookie.value)
    assert thief.get("/sessions").status_code == 303


def test_the_cookie_changes_at_signing_in(visitor: Browserlike, app: Flask) -> None:
    """S-08: a cookie planted beforehand does not become a session."""
    visitor.get("/login")
    before = visitor.http.get_cookie("sanshen")
    visitor.sign_in("drafter", PASSWORD)
    after = visitor.http.get_cookie("sanshen")
    assert before is not None
    assert after is not None
    assert before.value != after.value
    other = app.test_client()
    other.set_cookie("sanshen", before.value)
    assert other.get("/").status_code == 303


def test_the_table_keeps_only_a_hash_of_the_token(
    app: Flask, signed_in: SignIn
) -> None:
    browser = signed_in("drafter")
    with browser.http.session_transaction() as cookie:
        token = cookie["_user_id"]
    with open_db(app) as session:
        marks = session.scalars(select(LoginSession.mark)).all()
    assert len(token) >= 43
    assert token not in marks


@pytest.mark.parametrize(
    ("login", "alive", "dead"), [("drafter", 29, 31), ("sysadmin", 14, 16)]
)
def test_idle_sessions_end(
    signed_in: SignIn, clock: Clock, login: str, alive: int, dead: int
) -> None:
    """S-09: thirty minutes, fifteen for administrators."""
    browser = signed_in(login)
    clock.move(minutes=alive)
    assert browser.get("/sessions").h1 == ["我的登录"]
    clock.move(minutes=dead)
    assert browser.get("/sessions").h1 == ["登录"]


def test_no_session_outlives_ten_hours(signed_in: SignIn, clock: Clock) -> None:
    """S-09: not even one in constant use."""
    browser = signed_in("drafter")
    for _ in range(23):
        clock.move(minutes=25)
        assert browser.get("/sessions").h1 == ["我的登录"]
    clock.move(minutes=26)
    assert browser.get("/sessions").h1 == ["登录"]


def test_what_was_typed_survives_a_session_that_ended(
    signed_in: SignIn, clock: Clock
) -> None:
    """S-09: the text stands on the page that says the session is over."""
    browser = signed_in("drafter")
    browser.get("/password")
    clock.move(minutes=31)
    page = browser.post("/sessions/x/end", {"note": "写了半天的字"}, status=401)
    assert "写了半天的字" in page.text


def test_a_third_sign_in_ends_the_oldest(
    app: Flask, signed_in: SignIn, clock: Clock
) -> None:
    """S-10: an office computer and a phone."""
    first = signed_in("drafter")
    clock.move(seconds=1)
    second = signed_in("drafter")
    clock.move(seconds=1)
    third = Browserlike(app)
    assert "同时最多登录两处" in third.sign_in("drafter", PASSWORD).text
    assert first.get("/sessions").h1 == ["登录"]
    assert second.get("/sessions").h1 == ["我的登录"]


def test_one_may_end_ones_other_session(signed_in: SignIn) -> None:
    office, phone = signed_in("drafter"), signed_in("drafter")
    page = phone.get("/sessions")
    action = next(f["action"] for f in page.forms if f["action"].endswith("/end"))
    phone.post(action)
    assert office.get("/sessions").h1 == ["登录"]


def test_nobody_ends_anothers_session(app: Flask, signed_in: SignIn) -> None:
    signed_in("director")
    with open_db(app) as session:
        mark = session.scalars(select(LoginSession.mark)).one()
    signed_in("drafter").post(f"/sessions/{mark[:16]}/end", status=403)
    signed_in("secadmin").post(f"/sessions/{mark[:16]}/end")


def test_changing_the_password_ends_every_session(
    app: Flask, signed_in: SignIn
) -> None:
    """S-07, S-03."""
    browser, other = signed_in("drafter"), signed_in("drafter")
    browser.get("/password")
    new = "Bai-Yun_4466?"
    sent = {"password": PASSWORD, "new_password": new, "new_password_again": new}
    assert browser.post("/password", sent).h1 == ["登录"]
    assert other.get("/sessions").h1 == ["登录"]
    again = Browserlike(app)
    again.sign_in("drafter", PASSWORD, status=403)
    again.sign_in("drafter", new)


@pytest.mark.parametrize(
    ("sent", "sentence"),
    [
        ({"password": "x", "new_password": "Bai-Yun_4466?"}, "现在的密码不正确"),
        ({"password": PASSWORD, "new_password": "short1A"}, "密码至少10个字符"),
        ({"password": PASSWORD, "new_password": PASSWORD}, "不能与现在的密码相同"),
    ],
)
def test_a_bad_new_password_is_said_beside_its_field(
    signed_in: SignIn, sent: dict[str, str], sentence: str
) -> None:
    browser = signed_in("drafter")
    browser.get("/password")
    again = {"new_password_again": sent["new_password"]}
    page = browser.post("/password", {**sent, **again}, status=422)
    assert page.h1 == ["修改密码"]
    assert page.text.count(sentence) == 2, "once in the summary, once beside the field"
    assert sent["new_password"] not in str(page.fields)
