"""The administrators' screens in a real browser, at a desk and on a phone."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Browser, Page

from config import Settings
from models.database import open_database
from tests.chromium import Violation
from tests.live import served, sign_in
from tests.small_town import build
from web.app import create_app

pytestmark = pytest.mark.browser
PAGES = {
    "sysadmin": ["/", "/people", "/people/new", "/people/1", "/posts", "/posts/1/fill"],
    "secadmin": ["/people/1", "/sections", "/absences", "/sessions", "/password"],
}


@pytest.fixture
def site(sqlite_url: str) -> Iterator[str]:
    """The small town, served."""
    database = open_database(sqlite_url)
    build(database)
    database.close()
    app = create_app(Settings(database_url=sqlite_url, secret_key="k" * 32))
    with served(app) as address:
        yield address
    app.extensions["database"].close()


@pytest.mark.parametrize("login", PAGES)
@pytest.mark.parametrize("screen", ["page", "phone"])
def test_every_page_fits_and_axe_finds_nothing(
    request: pytest.FixtureRequest,
    axe: Callable[[Page], list[Violation]],
    site: str,
    login: str,
    screen: str,
) -> None:
    """S-45 too: the fixture fails when one request leaves the house."""
    page: Page = request.getfixturevalue(screen)
    sign_in(page, site, login)
    for path in PAGES[login]:
        page.goto(site + path)
        assert axe(page) == [], path
        wide = "document.documentElement.scrollWidth <= innerWidth"
        assert page.evaluate(wide), path


def test_a_section_is_made_by_keyboard_without_scripts(
    chromium: Browser, site: str
) -> None:
    context = chromium.new_context(java_script_enabled=False)
    page = context.new_page()
    sign_in(page, site, "sysadmin")
    page.goto(f"{site}/sections/new")
    page.focus("#field-name")
    for words in ("文化服务", "culture", "工作动态"):
        page.keyboard.type(words)
        page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    page.wait_for_url(f"{site}/sections")
    assert "栏目“文化服务”已设立。" in page.inner_text("[role=status]")
    context.close()
