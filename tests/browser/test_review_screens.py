"""The review screens in a real browser: they fit, they read, scripts only help."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import timedelta

import pytest
from playwright.sync_api import Browser, Page

from config import Settings
from models.database import open_database
from tests import stories
from tests.chromium import Violation
from tests.live import served, sign_in
from tests.reviewing_town import equip, stage
from tests.small_town import MONDAY, Clock, build
from web.app import create_app
from workflow.articles import acts

pytestmark = pytest.mark.browser
PAGES = (
    "/articles/1",
    "/articles/1?view=text",
    "/articles/1?view=compare&layout=side",
    "/articles/2",
    "/articles/1/timeline",
    "/articles/1/timeline?as=matrix",
    "/articles/1/why",
    "/articles/2/sheet",
    "/rule",
)


@pytest.fixture
def site(sqlite_url: str) -> Iterator[str]:
    """One text that waits for the director a second time, and one published."""
    database = open_database(sqlite_url)
    build(database)
    equip(database)
    with stage(database) as town:
        article = stories.submitted(town, section="farming")
        stories.sent_back(town, article, "director")
        read = stories.revision_of(town, article)
        body = f"{stories.BODY.replace('3月4日', '3月5日')}\n村别\t面积"
        new = stories.written(section="farming", body=body)
        acts.revise(town.session, town.by("drafter"), article.id, read, new)
        stories.submit(town, article)
        stories.published(town, section="farming")
    database.close()
    app = create_app(Settings(database_url=sqlite_url, secret_key="k" * 32))
    app.config["CLOCK"] = Clock(MONDAY + timedelta(hours=8))
    with served(app) as address:
        yield address
    app.extensions["database"].close()


def answer_everything(page: Page) -> None:
    for answer in page.query_selector_all('.check input[value="yes"]'):
        answer.check()


@pytest.mark.parametrize("screen", ["page", "phone"])
@pytest.mark.parametrize("login", ["director", "publisher"])
def test_every_page_fits_and_axe_finds_nothing(
    request: pytest.FixtureRequest,
    axe: Callable[[Page], list[Violation]],
    site: str,
    screen: str,
    login: str,
) -> None:
    page: Page = request.getfixturevalue(screen)
    sign_in(page, site, login)
    for path in PAGES:
        page.goto(site + path)
        assert axe(page) == [], path
        wide = "document.documentElement.scrollWidth <= innerWidth"
        assert page.evaluate(wide), path


def test_approving_waits_for_the_checklist_and_says_so(site: str, page: Page) -> None:
    sign_in(page, site, "director")
    page.goto(f"{site}/articles/1")
    assert page.is_disabled("[data-sign]")
    assert "清单还有 6 项没答" in page.inner_text("[data-missing]")
    answer_everything(page)
    assert page.is_enabled("[data-sign]")
    page.check('.check input[value="no"]')
    assert page.is_disabled("[data-sign]")
    assert "1 项答为“否”" in page.inner_text("[data-missing]")


def test_words_chosen_in_the_text_become_a_finding(site: str, page: Page) -> None:
    sign_in(page, site, "director")
    page.goto(f"{site}/articles/1?view=text")
    page.evaluate(
        """() => {
            const words = document.querySelector('[data-text] p').firstChild;
            const range = document.createRange();
            range.setStart(words, 5);
            range.setEnd(words, 8);
            getSelection().removeAllRanges();
            getSelection().addRange(range);
        }"""
    )
    page.click("text=退回时指出")
    assert page.input_value("[name=finding-1-quote]") == "示例镇"
    assert page.is_visible("#return-to")


def test_a_phrase_goes_into_the_opinion_by_a_click_only(site: str, page: Page) -> None:
    sign_in(page, site, "director")
    page.goto(f"{site}/phrases")
    page.fill("#field-words", "请按程序办理。")
    page.click("text=保存")
    page.goto(f"{site}/articles/1")
    assert page.input_value("#field-opinion") == ""

    page.fill("#field-opinion", "同意，")
    page.press("#field-opinion", "End")
    page.click("[data-phrase]")

    assert page.input_value("#field-opinion") == "同意，请按程序办理。"
    assert page.url == f"{site}/articles/1"


def test_enter_in_a_line_decides_nothing(site: str, page: Page) -> None:
    sign_in(page, site, "director")
    page.goto(f"{site}/articles/1")
    answer_everything(page)
    page.click("text=退回…")
    page.fill("[name=finding-1-note]", "请核对")
    page.keyboard.press("Enter")
    page.wait_for_timeout(200)
    assert page.url == f"{site}/articles/1"
    assert page.input_value("[name=finding-1-note]") == "请核对"


def test_without_scripts_one_reads_returns_and_signs(
    chromium: Browser, site: str
) -> None:
    context = chromium.new_context(java_script_enabled=False)
    page = context.new_page()
    sign_in(page, site, "director")
    page.goto(f"{site}/articles/1")
    page.click("text=退回…")
    assert page.is_visible("[name=finding-1-note]")
    page.fill("#field-opinion", "请再核对日期。")
    page.click("#return .buttons button")
    assert "已退回" in page.inner_text("[role=status]")
    context.close()
