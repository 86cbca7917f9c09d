"""The page behind a board's code, its labels, and the reports to be judged."""

from __future__ import annotations

import io
from collections.abc import Callable

import pytest
import segno
from flask import Flask

from tests.screens.town_with_boards import Boards, with_boards
from tests.web_client import Browserlike
from workflow.inspections import labels

SignIn = Callable[[str], Browserlike]
SEEN = {"kind": "stale", "note": "还是去年的"}


@pytest.fixture
def boards(app: Flask) -> Boards:
    made = with_boards(app)
    with made.writing() as session, session.begin():
        labels.make_codes(session, made.by("inspector"))
    return made


@pytest.fixture
def code(boards: Boards) -> str:
    with boards.app.extensions["database"].reading() as session:
        return labels.labels(session, boards.agency)[0].code


def test_a_villager_reports_without_an_account_and_reads_what_became_of_it(
    boards: Boards, code: str, visitor: Browserlike, signed_in: SignIn
) -> None:
    page = visitor.get(f"/b/{code.lower()}")
    assert page.h1[0].startswith("示例0村")
    for personal in ("姓名", "手机号", "name", "phone"):
        assert f'name="{personal}"' not in page.text
    page = visitor.post(f"/b/{code}", SEEN)
    assert "等待巡查人员核实" in page.text
    receipt = visitor.http.get(
        f"/b/{code}/find?receipt=nothing1", follow_redirects=True
    )
    assert receipt.status_code == 404

    inspector = signed_in("inspector")
    page = inspector.get("/rounds/public-reports")
    assert page.h1 == ["群众反映 1"]
    assert "还是去年的" in page.text
    page = inspector.post("/rounds/public-reports/1/accept", {})
    assert "已列为问题" in page.text
    assert [fault.note for fault in boards.faults()] == ["还是去年的"]


def test_a_report_put_aside_tells_its_reason_to_whoever_has_the_number(
    boards: Boards, code: str, visitor: Browserlike, signed_in: SignIn
) -> None:
    visitor.get(f"/b/{code}")
    answer = visitor.http.post(
        f"/b/{code}",
        data={**SEEN, "csrf_token": visitor._token, "operation": "villager-1"},
    )
    inspector = signed_in("inspector")
    inspector.get("/rounds/public-reports")
    page = inspector.post(
        "/rounds/public-reports/1/dismiss", {"reason": ""}, status=422
    )
    assert "请填写理由" in page.text
    inspector.post("/rounds/public-reports/1/dismiss", {"reason": "已当场换上"})

    assert "已当场换上" in visitor.get(answer.location).text
    assert boards.faults() == []


def test_a_flood_is_turned_away_with_a_sentence(
    boards: Boards, code: str, visitor: Browserlike
) -> None:
    visitor.get(f"/b/{code}")
    for _ in range(3):
        visitor.post(f"/b/{code}", SEEN)
    page = visitor.post(f"/b/{code}", SEEN, status=429)
    assert "反映太多" in page.text


def test_an_inspector_with_the_same_code_is_on_the_form(
    boards: Boards, code: str, visitor: Browserlike, signed_in: SignIn
) -> None:
    board = boards.checks()[0].board_id
    answer = signed_in("inspector").http.get(f"/b/{code}")
    assert answer.location == f"/b/#board-{board}"
    page = visitor.http.get(f"/b/{code}").get_data(as_text=True)
    assert f"/login?next=/b/{code}" in page
    assert signed_in("drafter").http.get(f"/b/{code}").status_code == 200
    assert visitor.http.get("/b/22222222").status_code == 404


def test_the_label_leads_to_the_page_behind_the_code(
    boards: Boards, code: str, signed_in: SignIn
) -> None:
    inspector = signed_in("inspector")
    page = inspector.http.get("/rounds/labels").get_data(as_text=True)
    assert page.count('src="/rounds/labels/') == 3
    picture = inspector.http.get(f"/rounds/labels/{code}.svg")
    out = io.BytesIO()
    expected = segno.make(f"http://localhost/b/{code}", error="m", micro=False)
    expected.save(out, kind="svg", border=4, xmldecl=False)
    assert picture.data == out.getvalue()


def test_codes_are_made_for_boards_that_have_none(
    app: Flask, signed_in: SignIn
) -> None:
    with_boards(app)
    inspector = signed_in("inspector")
    assert "还有3个公开栏没有编码" in inspector.get("/rounds/labels").text
    page = inspector.post("/rounds/labels", {})
    assert "已为3个公开栏编制二维码" in page.text
    assert "没有编码" not in page.text
