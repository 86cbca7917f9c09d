"""Disclosure requests on screen: the register, one request, what may be done next."""

from __future__ import annotations

import io
from collections.abc import Callable

import pytest
from docx import Document
from docx.document import Document as Word
from flask import Flask

from models.request_files import LetterKind
from tests.screens.request_forms import NEW
from tests.screens.town_with_boards import Boards, with_calendar
from tests.small_town import Clock
from tests.web_client import Browserlike, Page
from workflow.requests.letters.standard import standard_template

SignIn = Callable[[str], Browserlike]
ONE = "/requests/1"


@pytest.fixture
def boards(app: Flask) -> Boards:
    return with_calendar(app)


@pytest.fixture
def registrar(boards: Boards, signed_in: SignIn) -> Browserlike:
    browser = signed_in("registrar")
    browser.get("/requests/new")
    return browser


def in_hand(registrar: Browserlike, boards: Boards) -> Browserlike:
    """One request, given to the drafter."""
    registrar.post("/requests/new", NEW)
    handler = boards.people["drafter"]
    registrar.post(f"{ONE}/do/assign", {"handler": handler, "unit": "示例办"})
    return registrar


def test_an_empty_register_says_what_will_come(registrar: Browserlike) -> None:
    assert "2024年没有收到公开申请" in registrar.get("/requests").text


def test_a_request_is_registered_with_its_last_day(registrar: Browserlike) -> None:
    page = registrar.post("/requests/new", NEW)
    assert "已登记为2024-1号，最晚2024年3月29日答复。" in page.text
    page = registrar.get("/requests")
    assert "在办 1" in page.text
    assert "还剩 19 个工作日" in page.text


def test_the_page_says_why_this_day_and_until_when_to_ask(
    registrar: Browserlike,
) -> None:
    page = registrar.post("/requests/new", NEW)
    said = "2024年3月1日收到申请，当天不算，次日起数20个工作日。"
    assert said in page.text
    assert "2024年3月12日前告知，只有一次" in page.text


def test_an_unconfirmed_letter_is_taken_in_and_warned_about(
    registrar: Browserlike, clock: Clock
) -> None:
    sent = {**NEW, "channel": "letter", "applicant_kind": ""}
    page = registrar.post("/requests/new", sent)
    assert "已收件，请当天与申请人确认收到日期。" in page.text
    page = registrar.get("/requests")
    assert "已过3天未确认" in page.text
    assert "期限未走" in page.text

    kind = {"applicant_kind": "legal", "confirmed_on": "2024-03-04"}
    page = registrar.post(f"{ONE}/do/confirm", kind)
    assert "公开申请 2024-1" in page.text
    assert "2024年3月4日收到申请" in page.text


def test_only_what_may_be_done_next_is_offered(
    boards: Boards, registrar: Browserlike
) -> None:
    page = registrar.post("/requests/new", NEW)
    assert "交承办" in page.text
    assert "登记缴费" not in page.text
    assert "拟答复稿" not in page.text
    registrar.get(f"{ONE}/do/payment", status=409)
    registrar.get(f"{ONE}/do/nonsense", status=404)


def test_a_refused_act_comes_back_with_what_was_typed(
    boards: Boards, registrar: Browserlike
) -> None:
    in_hand(registrar, boards)
    sent = {"on": "2024-03-05", "reason": "书面撤回"}
    page = registrar.post(f"{ONE}/do/withdraw", sent, status=422)
    assert "日期晚于今天。" in page.text
    assert "书面撤回" in page.text


def test_names_are_masked_and_each_look_is_on_the_trail(
    boards: Boards, registrar: Browserlike, signed_in: SignIn
) -> None:
    registrar.post("/requests/new", NEW)
    leader = signed_in("principal")
    for browser in (registrar, leader):
        for address in ("/requests", ONE):
            text = browser.get(address).text
            assert "张示例" not in text
            assert "13800000000" not in text
            assert "张**" in text
    assert boards.trail("request.show_applicant") == []

    page = registrar.post(f"{ONE}/applicant")
    assert "张示例" in page.text
    assert "13800000000" in page.text
    (entry,) = boards.trail("request.show_applicant")
    assert "张示例" not in str(entry.details)
    leader.post(f"{ONE}/applicant", status=403)


def test_the_trail_never_names_the_applicant(
    boards: Boards, registrar: Browserlike
) -> None:
    in_hand(registrar, boards)
    registrar.post(f"{ONE}/letters/receipt")
    for act in ("register", "assign", "letter"):
        for entry in boards.trail(f"request.{act}"):
            assert "张示例" not in str(entry.details)


def test_a_handler_sees_her_request_and_others_do_not(
    boards: Boards, registrar: Browserlike, signed_in: SignIn
) -> None:
    registrar.post("/requests/new", NEW)
    drafter = signed_in("drafter")
    drafter.get(ONE, status=404)
    handler = boards.people["drafter"]
    registrar.post(f"{ONE}/do/assign", {"handler": handler, "unit": ""})
    assert "拟答复稿" in drafter.get(ONE).text
    drafter.post(f"{ONE}/do/withdraw", {"on": "2024-03-04"}, status=422)
    sent = {"on": "2024-03-04", "reason": "书面撤回"}
    drafter.post(f"{ONE}/do/withdraw", sent, status=403)


@pytest.mark.parametrize("login", ["inspector", "sysadmin", "audadmin"])
def test_others_do_not_come_in(boards: Boards, signed_in: SignIn, login: str) -> None:
    signed_in(login).get("/requests", status=403)
    signed_in(login).get(ONE, status=403)


def test_a_letter_is_written_taken_as_word_and_served(
    boards: Boards, registrar: Browserlike
) -> None:
    in_hand(registrar, boards)
    page = registrar.post(
        f"{ONE}/letters/correction", {"said": "写明文件名称", "days": "15"}
    )
    assert "公补〔2024〕1号" in page.text
    token = {"csrf_token": registrar._token, "operation": "take-1"}
    answer = registrar.http.post("/requests/letters/1/file", data=token)
    text = "\n".join(p.text for p in Document(io.BytesIO(answer.data)).paragraphs)
    for said in ("张示例：", "写明文件名称", "公补〔2024〕1号", "15个工作日"):
        assert said in text
    assert [e.details["what"] for e in boards.trail("request.take_copy")] == ["letter"]

    served = {"method": "direct", "served_on": "2024-03-04"}
    page = registrar.post("/requests/letters/1/serve", served)
    assert "待补正" in page.text
    assert "已中止，等申请人办理" in page.text


def test_a_letter_without_what_it_must_say_comes_back(
    boards: Boards, registrar: Browserlike
) -> None:
    in_hand(registrar, boards)
    sent = {"said": "", "days": "0"}
    page = registrar.post(f"{ONE}/letters/correction", sent, status=422)
    assert "请写明补正内容。" in page.text
    assert "期限填1至60个工作日。" in page.text
    registrar.get(f"{ONE}/letters/nonsense", status=404)


def test_the_office_uses_a_template_of_its_own(
    boards: Boards, registrar: Browserlike
) -> None:
    in_hand(registrar, boards)
    own = Document(io.BytesIO(standard_template(LetterKind.RECEIPT)))
    own.add_paragraph("联系电话：示例办公电话")
    page = change(registrar, own)
    assert "现在用本单位第1版。" in page.text
    registrar.post(f"{ONE}/letters/receipt")
    token = {"csrf_token": registrar._token, "operation": "take-2"}
    answer = registrar.http.post("/requests/letters/1/file", data=token)
    assert "示例办公电话" in Document(io.BytesIO(answer.data)).paragraphs[-1].text


def test_a_template_that_names_what_we_do_not_know_is_refused(
    registrar: Browserlike,
) -> None:
    registrar.get("/requests/templates/one?kind=receipt")
    bad = Document()
    bad.add_paragraph("{{不认识}}{{7*7}}")
    page = change(registrar, bad, status=422)
    assert "不认识" in page.text
    assert "模板缺少{{文号}}" in page.text
    sent = {"kind": "receipt", "file": (io.BytesIO(b"PK\x03\x04 broken"), "坏.docx")}
    page = registrar.post("/requests/templates/one", sent, status=422)
    assert "打不开" in page.text
    page = registrar.post("/requests/templates/one", {"kind": "receipt"}, status=422)
    assert "请选择 Word 文件。" in page.text


def change(registrar: Browserlike, made: Word, status: int = 200) -> Page:
    written = io.BytesIO()
    made.save(written)
    written.seek(0)
    sent = {"kind": "receipt", "file": (written, "回执.docx")}
    return registrar.post("/requests/templates/one", sent, status=status)


def test_a_review_is_recorded_beside_the_request_and_settled_once(
    boards: Boards, registrar: Browserlike
) -> None:
    in_hand(registrar, boards)
    sent = {
        "kind": "review",
        "received_on": "2024-03-04",
        "body": "示例区人民政府",
        "request_id": "1",
    }
    assert "尚未审结" in registrar.post("/remedies/new", sent).text
    assert "行政复议" in registrar.get(ONE).text
    result = {"result": "corrected", "result_on": "2024-03-04"}
    assert "结果纠正" in registrar.post("/remedies/1/result", result).text
    registrar.post("/remedies/1/result", result, status=409)


def test_script_is_text(registrar: Browserlike) -> None:
    evil = "<script>alert(1)</script>"
    sent = {**NEW, "wants": evil, "supply": evil, "name": evil}
    registrar.post("/requests/new", sent)
    assert registrar.post(f"{ONE}/applicant").text.count(evil) == 3


def test_without_a_holiday_list_nothing_is_guessed(signed_in: SignIn) -> None:
    browser = signed_in("registrar")
    browser.get("/requests/new")
    page = browser.post("/requests/new", NEW, status=409)
    assert page.h1 == ["登记公开申请"]
    kept = {f.get("name"): f.get("value") for f in page.fields}
    assert kept["name"] == "张示例"
    assert browser.get("/requests").h1 == ["2024年依申请公开"]
