"""Every screen at a desk and on a phone: it fits, axe finds nothing, one heading."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Page

from tests.chromium import Violation
from tests.furnished_town import ROLES
from tests.live import served
from tests.screens.doors import address, admitted, doors, rules
from tests.screens.house import COOKIE, House

pytestmark = pytest.mark.browser
FILES = {
    "api.document",
    "letters.template_file",
    "attachments.one",
    "rounds.photo",
    "faults.picture",
    "trainings.material",
    "entries.kit",
    "phone.worker",
    "phone.who",
    "phone.boards",
    "labels.picture",
    "bulletins.as_word",
    "bulletins.as_pdf",
    "reports.download",
    "reports.file",
    "registers.sheet",
    "front.healthz",
    "front.readyz",
}
FITS = "document.documentElement.scrollWidth <= innerWidth"
# the same routes in other states, by who sees them
MORE = {
    "director": (
        "/articles/{submitted}",
        "/articles/{again}",
        "/articles/{again}?view=compare&layout=side",
        "/articles/{again}/timeline?as=matrix",
        "/articles/{drafted}/edit",
        "/tasks?box=done",
        "/no-such-page",
    ),
    "drafter": (
        "/articles/{returned}",
        "/articles/{returned}/edit",
        "/articles/{drafted}/submit",
        "/tasks?box=mine",
        "/ledger?words=没有这样的",
    ),
    "deputy": ("/articles/{at_deputy}",),
    "principal": ("/articles/{at_principal}", "/articles/{at_principal}/why"),
    "publisher": ("/articles/{cleared}", "/articles/{published}/sheet"),
    "inspector": ("/rounds/checks/{done}",),
    "audadmin": ("/trail?outcome=refused",),
}
Axe = Callable[[Page], list[Violation]]


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[str, House]]:
    house = House(tmp_path_factory.mktemp("screens"))
    with served(house.app) as where:
        yield where, house
    house.database.close()


def enter(page: Page, site: tuple[str, House], login: str) -> None:
    """With the cookie of somebody who has signed in."""
    where, house = site
    value = house.cookie(login)
    page.context.add_cookies([{"name": COOKIE, "value": value, "url": where}])


def addresses(house: House, login: str) -> list[str]:
    """Every page this person may open."""
    found = [
        address(house, rule)
        for rule in rules(house)
        if rule.endpoint not in FILES
        and doors()[rule.endpoint][0] == "GET"
        and admitted(doors()[rule.endpoint][1], login)
    ]
    more = [path.format(**house.ids.mine) for path in MORE.get(login, ())]
    return [*found, *more]


@pytest.mark.parametrize("screen", ["page", "phone"])
@pytest.mark.parametrize("login", [*ROLES, ""])
def test_every_page_fits_and_axe_finds_nothing(
    request: pytest.FixtureRequest,
    axe: Axe,
    site: tuple[str, House],
    login: str,
    screen: str,
) -> None:
    """The fixture fails when one request leaves the house."""
    page: Page = request.getfixturevalue(screen)
    looked_at = _looked_at(site[1], login)
    if login:
        enter(page, site, login)
    faults = []
    for path in addresses(site[1], login):
        page.goto(site[0] + path)
        if not page.evaluate(FITS):
            faults.append(f"{path}: wider than the window")
        if page.locator("h1").count() != 1:
            faults.append(f"{path}: h1")
        if path not in looked_at:
            faults += [f"{path}: {one['id']} {one['help']}" for one in axe(page)]
    assert faults == []


def _looked_at(house: House, login: str) -> set[str]:
    """Pages that axe sees with somebody before her in the cast (it takes its time)."""
    everybody = [*ROLES, ""]
    before = everybody[: everybody.index(login)]
    return {path for one in before for path in addresses(house, one)}
