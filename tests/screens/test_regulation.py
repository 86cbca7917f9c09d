"""The regulation on screens: typed, checked beside it, adopted; and the calendars."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.screens.house import House
from tests.town import JIANGKOU

SOURCE = JIANGKOU.read_text("utf-8").replace("number = 1\n", "number = 2\n", 1)


@pytest.fixture(scope="module")
def house(tmp_path_factory: pytest.TempPathFactory) -> Iterator[House]:
    house = House(tmp_path_factory.mktemp("regulation"))
    yield house
    house.database.close()


@pytest.fixture(autouse=True)
def _fresh(house: House) -> None:
    house.fresh()


def save(house: House, source: str, cases: str = "") -> str:
    """Type a definition and have it checked; the page that comes."""
    browser = house.at("sysadmin")
    page = browser.get("/rule/edit")
    assert page.h1 == ["编写审校流程"]
    sent = {"source": source, "cases": cases}
    answer = browser.http.post(
        "/rule/edit",
        data={**sent, "csrf_token": browser._token, "operation": "save"},
        follow_redirects=True,
    )
    assert answer.status_code == 200
    return " ".join(answer.text.split())


def test_a_fault_stands_beside_the_text_with_its_line_and_the_text_stays(
    house: House,
) -> None:
    page = save(house, SOURCE.replace('post = "principal"', 'post = "mayor"', 1))
    line = SOURCE[: SOURCE.index('post = "principal"')].count("\n") + 1
    assert f'data-line="{line}"' in page
    assert "没有声明岗位“mayor”" in page
    assert "处问题，不能启用" in page
    assert "post = &#34;mayor&#34;" in page
    assert "启用为第" not in page


def test_the_shortest_way_to_the_trouble_is_told(house: House) -> None:
    unsound = SOURCE.replace(
        "independent_of", 'depends_on = ["title"]\n# independent_of'
    )
    page = save(house, unsound)
    assert "最短的出错走法" in page
    assert "<code>unsigned-" in page


def test_a_sound_text_is_drawn_tried_and_offered_for_adoption(house: House) -> None:
    cases = JIANGKOU.with_name("jiangkou.scenarios.toml").read_text("utf-8")
    page = save(house, SOURCE, cases)
    assert "已证明安全" in page
    assert "不符 0 处" in page
    assert "<svg" in page
    assert "启用为第2版" in page
    assert "正在办理的稿件，按新版会怎样" in page
    assert "环节相同" in page


def test_a_mismatch_of_a_paper_case_is_told(house: House) -> None:
    cases = JIANGKOU.with_name("jiangkou.scenarios.toml").read_text("utf-8")
    page = save(house, SOURCE, cases.replace('"已发布"', '"已撤稿"'))
    assert "应为“已撤稿”" in page


def test_a_number_in_use_is_not_offered(house: House) -> None:
    page = save(house, SOURCE.replace("number = 2", "number = 1", 1))
    assert "请把版本号 number 改为 2。" in page
    assert "启用为第" not in page


def test_adopting_leads_to_the_rule_in_force(house: House) -> None:
    browser = house.at("sysadmin")
    page = browser.get("/rule/edit")
    digest = next(f["value"] for f in page.fields if f.get("name") == "digest")
    answer = browser.http.post(
        "/rule/adopt",
        data={"csrf_token": browser._token, "operation": "adopt", "digest": digest},
        follow_redirects=True,
    )
    assert "第2版已启用" in answer.text
    assert "第2版" in browser.get("/rule").text
    text = browser.get("/rule/edit").text
    assert "请把版本号 number 改为 3。" in text


def test_calendars_say_until_when_they_are_known(house: House) -> None:
    text = house.at("drafter").get("/calendars").text
    assert "放假安排已知到2024年12月31日" in text
    assert "暂按周一至周五推算" in text
    browser = house.at("sysadmin")
    browser.get("/calendars/2025")
    sent = {
        "off": "2025-01-01\n2025-05-01至2025-05-05",
        "work": "2025-04-27",
        "source": "示例文号",
    }
    browser.post("/calendars/2025", sent)
    page = browser.get("/calendars").text
    assert "放假安排已知到2025年12月31日" in page
    assert "2025-05-01至2025-05-05" in page


def test_a_calendar_that_cannot_be_read_stays_on_the_page(house: House) -> None:
    browser = house.at("sysadmin")
    browser.get("/calendars/2025")
    sent = {"off": "五一劳动节", "work": "", "source": "示例"}
    page = browser.post("/calendars/2025", sent, status=422)
    assert "不是日期" in page.text
    assert "五一劳动节" in page.text
    browser.get("/calendars/1990", status=404)
