"""Findings over the wire: the acts of the screens, with the refusals of the screens."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

from tests.screens.house import House
from tests.screens.test_api import Program, refused
from web.app import equip
from workflow.audit.questions import verify

HARD = {"kind": "fact", "grade": "block", "note": "日期与通知不符。", "quote": "3月4日"}


@pytest.fixture(scope="module")
def house(tmp_path_factory: pytest.TempPathFactory) -> Iterator[House]:
    house = House(tmp_path_factory.mktemp("api-findings"))
    yield house
    house.database.close()


@pytest.fixture(autouse=True)
def _fresh(house: House) -> None:
    house.fresh()


def these(house: House, story: str = "prechecked") -> str:
    return f"/articles/{house.ids.mine[story]}/findings"


def by_rule(seen: Any, rule: str) -> Any:
    return next(one for one in seen["findings"] if one["rule"] == rule)


def settle(house: House, name: str, what: str) -> str:
    return f"{these(house)}/{house.ids.mine[name]}/{what}"


def test_everything_found_is_listed_with_its_span_and_what_one_may_do(
    house: House,
) -> None:
    program = Program(house, "drafter")
    seen = program.get(these(house))
    body = program.get(f"/articles/{seen['article']}")["body"]
    blocks, asks = by_rule(seen, "T15"), by_rule(seen, "T08")

    assert seen["stopping"] == 2
    assert body[blocks["start"] : blocks["end"]] == blocks["quote"]
    assert (blocks["may"], asks["may"]) == (["fix", "plead"], ["fix", "keep"])
    assert blocks["stops"]
    assert blocks["key"].startswith("T15-")
    assert "党政办主任" in seen["overruled_by"]
    looking = Program(house, "publisher").get(these(house))
    assert by_rule(looking, "T15")["may"] == []


def test_a_suggestion_is_written_and_the_new_revision_named(house: House) -> None:
    program = Program(house, "drafter")
    before = program.get(these(house))
    sent = {"revision": before["revision"]}
    seen = program.act(settle(house, "blocking", "fix"), sent)

    assert seen["revision"] != before["revision"]
    assert "我镇已完成" in program.get(f"/articles/{seen['article']}")["body"]
    again = program.call("POST", settle(house, "blocking", "fix"), sent)
    refused(again, 409)
    new = {"revision": seen["revision"], "choice": 7}
    refused(program.call("POST", settle(house, "finding_id", "fix"), new), 404)


def test_kept_with_a_reason_and_not_without(house: House) -> None:
    program = Program(house, "drafter")
    sent = {"revision": program.get(these(house))["revision"], "reason": " "}
    address = settle(house, "finding_id", "keep")
    assert refused(program.call("POST", address, sent), 422)["rule"] == (
        "opinion-required"
    )
    seen = program.act(address, {**sent, "reason": "引用原件的写法"})
    kept = by_rule(seen, "T08")
    assert (kept["answer"], kept["reply"]) == ("kept", "引用原件的写法")
    assert seen["stopping"] == 1


def test_what_blocks_is_not_kept_but_over_ruled_by_the_next_level(
    house: House,
) -> None:
    drafter, director = Program(house, "drafter"), Program(house, "director")
    sent = {
        "revision": drafter.get(these(house))["revision"],
        "reason": "原件用字",
    }
    said = refused(drafter.call("POST", settle(house, "blocking", "keep"), sent), 403)
    assert said["rule"] == "block-is-not-kept"
    assert "示例主任" in said["help_from"]
    seen = drafter.act(settle(house, "blocking", "plead"), sent)
    assert by_rule(seen, "T15")["plea"] == "原件用字"
    said = refused(
        drafter.call("POST", settle(house, "blocking", "overrule"), sent), 403
    )
    assert said["rule"]
    seen = director.act(settle(house, "blocking", "overrule"), sent)
    assert by_rule(seen, "T15")["answer"] == "overruled"
    with house.database.reading() as session:
        assert verify(session).ok


def test_the_check_is_run_and_run_once_a_day(house: House) -> None:
    equip(house.database)
    program = Program(house, "drafter")
    article = house.ids.mine["drafted"]
    assert program.get(f"/articles/{article}/findings")["checked_at"] is None

    seen = program.act(f"/articles/{article}/precheck", None)
    assert seen["current"]
    assert seen["chars"] > 10
    before = house.rows()
    program.act(f"/articles/{article}/precheck", None)
    assert house.rows() == before


def test_the_check_is_refused_where_it_cannot_be(house: House) -> None:
    program = Program(house, "drafter")
    article = house.ids.mine["drafted"]
    answer = program.call("POST", f"/articles/{article}/precheck")
    assert refused(answer, 409)["rule"] == "no-machine"
    out = house.ids.mine["published"]
    equip(house.database)
    answer = program.call("POST", f"/articles/{out}/precheck")
    assert refused(answer, 409)["rule"] == "text-closed"


def test_noted_answered_and_taken_back_over_the_wire(house: House) -> None:
    director, drafter = Program(house, "director"), Program(house, "drafter")
    article = house.ids.mine["submitted"]
    address = these(house, "submitted")
    sent = {**HARD, "revision": director.get(address)["revision"]}
    (one,) = director.act(address, sent)["findings"]
    assert (one["part"], one["noted"], one["stops"]) == ("body", True, True)
    assert one["may"] == ["withdraw"]
    assert director.get(address)["may_note"]
    assert not drafter.get(address)["may_note"]
    lines = {
        line["id"]: "yes" for line in director.get(f"/articles/{article}")["checklist"]
    }
    sign = {"revision": sent["revision"], "checklist": lines}
    said = refused(director.call("POST", f"/articles/{article}/sign", sign), 422)
    assert said["rule"] == "noted-open"
    assert said["help_from"]

    kept = {"revision": sent["revision"], "answer": "kept", "reply": "与通知一致"}
    here = f"{address}/{one['id']}"
    refused(director.call("POST", f"{here}/answer", kept), 403)
    fixed = {**kept, "answer": "fixed"}
    said = refused(drafter.call("POST", f"{here}/answer", fixed), 422)
    assert said["rule"] == "nothing-was-changed"
    (answered,) = drafter.act(f"{here}/answer", kept)["findings"]
    assert answered["answered_by"] == "示例拟稿"
    taken = {"revision": sent["revision"], "reason": "看错了"}
    refused(director.call("POST", f"{here}/withdraw", taken), 409)
    other = director.act(address, {**sent, "quote": "", "part": "title"})
    new = next(n for n in other["findings"] if n["answer"] is None)
    seen = director.act(f"{address}/{new['id']}/withdraw", taken)
    assert seen["stopping"] == 0


@pytest.mark.parametrize(
    ("change", "status"),
    [
        ({"kind": "nonsense"}, 422),
        ({"grade": "fatal"}, 422),
        ({"quote": "没有这些字"}, 422),
        ({"part": "file:0"}, 422),
        ({"which": -1}, 422),
        ({"note": ""}, 422),
        ({"state": "published"}, 422),
    ],
)
def test_what_does_not_fit_is_refused(
    house: House, change: dict[str, object], status: int
) -> None:
    director = Program(house, "director")
    address = these(house, "submitted")
    sent = {**HARD, "revision": director.get(address)["revision"], **change}
    told = ("audit_entries", "audit_chains")
    before = house.rows(*told)
    refused(director.call("POST", address, sent), status)
    assert house.rows(*told) == before


def test_a_neighbours_finding_is_not_there(house: House) -> None:
    director = Program(house, "director")
    theirs, finding = (house.ids.neighbours[n] for n in ("noted", "noted_finding"))
    refused(director.call("GET", f"/articles/{theirs}/findings"), 404)
    mine = house.ids.mine["noted"]
    at = director.get(f"/articles/{mine}/findings")["revision"]
    sent = {"revision": at, "reason": "看错了"}
    answer = director.call(
        "POST", f"/articles/{mine}/findings/{finding}/withdraw", sent
    )
    refused(answer, 404)


def test_what_escaped_is_put_on_record(house: House) -> None:
    drafter = Program(house, "drafter")
    address = f"/articles/{house.ids.mine['published']}"
    at = drafter.get(f"{address}/findings")["revision"]
    sent = {"revision": at, "kind": "fact", "note": "日期有误", "quote": "3月4日"}
    (one,) = drafter.act(f"{address}/escaped", sent)["findings"]
    assert (one["escaped"], one["level"], one["stops"]) == (True, 0, False)
