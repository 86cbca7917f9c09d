"""The rule: the regulation as a ladder, with the people in it today."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from flask import Flask

from models.database import Database
from tests.reviewing_town import build_at, stage
from tests.web_client import Browserlike

SignIn = Callable[[str], Browserlike]


@pytest.fixture(scope="module")
def town_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """In place of the town without a regulation."""
    path = tmp_path_factory.mktemp("rule") / "town.sqlite"
    build_at(path)
    return path


@pytest.fixture
def database(app: Flask) -> Database:
    found: Database = app.extensions["database"]
    return found


@pytest.mark.parametrize("who", ["drafter", "inspector", "audadmin"])
def test_everyone_signed_in_reads_the_rule(
    database: Database, signed_in: SignIn, who: str
) -> None:
    page = signed_in(who).get("/rule")
    assert database
    assert page.h1 == ["江口镇“三审三校”流程"]
    for rung in ("1. 拟稿人自查自校", "2. 党政办审核校对", "3. 分管负责人审签"):
        assert rung in page.text
    assert "涉及重大事项或特殊情况信息，需经单位主要负责人审定。" in page.text
    assert "不得为同一人" in page.text
    assert "第1版" in page.text


def test_it_says_who_holds_each_rung_and_who_would(
    database: Database, signed_in: SignIn
) -> None:
    text = " ".join(signed_in("drafter").get("/rule").text.split())
    assert database
    assert "党政办主任 示例主任 示例拟稿" in text
    assert "副镇长分管：农业农村、安全生产 示例副镇长 示例主任" in text


def test_it_says_when_b_stands_in_and_when_nobody_is_left(
    database: Database, signed_in: SignIn
) -> None:
    with stage(database) as town:
        town.away("director")
    text = " ".join(signed_in("drafter").get("/rule").text.split())
    assert "党政办主任 示例拟稿 B岗代行 —" in text
    with stage(database) as town:
        town.away("drafter")
    assert "今天无人" in signed_in("publisher").get("/rule").text


def test_a_version_is_read_by_its_number_and_another_is_not_found(
    database: Database, signed_in: SignIn
) -> None:
    browser = signed_in("drafter")
    assert database
    browser.get("/rule/1")
    browser.get("/rule/77", status=404)
    browser.post("/rule", status=405)


def test_a_visitor_is_sent_to_the_door(visitor: Browserlike) -> None:
    assert visitor.get("/rule").h1 == ["登录"]
