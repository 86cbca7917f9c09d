"""Findings where people see them: title, table, attachment; noted by mouse or key."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from config import Settings
from tests import reviewing_town
from tests.chromium import Violation, watched_page
from tests.live import served, sign_in
from tests.office_files import faulty_excel, faulty_word
from tests.small_town import MONDAY, Clock
from web.app import create_app, equip

pytestmark = pytest.mark.browser

TITLE = "示例镇召开己完成整改情况会议"
FAULTY = "\n".join(
    [
        "3月4日，示例镇召开春季农业生产工作会议。",
        "表1 各村己完成的户数",
        "村名\t户数\t备注",
        "石桥村\t3\t其它事项另行通知",
    ]
)
CLEAN = "\n".join(
    [
        "3月4日，示例镇召开春季农业生产工作会议。",
        "会议要求，抓好春耕备耕各项工作，春耕备耕不误农时。",
        "村名\t面积",
        "石桥村\t12亩",
    ]
)


@dataclass
class Place:
    """The town on a socket: one text full of faults, and one without."""

    site: str
    faulty: int
    clean: int

    def go(self, page: Page, login: str, address: str) -> None:
        """Sign in and open a page."""
        sign_in(page, self.site, login)
        page.goto(self.site + address)


@pytest.fixture
def place(tmp_path: Path) -> Iterator[Place]:
    path = tmp_path / "findings.sqlite"
    reviewing_town.build_at(path)
    url = f"sqlite:///{path.as_posix()}"
    app = create_app(Settings(database_url=url, secret_key="k" * 32))
    app.config["CLOCK"] = Clock(MONDAY.replace(hour=8))
    database = equip(app.extensions["database"])
    files = (faulty_word(), faulty_excel())
    faulty = reviewing_town.told(
        database, "drafted", title=TITLE, body=FAULTY, added=files
    )
    clean = reviewing_town.told(database, "submitted", body=CLEAN)
    with served(app) as site:
        yield Place(site, faulty, clean)
    app.extensions["database"].close()


def fits(page: Page) -> bool:
    wide = "document.documentElement.scrollWidth <= innerWidth"
    return bool(page.evaluate(wide))


def choose(page: Page, selector: str, start: int, end: int) -> None:
    """Choose characters of a paragraph or cell, as the mouse does."""
    page.evaluate(
        """([selector, start, end]) => {
            const words = document.querySelector(selector).firstChild;
            const range = document.createRange();
            range.setStart(words, start);
            range.setEnd(words, end);
            getSelection().removeAllRanges();
            getSelection().addRange(range);
        }""",
        [selector, start, end],
    )


@pytest.mark.parametrize("screen", ["page", "phone"])
def test_title_caption_and_cell_are_underlined_where_they_stand(
    request: pytest.FixtureRequest,
    place: Place,
    screen: str,
    axe: Callable[[Page], list[Violation]],
) -> None:
    page: Page = request.getfixturevalue(screen)
    for rest in ("", "/submit"):
        place.go(page, "drafter", f"/articles/{place.faulty}{rest}")
        title = "h1 mark" if not rest else ".text-title mark"
        expect(page.locator(title)).to_contain_text("己")
        expect(page.locator("p mark", has_text="己")).to_be_visible()
        expect(page.locator("td mark", has_text="其它")).to_have_count(1)
        assert fits(page)
        assert axe(page) == []


@pytest.mark.parametrize("screen", ["page", "phone"])
@pytest.mark.parametrize(
    ("name", "inside"), [("工作安排.docx", "li mark"), ("明细表.xlsx", "td mark")]
)
def test_the_list_leads_to_the_mark_in_the_attachment(
    request: pytest.FixtureRequest,
    place: Place,
    screen: str,
    name: str,
    inside: str,
    axe: Callable[[Page], list[Violation]],
) -> None:
    page: Page = request.getfixturevalue(screen)
    place.go(page, "drafter", f"/articles/{place.faulty}/submit")
    item = page.locator("[data-precheck] li", has_text=name).first
    item.locator("a").first.press("Enter")
    page.wait_for_url("**/files/*#mark-*")

    assert name in page.inner_text("h1")
    expect(page.locator(inside).first).to_be_in_viewport()
    assert "己" in page.locator(inside).first.inner_text()
    assert fits(page)
    assert axe(page) == []


def test_while_writing_the_words_are_chosen_in_their_field(
    place: Place, page: Page, axe: Callable[[Page], list[Violation]]
) -> None:
    place.go(page, "drafter", f"/articles/{place.faulty}/edit")
    assert axe(page) == []
    chosen = """name => {
        const field = document.querySelector(`[name=${name}]`);
        return field.value.slice(field.selectionStart, field.selectionEnd);
    }"""
    page.fill("[name=body]", f"写在前面的一段。\n{FAULTY}")
    page.click("[data-goto][data-part=body][data-quote*=其它]")
    assert "其它" in page.evaluate(chosen, "body")
    page.locator("[data-goto][data-part=title]").press("Enter")
    assert page.evaluate(chosen, "title") == "己"
    assert page.url.endswith("/edit")


def test_in_the_attachment_one_steps_and_keeps_by_keyboard(
    place: Place, page: Page
) -> None:
    place.go(page, "drafter", f"/articles/{place.faulty}")
    page.click("text=看文字 >> nth=1")
    expect(page.locator("[data-precheck-keys]")).to_be_visible()
    page.keyboard.press("j")
    page.keyboard.press("j")
    expect(page.locator(".finding-here")).to_contain_text("其它")
    page.keyboard.press("g")
    page.keyboard.type("引用原件的写法")
    page.get_by_role("button", name="保留", exact=True).click()
    page.wait_for_url("**/files/*#precheck")
    expect(page.locator("#precheck")).to_contain_text("引用原件的写法")


def test_words_chosen_by_mouse_are_noted_at_their_very_place(
    place: Place, page: Page
) -> None:
    place.go(page, "director", f"/articles/{place.clean}")
    second = page.locator("[data-text] p").nth(1)
    at = second.inner_text().rindex("春耕备耕")
    choose(page, "[data-text] p:nth-of-type(2)", at, at + 4)
    page.get_by_role("button", name="提意见", exact=True).click()
    assert page.input_value("#field-noted-quote") == "春耕备耕"
    assert page.input_value("#field-noted-which") == "2"
    page.select_option("#field-noted-kind", "wording")
    page.select_option("#field-noted-grade", "block")
    page.fill("#field-noted-note", "重复了，删一处")
    page.click("text=提出这条意见")

    expect(page.locator("#raised")).to_contain_text("答复以前不能签")
    marked = page.locator("[data-text] p mark")
    expect(marked).to_have_text("春耕备耕")
    assert second.inner_text().index("，春耕备耕") > 0
    before = "e => e.previousSibling.previousSibling.textContent.slice(-1)"
    assert marked.evaluate(before) == "，"
    expect(page.locator("[data-sign]")).to_be_disabled()


def test_words_are_chosen_and_noted_by_keyboard_alone(place: Place, page: Page) -> None:
    place.go(page, "director", f"/articles/{place.clean}")
    page.focus(".text[data-text]")
    for _ in range(6):  # from paragraph to paragraph, from cell to cell
        page.keyboard.press("ArrowDown")
    page.keyboard.press("Shift+ArrowRight")
    page.keyboard.press("Shift+ArrowRight")
    page.keyboard.press("Shift+ArrowDown")
    page.keyboard.press("Enter")
    assert page.input_value("#field-noted-quote") == "12亩"
    page.keyboard.press("f")
    page.select_option("#field-noted-kind", "fact")
    page.focus("#field-noted-note")
    page.keyboard.type("请核对面积")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(page.locator("td mark")).to_have_text("12亩")


def test_without_scripts_the_form_is_typed(chromium: Browser, place: Place) -> None:
    with watched_page(chromium, 1366, 768, scripts=False) as page:
        place.go(page, "director", f"/articles/{place.clean}")
        page.click("text=提意见（不退回）")
        page.select_option("#field-noted-kind", "wording")
        page.fill("#field-noted-quote", "春耕备耕")
        page.fill("#field-noted-note", "重复了")
        page.click("text=提出这条意见")
        expect(page.locator("#note")).to_contain_text("有2处")
        page.fill("#field-noted-which", "1")
        page.click("text=提出这条意见")
        expect(page.locator("#raised")).to_contain_text("重复了")


def test_the_drafter_answers_while_the_text_is_with_the_reviewer(
    place: Place,
    page: Page,
    another_page: Callable[[], Page],
    axe: Callable[[Page], list[Violation]],
) -> None:
    place.go(page, "director", f"/articles/{place.clean}")
    page.click("text=提意见（不退回）")
    page.select_option("#field-noted-kind", "fact")
    page.select_option("#field-noted-grade", "block")
    page.fill("#field-noted-note", "请核对会议日期")
    assert axe(page) == []
    page.click("text=提出这条意见")

    drafter = another_page()
    place.go(drafter, "drafter", f"/articles/{place.clean}")
    drafter.click("summary >> text=答复")
    assert axe(drafter) == []
    drafter.check("text=不采纳，理由：")
    drafter.fill("[name=reply]", "与会议通知一致")
    drafter.click("text=答复这一条")
    expect(drafter.locator("#raised")).to_contain_text("与会议通知一致")

    page.reload()
    for answer in page.query_selector_all('.check input[value="yes"]'):
        answer.check()
    expect(page.locator("[data-sign]")).to_be_enabled()
