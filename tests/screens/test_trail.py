"""Reading, filtering, verifying and exporting the trail (security.md sections 5, 6)."""

from __future__ import annotations

from collections.abc import Callable
from io import BytesIO

import openpyxl
import pytest
from flask import Flask
from sqlalchemy import text

from models.audit import AuditEntry
from tests.screens.town_with_boards import Boards, found
from tests.small_town import MONDAY
from tests.web_client import Browserlike
from web.labels import LABELS
from web.trail_words import KINDS, OUTCOMES, act_words
from workflow.actions import Action
from workflow.audit import acts as trail
from workflow.audit.acts import Subject

SignIn = Callable[[str], Browserlike]


@pytest.fixture
def boards(app: Flask) -> Boards:
    return found(app)


def note(boards: Boards, login: str, action: Action, on: Subject) -> None:
    with boards.writing() as session, session.begin():
        trail.record(session, boards.by(login), action, on)


def seqs(browser: Browserlike, address: str = "/trail") -> list[int]:
    """The numbers of the entries that a page shows."""
    html = browser.http.get(address).get_data(as_text=True)
    marker = '<span class="trail-seq">'
    return [int(part.partition("<")[0]) for part in html.split(marker)[1:]]


def test_every_act_has_a_word_of_its_own(app: Flask) -> None:
    with app.test_request_context():
        for action in Action:
            assert (Action, action.value) in LABELS, action
            assert act_words(action.value) != act_words("no.such.act")


def test_every_outcome_and_kind_in_the_trail_has_a_word(boards: Boards) -> None:
    with boards.app.extensions["database"].reading() as session:
        for entry in session.query(AuditEntry):
            assert entry.outcome in OUTCOMES
            assert entry.object_kind in KINDS


def test_the_auditor_reads_all_in_plain_words(signed_in: SignIn) -> None:
    page = signed_in("audadmin").get("/trail?act=role.x")
    assert page.h1 == ["留痕"]
    assert "没有符合条件的留痕" in page.text
    page = signed_in("audadmin").get("/trail?act=person.grant_role")
    assert "系统 授予角色 人员 示例拟稿" in " ".join(page.text.split())


def test_pages_follow_each_other_without_gap_or_twin(
    boards: Boards, signed_in: SignIn
) -> None:
    for number in range(80):
        note(boards, "drafter", Action.SUBMIT, Subject("article", number))
    auditor = signed_in("audadmin")
    newest = seqs(auditor)
    older = seqs(auditor, f"/trail?before={newest[-1]}")
    assert len(newest) == 50
    assert older[0] == newest[-1] - 1
    assert "上一页" in auditor.get(f"/trail?before={newest[-1]}").text
    assert "上一页" not in auditor.get("/trail").text
    assert "下一页" not in auditor.get("/trail?before=5").text


@pytest.mark.parametrize(
    ("query", "some"),
    [
        ("person=示例审计", True),
        ("person=无此人", False),
        ("act=person.sign_in&outcome=done", True),
        ("outcome=refused", False),
        ("object_kind=post", True),
        ("since=2024-03-04&until=2024-03-04", True),
        ("until=2024-03-03", False),
    ],
)
def test_the_filter_finds(signed_in: SignIn, query: str, some: bool) -> None:
    assert bool(seqs(signed_in("audadmin"), f"/trail?{query}")) is some


@pytest.mark.parametrize(
    ("query", "status"), [("since=gestern", 422), ("before=x", 404), ("act='%3B", 200)]
)
def test_nonsense_in_the_address_is_answered(
    signed_in: SignIn, query: str, status: int
) -> None:
    signed_in("audadmin").get(f"/trail?{query}", status=status)


def test_the_security_administrator_sees_ordinary_people_only(
    boards: Boards, signed_in: SignIn
) -> None:
    signed_in("drafter")
    signed_in("audadmin").get("/trail")
    signed_in("sysadmin")
    page = signed_in("secadmin").get("/trail?act=person.sign_in")
    assert "示例拟稿 登录" in " ".join(page.text.split())
    for other in ("示例审计 登录", "示例系统 登录", "示例安全 登录"):
        assert other not in " ".join(page.text.split())


def test_a_leader_sees_articles_only(boards: Boards, signed_in: SignIn) -> None:
    note(boards, "drafter", Action.SUBMIT, Subject("article", 7))
    page = signed_in("principal").get("/trail")
    words = " ".join(page.text.split())
    assert "示例拟稿 提交审核 稿件 7" in words
    assert len(seqs(signed_in("principal"))) == 1


@pytest.mark.parametrize("login", ["drafter", "registrar", "sysadmin", "inspector"])
def test_nobody_else_reads_it(signed_in: SignIn, login: str) -> None:
    signed_in(login).get("/trail", status=403)


@pytest.mark.parametrize("login", ["secadmin", "principal", "drafter"])
@pytest.mark.parametrize("address", ["/trail/verify", "/trail.xlsx"])
def test_only_the_auditor_verifies_and_exports(
    boards: Boards, signed_in: SignIn, login: str, address: str
) -> None:
    browser = signed_in(login)
    browser.post(address, status=403)
    browser.get(address, status=405)
    assert not boards.trail("trail.verify") + boards.trail("export")


def test_a_verification_says_whole_and_is_on_record(
    boards: Boards, signed_in: SignIn
) -> None:
    auditor = signed_in("audadmin")
    assert "还没有校验过" in auditor.get("/trail").text
    for _ in range(2):
        page = auditor.post("/trail/verify", {"operation": "once"})
        assert "留痕链完整" in page.text
    (entry,) = boards.trail("trail.verify")
    assert entry.details["whole"] is True
    assert entry.person_name == "示例审计"


def test_a_verification_names_the_first_bad_entry(
    boards: Boards, signed_in: SignIn
) -> None:
    auditor = signed_in("audadmin")
    auditor.get("/trail")
    with boards.writing() as session, session.begin():
        session.execute(text("DROP TRIGGER IF EXISTS audit_entries_refuses_update"))
        session.execute(
            text("UPDATE audit_entries SET person_name = '别人' WHERE seq = 5")
        )
    page = auditor.post("/trail/verify")
    assert "留痕链不完整：第5条，记录内容被改动" in page.text


def test_the_export_is_safe_and_on_record(boards: Boards, signed_in: SignIn) -> None:
    formula = '=HYPERLINK("http://evil")'
    note(
        boards,
        "drafter",
        Action.SUBMIT,
        Subject("article", 7, details={"opinion": formula}),
    )
    auditor = signed_in("audadmin")
    auditor.get("/trail?object_kind=article")
    sent = {
        "object_kind": "article",
        "operation": "one",
        "csrf_token": auditor.page.tokens[0],
    }
    auditor.http.post("/trail.xlsx", data=sent)
    answer = auditor.http.post("/trail.xlsx", data=sent)
    sheet = openpyxl.load_workbook(BytesIO(answer.data)).active
    assert sheet is not None
    rows = list(sheet.iter_rows())
    assert len(rows) == 2
    (cell,) = [cell for cell in rows[1] if cell.value == formula]
    assert cell.data_type == "s"
    (entry,) = boards.trail("export")
    assert entry.details == {"object_kind": "article", "entries": 1}
    assert entry.at == MONDAY


def test_script_in_an_entry_is_text(boards: Boards, signed_in: SignIn) -> None:
    evil = "<script>alert(1)</script>"
    note(
        boards,
        "drafter",
        Action.SUBMIT,
        Subject("article", 7, details={"opinion": evil}),
    )
    assert evil in signed_in("audadmin").get("/trail").text
