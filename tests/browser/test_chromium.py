"""The browser of the tests draws Chinese, stays here, and axe looks at it."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Browser, Page

from tests.chromium import Violation, watched_page

pytestmark = pytest.mark.browser

DRAWN = """text => {
    const canvas = document.createElement('canvas');
    const pen = canvas.getContext('2d');
    pen.font = '32px sans-serif';
    pen.fillText(text, 0, 32);
    return canvas.toDataURL();
}"""


def test_chinese_is_drawn_and_not_as_boxes(page: Page) -> None:
    drawn = {page.evaluate(DRAWN, character) for character in "审校政务"}

    assert len(drawn) == 4


@pytest.mark.parametrize(("fixture", "width"), [("page", 1366), ("phone", 390)])
def test_the_window_is_as_wide_as_it_says(
    request: pytest.FixtureRequest, fixture: str, width: int
) -> None:
    assert request.getfixturevalue(fixture).evaluate("innerWidth") == width


def test_axe_finds_a_field_without_a_label(
    page: Page, axe: Callable[[Page], list[Violation]]
) -> None:
    page.set_content("<html lang=zh><title>示例</title><main><h1>示例</h1><input>")

    assert "label" in {violation["id"] for violation in axe(page)}


def test_axe_has_nothing_to_say_about_a_good_page(
    page: Page, axe: Callable[[Page], list[Violation]]
) -> None:
    page.set_content(
        "<html lang=zh><title>示例</title><main><h1>示例</h1>"
        "<label>标题<input></label></main>"
    )

    assert axe(page) == []


def test_a_page_that_asks_another_host_fails(chromium: Browser) -> None:
    with (
        pytest.raises(AssertionError, match=r"another host: http://example\.invalid"),
        watched_page(chromium, 800, 600) as page,
    ):
        page.set_content("<img src='http://example.invalid/picture.png'>")


def test_an_error_in_a_script_fails(chromium: Browser) -> None:
    with (
        pytest.raises(AssertionError, match=r"page script: .*broken"),
        watched_page(chromium, 800, 600) as page,
    ):
        page.set_content("<script>throw new Error('broken')</script>")


def test_two_people_do_not_share_a_session(
    page: Page, another_page: Callable[[], Page]
) -> None:
    assert another_page().context is not page.context
