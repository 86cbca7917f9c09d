"""Who comes in where, on the screens of the desk, of writing and of the ledger."""

from __future__ import annotations

import pytest
from flask import Flask
from werkzeug.routing import Rule

from tests import stories
from tests.screens.desks import Desks
from tests.web_client import Browserlike

# d drafter, r reviewer, p publisher, l leader, g registrar, a audit administrator
DOORS = """
GET  /tasks                             drpl
GET  /articles/new                      d
POST /articles/new                      d
GET  /articles/<int:article_id>/edit    drpl
POST /articles/<int:article_id>/edit    drpl
GET  /articles/<int:article_id>/submit  drpl
POST /articles/<int:article_id>/submit  drpl
POST /articles/preview                  drpl
POST /articles/copies/discard           drpl
POST /autosave                          drpl
GET  /attachments/<int:attachment_id>   drplga
GET  /ledger                            drplga
POST /ledger.xlsx                       drplga
GET  /leader                            l
"""
WHO = {
    "drafter": "d",
    "director": "r",
    "publisher": "p",
    "principal": "rl",
    "registrar": "g",
    "auditor": "a",
    "inspector": "",
}
OURS = {"tasks", "drafts", "attachments", "ledger", "leader"}


def doors() -> list[tuple[str, str, str]]:
    found = []
    for line in DOORS.strip().splitlines():
        method, rule, who = line.split()
        found.append((method, rule, who))
    return found


def address(rule: str) -> str:
    return rule.replace("<int:article_id>", "1").replace("<int:attachment_id>", "1")


def method_of(rule: Rule) -> str:
    return ((rule.methods or set()) - {"HEAD", "OPTIONS"}).pop()


def test_the_table_of_doors_names_every_route(app: Flask) -> None:
    found = {
        (method_of(rule), rule.rule)
        for rule in app.url_map.iter_rules()
        if rule.endpoint.partition(".")[0] in OURS
    }
    assert found == {(method, rule) for method, rule, _ in doors()}


@pytest.mark.parametrize("who", [*WHO, ""])
def test_everybody_enters_only_her_own_doors(desks: Desks, who: str) -> None:
    desks.make(stories.drafted)
    browser = desks.at(who) if who else Browserlike(desks.app)
    browser.get("/password" if who else "/login")
    for method, rule, open_to in doors():
        token = {"csrf_token": browser._token} if method == "POST" else None
        answer = browser.http.open(address(rule), method=method, data=token)
        kept_out = answer.status_code in (303, 401) and not who
        kept_out = kept_out or b"role-needed" in answer.data
        entered = bool(set(open_to) & set(WHO.get(who, "")))
        assert kept_out != entered, (who, method, rule, answer.status_code)


def test_every_post_wants_its_token_and_keeps_the_text(desks: Desks) -> None:
    browser = desks.at("drafter")
    for method, rule, _ in doors():
        if method == "POST":
            answer = browser.http.post(address(rule), data={"body": "写好的<b>字"})
            assert answer.status_code == 400, rule
            assert "写好的&lt;b&gt;字" in answer.text
