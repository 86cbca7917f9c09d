"""Whole journeys through the product in a real browser, each person in her own."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from dataclasses import dataclass

import pytest
from playwright.sync_api import Browser, FilePayload, Page

from config import Settings
from models.database import open_database
from models.inspections import CheckState
from tests import stories
from tests.chromium import watched_page
from tests.live import served
from tests.pictures import PNG
from tests.reviewing_town import build_at, stage, take_over
from tests.screens.town_with_boards import Boards, with_boards
from tests.small_town import MONDAY, PASSWORD, Clock
from web.app import create_app

pytestmark = pytest.mark.browser
TITLE = "示例镇召开春季农业生产工作会议"
BODY = "3月4日，示例镇召开春季农业生产工作会议。\n会议要求，抓好春耕备耕各项工作。"
MENDED = BODY.replace("3月4日", "3月5日")
REASON = "请与会议通知核对日期。"


@dataclass
class Office:
    """A town on a real socket, its clock, and a browser for each of its people."""

    site: str
    clock: Clock
    open_page: Callable[[], Page]

    def at(self, login: str) -> Page:
        """A browser of her own in which this person has signed in."""
        page = self.open_page()
        self.sign_in(page, login)
        return page

    def sign_in(self, page: Page, login: str) -> None:
        page.goto(f"{self.site}/login")
        page.fill("#field-login", login)
        page.fill("#field-password", PASSWORD)
        page.click("main button")
        page.wait_for_selector(".who-name")


@pytest.fixture
def town(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[str, Clock, str]]:
    """The small town with its regulation, served: address, clock, database."""
    path = tmp_path_factory.mktemp("journey") / "town.sqlite"
    build_at(path)
    url = f"sqlite:///{path.as_posix()}"
    app = create_app(Settings(database_url=url, secret_key="k" * 32))
    clock = Clock(MONDAY)
    app.config["CLOCK"] = clock
    with served(app) as site:
        yield site, clock, url
    app.extensions["database"].close()


@pytest.fixture
def office(town: tuple[str, Clock, str], chromium: Browser) -> Iterator[Office]:
    """Office screens with scripts."""
    with ExitStack() as stack:
        site, clock, _ = town
        opened = lambda: stack.enter_context(watched_page(chromium, 1366, 768))  # noqa: E731
        yield Office(site, clock, opened)


@pytest.fixture
def plain_office(town: tuple[str, Clock, str], chromium: Browser) -> Iterator[Office]:
    """Office screens on which no script runs."""
    with ExitStack() as stack:
        site, clock, _ = town

        def opened() -> Page:
            return stack.enter_context(watched_page(chromium, 1366, 768, scripts=False))

        yield Office(site, clock, opened)


def said(page: Page) -> str:
    """What the page says was done."""
    return page.inner_text(".flashes")


def answer_everything(page: Page) -> None:
    for answer in page.query_selector_all('.check input[value="yes"]'):
        answer.check()


def write(page: Page) -> None:
    """What a drafter fills in on the sheet."""
    page.fill("#field-title", TITLE)
    page.fill("#field-body", BODY)
    page.select_option("#field-section", "farming")
    page.check('[name=channels][value="website"]')


def hand_in(page: Page) -> None:
    """From the sheet through the drafter's own check to the desk."""
    page.click("text=保存并提交二审")
    assert page.inner_text("h1") == "一校自查，提交二审"
    answer_everything(page)
    page.click("main button:text-is('提交二审')")
    assert "现在由党政办主任 示例主任" in said(page)


def take_up(page: Page, site: str) -> None:
    """Open the one article that waits on her desk."""
    page.goto(f"{site}/tasks")
    page.click(f"main a:has-text('{TITLE}')")
    assert page.inner_text("h1") == TITLE


def agree(page: Page, opinion: str) -> None:
    answer_everything(page)
    page.fill("#field-opinion", opinion)
    page.click("button:text-is('同意')")
    assert f"已同意：《{TITLE}》" in said(page)


def send_back(page: Page) -> None:
    """One finding about three words, and the reason for all."""
    page.select_option("[name=finding-1-kind]", "fact")
    page.fill("[name=finding-1-note]", "日期与通知不符。")
    page.fill("#field-opinion", REASON)
    page.click("#return .buttons button")
    assert f"已退回：《{TITLE}》" in said(page)


def answer_and_hand_in_again(page: Page, site: str) -> None:
    page.goto(f"{site}/articles/1/edit")
    assert "1 条待答复" in page.inner_text("#sent-back")
    assert REASON in page.inner_text(".sent-back")
    page.check('.sent-back input[value="fixed"]')
    page.fill("#field-body", MENDED)
    hand_in(page)


def sees_what_changed(page: Page) -> None:
    """By default she sees the difference to what she decided on last."""
    assert "自您上次签字改动 1 处" in page.inner_text(".strip")
    assert page.locator(".diff-changed del").all_text_contents() == ["〔删〕3月4日"]
    assert page.locator(".diff-changed ins").all_text_contents() == ["〔增〕3月5日"]
    assert "已改正 示例拟稿" in page.inner_text(".findings")


def raise_and_agree(page: Page) -> None:
    page.fill("#field-opinion", "涉及群众切身利益。")
    page.click("text=更多…")
    page.click("button:text-is('提为重大事项')")
    assert f"已提为重大事项：《{TITLE}》" in said(page)
    assert "重大事项" in page.inner_text(".strip")
    agree(page, "请主要负责人审定。")


def publish(page: Page, site: str) -> None:
    take_up(page, site)
    page.click("button:text-is('发布')")
    assert f"已发布：《{TITLE}》" in said(page)


def everything_is_on_record(page: Page, site: str) -> None:
    page.goto(f"{site}/articles/1/timeline")
    story = page.inner_text(".story")
    for name in ("示例拟稿", "示例主任", "示例副镇长", "示例镇长", "示例发布"):
        assert name in story
    assert REASON in story
    assert story.index("退回") < story.index("提为重大事项") < story.index("审定")
    page.goto(f"{site}/articles/1/timeline?as=matrix")
    assert page.locator("tbody tr").count() == 2 + 1
    page.goto(f"{site}/articles/1/why")
    assert "由示例发布发布" in page.inner_text(".what")
    assert page.locator(".condition").count() == 4 + 1
    assert page.locator(".condition-met").count() == 4 + 1
    page.goto(f"{site}/articles/1/sheet")
    assert "请主要负责人审定。" in page.inner_text(".sheet")
    assert "示例镇长" in page.inner_text(".sheet")
    page.goto(f"{site}/ledger?words=春季农业")
    assert TITLE in page.inner_text("main tbody")
    assert "已发布" in page.inner_text("main tbody")


def the_rest_of_the_way(office: Office, drafter: Page, director: Page) -> None:
    """From the director's return to the public."""
    site = office.site
    office.clock.move(minutes=5)
    send_back(director)
    office.clock.move(minutes=5)
    answer_and_hand_in_again(drafter, site)
    office.clock.move(minutes=5)
    take_up(director, site)
    sees_what_changed(director)
    agree(director, "已改正，同意。")
    office.clock.move(minutes=5)
    deputy = office.at("deputy")
    take_up(deputy, site)
    raise_and_agree(deputy)
    office.clock.move(minutes=5)
    principal = office.at("principal")
    take_up(principal, site)
    agree(principal, "同意发布。")
    publish(office.at("publisher"), site)
    everything_is_on_record(drafter, site)


def test_an_article_from_draft_to_publication(office: Office) -> None:
    """Four people, and back once."""
    drafter = office.at("drafter")
    drafter.goto(f"{office.site}/articles/new")
    write(drafter)
    hand_in(drafter)
    director = office.at("director")
    take_up(director, office.site)
    choose_words(director, 0, 4)
    director.click("text=退回时指出")
    assert director.input_value("[name=finding-1-quote]") == "3月4日"
    the_rest_of_the_way(office, drafter, director)


def choose_words(page: Page, start: int, end: int) -> None:
    """Select some characters of the first paragraph, as with a mouse."""
    page.evaluate(
        """([start, end]) => {
            const words = document.querySelector('[data-text] p').firstChild;
            getSelection().setBaseAndExtent(words, start, words, end);
        }""",
        [start, end],
    )


def test_the_same_without_any_script(plain_office: Office) -> None:
    office = plain_office
    drafter = office.at("drafter")
    drafter.goto(f"{office.site}/articles/new")
    write(drafter)
    hand_in(drafter)
    director = office.at("director")
    take_up(director, office.site)
    director.click("text=退回…")
    director.fill("[name=finding-1-quote]", "3月4日")
    the_rest_of_the_way(office, drafter, director)


def test_nothing_typed_is_lost_by_a_reload_or_a_long_lunch(office: Office) -> None:
    page, site = office.at("drafter"), office.site
    page.goto(f"{site}/articles/new")
    write(page)
    kept_now(page)
    page.reload()
    assert page.input_value("#field-body") == BODY
    office.clock.move(minutes=31)
    page.fill("#field-body", MENDED)
    page.locator("#field-title").focus()
    page.get_by_text("登录已过期。文字还在本页").wait_for()
    page.click("button:text-is('保存草稿')")
    assert page.inner_text("h1") == "登录已过期"
    kept = page.locator("main textarea").all()
    assert MENDED in [one.input_value() for one in kept]
    office.sign_in(page, "drafter")
    page.goto(f"{site}/articles/new")
    assert "已恢复" in page.inner_text(".restored")
    assert page.input_value("#field-body") == BODY
    page.fill("#field-body", MENDED)
    page.click("button:text-is('保存草稿')")
    assert "已保存第1稿" in said(page)


def kept_now(page: Page) -> None:
    """Leave the field; the text is kept within the moment."""
    page.locator("#field-title").focus()
    page.locator("#field-body").focus()
    page.get_by_text("已自动保存").wait_for()


def test_the_slower_of_two_is_told_and_loses_nothing(
    office: Office, town: tuple[str, Clock, str]
) -> None:
    """S: two people on one task in two browsers."""
    database = open_database(town[2])
    with stage(database) as small:
        take_over(small, "office_director", "publisher")
        stories.submitted(small, section="farming", title=TITLE)
    database.close()
    office.clock.move(hours=1)
    faster, slower = office.at("director"), office.at("publisher")
    for page in (faster, slower):
        page.goto(f"{office.site}/articles/1")
    slower.fill("#field-opinion", "这句意见不能丢。")
    slower.click("text=退回…")
    slower.fill("[name=finding-1-note]", "这条问题也不能丢。")
    slower.select_option("[name=finding-1-kind]", "fact")
    agree(faster, "同意。")
    with slower.expect_response("**/send-back") as answered:
        slower.click("#return .buttons button")
    assert answered.value.status == 409
    assert "示例主任（党政办主任）已于3月4日" in slower.inner_text("#summary")
    fields = slower.locator("main textarea, main input:not([type=hidden])").all()
    values = [one.input_value() for one in fields]
    assert "这句意见不能丢。" in values
    assert "这条问题也不能丢。" in values


def tab_to(page: Page, selector: str, most: int = 80) -> None:
    """Press Tab until the focus stands there."""
    for _ in range(most):
        page.keyboard.press("Tab")
        if page.evaluate("s => document.activeElement.matches(s)", selector):
            return
    pytest.fail(f"Tab never comes to {selector}")


def test_the_review_screen_by_keyboard_alone(
    office: Office, town: tuple[str, Clock, str]
) -> None:
    database = open_database(town[2])
    with stage(database) as small:
        stories.submitted(small, section="farming", title=TITLE)
    database.close()
    office.clock.move(hours=1)
    page = office.at("director")
    page.goto(f"{office.site}/articles/1")
    names = [
        one.get_attribute("name")
        for one in page.query_selector_all('.check input[value="yes"]')
    ]
    for name in names:
        tab_to(page, f'[name="{name}"]')
        page.keyboard.press("Space")
    tab_to(page, "#field-opinion")
    page.keyboard.type("同意。")
    tab_to(page, "[data-sign]")
    page.keyboard.press("Enter")
    page.wait_for_selector(".flash")
    assert f"已同意：《{TITLE}》" in said(page)


@pytest.fixture
def boards(town: tuple[str, Clock, str]) -> Iterator[Boards]:
    app = create_app(Settings(database_url=town[2], secret_key="k" * 32))
    yield with_boards(app)
    app.extensions["database"].close()


def test_a_round_on_a_phone(
    phone: Page, town: tuple[str, Clock, str], boards: Boards
) -> None:
    """One touch when all is well; a fault with its photo; the grid shows both."""
    site, clock, _ = town
    Office(site, clock, lambda: phone).at("inspector")
    phone.goto(f"{site}/rounds")
    assert "本周未查 3 / 3" in phone.inner_text("h1")
    phone.click("main a:has-text('示例0村')")
    phone.click(".way >> nth=0")
    phone.click("button:text-is('全部正常')")
    assert "全部正常" in said(phone)
    phone.click("main a:has-text('示例1村')")
    phone.click(".way >> nth=0")
    phone.click("label:text-is('栏面脏污')")
    phone.fill("#field-note-dirty", "玻璃积灰")
    photo = FilePayload(name="公开栏.png", mimeType="image/png", buffer=PNG)
    phone.set_input_files("#field-photo-dirty", photo)
    phone.click("button:text-is('登记所选问题'):visible >> nth=-1")
    assert "1个问题待整改" in said(phone)
    assert [one.state for one in boards.checks()][:2] == [CheckState.DONE] * 2
    phone.goto(f"{site}/rounds/grid")
    marks = re.findall(r"[✓!○]", phone.inner_text(".grid-box tbody"))
    assert marks == ["✓", "!", "○"]


def test_the_annual_report_and_the_records_behind_a_figure(
    office: Office, town: tuple[str, Clock, str]
) -> None:
    database = open_database(town[2])
    with stage(database) as small:
        for _ in range(2):
            stories.published(small, section="farming", title=TITLE)
    database.close()
    office.clock.move(hours=1)
    page = office.at("registrar")
    page.goto(f"{office.site}/reports/annual?year=2024")
    assert "2024" in page.inner_text("h1")
    page.click("main a[href*='cell=published']")
    assert page.locator(f"main >> text={TITLE}").count() == 2
