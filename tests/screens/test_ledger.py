"""The ledger: found again by any handle, page by page, and taken away as a workbook."""

from __future__ import annotations

import io
from collections.abc import Callable
from typing import Any

import pytest
from openpyxl import load_workbook
from sqlalchemy import event, select
from sqlalchemy.engine import Connection

from models.audit import AuditEntry
from tests import stories
from tests.screens.desks import Desks
from tests.town import Town
from web.screens import ledger as screen
from workflow.articles import ledger, tasks
from workflow.articles.ledger import LedgerFilter


def three(town: Town) -> None:
    stories.published(town, title="示例镇召开春耕会议")
    stories.submitted(town, title="示例镇开展安全检查", section="safety")
    major = {"importance": "major"}
    stories.drafted(town, title="关于示例分工的通知", attributes=major, who="colleague")


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("", {"春耕", "安全检查", "分工"}),
        ("words=示例+会议", {"春耕"}),
        ("words=2024-0002", {"安全检查"}),
        ("words=100%25", set()),
        ("state=published", {"春耕"}),
        ("section=safety", {"安全检查"}),
        ("column=工作动态", {"春耕", "安全检查", "分工"}),
        ("importance=major", {"分工"}),
        ("drafter=colleague", {"分工"}),
        ("since=2024-03-05&until=2024-03-05", {"春耕", "安全检查", "分工"}),
        ("until=2024-03-04", set()),
        ("out_since=2024-03-05", {"春耕"}),
    ],
)
def test_it_finds_by_every_handle(desks: Desks, query: str, found: set[str]) -> None:
    desks.make(three)
    page = desks.at("director").get(f"/ledger?{query}")

    assert {word for word in ("春耕", "安全检查", "分工") if word in page.text} == found
    assert (f"共 {len(found)} 条") in page.text


def test_what_is_late_is_found(desks: Desks) -> None:
    desks.make(three)
    assert "共 0 条" in desks.at("principal").get("/ledger?late=1").text
    desks.clock.move(days=5)
    page = desks.at("principal").get("/ledger?late=1")
    assert "安全检查" in page.text
    assert "共 1 条" in page.text


def test_the_list_of_what_is_late_is_the_leaders(desks: Desks) -> None:
    desks.make(three)
    desks.clock.move(days=5)
    page = desks.at("colleague").get("/ledger?late=1")
    assert "共 3 条" in page.text
    assert "只看超期未办" not in page.text


def test_pages_follow_each_other_without_a_gap(desks: Desks) -> None:
    def many(town: Town) -> None:
        for number in range(51):
            stories.drafted(town, title=f"示例第{number:02d}件")

    desks.make(many)
    browser = desks.at("director")
    first = browser.get("/ledger").text
    second = browser.get("/ledger?before=2").text

    assert "示例第50件" in first
    assert "示例第01件" in first
    assert "示例第00件" not in first
    assert "示例第00件" in second


@pytest.mark.parametrize(
    "query", ["since=yesterday", "until=0001-01-01", "words=%00", f"words={'长' * 121}"]
)
def test_what_cannot_be_looked_for_is_said(desks: Desks, query: str) -> None:
    page = desks.at("director").get(f"/ledger?{query}", status=422)
    assert page.h1 == ["填写有误"]


@pytest.mark.parametrize("who", ["inspector"])
def test_others_do_not_read_it(desks: Desks, who: str) -> None:
    browser = desks.at(who)
    browser.get("/ledger", status=403)
    browser.post("/ledger.xlsx", status=403)


def workbook_of(desks: Desks, **asked: str) -> list[tuple[object, ...]]:
    browser = desks.at("director")
    browser.get("/ledger")
    form = {"csrf_token": browser._token, "operation": "take-away", **asked}
    answer = browser.http.post("/ledger.xlsx", data=form)
    assert answer.status_code == 200
    book = load_workbook(io.BytesIO(answer.data))
    sheet = book.active
    assert sheet is not None
    return [tuple(cell.value for cell in row) for row in sheet.iter_rows()]


def test_it_is_taken_away_as_it_was_asked_for(desks: Desks) -> None:
    desks.make(three)
    head, *rows = workbook_of(desks, section="safety")

    assert head[:2] == ("编号", "标题")
    assert [row[1] for row in rows] == ["示例镇开展安全检查"]
    with desks.database.reading() as session:
        query = select(AuditEntry).where(AuditEntry.act == "export")
        entry = session.scalars(query).one()
    assert entry.details == {"section": "safety", "rows": 1}


@pytest.mark.parametrize("start", ["=", "+", "-", "@"])
def test_no_title_becomes_a_formula(desks: Desks, start: str) -> None:
    title = f'{start}HYPERLINK("http://evil","x")'
    desks.make(lambda town: stories.drafted(town, title=title))
    browser = desks.at("director")
    browser.get("/ledger")
    sent = {"csrf_token": browser._token, "operation": "export"}
    answer = browser.http.post("/ledger.xlsx", data=sent)
    sheet = load_workbook(io.BytesIO(answer.data)).active
    assert sheet is not None
    cell = sheet["B2"]
    assert (cell.value, cell.data_type, cell.quotePrefix) == (title, "s", True)


def test_too_much_for_one_workbook_is_said(
    desks: Desks, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(screen, "EXPORT_MAX", 2)
    desks.make(three)
    browser = desks.at("director")
    page = browser.get("/ledger")
    assert "超过 2 条" in page.text
    assert "导出 Excel" not in page.text
    page = browser.post("/ledger.xlsx", status=422)
    assert "一次最多导出2条" in page.text


# fast however many there are


def plans(desks: Desks, ask: str) -> list[str]:
    """How SQLite goes about the statements of one question."""
    found: list[str] = []

    def explain(
        conn: Connection, _cursor: object, sql: str, values: Any, *_: Any
    ) -> None:
        if sql.startswith("SELECT") and "articles" in sql:
            cursor = conn.connection.cursor()
            cursor.execute(f"EXPLAIN QUERY PLAN {sql}", values)
            found.extend(str(row[3]) for row in cursor.fetchall())

    with desks.town() as town:
        engine = desks.database.engine
        event.listen(engine, "before_cursor_execute", explain)
        try:
            QUESTIONS[ask](town)
        finally:
            event.remove(engine, "before_cursor_execute", explain)
    assert found
    return found


def filtered(wanted: LedgerFilter) -> Callable[[Town], object]:
    return lambda town: ledger.page(town.session, town.agency.id, wanted)


def box(one: tasks.Box) -> Callable[[Town], object]:
    return lambda town: tasks.in_box(
        town.session, tasks.desk(town.session, town.by("director")), one
    )


QUESTIONS: dict[str, Callable[[Town], object]] = {
    "all": filtered(LedgerFilter()),
    "state": filtered(LedgerFilter(state="office_review")),
    "section": filtered(LedgerFilter(section="rural")),
    "column": filtered(LedgerFilter(report_column="工作动态")),
    "words": filtered(LedgerFilter(words="会议")),
    "drafter": filtered(LedgerFilter(drafter="示例")),
    **{f"box-{one}": box(one) for one in tasks.Box},
    "late": lambda town: tasks.late(
        town.session, tasks.desk(town.session, town.by("director"))
    ),
}


@pytest.mark.parametrize("ask", QUESTIONS)
def test_no_question_reads_every_article(desks: Desks, ask: str) -> None:
    steps = plans(desks, ask)
    whole = [step for step in steps if step.startswith("SCAN articles")]
    assert not whole, steps


@pytest.mark.parametrize("ask", ["all", "column", "words", "drafter", "box-mine"])
def test_no_page_sorts_what_it_does_not_show(desks: Desks, ask: str) -> None:
    """In id order by an index: the first page costs a page, not the whole table."""
    assert not [step for step in plans(desks, ask) if "TEMP B-TREE" in step]


def test_what_waits_is_found_past_all_that_is_published(desks: Desks) -> None:
    steps = plans(desks, "box-waiting")
    assert any("agency_id=? AND state=?" in step for step in steps), steps


def test_a_number_is_looked_up_and_not_searched(desks: Desks) -> None:
    QUESTIONS["number"] = filtered(LedgerFilter(words="2024-0012"))
    assert any("year=? AND serial=?" in step for step in plans(desks, "number"))
