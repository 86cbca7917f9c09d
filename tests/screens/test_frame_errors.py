"""Every refusal and every accident: its status, its page, and the text kept."""

from __future__ import annotations

import io
from collections.abc import Callable

import pytest
from flask import Flask
from sqlalchemy import select, update
from sqlalchemy.orm import Session

from models.agencies import Agency
from models.audit import AuditEntry
from models.people import Person, Role
from tests.small_town import Clock
from tests.web_client import Browserlike
from web.errors import status_of
from web.login import everyone, may_enter
from web.transaction import apart, db
from workflow.errors import (
    InvalidInput,
    NotFound,
    NotPermitted,
    OpinionRequired,
    Superseded,
    WorkflowError,
)

SignIn = Callable[[str], Browserlike]


def test_a_password_is_never_shown_again(signed_in: SignIn) -> None:
    browser = signed_in("drafter")
    answer = browser.http.post("/password", data={"new_password": "Bai-Yun_4466?"})
    assert answer.status_code == 400
    assert "Bai-Yun" not in answer.text


def test_a_wrong_method_has_a_page(visitor: Browserlike) -> None:
    visitor.get("/login")
    token = visitor.page.tokens[0]
    answer = visitor.http.delete("/login", headers={"X-CSRFToken": token})
    assert answer.status_code == 405
    assert "方式不对" in answer.text


def test_a_file_too_large_does_not_cost_the_text(app: Flask, signed_in: SignIn) -> None:
    """S-40, S-47: the fields before the file are rescued."""
    browser = signed_in("sysadmin")
    app.config["MAX_CONTENT_LENGTH"] = 10_000
    big = (io.BytesIO(b"x" * 20_000), "big.docx")
    sent = {"title": "江口镇召开会议", "password": "secret-1", "file": big}
    answer = browser.http.post("/people/new", data=sent)
    assert answer.status_code == 413
    assert "江口镇召开会议" in answer.text
    assert "secret-1" not in answer.text


def test_a_text_too_large_is_shown_as_far_as_it_was_read(
    app: Flask, signed_in: SignIn
) -> None:
    """S-40: two megabytes in a title."""
    browser = signed_in("sysadmin")
    app.config["MAX_FORM_MEMORY_SIZE"] = 10_000
    answer = browser.http.post("/people/new", data={"name": "长" * 20_000})
    assert answer.status_code == 413
    assert "长长长" in answer.text


def test_an_accident_says_its_number_and_nothing_else(
    app: Flask, signed_in: SignIn
) -> None:
    """S-47: a request id, no trace, no SQL."""
    app.testing = False
    browser = signed_in("drafter")

    @everyone
    def broken() -> str:
        raise RuntimeError("select * from secrets")

    app.view_functions["front.home"] = broken
    answer = browser.http.get("/")
    assert answer.status_code == 500
    assert answer.headers["X-Request-Id"] in answer.text
    assert "secrets" not in answer.text
    assert "Traceback" not in answer.text


def act_with(app: Flask, doing: Callable[[], str]) -> None:
    """Replace what one POST route does."""
    app.view_functions["people.add"] = may_enter(Role.SYSTEM_ADMINISTRATOR)(doing)


def test_a_refused_request_leaves_nothing(app: Flask, signed_in: SignIn) -> None:
    browser = signed_in("sysadmin")

    def half() -> str:
        db().execute(update(Person).values(name="改了"))
        db().flush()
        raise OpinionRequired({"reason": ["请写明理由。"]})

    act_with(app, half)
    browser.get("/people/new")
    page = browser.post("/people/new", {"note": "留着"}, status=422)
    assert "留着" in page.text
    with app.extensions["database"].reading() as session:
        assert "改了" not in session.scalars(select(Person.name)).all()


def test_a_clash_seen_at_commit_is_a_conflict(app: Flask, signed_in: SignIn) -> None:
    browser = signed_in("sysadmin")

    def twin() -> str:
        same = {"code": "small", "name": "x", "level": "x", "made_at": Clock.start}
        db().add(Agency(**same))
        return "never seen"

    act_with(app, twin)
    browser.get("/people/new")
    page = browser.post("/people/new", status=409)
    assert "刚被他人改动" in page.text
    assert refusals(app)[-1].rule == "superseded"


def refusals(app: Flask) -> list[AuditEntry]:
    with app.extensions["database"].reading() as session:
        query = select(AuditEntry).where(AuditEntry.outcome == "refused")
        return list(session.scalars(query.order_by(AuditEntry.seq)))


def test_what_is_done_apart_may_not_meet_the_open_session(app: Flask) -> None:
    with app.test_request_context("/", method="POST"):
        db()
        with pytest.raises(RuntimeError):
            apart(lambda _: None)


def every_error() -> list[type[WorkflowError]]:
    found: list[type[WorkflowError]] = []
    todo = [WorkflowError]
    while todo:
        kind = todo.pop()
        if kind.__module__ == "workflow.errors":
            found.append(kind)
        todo += kind.__subclasses__()
    return found


@pytest.mark.parametrize("kind", every_error())
def test_every_refusal_has_a_status_and_a_page(
    app: Flask, signed_in: SignIn, kind: type[WorkflowError]
) -> None:
    browser = signed_in("sysadmin")

    def refuse() -> str:
        if issubclass(kind, InvalidInput):
            raise kind(None, "不成。", basis="某某规定第三条", help_from="党政办主任")
        raise kind("不成。", basis="某某规定第三条", help_from="党政办主任")

    act_with(app, refuse)
    browser.get("/people/new")
    page = browser.post("/people/new", status=status_of(kind))
    for words in ("不成。", "某某规定第三条", "党政办主任", kind.rule):
        assert words in page.text
    recorded = issubclass(kind, NotFound | NotPermitted | Superseded)
    assert [e.rule for e in refusals(app)] == ([kind.rule] if recorded else [])


def test_another_agencys_rows_are_not_there(app: Flask, signed_in: SignIn) -> None:
    """S-22: 404, nothing written but the entry of the refused attempt."""
    with app.extensions["database"].writing.begin() as session:
        stranger = foreign_person(session)
    browser = signed_in("sysadmin")
    for path in (f"/people/{stranger}", f"/people/{stranger}/leave"):
        browser.get(path, status=404)
    browser.get("/people")
    browser.post(f"/people/{stranger}/leave", {"on": "2024-03-04"}, status=404)
    with app.extensions["database"].reading() as session:
        assert session.get_one(Person, stranger).left_on is None
    assert [e.rule for e in refusals(app)] == ["not-found"]


def foreign_person(session: Session) -> int:
    agency = Agency(code="other", name="邻镇", level="town", made_at=Clock.start)
    session.add(agency)
    session.flush()
    person = Person(agency_id=agency.id, name="邻人", entered_on=Clock.start.date())
    session.add(person)
    session.flush()
    return person.id
