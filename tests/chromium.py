"""Fixtures: a real Chromium of the system, driven by Playwright.

Pages stay on this machine: a request to any other host, or an uncaught error in a
page's script, fails the test that caused it.
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from typing import TypedDict, cast
from urllib.parse import urlsplit

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, Playwright, sync_playwright
from playwright.sync_api import Error as PlaywrightError

from tests.missing import cannot_run

NAMES = ("chromium", "chromium-browser", "google-chrome")
FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
HERE = {"127.0.0.1", "localhost", "::1", None}


class Violation(TypedDict):
    """What axe found: the rule, how bad it is, and where."""

    id: str
    impact: str
    help: str
    nodes: list[dict[str, object]]


def executable() -> str | None:
    """The path of this machine's Chromium: SANSHEN_CHROMIUM, else on the PATH."""
    chosen = os.environ.get("SANSHEN_CHROMIUM")
    return chosen or next(filter(None, map(shutil.which, NAMES)), None)


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    """The run's browser."""
    path = executable()
    if path is None:
        cannot_run("没有找到 Chromium：请安装 chromium 和 fonts-noto-cjk")
    with sync_playwright() as playwright:
        browser = _launched(playwright, path)
        yield browser
        browser.close()


def _launched(playwright: Playwright, path: str) -> Browser:
    try:
        return playwright.chromium.launch(executable_path=path, args=FLAGS)
    except PlaywrightError as error:
        cannot_run(f"Chromium 没有启动：{error.message.splitlines()[0]}")


@contextmanager
def watched_page(
    browser: Browser, width: int, height: int, *, scripts: bool = True
) -> Iterator[Page]:
    """A page of its own session (cookies), in Chinese, that may not leave here.

    Args:
        browser: the run's browser.
        width: of the window, in CSS pixels.
        height: of the window, in CSS pixels.
        scripts: whether the page's own scripts run.
    """
    context = browser.new_context(
        viewport={"width": width, "height": height},
        locale="zh-CN",
        timezone_id="Asia/Shanghai",
        java_script_enabled=scripts,
    )
    page = context.new_page()
    faults: list[str] = []
    page.on("request", lambda request: faults.extend(_elsewhere(request.url)))
    page.on("pageerror", lambda error: faults.append(f"page script: {error}"))
    try:
        yield page
    finally:
        context.close()
    if faults:
        raise AssertionError("\n".join(faults))


def _elsewhere(url: str) -> list[str]:
    return [] if urlsplit(url).hostname in HERE else [f"asked another host: {url}"]


@pytest.fixture
def page(chromium: Browser) -> Iterator[Page]:
    """A page as on an office screen, 1366 × 768."""
    with watched_page(chromium, 1366, 768) as page:
        yield page


@pytest.fixture
def phone(chromium: Browser) -> Iterator[Page]:
    """A page as on an inspector's phone, 390 × 844."""
    with watched_page(chromium, 390, 844) as page:
        yield page


@pytest.fixture
def another_page(chromium: Browser) -> Iterator[Callable[[], Page]]:
    """Opens one more office screen with its own session: a second person."""
    with ExitStack() as stack:
        yield lambda: stack.enter_context(watched_page(chromium, 1366, 768))


@pytest.fixture
def axe() -> Callable[[Page], list[Violation]]:
    """Runs axe-core on a page; returns what is wrong for people using aids."""

    def violations(page: Page) -> list[Violation]:
        return cast("list[Violation]", Axe().run(page).response["violations"])

    return violations
