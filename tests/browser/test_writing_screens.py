"""Writing in a real browser: kept while typing, cleaned when pasted, sound without."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from urllib.parse import quote_plus

import pytest
from playwright.sync_api import Browser, Page, Response

from config import Settings
from models.database import open_database
from tests.chromium import Violation
from tests.live import served, sign_in
from tests.screens.desks import Desks, settle
from tests.small_town import Clock
from tests.stories import at_principal, drafted, published, submitted
from tests.town import MORNING
from web.app import create_app

pytestmark = pytest.mark.browser
PAGES = {
    "drafter": ["/tasks", "/tasks?box=mine", "/articles/new", "/articles/1/edit"],
    "principal": ["/leader", "/ledger", "/ledger?words=没有"],
}
WORD = """
<html><head><style>p.MsoNormal {color:red}</style></head><body><!--StartFragment-->
<p class=MsoTitle>一、会议情况<o:p></o:p></p>
<p class=MsoNormal style='text-indent:21.0pt'>3月4日，示例镇召开
春耕会议，<del>九十人</del>共<b>58</b>人参加。<span style='display:none'>秘密</span>
<span class=MsoCommentReference><a class=msocomanchor href="#c1">[A1]</a></span></p>
<p class=MsoListParagraph><![if !supportLists]><span style='mso-list:Ignore'>1.<span>
&nbsp;&nbsp;&nbsp; </span></span><![endif]>备足种子</p>
<table><tr><td><p>品种</p></td><td><p>数量</p></td></tr>
<tr><td>早稻</td><td>36吨</td></tr></table>
<ol start=3><li>育秧</li><li>灌溉</li></ol><ul><li>巡查</li></ul>
<div style='mso-element:comment-list'><p class=MsoCommentText>此处不妥</p></div>
<!--EndFragment--></body></html>
"""
PLAIN = (
    "一、会议情况\n3月4日，示例镇召开春耕会议，共58人参加。\n1. 备足种子\n"
    "品种\t数量\n早稻\t36吨\n3. 育秧\n4. 灌溉\n· 巡查"
)
PASTE = """([field, html]) => {
    const data = new DataTransfer();
    data.setData("text/html", html);
    field.focus();
    field.dispatchEvent(new ClipboardEvent("paste",
        {clipboardData: data, bubbles: true, cancelable: true}));
}"""


@pytest.fixture
def site(sqlite_url: str) -> Iterator[str]:
    """The town, with one article at each of four places, served."""
    database = open_database(sqlite_url)
    agency, people = settle(database)
    database.close()
    app = create_app(Settings(database_url=sqlite_url, secret_key="k" * 32))
    desks = Desks(app, Clock(MORNING), agency, people)
    for story in (drafted, submitted, at_principal, published):
        desks.make(story)
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
    page: Page = request.getfixturevalue(screen)
    sign_in(page, site, login)
    for path in PAGES[login]:
        page.goto(site + path)
        assert axe(page) == [], path
        wide = "document.documentElement.scrollWidth <= innerWidth"
        assert page.evaluate(wide), path


def _keeps(words: str) -> Callable[[Response], bool]:
    """The answer to the autosave that carried these words."""
    sent = quote_plus(words)
    return lambda answer: (
        answer.url.endswith("/autosave") and sent in (answer.request.post_data or "")
    )


def test_what_is_typed_is_kept_and_found_after_a_reload(page: Page, site: str) -> None:
    sign_in(page, site, "drafter")
    page.goto(f"{site}/articles/new")
    page.fill("#field-title", "打了一半")
    page.fill("#field-body", "写到这里")
    page.locator("#field-title").focus()
    page.get_by_text("已自动保存").wait_for()
    assert page.inner_text("[data-count]") == "现有 4 字"
    with page.expect_response(_keeps("又写了一点")) as answered:
        page.fill("#field-body", "写到这里，又写了一点")
        page.locator("#field-title").focus()
    assert answered.value.ok
    page.reload()

    assert "已恢复" in page.inner_text(".restored")
    assert page.input_value("#field-body") == "写到这里，又写了一点"
    page.get_by_role("button", name="不要这份").click()
    assert page.input_value("#field-body") == ""


def test_a_window_left_behind_says_so_and_keeps_its_text(page: Page, site: str) -> None:
    sign_in(page, site, "drafter")
    page.goto(f"{site}/articles/1/edit")
    page.fill("#field-body", "第一个窗口")
    page.locator("#field-title").focus()
    page.get_by_text("已自动保存").wait_for()
    other = page.context.new_page()
    other.goto(f"{site}/articles/1/edit")
    other.fill("#field-body", "第二个窗口")
    other.locator("#field-title").focus()
    other.get_by_text("已自动保存").wait_for()
    page.bring_to_front()
    page.fill("#field-body", "第一个窗口又写")
    page.locator("#field-title").focus()

    page.get_by_text("另一个窗口里有更新的内容").wait_for()
    assert page.input_value("#field-body") == "第一个窗口又写"
    other.reload()
    assert other.input_value("#field-body") == "第二个窗口"


def test_what_comes_from_word_becomes_plain_text(page: Page, site: str) -> None:
    sign_in(page, site, "drafter")
    page.goto(f"{site}/articles/new")
    body = page.locator("#field-body").element_handle()
    page.evaluate(PASTE, [body, WORD])

    assert page.input_value("#field-body") == PLAIN
    page.keyboard.press("Control+z")
    assert page.input_value("#field-body") == ""


def test_an_article_is_handed_in_by_keyboard_without_scripts(
    chromium: Browser, site: str
) -> None:
    context = chromium.new_context(java_script_enabled=False)
    page = context.new_page()
    sign_in(page, site, "drafter")
    page.goto(f"{site}/articles/1/submit")
    for number in range(1, 6):
        page.focus(f"[name=check-C1-0{number}] >> nth=0")
        page.keyboard.press("Space")
    page.keyboard.press("Enter")
    page.wait_for_url(f"{site}/tasks")
    assert "已提交" in page.inner_text(".flash")
    context.close()
