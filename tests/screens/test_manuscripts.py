"""Writing the annual report on screen: kept, handed in, refused with its rules."""

from __future__ import annotations

import io
import json
from collections.abc import Iterator

import pytest

from tests.rules.report_files import of_year
from tests.screens.house import House
from tests.web_client import Browserlike
from workflow.reports.prose import SLOTS

PAGE = "/reports/writing?year=2023"
WORDS = "/reports/writing/words?year=2023"
ARTICLE = "/reports/writing/article?year=2023"
OWN = {f"own-{slot.code}": f"示例<b>{slot.code}</b>" for slot in SLOTS if slot.needed}
OUT = {"section": "farming", "channels": "website"}


@pytest.fixture(scope="module")
def kept(tmp_path_factory: pytest.TempPathFactory) -> Iterator[House]:
    house = House(tmp_path_factory.mktemp("manuscripts"))
    yield house
    house.database.close()


@pytest.fixture
def house(kept: House) -> House:
    kept.fresh()
    return kept


@pytest.fixture
def registrar(house: House) -> Browserlike:
    return house.at("registrar")


def seen(browser: Browserlike) -> str:
    page = browser.get(PAGE)
    return next(f["value"] for f in page.fields if f.get("name") == "seen")


def test_what_is_computed_stands_beside_what_is_written(registrar: Browserlike) -> None:
    page = registrar.get(PAGE)
    assert page.h1[0] == "2023年年报：文字与成稿"
    assert "2023年度本机关未收取信息处理费。" in page.text
    page = registrar.post(WORDS, {**OWN, "seen": seen(registrar)})
    assert "文字已保存。" in page.text
    assert "示例<b>problems</b>" in page.text


def test_two_who_write_at_once_are_told(registrar: Browserlike) -> None:
    version = seen(registrar)
    registrar.post(WORDS, {**OWN, "seen": version})
    registrar.post(WORDS, {**OWN, "seen": version}, status=409)


def test_it_is_handed_in_as_an_article(house: House, registrar: Browserlike) -> None:
    registrar.post(WORDS, {**OWN, "seen": seen(registrar)})
    drafter = house.at("drafter")
    drafter.get(PAGE)
    page = drafter.post(ARTICLE, OUT)
    assert "2023年政府信息公开工作年度报告" in page.text
    page = drafter.get(PAGE)
    assert "稿件在拟稿人手里" in page.text


def test_what_is_missing_is_said_when_it_is_handed_in(house: House) -> None:
    drafter = house.at("drafter")
    drafter.get("/reports/writing?year=2022")
    address = "/reports/writing/article?year=2022"
    page = drafter.post(address, OUT, status=422)
    assert "“3. 政府信息管理情况。”一段还没有写。" in page.text


def test_an_earlier_report_is_taken_in_and_compared(registrar: Browserlike) -> None:
    content = of_year(2022)
    content["active"]["punishment"] = 50
    sent = io.BytesIO(json.dumps(content, ensure_ascii=False).encode())
    registrar.get("/reports/writing/earlier?year=2022")
    page = registrar.post(
        "/reports/writing/earlier?year=2022",
        {"file": (sent, "2022.json"), "words": "示例文字。"},
    )
    assert "与上年比较" in page.text
    assert "行政处罚本年处理决定数量" in page.text


def test_a_failing_rule_stands_beside_its_cell(registrar: Browserlike) -> None:
    made = {
        "kind": "rules",
        "number": "示例令1号",
        "title": "示例规章",
        "dated": "2023-03-01",
        "source": "示例",
    }
    registrar.get("/registers/new")
    registrar.post("/registers/new", made)
    answer = registrar.http.get(PAGE).text
    assert '<a class="rule-mark" href="#rule-R12">R12</a>' in answer
    assert 'id="rule-R12"' in answer


def test_what_changed_after_publication_is_amended_here(registrar: Browserlike) -> None:
    page = registrar.get("/reports/writing?year=2021")
    assert "成稿后记录有变化的数字" in page.text
    page = registrar.post(
        "/reports/writing/amendment?year=2021",
        {"cell": "active.punishment", "reason": "年后补登。"},
    )
    assert "年后补登。" in page.text
    assert "行政处罚本年处理决定数量" in page.text
    paper = page.text[page.text.index("印出的样子") :]
    assert paper[paper.index("行政处罚") :].startswith("行政处罚0")
    assert "数字和文字不再改动" in page.text


def test_what_is_downloaded_is_what_was_published(registrar: Browserlike) -> None:
    """In 2021 a punishment was recorded after the report had gone out."""
    report = registrar.http.get("/reports/annual.json?year=2021").get_json()
    assert report["active"]["punishment"] == 0
    opened = registrar.get("/reports/annual/records?year=2021&cell=active.punishment")
    assert "示例" in opened.text
