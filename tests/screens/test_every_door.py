"""Every role at every route with every method, from one table (S-20, S-21, S-44)."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from sqlalchemy import select

from models.people import Account, Role
from tests.furnished_town import NEIGHBOUR, ROLES
from tests.screens.doors import LETTERS, address, admitted, doors, rules
from tests.screens.every_form import FORMS
from tests.screens.form import Form, filled, name_of, placed
from tests.screens.house import House
from tests.small_town import PASSWORD
from tests.web_client import Browserlike
from workflow.occasion import Occasion
from workflow.people import acts

ADMINISTRATORS = {ROLES[login] for login in ("sysadmin", "secadmin", "audadmin")}
METHODS = ("GET", "POST", "PUT", "DELETE", "PATCH")
# a session is found by its mark, not by an id
OWN_ONLY = {"access.end"}
# what hangs in the street: anybody may open it, of whatever agency
IN_THE_STREET = {"public.board", "public.report", "public.state", "public.find"}
NOT_OF_ONE_AGENCY = OWN_ONLY | IN_THE_STREET


@pytest.fixture(scope="module")
def house(tmp_path_factory: pytest.TempPathFactory) -> Iterator[House]:
    house = House(tmp_path_factory.mktemp("doors"))
    yield house
    house.database.close()


@pytest.fixture(autouse=True)
def _fresh(house: House) -> None:
    house.fresh()


def test_the_table_names_every_route_and_its_method(house: House) -> None:
    """A new route fails here until somebody has decided who comes in."""
    found = {
        r.endpoint: ((r.methods or set()) - {"HEAD", "OPTIONS"}) for r in rules(house)
    }
    assert found == {name: {method} for name, (method, _) in doors().items()}


@pytest.mark.parametrize("login", [*ROLES, ""])
def test_every_role_at_every_route_with_every_method(house: House, login: str) -> None:
    browser = house.at(login)
    table, taken = doors(), [str(rule) for rule in rules(house)]
    for rule in rules(house):
        for method in METHODS:
            known, who = table[rule.endpoint]
            sent = {"csrf_token": browser._token} if method == "POST" else None
            path = address(house, rule)
            answer = browser.http.open(path, method=method, data=sent)
            case = (login, method, path, answer.status_code)
            if method == known:
                page = answer.get_data().decode("utf-8", "replace")
                _look(answer.status_code, page, admitted(who, login), case)
                _at_the_door(login, who, method, answer.status_code)
            elif taken.count(str(rule)) == 1:
                assert answer.status_code == 405, case


def _look(status: int, page: str, may: bool, case: object) -> None:
    assert status < 500, case
    if not may:
        assert status in (303, 401, 403), case
    if status == 403:
        assert ("role-needed" in page) is not may, case


def _at_the_door(login: str, who: str, method: str, status: int) -> None:
    if not login and who != "all":
        assert status == (303 if method == "GET" else 401)


@pytest.mark.parametrize("login", ROLES)
def test_reading_changes_nothing(house: House, login: str) -> None:
    """Only a refused attempt may leave its entry in the trail (S-44).

    And whoever may act on a text and opens it is said to be looking at it.
    """
    browser = house.at(login)
    told = ("audit_entries", "audit_chains", "claims", "openings")
    before, entries = house.rows(*told), house.rows()["audit_entries"]
    for rule in rules(house):
        method, who = doors()[rule.endpoint]
        if method == "GET" and admitted(who, login):
            answer = browser.http.get(address(house, rule))
            assert answer.status_code in (200, 303, 403, 409), rule
    assert house.rows(*told) == before
    new = set(house.rows()["audit_entries"]) - set(entries)
    assert all("'refused'" in entry for entry in new)


@pytest.mark.parametrize("login", ROLES)
def test_a_neighbours_row_is_not_there(house: House, login: str) -> None:
    """404 for each page with an id in its address, and not a word of the row."""
    browser = house.at(login)
    for rule in rules(house):
        method, who = doors()[rule.endpoint]
        if rule.endpoint in IN_THE_STREET:
            continue
        if method == "GET" and rule.arguments and admitted(who, login):
            answer = browser.http.get(address(house, rule, theirs=True))
            assert answer.status_code == 404, (rule, answer.status_code)
            assert NEIGHBOUR not in answer.text


@pytest.mark.parametrize(
    "form",
    [
        f
        for f in FORMS
        if "{" in f.address and f.endpoint not in OWN_ONLY | IN_THE_STREET
    ],
    ids=name_of,
)
def test_a_neighbours_row_is_not_changed(house: House, form: Form) -> None:
    browser = house.at(form.login)
    sent = filled(house, browser, form)
    told = ("audit_entries", "audit_chains")
    before = house.rows(*told)
    browser.post(placed(house, form.address, theirs=True), sent, status=404)
    assert house.rows(*told) == before


def test_a_colleagues_session_is_not_ended(house: House) -> None:
    browser = house.at("drafter")
    browser.get("/sessions")
    mark = house.marks["director"]
    browser.post(f"/sessions/{mark}/end", status=403)
    assert house.at("director").get("/sessions").h1 == ["我的登录"]


@pytest.mark.parametrize("login", [name for name in LETTERS if LETTERS[name]])
def test_a_role_taken_away_closes_its_doors_at_once(house: House, login: str) -> None:
    """Her session ends; signed in again, she is told which role it takes (S-26)."""
    browser = house.at(login)
    mine = [
        (method, next(r for r in rules(house) if r.endpoint == endpoint))
        for endpoint, (method, who) in doors().items()
        if who not in ("all", "in") and admitted(who, login)
    ]
    _take(house, login)
    shut = {"GET": 303, "POST": 401}
    for method, rule in mine:
        assert _tried(browser, method, address(house, rule))[0] == shut[method], rule
    browser.sign_in(login, PASSWORD)
    for method, rule in mine:
        assert _tried(browser, method, address(house, rule)) == (403, True), rule


def _tried(browser: Browserlike, method: str, path: str) -> tuple[int, bool]:
    """The status, and whether the page says which role it takes."""
    sent = {"csrf_token": browser._token} if method == "POST" else None
    answer = browser.http.open(path, method=method, data=sent)
    return answer.status_code, "role-needed" in answer.text


def _take(house: House, login: str) -> None:
    """She stays a reader; the last of its kind goes when there is another."""
    with house.database.writing.begin() as session:
        ids = {a.login: a.person_id for a in session.scalars(select(Account))}
        security = Occasion(1, ids["secadmin"], house.clock.at, f"take-{login}")
        role, deputy = ROLES[login], ids["reader"]
        if role in ADMINISTRATORS:
            acts.take_role(session, security.under("free"), deputy, Role.READER)
            acts.grant_role(session, security.under("another"), deputy, role)
        by = deputy if login == "secadmin" else ids["secadmin"]
        taken = Occasion(1, by, house.clock.at, f"take-{login}")
        acts.take_role(session, taken, ids[login], role)
        acts.grant_role(session, taken.under("reader"), ids[login], Role.READER)
