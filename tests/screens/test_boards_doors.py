"""Role × route for rounds, trail, report and registers (S-20, S-21)."""

from __future__ import annotations

import pytest
from flask import Flask

from models.people import Role
from tests.screens.town_with_boards import with_boards
from tests.small_town import CAST, PASSWORD
from tests.web_client import Browserlike

# each route and the roles that come in
DOORS = """
GET  /rounds                              inspector reviewer leader
GET  /rounds/grid                         inspector reviewer leader
GET  /rounds/days                         inspector reviewer leader
GET  /rounds/faults                       inspector reviewer leader
GET  /rounds/faults/<int:fault_id>        inspector reviewer leader
GET  /rounds/faults/<int:fault_id>/photo  inspector reviewer leader
POST /rounds/faults/<int:fault_id>/fixed  inspector
GET  /rounds/checks/<int:check_id>        inspector reviewer leader
POST /rounds/checks/<int:check_id>        inspector
GET  /registers                           registrar leader
GET  /registers/new                       registrar
POST /registers/new                       registrar
GET  /registers/<int:entry_id>            registrar leader
GET  /registers/<int:entry_id>/repeal     registrar
POST /registers/<int:entry_id>/repeal     registrar
GET  /registers/import                    registrar
POST /registers/import                    registrar
GET  /registers/sheet.xlsx                registrar
GET  /reports/annual                      registrar leader
GET  /reports/annual/records              registrar leader
GET  /reports/annual.json                 registrar leader
GET  /reports/annual/file                 registrar leader
GET  /trail                               aud sec leader
POST /trail/verify                        aud
POST /trail.xlsx                          aud
"""
SHORT = {"aud": Role.AUDIT_ADMINISTRATOR, "sec": Role.SECURITY_ADMINISTRATOR}
MINE = {"rounds", "registers", "reports", "trail"}


def doors() -> list[tuple[str, str, set[Role]]]:
    lines = [line.split() for line in DOORS.strip().splitlines()]
    return [
        (method, rule, {SHORT.get(one) or Role(one) for one in who})
        for method, rule, *who in lines
    ]


def address(rule: str) -> str:
    for name in ("fault_id", "check_id", "entry_id"):
        rule = rule.replace(f"<int:{name}>", "1")
    return rule


def entered(browser: Browserlike, method: str, path: str) -> bool:
    token = {"csrf_token": browser._token} if method == "POST" else None
    answer = browser.http.open(path, method=method, data=token)
    to_the_door = answer.status_code == 303 and "/login?" in (answer.location or "")
    refused = answer.status_code == 403 and "role-needed" in answer.text
    return not to_the_door and not refused and answer.status_code != 401


def test_the_table_names_every_route(app: Flask) -> None:
    found = {
        (method, rule.rule)
        for rule in app.url_map.iter_rules()
        for method in (rule.methods or set()) - {"HEAD", "OPTIONS"}
        if rule.endpoint.partition(".")[0] in MINE
    }
    assert found == {(method, rule) for method, rule, _ in doors()}


@pytest.mark.parametrize("login", [*CAST, ""])
def test_everybody_enters_only_her_own_doors(app: Flask, login: str) -> None:
    browser = Browserlike(app)
    browser.get("/login")
    if login:
        browser.sign_in(login, PASSWORD)
    role = CAST[login][1] if login else None
    for method, rule, who in doors():
        assert entered(browser, method, address(rule)) is (role in who), (method, rule)


def test_without_a_token_nothing_is_done(app: Flask) -> None:
    """S-41: every POST asks for the form's own token."""
    for login in ("inspector", "registrar", "audadmin"):
        browser = Browserlike(app)
        browser.sign_in(login, PASSWORD)
        for method, rule, who in doors():
            if method == "POST" and CAST[login][1] in who:
                assert browser.http.post(address(rule)).status_code == 400, rule


@pytest.mark.parametrize("login", ["inspector", "registrar", "principal", "audadmin"])
def test_every_page_is_well_made_in_both_languages(app: Flask, login: str) -> None:
    """Each placeholder of a sentence is there in English too."""
    with_boards(app)
    browser = Browserlike(app)
    browser.sign_in(login, PASSWORD)
    empty = ("photo", "fault_id", "entry_id")
    for language in ("zh", "en"):
        browser.http.set_cookie("language", language)
        for method, rule, who in doors():
            missing = any(word in rule for word in empty)
            if (
                method == "GET"
                and CAST[login][1] in who
                and "." not in rule
                and "file" not in rule
            ):
                query = "?cell=published" if "records" in rule else ""
                status = 404 if missing else 200
                browser.get(address(rule) + query, status=status)
