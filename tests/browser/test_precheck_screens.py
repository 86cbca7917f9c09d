"""The machine's findings in a real browser: keys, one click, reasons, a phone."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from flask import Flask
from playwright.sync_api import Page, expect

from config import Settings
from models.database import Database
from tests import reviewing_town
from tests.chromium import Violation
from tests.live import served, sign_in
from tests.small_town import MONDAY, Clock
from web.app import create_app, equip

pytestmark = pytest.mark.browser

BODY = "\n".join(
    [
        "3月4日，示例镇组织召开春季农业生产工作会议，会议指出,要压实责任。",
        "我镇己完成全部整改任务，其它事项另行通知。",
        "村名\t户数\t金额（元）",
        "石桥村\t3\t900",
        "联系人张某，手机13800138000。",
    ]
)
AFTERNOON = MONDAY.replace(hour=8)


@dataclass
class Place:
    """The town on a socket, with one article by its machine-made findings."""

    site: str
    app: Flask
    drafted: int

    @property
    def database(self) -> Database:
        """What the application works on."""
        opened: Database = self.app.extensions["database"]
        return opened

    def go(self, page: Page, login: str, rest: str) -> None:
        """Sign in and open a page of the article."""
        sign_in(page, self.site, login)
        page.goto(f"{self.site}/articles/{self.drafted}{rest}")


@pytest.fixture
def place(tmp_path: Path) -> Iterator[Place]:
    path = tmp_path / "precheck.sqlite"
    reviewing_town.build_at(path)
    url = f"sqlite:///{path.as_posix()}"
    app = create_app(Settings(database_url=url, secret_key="k" * 32))
    app.config["CLOCK"] = Clock(AFTERNOON)
    database = equip(app.extensions["database"])
    drafted = reviewing_town.told(database, "drafted", body=BODY)
    with served(app) as site:
        yield Place(site, app, drafted)


def test_the_drafter_works_the_findings_off_by_keyboard(
    place: Place, page: Page, axe: Callable[[Page], list[Violation]]
) -> None:
    place.go(page, "drafter", "/submit")
    expect(page.locator(".precheck h2")).to_contain_text("3 条须处理")
    expect(page.locator("mark.span-block").first).to_be_visible()
    assert axe(page) == []

    page.keyboard.press("j")
    page.keyboard.press("f")
    page.wait_for_url("**/submit#precheck")
    assert "己完成" not in page.inner_text(".checking-text")
    expect(page.locator(".precheck h2")).to_contain_text("2 条须处理")

    page.keyboard.press("j")
    page.keyboard.press("g")
    page.keyboard.type("引用原件的写法")
    page.get_by_role("button", name="保留", exact=True).click()
    expect(page.locator(".precheck h2")).to_contain_text("1 条须处理")
