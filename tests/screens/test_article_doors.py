"""Who may enter the screens of one article and of the rule: every role, every route."""

from __future__ import annotations

import pytest
from flask import Flask

from models.people import Role
from tests.small_town import CAST, PASSWORD
from tests.web_client import Browserlike

AT_WORK = {Role.DRAFTER, Role.REVIEWER, Role.PUBLISHER, Role.LEADER}
EVERYBODY = set(Role)
OTHERS = "hold, resume, raise, lower, recall, reject, withdraw"
DOORS = {
    ("GET", "/articles/<int:article_id>"): AT_WORK,
    ("POST", "/articles/<int:article_id>/sign"): AT_WORK,
    ("POST", "/articles/<int:article_id>/send-back"): AT_WORK,
    ("POST", "/articles/<int:article_id>/publish"): AT_WORK,
    ("POST", "/articles/<int:article_id>/object"): AT_WORK,
    ("POST", "/articles/<int:article_id>/doubt"): AT_WORK,
    ("POST", f"/articles/<int:article_id>/<any({OTHERS}):what>"): AT_WORK,
    ("GET", "/articles/<int:article_id>/timeline"): AT_WORK,
    ("GET", "/articles/<int:article_id>/ladder"): AT_WORK,
    ("GET", "/articles/<int:article_id>/why"): AT_WORK,
    ("GET", "/articles/<int:article_id>/sheet"): AT_WORK,
    ("GET", "/rule"): EVERYBODY,
    ("GET", "/rule/<int:definition_id>"): EVERYBODY,
}


def address(rule: str) -> str:
    plain = rule.replace(f"<any({OTHERS}):what>", "hold")
    return plain.replace("<int:article_id>", "1").replace("<int:definition_id>", "1")


def test_the_table_names_every_route(app: Flask) -> None:
    found = {
        (method, rule.rule)
        for rule in app.url_map.iter_rules()
        if rule.endpoint.partition(".")[0] in ("articles", "timeline", "rule")
        for method in (rule.methods or set()) - {"HEAD", "OPTIONS"}
    }
    assert found == set(DOORS)


@pytest.mark.parametrize("login", CAST)
def test_everybody_enters_only_her_own_doors(app: Flask, login: str) -> None:
    """S-21: who is let in may still find nothing there; who is not, reads why."""
    browser = Browserlike(app)
    browser.sign_in(login, PASSWORD)
    for (method, rule), roles in DOORS.items():
        sent = {"csrf_token": browser._token} if method == "POST" else None
        answer = browser.http.open(address(rule), method=method, data=sent)
        entered = "role-needed" not in answer.text
        assert entered == (CAST[login][1] in roles), (method, rule)


def test_who_is_not_signed_in_enters_nowhere(app: Flask) -> None:
    browser = Browserlike(app)
    browser.get("/login")
    sent = {"csrf_token": browser._token}
    for method, rule in DOORS:
        data = sent if method == "POST" else None
        answer = browser.http.open(address(rule), method=method, data=data)
        assert answer.status_code == (401 if method == "POST" else 303), rule
