"""转办, 征求意见 and 加签 on screens: offered to whom they belong, said to the rest."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.screens.house import House


@pytest.fixture(scope="module")
def house(tmp_path_factory: pytest.TempPathFactory) -> Iterator[House]:
    house = House(tmp_path_factory.mktemp("sharing"))
    yield house
    house.database.close()


@pytest.fixture(autouse=True)
def _fresh(house: House) -> None:
    house.fresh()


def flat(text: str) -> str:
    return " ".join(text.split())


def test_who_is_asked_is_led_to_the_question_and_answers(house: House) -> None:
    article = house.ids.mine["shared"]
    browser = house.at("drafter")
    assert "示例主任征求您的意见" in flat(browser.get(f"/articles/{article}").text)
    page = browser.get(f"/articles/{article}/share")
    assert page.h1 == ["转办、征求意见、加签"]
    assert "数字是否属实？" in page.text
    asked = house.ids.mine["consultation_id"]
    browser.post(f"/articles/{article}/share/answer/{asked}", {"answer": "经核属实"})
    text = flat(house.at("director").get(f"/articles/{article}/share").text)
    assert "经核属实" in text
    assert "等待答复" not in text


def test_while_somebody_is_asked_the_rung_says_why_it_is_not_signed(
    house: House,
) -> None:
    article = house.ids.mine["shared"]
    browser = house.at("director")
    page = browser.get(f"/articles/{article}")
    assert "等1人" in page.text
    sent = {
        f["name"]: "yes" if f["name"].startswith("check-") else f.get("value", "")
        for f in page.fields
        if f.get("name", "").startswith(("check-", "revision", "seen"))
    }
    refused = browser.post(
        f"/articles/{article}/sign", {**sent, "opinion": "同意"}, status=409
    )
    assert "还没有答复" in flat(refused.text)
    assert "同意" in refused.text


def test_an_added_signer_signs_and_the_others_see_it(house: House) -> None:
    article = house.ids.mine["signed_more"]
    browser = house.at("principal")
    assert "请您以镇长加签" in flat(browser.get(f"/articles/{article}").text)
    page = browser.get(f"/articles/{article}/share")
    revision = next(f["value"] for f in page.fields if f.get("name") == "revision")
    signer = house.ids.mine["signer_id"]
    browser.post(
        f"/articles/{article}/share/sign/{signer}",
        {"revision": revision, "beside_opinion": "可以"},
    )
    text = flat(house.at("deputy").get(f"/articles/{article}/share").text)
    assert "✓ 已签" in text
    assert "可以" in text


def test_what_is_not_hers_is_not_offered(house: House) -> None:
    article = house.ids.mine["submitted"]
    mine = house.at("director").get(f"/articles/{article}/share").text
    assert "征求意见：请一位同志看看" in mine
    assert "加签：本级同意以前" in mine
    theirs = house.at("drafter").get(f"/articles/{article}/share").text
    assert "请一位同志看看" not in theirs
    assert "没有征求过意见" in theirs


def test_handing_on_takes_it_off_the_list(house: House) -> None:
    article = house.ids.mine["cleared"]
    browser = house.at("publisher")
    link = f'/articles/{article}"'
    assert link in browser.http.get("/tasks").text
    page = browser.get(f"/articles/{article}/share")
    revision = next(f["value"] for f in page.fields if f.get("name") == "revision")
    helper = house.ids.mine["helper_id"]
    browser.post(
        f"/articles/{article}/share/transfer",
        {"revision": revision, "transfer_to": helper, "transfer_why": "外出学习"},
    )
    assert link not in browser.http.get("/tasks").text
