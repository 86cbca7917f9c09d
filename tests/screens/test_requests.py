"""Disclosure requests on screen: the register, registering, the one answer."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from flask import Flask

from tests.screens.town_with_boards import Boards, with_calendar
from tests.web_client import Browserlike

SignIn = Callable[[str], Browserlike]
NEW = {
    "received_on": "2024-03-01",
    "way": "邮寄",
    "applicant_kind": "natural",
    "applicant_name": "张示例",
    "wants": "示例村道养护资金使用情况",
}
REPLY = {"outcome": "granted", "text": "现予公开。", "answered_on": "2024-03-04"}


@pytest.fixture
def boards(app: Flask) -> Boards:
    return with_calendar(app)


@pytest.fixture
def registrar(boards: Boards, signed_in: SignIn) -> Browserlike:
    browser = signed_in("registrar")
    browser.get("/requests/new")
    return browser


def test_an_empty_register_says_what_will_come(registrar: Browserlike) -> None:
    assert "2024年没有收到公开申请" in registrar.get("/requests").text


def test_a_request_is_registered_with_its_last_day(registrar: Browserlike) -> None:
    page = registrar.post("/requests/new", NEW)
    assert "已登记为2024-1号，最晚2024年3月29日答复。" in page.text
    page = registrar.get("/requests")
    assert "待答复 1" in page.text
    assert "还剩 19 个工作日" in page.text


def test_it_is_answered_once(boards: Boards, registrar: Browserlike) -> None:
    registrar.post("/requests/new", NEW)
    page = registrar.post("/requests/1/answer", REPLY)
    assert "现予公开。" in page.text
    assert "登记答复：" in page.text
    page = registrar.post("/requests/1/answer", {**REPLY, "text": "另一份"}, status=409)
    assert "另一份" in page.text
    assert [e.outcome for e in boards.trail("request.answer")] == ["done", "refused"]


def test_the_same_form_sent_twice_registers_once(
    boards: Boards, registrar: Browserlike
) -> None:
    for _ in range(2):
        registrar.post("/requests/new", {**NEW, "operation": "once"})
    assert len(boards.trail("request.register")) == 1


@pytest.mark.parametrize(
    ("changed", "sentence"),
    [
        ({"received_on": "2024-03-05"}, "收到日期晚于今天。"),
        ({"received_on": "3月1日"}, "收到日期请按“2024-03-05”的样子填写。"),
        ({"way": ""}, "请填写收到方式。"),
        ({"applicant_kind": "queen"}, "请选择申请人类别。"),
        ({"applicant_name": "长" * 121}, "申请人姓名或名称最多120个字"),
        ({"wants": "长" * 20_001}, "申请公开的内容最多20000个字"),
    ],
)
def test_a_bad_registration_comes_back_with_what_was_typed(
    registrar: Browserlike, changed: dict[str, str], sentence: str
) -> None:
    page = registrar.post("/requests/new", {**NEW, **changed}, status=422)
    assert page.text.count(sentence) == 2
    kept = {f.get("name"): f.get("value") for f in page.fields}
    assert kept["received_on"] == {**NEW, **changed}["received_on"]


@pytest.mark.parametrize(
    ("changed", "sentence"),
    [
        ({"outcome": ""}, "请选择办理结果。"),
        ({"outcome": "partial"}, "请写明所依据的条款"),
        ({"answered_on": "2024-02-01"}, "答复日期早于收到日期。"),
        ({"text": ""}, "请填写答复内容。"),
    ],
)
def test_a_bad_answer_comes_back(
    registrar: Browserlike, changed: dict[str, str], sentence: str
) -> None:
    registrar.post("/requests/new", NEW)
    page = registrar.post("/requests/1/answer", {**REPLY, **changed}, status=422)
    assert page.text.count(sentence) == 2


def test_only_registrars_read_names(registrar: Browserlike, signed_in: SignIn) -> None:
    registrar.post("/requests/new", NEW)
    leader = signed_in("principal")
    for address in ("/requests", "/requests/1"):
        assert "张示例" in registrar.get(address).text
        html = leader.http.get(address).get_data(as_text=True)
        assert "张示例" not in html
        assert "张**" in html


def test_a_leader_reads_and_does_not_answer(
    registrar: Browserlike, signed_in: SignIn
) -> None:
    registrar.post("/requests/new", NEW)
    leader = signed_in("principal")
    assert "由依申请公开登记人员答复" in leader.get("/requests/1").text
    leader.post("/requests/1/answer", REPLY, status=403)
    leader.get("/requests/new", status=403)


@pytest.mark.parametrize("login", ["drafter", "inspector", "sysadmin", "audadmin"])
def test_others_do_not_come_in(boards: Boards, signed_in: SignIn, login: str) -> None:
    signed_in(login).get("/requests", status=403)
    signed_in(login).get("/requests/1", status=403)


def test_script_is_text(registrar: Browserlike) -> None:
    evil = "<script>alert(1)</script>"
    sent = {**NEW, "wants": evil, "way": evil, "applicant_name": evil}
    assert registrar.post("/requests/new", sent).text.count(evil) == 3


def test_without_a_holiday_list_nothing_is_guessed(signed_in: SignIn) -> None:
    browser = signed_in("registrar")
    browser.get("/requests/new")
    page = browser.post("/requests/new", NEW, status=409)
    assert page.h1 == ["登记公开申请"]
    assert {f.get("name"): f.get("value") for f in page.fields}["applicant_name"] == (
        "张示例"
    )
    assert browser.get("/requests").h1 == ["2024年依申请公开"]
