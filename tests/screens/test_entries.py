"""The queue of a phone: its kit, its entries, and how it is refused."""

from __future__ import annotations

import base64
from collections.abc import Callable
from typing import Any

import pytest
from flask import Flask

from models.boards import Frequency
from models.inspections import CheckState
from tests.pictures import JPEG, exif, jpeg
from tests.screens.town_with_boards import Boards, with_boards
from tests.small_town import Clock
from tests.web_client import Browserlike
from workflow.inspections import catalogue
from workflow.inspections.catalogue import NewItem

SignIn = Callable[[str], Browserlike]
ID = "3f2c9d8e-0000-4000-8000-000000000001"


@pytest.fixture
def boards(app: Flask) -> Boards:
    boards = with_boards(app)
    item = NewItem("finance", "财务", "集体收支明细", Frequency.MONTHLY, 10)
    with boards.writing() as session, session.begin():
        catalogue.set_item(session, boards.by("sysadmin"), item)
    return boards


@pytest.fixture
def inspector(boards: Boards, signed_in: SignIn) -> Browserlike:
    return signed_in("inspector")


def kit(browser: Browserlike) -> dict[str, Any]:
    answer = browser.http.get("/rounds/entries")
    assert answer.status_code == 200
    assert isinstance(answer.json, dict)
    return answer.json


def entry(board: int, **more: object) -> dict[str, object]:
    well: dict[str, object] = {
        "entry_id": ID,
        "board": board,
        "noted_at": "2024-03-04T08:50:00+08:00",
        "all_well": True,
        "faults": [],
    }
    return {**well, **more}


def send(browser: Browserlike, sent: object, token: str = "") -> Any:
    token = token or kit(browser)["csrf_token"]
    return browser.http.post(
        "/rounds/entries", json=sent, headers={"X-CSRFToken": token}
    )


def test_the_kit_says_what_should_hang_and_what_is_open(
    boards: Boards, inspector: Browserlike
) -> None:
    found = kit(inspector)

    assert [one["unit"] for one in found["boards"]] == ["示例0村", "示例1村", "示例2村"]
    first = found["boards"][0]
    (sheet,) = first["sheets"]
    assert (sheet["title"], sheet["period"]) == ("集体收支明细", "2024年1月")
    assert sheet["state"] == "missing"
    assert first["due"] == "2024-03-08T15:59:59Z"
    assert (first["last"], first["faults"]) == (None, [])
    assert {"kind": "dirty", "label": "栏面脏污"} in found["kinds"]


def test_all_well_fills_the_slot_and_says_that_the_sheets_hang(
    boards: Boards, inspector: Browserlike
) -> None:
    board = boards.checks()[0].board_id
    answer = send(inspector, entry(board))

    assert answer.status_code == 200
    assert answer.json["outcome"] == "recorded"
    assert boards.checks()[0].state is CheckState.DONE
    (sheet,) = kit(inspector)["boards"][0]["sheets"]
    assert sheet["state"] == "hangs"


def test_a_fault_comes_with_its_photo_and_gets_its_deadline(
    boards: Boards, inspector: Browserlike
) -> None:
    board = boards.checks()[0].board_id
    photo = base64.b64encode(jpeg(exif(6, b"place"))).decode()
    fault = {"kind": "stale", "note": "停在去年", "photo": photo, "item": "finance"}
    sent = entry(board, all_well=False, faults=[fault])
    first, again = send(inspector, sent), send(inspector, sent)

    assert first.json == again.json
    (kept,) = first.json["faults"]
    assert kept["due"] == "2024-03-07", "three working days"
    picture = inspector.http.get(f"/rounds/faults/{kept['id']}/photo").data
    assert picture.startswith(JPEG[:10])
    assert b"place" not in picture
    page = inspector.get(f"/faults/{kept['id']}")
    assert "集体收支明细" in page.text


@pytest.mark.parametrize(
    ("more", "field"),
    [
        ({"board": "1"}, "board"),
        ({"board": True}, "board"),
        ({"noted_at": "2024-03-04T08:50:00"}, "noted_at"),
        ({"noted_at": "0001-01-01T00:00:00+14:00"}, "noted_at"),
        ({"all_well": "yes"}, "all_well"),
        ({"entry_id": "x"}, "entry_id"),
        ({"faults": [{"kind": "no_such"}], "all_well": False}, "faults"),
        ({"faults": ["dirty"], "all_well": False}, "faults"),
        ({"faults": [{"kind": "dirty"}] * 21, "all_well": False}, "faults"),
        ({"faults": [{"kind": "dirty", "photo": "%"}], "all_well": False}, "photo"),
        ({"faults": [{"kind": "dirty", "photo": "AAAA"}], "all_well": False}, "photo"),
        ({"faults": [{"kind": "dirty", "by": "soon"}], "all_well": False}, "by"),
        ({"note": "空\x00字"}, "note"),
        ({"note": 7}, "note"),
        ({"way": "by_satellite"}, "way"),
    ],
)
def test_what_is_odd_is_refused_by_field(
    boards: Boards, inspector: Browserlike, more: dict[str, object], field: str
) -> None:
    answer = send(inspector, {**entry(boards.checks()[0].board_id), **more})

    assert answer.status_code == 422
    assert answer.mimetype == "application/problem+json"
    assert list(answer.json["fields"]) == [field]
    assert boards.checks()[0].state is CheckState.OPEN


def test_a_body_that_is_no_entry_is_refused(
    boards: Boards, inspector: Browserlike
) -> None:
    bodies: tuple[object, ...] = (None, [], "x", 7)
    for sent in bodies:
        assert send(inspector, sent).status_code == 422


def test_an_old_token_is_told_from_a_wrong_entry(
    boards: Boards, inspector: Browserlike
) -> None:
    answer = send(inspector, entry(boards.checks()[0].board_id), token="forged")

    assert (answer.status_code, answer.json["rule"]) == (400, "csrf")


def test_who_is_signed_out_keeps_the_entry(
    boards: Boards, inspector: Browserlike, clock: Clock
) -> None:
    sent, token = entry(boards.checks()[0].board_id), kit(inspector)["csrf_token"]
    clock.move(hours=1)
    assert send(inspector, sent, token).status_code == 401
