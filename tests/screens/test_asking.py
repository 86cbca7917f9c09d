"""The public's door: filed without an account, followed by a code, limited."""

from __future__ import annotations

import io
import re
from collections.abc import Callable

import pytest
from flask import Flask

from tests.screens.request_forms import ASKED
from tests.screens.town_with_boards import Boards, with_calendar
from tests.small_town import Clock
from tests.web_client import Browserlike
from web.receipts import code_of, mark_of

CODE = re.compile(r"(?:[0-9A-HJKMNP-TV-Z]{4}-){4}[0-9A-HJKMNP-TV-Z]{4}")
PNG = b"\x89PNG\r\n\x1a\n" + b"sample"


@pytest.fixture
def boards(app: Flask) -> Boards:
    return with_calendar(app)


@pytest.fixture
def citizen(boards: Boards, visitor: Browserlike) -> Browserlike:
    visitor.get("/ask")
    return visitor


def file(citizen: Browserlike, **more: object) -> str:
    page = citizen.post("/ask", {**ASKED, **more})
    found = CODE.search(page.text)
    assert found is not None
    return found.group()


def test_a_citizen_files_and_follows_it_by_the_code(
    citizen: Browserlike,
    boards: Boards,
    signed_in: Callable[[str], Browserlike],
) -> None:
    code = file(citizen)
    citizen.get("/ask/status")
    page = citizen.post("/ask/status", {"code": code.lower().replace("-", " ")})
    assert "待确认收到日期" in page.text
    registrar = signed_in("registrar")
    assert "网络" in registrar.get("/requests").text
    kind = {"applicant_kind": "natural", "confirmed_on": "2024-03-04"}
    registrar.get("/requests/1/do/confirm")
    registrar.post("/requests/1/do/confirm", kind)

    page = citizen.post("/ask/status", {"code": code})
    assert "2024-1" in page.text
    assert "2024年4月1日" in page.text
    for secret in ("张示例", "13800000000", ASKED["wants"]):
        assert secret not in page.text


def test_a_wrong_code_finds_nothing(citizen: Browserlike) -> None:
    file(citizen)
    page = citizen.post("/ask/status", {"code": "0000-0000"}, status=404)
    assert "没有这个回执码" in page.text


def test_the_code_stands_in_no_table_and_no_address(
    citizen: Browserlike, app: Flask
) -> None:
    code = file(citizen)
    with app.extensions["database"].reading() as session:
        kept = str(
            session.connection()
            .exec_driver_sql("select receipt_mark from disclosure_requests")
            .all()
        )
    assert code not in kept
    assert mark_of(code) in kept
    assert citizen.http.get(f"/ask/status?code={code}").status_code == 200
    assert "待确认" not in citizen.get(f"/ask/status?code={code}").text


def test_the_same_form_twice_is_one_request_with_one_code(
    citizen: Browserlike, boards: Boards
) -> None:
    codes = {file(citizen, operation="once") for _ in range(2)}
    assert len(codes) == 1
    (entry,) = boards.trail("request.file")
    assert entry.person_name == "申请人"


def test_codes_are_not_to_be_guessed() -> None:
    codes = {code_of("k" * 32, f"operation-{n}") for n in range(500)}
    assert len(codes) == 500
    assert code_of("another", "operation-1") not in codes
    assert mark_of("o0il-uv") == mark_of("001L-VV")


def test_files_are_checked_and_only_taken_with_a_trace(
    citizen: Browserlike,
    boards: Boards,
    signed_in: Callable[[str], Browserlike],
) -> None:
    bad = {"proof": (io.BytesIO(b"MZ program"), "证件.png")}
    page = citizen.post("/ask", {**ASKED, **bad}, status=422)
    assert "内容与扩展名不符" in page.text
    assert "张示例" in str(page.fields)

    file(citizen, proof=(io.BytesIO(PNG), "证件.png"))
    registrar = signed_in("registrar")
    page = registrar.get("/requests/1")
    assert "证件.png" in page.text
    token = {"csrf_token": registrar._token, "operation": "take"}
    answer = registrar.http.post("/requests/1/files/1", data=token)
    assert answer.data == PNG
    assert answer.headers["Content-Disposition"].startswith("attachment")
    assert [e.details["what"] for e in boards.trail("request.take_copy")] == ["file"]


def test_too_many_from_one_place_are_turned_away_for_a_while(
    citizen: Browserlike, boards: Boards, clock: Clock
) -> None:
    for _ in range(5):
        file(citizen)
    page = citizen.post("/ask", ASKED, status=429)
    assert "短时间内提交太多" in page.text
    assert "张示例" in str(page.fields)
    assert len(boards.trail("request.file")) == 5
    clock.move(hours=1)
    file(citizen)


def test_guessing_codes_is_limited_too(citizen: Browserlike) -> None:
    citizen.get("/ask/status")
    for number in range(20):
        citizen.post("/ask/status", {"code": f"{number:020}"}, status=404)
    citizen.post("/ask/status", {"code": "1" * 20}, status=429)


def test_what_is_missing_is_said_and_the_text_stays(citizen: Browserlike) -> None:
    page = citizen.post("/ask", {**ASKED, "contact": ""}, status=422)
    assert "请填写联系方式。" in page.text
    assert "张示例" in str(page.fields)


def test_without_a_calendar_a_citizen_is_still_heard(visitor: Browserlike) -> None:
    visitor.get("/ask")
    file(visitor)
