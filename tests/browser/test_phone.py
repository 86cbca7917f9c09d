"""The phone page in a real Chromium: without signal, killed, on a shared phone."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path
from threading import Thread

import pytest
from flask import Flask
from playwright.sync_api import Browser, FilePayload, Page, Playwright, sync_playwright
from sqlalchemy import select
from werkzeug.serving import BaseWSGIServer, make_server

from config import Settings
from models.articles import Blob
from models.database import open_database
from models.inspections import CheckState
from models.people import Role
from tests.chromium import FLAGS, Violation, executable
from tests.live import sign_in
from tests.missing import cannot_run
from tests.photographs import PLACE, photograph
from tests.screens.town_with_boards import Boards, with_boards
from tests.small_town import MONDAY, Clock, Town, add, build
from web.app import create_app

pytestmark = pytest.mark.browser
SIZE = {"width": 390, "height": 844}
WAITING = "#waiting [data-part=count]"


class Site:
    """The application on one port, which may go out of reach and come back."""

    def __init__(self, app: Flask, boards: Boards) -> None:
        self.app, self.boards = app, boards
        self.port = 0
        self._server: BaseWSGIServer | None = None
        self.reach()
        self.address = f"http://127.0.0.1:{self.port}"

    def reach(self) -> None:
        """Let the network be there."""
        self._server = make_server("127.0.0.1", self.port, self.app, threaded=True)
        self.port = self._server.server_port
        Thread(target=self._server.serve_forever, daemon=True).start()

    def lose(self) -> None:
        """Let the network be gone."""
        if self._server is not None:
            self._server.shutdown()
            self._server.server_close()
            self._server = None

    def done(self) -> list[int]:
        """The boards that were looked at, once for each record."""
        checks = self.boards.checks()
        return [one.board_id for one in checks if one.state is CheckState.DONE]


@pytest.fixture
def site(sqlite_url: str) -> Iterator[Site]:
    """The small town on its rounds with a second inspector."""
    database = open_database(sqlite_url)
    build(database)
    database.close()
    app = create_app(Settings(database_url=sqlite_url, secret_key="k" * 32))
    app.config["CLOCK"] = Clock(MONDAY)
    boards = with_boards(app, villages=6)
    with boards.writing() as session, session.begin():
        town = Town(boards.agency, dict(boards.people))
        add(session, town, "second", "示例巡查二", Role.INSPECTOR)
    made = Site(app, boards)
    yield made
    made.lose()
    app.extensions["database"].close()


class Phone:
    """A Chromium of its own with a profile on disk, that may be killed."""

    def __init__(self, playwright: Playwright, profile: Path) -> None:
        self.playwright, self.profile = playwright, profile
        self.process: subprocess.Popen[bytes] | None = None

    def start(self) -> Page:
        """Switch it on; what it kept is still there."""
        path = executable()
        if path is None:
            cannot_run("没有找到 Chromium：请安装 chromium 和 fonts-noto-cjk")
        port_file = self.profile / "DevToolsActivePort"
        port_file.unlink(missing_ok=True)
        self.process = subprocess.Popen(
            [
                path,
                *FLAGS,
                "--headless=new",
                "--remote-debugging-port=0",
                f"--user-data-dir={self.profile}",
            ],
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            start_new_session=True,
        )
        browser = self._browser(port_file)
        page = browser.contexts[0].new_page()
        page.set_viewport_size({"width": SIZE["width"], "height": SIZE["height"]})
        return page

    def _browser(self, port_file: Path) -> Browser:
        for _ in range(600):
            if port_file.exists() and "\n" in port_file.read_text():
                port = port_file.read_text().splitlines()[0]
                return self.playwright.chromium.connect_over_cdp(
                    f"http://127.0.0.1:{port}"
                )
            try:
                assert self.process is not None
                self.process.wait(0.1)
            except subprocess.TimeoutExpired:
                continue
        raise AssertionError("Chromium did not open its port")

    def kill(self) -> None:
        """The battery is empty: every process of it, at once."""
        if self.process is not None:
            os.killpg(self.process.pid, signal.SIGKILL)
            self.process.wait()
            self.process = None


Story = Callable[[Site, Phone], None]


def with_a_phone(site: Site, folder: Path, story: Story) -> None:
    """Play a story in a thread of its own: a second Playwright has no place in ours."""
    if sys.platform == "win32":
        pytest.skip("process groups are killed differently on Windows")
    folder.mkdir()
    with ThreadPoolExecutor(1) as alone:
        alone.submit(_played, site, folder, story).result()


def _played(site: Site, folder: Path, story: Story) -> None:
    with sync_playwright() as playwright:
        phone = Phone(playwright, folder)
        try:
            story(site, phone)
        finally:
            phone.kill()


def ready(page: Page, site: Site) -> None:
    """One visit with a network: then the page is on the phone."""
    page.goto(f"{site.address}/b/")
    page.wait_for_selector("html[data-offline=ready]")
    page.wait_for_selector(".touch a")


def log(page: Page, board: int, photo: bytes | None = None) -> None:
    """Log one board as a thumb does."""
    page.click(f".touch a >> nth={board}")
    page.click(".way >> nth=0")
    if photo is None:
        page.click("[data-part=well]")
    else:
        chip = page.locator(".chip", has=page.locator("input[value=dirty]"))
        chip.locator("input[type=checkbox]").check()
        chip.locator("[data-part=note]").fill("玻璃积灰")
        file = FilePayload(name="x.jpg", mimeType="image/jpeg", buffer=photo)
        chip.locator("input[type=file]").set_input_files(file)
        chip.locator("canvas:not([hidden])").wait_for()
        page.click("[data-part=faulty]")
    page.wait_for_selector("[data-entry]")


def says(page: Page, selector: str, words: str) -> None:
    page.locator(selector, has_text=words).first.wait_for()


def test_killed_in_the_rain_five_checks_arrive_once_each(
    site: Site, tmp_path: Path
) -> None:
    with_a_phone(site, tmp_path / "profile", killed_in_the_rain)


def killed_in_the_rain(site: Site, battery: Phone) -> None:
    page = battery.start()
    sign_in(page, site.address, "inspector")
    ready(page, site)

    site.lose()
    page.goto(f"{site.address}/b/")
    for number in range(5):
        log(page, number, photograph(number))
        says(page, WAITING, f"等待送出 {number + 1} 条")
        page.goto(f"{site.address}/b/")
    battery.kill()

    page = battery.start()
    page.goto(f"{site.address}/b/")
    says(page, WAITING, "等待送出 5 条")
    assert site.done() == []

    site.reach()
    page.click("#waiting [data-part=send]")
    says(page, "[data-state]", "登录已过期")
    assert site.done() == []
    sign_in(page, site.address, "inspector")
    page.goto(f"{site.address}/b/")
    says(page, WAITING, "没有等待送出的记录")
    assert len(page.query_selector_all("#waiting .received")) == 5

    assert len(site.done()) == len(set(site.done())) == 5
    assert [fault.note for fault in site.boards.faults()] == ["玻璃积灰"] * 5
    assert len(site.boards.trail("check.log")) == 5
    with site.app.extensions["database"].reading() as session:
        photos = list(session.scalars(select(Blob.content)))
    assert len(photos) == 5
    assert all(one.startswith(b"\xff\xd8\xff") for one in photos)
    assert not any(b"Exif" in one or PLACE in one for one in photos)
    page.reload()
    page.wait_for_selector(".touch a")
    assert len(site.done()) == 5


@contextmanager
def phone_page(chromium: Browser) -> Iterator[Page]:
    context = chromium.new_context(
        viewport={"width": SIZE["width"], "height": SIZE["height"]},
        locale="zh-CN",
        timezone_id="Asia/Shanghai",
    )
    try:
        yield context.new_page()
    finally:
        context.close()


def test_on_a_shared_phone_nothing_goes_out_under_a_wrong_name(
    site: Site, chromium: Browser
) -> None:
    with phone_page(chromium) as page:
        sign_in(page, site.address, "inspector")
        ready(page, site)
        site.lose()
        page.goto(f"{site.address}/b/")
        log(page, 0)
        site.reach()
        page.context.clear_cookies()
        page.goto(f"{site.address}/b/")
        says(page, "[data-state]", "登录已过期")
        says(page, WAITING, "等待送出 1 条")

        sign_in(page, site.address, "second")
        ready(page, site)
        says(page, "[data-part=as]", "示例巡查二")
        says(page, WAITING, "没有等待送出的记录")
        says(page, "#waiting [data-part=others]", "由登记的本人登录后送出")
        assert page.query_selector_all("#waiting li") == []
        assert site.done() == []

        page.context.clear_cookies()
        sign_in(page, site.address, "inspector")
        page.goto(f"{site.address}/b/")
        says(page, "#waiting .received", "已送到")
    (check,) = [one for one in site.boards.checks() if one.state is CheckState.DONE]
    assert check.inspector_id == site.boards.people["inspector"]


def test_after_signing_out_nobody_logs_under_the_last_name(
    site: Site, chromium: Browser
) -> None:
    with phone_page(chromium) as page:
        sign_in(page, site.address, "inspector")
        ready(page, site)
        page.goto(f"{site.address}/login")
        page.wait_for_load_state("networkidle")
        page.context.clear_cookies()
        site.lose()
        page.goto(f"{site.address}/b/")
        says(page, "[data-part=as]", "先登录一次")
        assert page.query_selector_all(".touch a") == []


def test_what_is_filled_in_outlives_a_reload(site: Site, chromium: Browser) -> None:
    with phone_page(chromium) as page:
        sign_in(page, site.address, "inspector")
        ready(page, site)
        page.click(".touch a >> nth=1")
        page.click(".way >> nth=1")
        chip = page.locator(".chip", has=page.locator("input[value=stale]"))
        chip.locator("input[type=checkbox]").check()
        chip.locator("[data-part=note]").fill("上季度的")
        page.wait_for_timeout(200)
        page.reload()
        page.wait_for_selector(".way input:checked")
        assert chip.locator("[data-part=note]").input_value() == "上季度的"
        assert chip.locator("input[type=checkbox]").is_checked()


def test_it_fits_and_axe_finds_nothing(
    site: Site, chromium: Browser, axe: Callable[[Page], list[Violation]]
) -> None:
    fits = "document.documentElement.scrollWidth <= innerWidth"
    with phone_page(chromium) as page:
        sign_in(page, site.address, "inspector")
        ready(page, site)
        assert axe(page) == []
        assert page.evaluate(fits)
        page.click(".touch a >> nth=1")
        page.click(".way >> nth=0")
        for box in page.locator(".chip-pick input").all():
            box.check()
        for summary in page.locator(".chip-help summary").all():
            summary.click()
        assert axe(page) == []
        assert page.evaluate(fits)
        for box in page.locator(".chip-pick input").all():
            box.uncheck()
        page.click("[data-part=well]")
        says(page, "[data-part=seconds]", "秒")
        says(page, "[data-part=receipt]", "已登记")
        assert axe(page) == []
