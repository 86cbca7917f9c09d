"""The registers on screen, and the report that counts them."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from flask import Flask, render_template
from markupsafe import escape

from tests.screens.town_with_boards import Boards, found
from tests.web_client import Browserlike
from workflow.reports.rules import check, read_report

REPORTS = Path(__file__).parents[1] / "rules" / "reports"
SignIn = Callable[[str], Browserlike]
PENALTY = {
    "kind": "punishment",
    "number": "示例1号",
    "title": "示例处罚<b>案</b>",
    "dated": "2024-03-01",
    "source": "示例台账",
}


@pytest.fixture
def boards(app: Flask) -> Boards:
    return found(app)


@pytest.fixture
def registrar(signed_in: SignIn) -> Browserlike:
    browser = signed_in("registrar")
    browser.get("/registers/new")
    return browser


def test_an_entry_is_made_and_listed(registrar: Browserlike) -> None:
    assert "还没有登记" in registrar.get("/registers").text
    page = registrar.post("/registers/new", PENALTY)
    assert page.h1 == ["登记簿：行政处罚"]
    assert "示例处罚<b>案</b>" in page.text
    assert registrar.get("/registers/1").h1 == ["示例处罚<b>案</b>"]
    assert "还没有登记" in registrar.get("/registers?kind=coercion").text


def test_the_same_form_sent_twice_enters_once(
    boards: Boards, registrar: Browserlike
) -> None:
    for _ in range(2):
        registrar.post("/registers/new", {**PENALTY, "operation": "once"})
    assert len(boards.trail("register.enter")) == 1


@pytest.mark.parametrize(
    ("changed", "sentence"),
    [
        ({"kind": "x"}, "请选择登记簿。"),
        ({"number": ""}, "请填写文号或编号。"),
        ({"title": "长" * 301}, "名称最多300个字"),
        ({"dated": "2024-03-05"}, "日期晚于今天。"),
        ({"amount_yuan": "5"}, "只有收费登记才填金额。"),
        ({"kind": "fees", "amount_yuan": "五元"}, "收费金额请填数字"),
        ({"kind": "fees", "amount_yuan": "1e999999999"}, "收费金额应为不小于零的数"),
        ({"kind": "fees", "amount_yuan": "NaN"}, "收费金额应为不小于零的数"),
        ({"repealed_on": "2024-03-02"}, "只有规章和规范性文件才填废止日期。"),
    ],
)
def test_a_bad_entry_comes_back_with_what_was_typed(
    registrar: Browserlike, changed: dict[str, str], sentence: str
) -> None:
    page = registrar.post("/registers/new", {**PENALTY, **changed}, status=422)
    assert page.text.count(sentence) == 2
    kept = {f.get("name"): f.get("value") for f in page.fields}
    assert kept["source"] == "示例台账"


def test_a_number_is_entered_once(registrar: Browserlike) -> None:
    registrar.post("/registers/new", PENALTY)
    page = registrar.post("/registers/new", PENALTY, status=422)
    assert "已经登记过" in page.text


def test_a_leader_reads_and_does_not_enter(signed_in: SignIn) -> None:
    leader = signed_in("principal")
    assert "登记一条" not in leader.get("/registers").text
    leader.post("/registers/new", PENALTY, status=403)


@pytest.mark.parametrize("login", ["drafter", "inspector", "sysadmin", "audadmin"])
@pytest.mark.parametrize(
    "address", ["/registers", "/reports/annual", "/reports/annual.json"]
)
def test_others_do_not_come_in(signed_in: SignIn, login: str, address: str) -> None:
    signed_in(login).get(address, status=403)


def test_the_report_is_printed_and_each_figure_opens_its_records(
    registrar: Browserlike,
) -> None:
    registrar.post("/registers/new", PENALTY)
    page = registrar.get("/reports/annual?year=2024")
    assert page.h1 == ["示例镇人民政府2024年政府信息公开工作年度报告"]
    assert "勾稽关系和版式校验都已通过" in page.text
    html = registrar.http.get("/reports/annual?year=2024").get_data(as_text=True)
    address = "/reports/annual/records?year=2024&amp;cell=active.punishment"
    assert f'<a href="{address}">1</a>' in html
    page = registrar.get(address.replace("&amp;", "&"))
    assert page.h1 == ["行政处罚"]
    assert "示例处罚<b>案</b>" in page.text


def test_broken_rules_stand_above_the_report(app: Flask) -> None:
    """The figures of real reports that do not add up; ours are always counted."""
    found = check(read_report((REPORTS / "hongze-2024.json").read_text("utf-8")))
    assert found
    with app.test_request_context():
        html = render_template("reports/_findings.html", findings=found)
    for one in found:
        for words in (one.rule, one.cell, one.message):
            assert escape(words) in html
    assert html.count("<tr class") == len(found)


def test_every_address_that_the_report_gives_is_a_page(
    boards: Boards, registrar: Browserlike
) -> None:
    """Each cell that may be a link has a question and words."""
    cells = ["published", "active.rules.made", "active.normative.valid"]
    cells += [f"active.{row}" for row in ("licensing", "coercion", "fees_wan")]
    cells += [f"requests.{row}" for row in ("carried_in", "total", "deny_law")]
    cells += ["requests.new.natural", "requests.granted.total", "published.工作动态"]
    for cell in cells:
        page = registrar.get(f"/reports/annual/records?year=2024&cell={cell}")
        assert page.h1[0].strip()


@pytest.mark.parametrize(
    "cell", ["", "active.x", "requests.new.x", "<script>", "100%25 %25s"]
)
def test_a_cell_that_is_none_has_no_records(registrar: Browserlike, cell: str) -> None:
    registrar.get(f"/reports/annual/records?year=2024&cell={cell}", status=404)


def test_the_report_is_taken_as_a_file(registrar: Browserlike) -> None:
    answer = registrar.http.get("/reports/annual.json?year=2024")
    assert answer.mimetype == "application/json"
    assert json.loads(answer.data)["year"] == 2024
    registrar.get("/reports/annual.json?year=12", status=404)
