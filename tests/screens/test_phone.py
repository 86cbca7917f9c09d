"""What the phone page asks of the server: its files, who is there, the boards."""

from __future__ import annotations

import json
import re
from collections.abc import Callable

import pytest
from flask import Flask

from models.inspections import FaultKind
from tests.screens.town_with_boards import Boards, with_boards
from tests.web_client import Browserlike
from web.headers import POLICY

SignIn = Callable[[str], Browserlike]
NINE = list(FaultKind)[:9]


@pytest.fixture
def boards(app: Flask) -> Boards:
    return with_boards(app)


def fetched(visitor: Browserlike, path: str) -> str:
    """A file as text; it must be there."""
    with visitor.http.get(path) as answer:
        assert answer.status_code == 200, path
        return answer.get_data(as_text=True)


def shell_of(visitor: Browserlike) -> dict[str, list[str]]:
    """What the worker is told to keep."""
    script = visitor.http.get("/b/sw.js").get_data(as_text=True)
    known: dict[str, list[str]] = json.loads(
        script.split("\n")[0][len("const SHELL = ") : -1]
    )
    return known


def test_every_file_that_is_kept_is_there(visitor: Browserlike) -> None:
    files = shell_of(visitor)["files"]

    assert files[0] == "/b/"
    assert len(files) == len(set(files))
    for file in files:
        assert fetched(visitor, file)


def test_everything_the_page_asks_for_is_kept(visitor: Browserlike) -> None:
    """A script or a style that is not kept would be missing without a signal."""
    files = shell_of(visitor)["files"]
    page = fetched(visitor, "/b/")

    asked = re.findall(r'(?:src|href)="(/(?:static|bootstrap)[^"]+)"', page)
    assert asked
    assert set(asked) <= set(files)
    for file in [name for name in files if name.endswith(".js")]:
        script = fetched(visitor, file)
        for other in re.findall(r'from "\./([\w.]+)"', script):
            assert f"/static/phone/{other}" in files, (file, other)


def test_the_page_is_the_same_for_everybody_and_names_nobody(
    boards: Boards, visitor: Browserlike, signed_in: SignIn
) -> None:
    stranger = visitor.http.get("/b/")
    inspector = signed_in("inspector").http.get("/b/")

    assert stranger.data == inspector.data
    assert "示例" not in inspector.get_data(as_text=True)
    assert inspector.headers["Content-Security-Policy"] == POLICY
    assert "unsafe" not in POLICY


def test_it_says_who_is_there_and_nobody_is_an_answer(
    boards: Boards, visitor: Browserlike, signed_in: SignIn
) -> None:
    assert visitor.http.get("/b/me.json").get_json() == {"person": None}
    who = signed_in("inspector").http.get("/b/me.json").get_json()
    assert (who["name"], who["inspector"]) == ("示例巡查", True)
    assert who["send_to"] == "/rounds/entries"
    assert signed_in("drafter").http.get("/b/me.json").get_json()["inspector"] is False


def test_the_boards_come_with_what_stands_on_top_of_the_form(
    boards: Boards, signed_in: SignIn
) -> None:
    kit = signed_in("inspector").http.get("/b/boards.json").get_json()

    assert [one["unit"] for one in kit["boards"]] == ["示例0村", "示例1村", "示例2村"]
    first = kit["boards"][0]
    assert (first["checked"], first["last"], first["faults"]) == ("", "", [])
    assert first["due"] == [] or all(" · " in words for words in first["due"])
    assert {one["value"] for one in kit["kinds"]} == {kind.value for kind in FaultKind}


@pytest.mark.parametrize("kind", NINE)
def test_each_kind_has_a_good_and_a_bad_picture_and_a_sentence(
    boards: Boards, signed_in: SignIn, kind: FaultKind
) -> None:
    inspector = signed_in("inspector")
    kit = inspector.http.get("/b/boards.json").get_json()
    (one,) = [one for one in kit["kinds"] if one["value"] == kind.value]

    assert one["help"].endswith("。")
    for look in ("good", "bad"):
        picture = fetched(inspector, one[look])
        assert picture.startswith("<svg")
        assert "<script" not in picture
        assert "<image" not in picture
    assert one["good"] != one["bad"]


def test_what_the_phone_sends_has_a_token_and_an_answer_in_json(
    boards: Boards, signed_in: SignIn
) -> None:
    inspector = signed_in("inspector")
    who = inspector.http.get("/b/me.json").get_json()
    entry = {
        "entry_id": "0b9c4b9e-6f60-4a43-9a51-0e2f6d2f7c11",
        "board": boards.checks()[0].board_id,
        "noted_at": "2024-03-04T00:59:00.000Z",
        "way": "on_site",
        "all_well": False,
        "note": "",
        "faults": [{"kind": "dirty", "note": "积灰", "by": "", "photo": ""}],
    }
    refused = inspector.http.post(who["send_to"], json=entry)
    assert (refused.status_code, refused.is_json) == (400, True)
    headers = {"X-CSRFToken": who["csrf"], "X-Operation-Id": entry["entry_id"]}
    answers = [
        inspector.http.post(who["send_to"], json=entry, headers=headers).get_json()
        for _ in range(2)
    ]
    assert answers[0] == answers[1]
    assert answers[0]["receipt"]
    assert answers[0]["outcome"] == "recorded"
    assert len(boards.faults()) == 1
    wrong = {**entry, "entry_id": "1b9c4b9e-6f60-4a43-9a51-0e2f6d2f7c11", "board": 999}
    answer = inspector.http.post(who["send_to"], json=wrong, headers=headers)
    assert answer.status_code == 404
    assert answer.get_json()["detail"].endswith("。")
