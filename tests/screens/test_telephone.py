"""电话指示 on screens: seen wherever the text is seen, and never as a signature."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.screens.house import House

SAID = "先发预警，回来补签。"


@pytest.fixture(scope="module")
def house(tmp_path_factory: pytest.TempPathFactory) -> Iterator[House]:
    house = House(tmp_path_factory.mktemp("telephone"))
    yield house
    house.database.close()


@pytest.fixture(autouse=True)
def _fresh(house: House) -> None:
    house.fresh()


def flat(text: str) -> str:
    return " ".join(text.split())


def seen(house: House, login: str, path: str) -> str:
    return flat(house.at(login).get(path).text)


@pytest.mark.parametrize("page", ["", "/telephone", "/timeline", "/sheet"])
def test_the_missing_signature_is_said_wherever_the_text_is(
    house: House, page: str
) -> None:
    article = house.ids.mine["signed_more"]
    text = seen(house, "director", f"/articles/{article}{page}")
    assert SAID in text
    assert "缺补签" in text
    assert "示例主任" in text


def test_the_sheet_says_that_it_is_no_signature(house: House) -> None:
    article = house.ids.mine["signed_more"]
    text = seen(house, "director", f"/articles/{article}/sheet")
    assert "电话指示（不是签字）" in text
    before, _, after = text.partition("电话指示")
    assert "（未签）" in before
    assert "示例副镇长" in after


def test_it_is_written_down_on_its_form(house: House) -> None:
    article = house.ids.mine["at_deputy"]
    browser = house.at("director")
    page = browser.get(f"/articles/{article}/telephone")
    assert page.h1 == ["电话指示"]
    revision = next(f["value"] for f in page.fields if f.get("name") == "revision")
    sent = {
        "revision": revision,
        "leader": house.ids.mine["deputy_id"],
        "said_at": "2024-03-04T16:40",
        "words": "可以，请核对数字。",
    }
    wrong = browser.post(
        f"/articles/{article}/telephone",
        {**sent, "said_at": "2024-03-04T19:00"},
        status=422,
    )
    assert "通话时间不能晚于现在" in flat(wrong.text)
    assert "可以，请核对数字。" in wrong.text
    browser.post(f"/articles/{article}/telephone", sent)
    text = seen(house, "deputy", f"/articles/{article}")
    assert "可以，请核对数字。" in text
    assert "请核对原话，在这一稿上签字补签" in text


def test_who_may_not_write_it_down_is_shown_no_form(house: House) -> None:
    article = house.ids.mine["at_deputy"]
    text = seen(house, "publisher", f"/articles/{article}/telephone")
    assert "没有登记过电话指示" in text
    assert "登记一次指示" not in text


def test_the_leaders_page_and_the_ledger_list_it(house: House) -> None:
    text = seen(house, "principal", "/leader")
    assert "电话指示缺补签" in text
    assert SAID in text
    found = house.at("principal").get("/ledger?unsigned=1")
    assert "共 1 条" in flat(found.text)
