"""The machine interface: a whole life of an article, and every way of being refused."""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator
from typing import Any

import pytest
from sqlalchemy import select
from werkzeug.test import TestResponse

from models.people import Account
from tests.furnished_town import ROLES
from tests.screens.doors import LETTERS
from tests.screens.house import House
from web.api.description import openapi
from web.api.doors import DOORS
from web.app import equip
from workflow.articles import cases
from workflow.audit.questions import verify
from workflow.errors import NotPermitted
from workflow.occasion import Occasion
from workflow.people import tokens
from workflow.people.tokens import NewToken

NUMBERS = itertools.count()
WRITTEN = {
    "title": "示例镇召开防汛会议",
    "body": "3月4日，示例镇召开防汛工作会议。",
    "section": "farming",
    "channels": ["website"],
    "attributes": {"importance": "ordinary"},
}
IDLE = [n for n in ROLES if not LETTERS[n] or LETTERS[n] not in "drpl"]


@pytest.fixture(scope="module")
def house(tmp_path_factory: pytest.TempPathFactory) -> Iterator[House]:
    house = House(tmp_path_factory.mktemp("api"))
    yield house
    house.database.close()


@pytest.fixture(autouse=True)
def _fresh(house: House) -> None:
    house.fresh()


class Program:
    """A program that carries one person's key, and no cookie."""

    def __init__(self, house: House, login: str) -> None:
        self.house, self.http = house, house.app.test_client(use_cookies=False)
        self.key = a_key(house, login)

    def call(
        self, method: str, path: str, sent: object = None, operation: str = ""
    ) -> TestResponse:
        """Another operation id each time, unless one is given."""
        headers = {
            "Authorization": f"Bearer {self.key}",
            "X-Operation-Id": operation or f"program-{next(NUMBERS)}",
        }
        return self.http.open(
            f"/api/v1{path}", method=method, json=sent, headers=headers
        )

    def get(self, path: str) -> Any:
        answer = self.call("GET", path)
        assert answer.status_code == 200, answer.text
        return answer.get_json()

    def act(self, path: str, sent: object, method: str = "POST") -> Any:
        self.house.clock.move(minutes=5)
        answer = self.call(method, path, sent)
        assert answer.status_code in (200, 201), answer.text
        return answer.get_json()

    def agree(self, seen: Any, what: str = "sign") -> Any:
        lines = {line["id"]: "yes" for line in seen["checklist"]}
        sent = {"revision": seen["revision"], "checklist": lines}
        return self.act(f"/articles/{seen['id']}/{what}", sent)


def a_key(house: House, login: str) -> str:
    with house.database.writing.begin() as session:
        account = session.scalars(select(Account).where(Account.login == login)).one()
        number = next(NUMBERS)
        by = Occasion(1, account.person_id, house.clock.at, f"key-{number}")
        return tokens.make(session, by, NewToken("示例程序", 30))


def refused(answer: TestResponse, status: int) -> Any:
    """A problem document with a Chinese sentence and nothing of a page."""
    assert answer.status_code == status, answer.text
    assert answer.mimetype == "application/problem+json"
    said = answer.get_json()
    assert said["status"] == status
    assert re.search("[\u4e00-\u9fff]{4}.*。", said["detail"])
    return said


def test_from_draft_to_the_public_over_the_wire(house: House) -> None:
    drafter = Program(house, "drafter")
    seen = drafter.act("/articles", WRITTEN)
    assert seen["state"] == "drafting"
    assert {"revise", "submit"} <= set(seen["may"])
    changed = {
        **WRITTEN,
        "title": "示例镇召开防汛工作会议",
        "revision": seen["revision"],
    }
    seen = drafter.act(f"/articles/{seen['id']}", changed, "PUT")
    assert seen["revision_number"] == 2
    checklist = first_checklist(house)
    seen = drafter.agree({**seen, "checklist": checklist}, "submit")
    for login in ("director", "deputy"):
        program = Program(house, login)
        assert [seen["id"]] == [
            line["id"]
            for line in program.get("/tasks")["items"]
            if line["id"] == seen["id"]
        ]
        seen = program.agree(program.get(f"/articles/{seen['id']}"))
    publisher = Program(house, "publisher")
    seen = publisher.act(
        f"/articles/{seen['id']}/publish", {"revision": seen["revision"]}
    )
    assert seen["state"] == "published"
    assert [line["stands"] for line in seen["signatures"][:3]] == [True] * 3
    with house.database.reading() as session:
        assert verify(session).ok


def first_checklist(house: House) -> list[dict[str, str]]:
    """The lines of the drafter's own check, from an article that stands there."""
    with house.database.reading() as session:
        case = cases.load(session, 1, house.ids.mine["drafted"])
        return [{"id": item.id} for item in case.plan.first.stage.checklist]


def test_the_same_operation_again_gives_the_same_answer(house: House) -> None:
    drafter = Program(house, "drafter")
    first = drafter.call("POST", "/articles", WRITTEN, "once").get_json()
    again = drafter.call("POST", "/articles", WRITTEN, "once").get_json()
    assert (first["id"], first["digest"]) == (again["id"], again["digest"])
    other = {**WRITTEN, "title": "另一篇"}
    refused(drafter.call("POST", "/articles", other, "once"), 409)


def test_without_an_operation_id_nothing_is_done(house: House) -> None:
    drafter = Program(house, "drafter")
    headers = {"Authorization": f"Bearer {drafter.key}"}
    before = house.rows()
    answer = drafter.http.post("/api/v1/articles", json=WRITTEN, headers=headers)
    said = refused(answer, 422)
    assert "operation" in said["fields"]
    assert house.rows() == before


@pytest.mark.parametrize("login", ["drafter", "deputy", "principal", "publisher"])
def test_the_same_rule_is_refused_with_its_helper(house: House, login: str) -> None:
    """Whoever is not the director is told which rule, as on the screen."""
    program = Program(house, login)
    id_ = house.ids.mine["submitted"]
    seen = program.get(f"/articles/{id_}")
    sent = {"revision": seen["revision"], "checklist": {}}
    said = refused(program.call("POST", f"/articles/{id_}/sign", sent), 403)
    assert said["rule"]
    assert said["help_from"]


def test_a_stale_revision_is_told(house: House) -> None:
    director = Program(house, "director")
    seen = director.get(f"/articles/{house.ids.mine['submitted']}")
    old = {"revision": seen["revision"] - 1, "reason": "待核实"}
    refused(director.call("POST", f"/articles/{seen['id']}/hold", old), 409)


def test_unpublished_is_not_let_out(house: House) -> None:
    publisher = Program(house, "publisher")
    seen = publisher.get(f"/articles/{house.ids.mine['submitted']}")
    sent = {"revision": seen["revision"]}
    said = refused(publisher.call("POST", f"/articles/{seen['id']}/publish", sent), 409)
    assert said["rule"]


@pytest.mark.parametrize(
    ("sent", "status"),
    [
        ({**WRITTEN, "state": "published"}, 422),
        ({**WRITTEN, "title": 3}, 422),
        ({"title": "只有标题"}, 422),
        ([], 422),
        ({**WRITTEN, "section": "nowhere"}, 422),
        ({**WRITTEN, "title": "", "channels": ["moon"]}, 422),
    ],
)
def test_what_does_not_fit_is_refused(house: House, sent: object, status: int) -> None:
    program = Program(house, "drafter")
    before = house.rows()
    refused(program.call("POST", "/articles", sent), status)
    assert house.rows() == before


def test_no_json_is_refused(house: House) -> None:
    program = Program(house, "drafter")
    headers = {"Authorization": f"Bearer {program.key}", "X-Operation-Id": "x"}
    answer = program.http.post("/api/v1/articles", data=b"{", headers=headers)
    assert refused(answer, 422)["rule"] == "json"


def test_a_neighbours_article_is_not_there(house: House) -> None:
    program = Program(house, "director")
    theirs = house.ids.neighbours["submitted"]
    refused(program.call("GET", f"/articles/{theirs}"), 404)
    sent = {"revision": 1, "reason": "待核实"}
    refused(program.call("POST", f"/articles/{theirs}/hold", sent), 404)


def addresses() -> list[tuple[str, str]]:
    return [(door.method, re.sub(r"<.*?>", "1", door.path)) for door in DOORS.values()]


@pytest.mark.parametrize(("method", "path"), addresses())
def test_without_a_key_nobody_comes_in(house: House, method: str, path: str) -> None:
    """A cookie of the screens opens nothing here, so no page can be made to call."""
    anyone = house.app.test_client(use_cookies=False)
    refused(anyone.open(f"/api/v1{path}", method=method), 401)
    signed_in = house.at("drafter").http
    refused(signed_in.open(f"/api/v1{path}", method=method), 401)


@pytest.mark.parametrize("method", ["GET", "POST", "PUT", "PATCH", "DELETE"])
def test_another_method_is_refused(house: House, method: str) -> None:
    program = Program(house, "drafter")
    for path in {path for _, path in addresses()}:
        if (method, path) not in addresses():
            assert program.call(method, path).status_code == 405, path


@pytest.mark.parametrize("login", IDLE)
def test_who_handles_no_texts_has_no_key(house: House, login: str) -> None:
    with pytest.raises(NotPermitted):
        a_key(house, login)


def test_an_ended_key_opens_nothing(house: House) -> None:
    program = Program(house, "drafter")
    browser = house.at("drafter")
    made = [r.id for r in _keys(house, "drafter")]
    browser.get("/tokens")
    browser.post(f"/tokens/{made[-1]}/end")
    refused(program.call("GET", "/me"), 401)


def _keys(house: House, login: str) -> list[Any]:
    with house.database.reading() as session:
        account = session.scalars(select(Account).where(Account.login == login)).one()
        by = Occasion(1, account.person_id, house.clock.at, "keys")
        return list(tokens.mine(session, by))


def test_a_key_ends_with_its_day(house: House) -> None:
    program = Program(house, "drafter")
    assert program.get("/me")["name"].startswith("示例")
    house.clock.move(days=30)
    refused(program.call("GET", "/me"), 401)


def test_a_key_is_shown_once(house: House) -> None:
    browser = house.at("drafter")
    page = browser.get("/tokens")
    assert "只显示这一次" not in page.text
    page = browser.post("/tokens", {"name": "另一个程序", "days": "7"}, status=200)
    shown = re.search(r"[A-Za-z0-9_-]{43}", page.text)
    assert shown
    assert shown.group() not in browser.get("/tokens").text
    program = Program(house, "drafter")
    program.key = shown.group()
    assert program.get("/me")["roles"] == ["drafter"]


def test_the_ledger_is_paged(house: House) -> None:
    program = Program(house, "drafter")
    rows = program.get("/articles?words=示例")["items"]
    assert [row["id"] for row in rows] == sorted((r["id"] for r in rows), reverse=True)
    after = rows[0]["id"]
    assert program.get(f"/articles?words=示例&after={after}")["items"] == rows[1:]


def test_a_text_is_read_by_the_machine_and_nothing_is_kept(house: House) -> None:
    equip(house.database)
    program = Program(house, "drafter")
    before = house.rows()
    text = "截止2024年3月4日，共办结18件。我镇己完成整改。"
    read = program.act("/proofread", {"text": text})
    assert read["chars"] == len(text)
    by_rule = {one["rule"]: one for one in read["findings"]}
    found = by_rule["T15"]
    assert text[found["start"] : found["end"]] == found["text"]
    assert (found["severity"], by_rule["T07"]["severity"]) == ("block", "warn")
    third = program.act("/proofread", {"text": text, "level": 3})
    assert "T07" not in {one["rule"] for one in third["findings"]}
    assert house.rows() == before


def test_every_door_is_described() -> None:
    document = openapi()
    paths = document["paths"]
    assert isinstance(paths, dict)
    found = {
        (method.upper(), path) for path, methods in paths.items() for method in methods
    }
    assert found == {
        (door.method, re.sub(r"<int:(\w+)>", r"{\1}", door.path))
        for door in DOORS.values()
    }


def test_every_shape_that_is_named_is_there(house: House) -> None:
    answer = house.app.test_client().get("/api/openapi.json")
    named = set(re.findall(r"#/components/schemas/(\w+)", answer.text))
    assert named
    assert named <= set(answer.get_json()["components"]["schemas"])
