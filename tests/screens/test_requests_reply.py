"""A request answered on screen: registered, drafted, signed at each rung, posted."""

from __future__ import annotations

import io
from collections.abc import Callable
from pathlib import Path

import pytest
from docx import Document
from flask import Flask
from sqlalchemy import select

from models.database import Database
from models.requests import DisclosureRequest
from tests.reviewing_town import build_at, present
from tests.screens.request_forms import NEW
from tests.small_town import Clock
from tests.web_client import Browserlike

SignIn = Callable[[str], Browserlike]
ONE = "/requests/1"
REPLY = {
    "outcome": "granted",
    "basis": "条例第三十六条第（二）项",
    "secrecy": "经办人、办公室核对，不涉密",
    "body": "经查，现将示例村道养护资金使用情况表提供给您。",
    "section": "farming",
}


@pytest.fixture(scope="module")
def town_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """In place of the town without a regulation."""
    path = tmp_path_factory.mktemp("reply") / "town.sqlite"
    build_at(path)
    return path


@pytest.fixture
def database(app: Flask) -> Database:
    found: Database = app.extensions["database"]
    return found


def test_from_the_counter_through_three_reviews_to_the_post_office(
    database: Database, signed_in: SignIn, clock: Clock
) -> None:
    registrar, drafter = signed_in("registrar"), signed_in("drafter")
    registrar.get("/requests/new")
    registrar.post("/requests/new", NEW)
    registrar.post(f"{ONE}/do/assign", {"handler": "1", "unit": "示例办"})
    drafter.get(f"{ONE}/do/propose")
    assert "答复审签中" in drafter.post(f"{ONE}/do/propose", REPLY).text
    article = reply_of(database)
    page = registrar.post(f"{ONE}/do/decide", status=409)
    assert "答复稿还没有签发" in page.text
    assert "依据：" in page.text

    for login, act in (("drafter", "submit"), ("director", "sign"), ("deputy", "sign")):
        clock.move(minutes=5)
        browser = signed_in(login)
        page = browser.get(f"/articles/{article}/{act}".removesuffix("/sign"))
        names = [str(one.get("name", "")) for one in page.fields]
        checked = {name: "yes" for name in names if name.startswith("check-")}
        sent = {**present(database, article), **checked}
        browser.post(f"/articles/{article}/{act}", sent)
    publisher = signed_in("publisher")
    assert "政府信息公开申请的答复" not in publisher.get("/tasks").text
    sent = present(database, article)
    page = publisher.post(f"/articles/{article}/publish", sent, status=409)
    assert "只送达申请人，不对外发布" in page.text

    registrar.get(ONE)
    page = registrar.post(f"{ONE}/do/decide")
    assert "公复〔2024〕1号" in page.text
    assert "已签发待送达" in page.text
    token = {"csrf_token": registrar._token, "operation": "take-reply"}
    answer = registrar.http.post("/requests/letters/1/file", data=token)
    text = "\n".join(p.text for p in Document(io.BytesIO(answer.data)).paragraphs)
    for said in ("张示例：", REPLY["body"], REPLY["basis"], "申请行政复议"):
        assert said in text
    service = {"method": "post", "served_on": "2024-03-04"}
    page = registrar.post("/requests/letters/1/serve", service)
    assert "已办结" in page.text
    assert "2024年5月3日前可以申请行政复议" in page.text
    assert "申请人信息保存到2034年12月31日" in page.text


def reply_of(database: Database) -> int:
    with database.reading() as session:
        found = session.scalars(select(DisclosureRequest.article_id)).one()
        assert found is not None
        return found
