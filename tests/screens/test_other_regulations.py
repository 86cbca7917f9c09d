"""The review screen under regulations that ask for more than one signature a rung."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import select

from models.people import Post
from tests.acts.test_constructs_in_office import CASES
from tests.regulations import whole
from tests.screens.regulated import Regulated, open_office
from tests.web_client import Page

FOLDER = Path(__file__).parents[2] / "config" / "processes"


def regulation(folder: Path, name: str, section: str) -> Regulated:
    source = (FOLDER / f"{name}.toml").read_text(encoding="utf-8")
    cases = (FOLDER / f"{name}.scenarios.toml").read_text(encoding="utf-8")
    return open_office(folder / f"{name}.sqlite", source, cases, section)


@pytest.fixture(scope="module")
def taicang(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Regulated]:
    """The bureau whose reviewers may call a text in question."""
    made = regulation(tmp_path_factory.mktemp("taicang"), "taicang", "relief")
    yield made
    made.app.extensions["database"].close()


@pytest.fixture(scope="module")
def anren(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Regulated]:
    """The town where each channel has its own last word."""
    made = regulation(tmp_path_factory.mktemp("anren"), "anren", "office")
    yield made
    made.app.extensions["database"].close()


@pytest.fixture(scope="module")
def board(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Regulated]:
    """An office whose editorial board decides together."""
    fragment, cases = CASES["collective"]
    path = tmp_path_factory.mktemp("board") / "board.sqlite"
    made = open_office(path, whole(fragment), cases, "land")
    yield made
    made.app.extensions["database"].close()


def buttons(page: Page, name: str) -> set[str]:
    """The values that a group of boxes offers."""
    return {one.get("value", "") for one in page.fields if one.get("name") == name}


def test_a_doubt_opens_special_reviews(taicang: Regulated) -> None:
    article = taicang.handed_in("陈示例")
    head, address = taicang.at("李示例"), f"/articles/{article}"

    assert buttons(head.get(address), "subject") == {"ideology", "law", "secrecy"}
    sent = {"revision": taicang.revision(article), "subject": ["law", "secrecy"]}
    refused = head.post(f"{address}/doubt", sent, status=422)
    assert "请写明理由" in refused.text
    page = head.post(f"{address}/doubt", {**sent, "opinion": "统计口径存疑"})
    assert buttons(page, "subject") == {"ideology"}
    taicang.signed(article, "李示例")

    assert taicang.state(article) == "special"
    assert "提出异议" in taicang.at("吴法示例").get(address).text


def test_an_objection_ends_the_other_requests(taicang: Regulated) -> None:
    doubts = {"doubts": frozenset({"law", "secrecy"})}
    article = taicang.handed_in("陈示例", attributes=doubts)
    taicang.signed(article, "李示例")
    secrecy, address = taicang.at("郑密示例"), f"/articles/{article}"
    assert "提出异议" in secrecy.get(address).text

    sent = {"revision": taicang.revision(article), "opinion": "数据未经核定"}
    taicang.at("吴法示例").post(f"{address}/object", sent)

    assert taicang.state(article) == "review2"
    page = secrecy.get(address)
    assert "数据未经核定" in page.text
    assert "您不能办理的事项" in page.text


def test_one_channel_goes_out_before_the_other(anren: Regulated) -> None:
    channels, kind = ["website", "wechat"], {"kind": "document"}
    article = anren.handed_in("经示例", channels=channels, attributes=kind)
    anren.signed(article, "分示例", "新示例")
    address, drafter = f"/articles/{article}", anren.at("经示例")

    assert buttons(drafter.get(address), "channel") == {"wechat"}
    sent = {"revision": anren.revision(article), "channel": ["wechat"]}
    drafter.post(f"{address}/publish", sent)
    assert anren.state(article) == "final_document"

    anren.signed(article, "主示例")
    drafter.post(f"{address}/publish", {**sent, "channel": ["website"]})
    assert anren.state(article) == "published"


def test_what_is_forbidden_has_no_button_and_says_why(anren: Regulated) -> None:
    article = anren.handed_in("经示例", attributes={"unmasked": True})

    page = anren.at("分示例").get(f"/articles/{article}")

    assert "含未遮盖的个人隐私，只能退回" in page.text
    assert not any(one.get("name") == "check-A" for one in page.fields)


def test_a_meeting_names_its_day_and_minutes(board: Regulated) -> None:
    article = board.handed_in("拟")
    director, address = board.at("主"), f"/articles/{article}"
    assert "会议日期" in director.get(address).text

    sent: dict[str, object] = {"revision": board.revision(article)}
    refused = director.post(f"{address}/sign", sent, status=422)
    assert "集体研究须写明会议日期。" in refused.text
    sent |= {"met_on": "2024-03-04", "minutes": "示例纪要〔2024〕1号"}
    director.post(f"{address}/sign", sent)

    assert "示例纪要〔2024〕1号" in director.get(address).text


def test_a_holder_names_somebody_in_writing(taicang: Regulated) -> None:
    article = taicang.handed_in("李示例")
    head, address = taicang.at("李示例"), f"/articles/{article}"
    with taicang.office() as office:
        query = select(Post.id).where(Post.title == "section_head 李示例")
        post = office.session.scalars(query).one()

    head.get("/mandates")
    sent: dict[str, object] = {
        "post": post,
        "to": taicang.ids["周示例"],
        "since": "2024-03-01T00:00",
        "until": "2024-03-31T23:59",
    }
    refused = head.post("/mandates", sent, status=422)
    assert "请填写书面依据" in refused.text
    head.post("/mandates", {**sent, "document": "示例委托书"})

    taicang.signed(article, "周示例")
    assert taicang.state(article) == "review3"
    assert "受托代 李示例" in head.get(address).text
