"""Rounds, trail, report, requests and registers in a real browser."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Browser, Page

from config import Settings
from models.database import open_database
from models.inspections import CheckState
from tests.chromium import Violation
from tests.live import served, sign_in
from tests.screens.town_with_boards import Boards, with_boards
from tests.small_town import MONDAY, Clock, build
from web.app import create_app

pytestmark = pytest.mark.browser
CHECK = "/rounds/checks/1"
PAGES = {
    "inspector": ["/rounds", CHECK, "/rounds/faults", "/rounds/grid"],
    "registrar": [
        "/requests",
        "/requests/new",
        "/registers",
        "/registers/new",
        "/reports/annual",
        "/reports/annual/records?cell=published",
    ],
    "audadmin": ["/trail", "/trail?outcome=refused"],
    "secadmin": ["/trail"],
    "principal": ["/rounds", CHECK, "/requests", "/registers", "/trail"],
}


@pytest.fixture
def town(sqlite_url: str) -> Iterator[tuple[str, Boards]]:
    """The small town on its rounds, served; its address and its boards."""
    database = open_database(sqlite_url)
    build(database)
    database.close()
    app = create_app(Settings(database_url=sqlite_url, secret_key="k" * 32))
    app.config["CLOCK"] = Clock(MONDAY)
    boards = with_boards(app, villages=18)
    with served(app) as address:
        yield address, boards
    app.extensions["database"].close()


@pytest.mark.parametrize("login", PAGES)
@pytest.mark.parametrize("screen", ["page", "phone"])
def test_every_page_fits_and_axe_finds_nothing(
    request: pytest.FixtureRequest,
    axe: Callable[[Page], list[Violation]],
    town: tuple[str, Boards],
    login: str,
    screen: str,
) -> None:
    page: Page = request.getfixturevalue(screen)
    sign_in(page, town[0], login)
    for path in PAGES[login]:
        page.goto(town[0] + path)
        assert axe(page) == [], path
        wide = "document.documentElement.scrollWidth <= innerWidth"
        assert page.evaluate(wide), path


def test_a_check_is_two_touches_without_scripts(
    chromium: Browser, town: tuple[str, Boards]
) -> None:
    site, boards = town
    context = chromium.new_context(
        java_script_enabled=False, viewport={"width": 390, "height": 844}
    )
    page = context.new_page()
    sign_in(page, site, "inspector")
    page.goto(site + CHECK)
    page.click(".way >> nth=0")
    page.click(".all-well")
    page.wait_for_selector(".flash")
    assert "全部正常" in page.inner_text("[role=status]")
    assert boards.checks()[0].state is CheckState.DONE
    context.close()


def test_enter_in_a_field_never_says_that_all_is_well(
    phone: Page, town: tuple[str, Boards]
) -> None:
    site, boards = town
    sign_in(phone, site, "inspector")
    phone.goto(site + CHECK)
    phone.click(".way >> nth=0")
    phone.click("details.field > summary")
    phone.focus("#field-looked_at")
    phone.keyboard.press("Enter")
    phone.wait_for_selector(".summary")
    assert boards.checks()[0].state is CheckState.OPEN


def test_a_fault_opens_its_own_fields_and_no_other(
    phone: Page, town: tuple[str, Boards]
) -> None:
    sign_in(phone, town[0], "inspector")
    phone.goto(town[0] + CHECK)
    phone.click("text=栏面脏污")
    assert phone.is_visible("#field-note-dirty")
    assert not phone.is_visible("#field-note-empty")


def test_the_grid_scrolls_in_its_own_box_to_this_week(
    phone: Page, town: tuple[str, Boards]
) -> None:
    sign_in(phone, town[0], "inspector")
    phone.goto(town[0] + "/rounds/grid#now")
    assert phone.evaluate("document.querySelector('.grid-box').scrollLeft") > 0
    assert phone.evaluate("scrollX") == 0
