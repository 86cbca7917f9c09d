"""What leaves the system leaves once, and only if the act that caused it stood."""

from __future__ import annotations

import json
import threading
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import timedelta
from http.server import BaseHTTPRequestHandler, HTTPServer

import pytest
from sqlalchemy import select

from models.database import Database
from models.notices import Notice, NoticeKind
from tests.town import MORNING, Town, found_town
from web.webhook import carrier
from workflow import outbox
from workflow.notices.acts import Message, tell
from workflow.schedule import send_out

PAYLOAD = {"to": "示例", "kind": "urged", "text": "示例：有给您的消息。"}


@dataclass
class Robot:
    """A real listener on this machine that answers as robots do."""

    address: str
    answer: bytes = b'{"errcode": 0}'
    heard: list[tuple[str, str]] = field(default_factory=list)


@pytest.fixture
def robot() -> Iterator[Robot]:
    class Listener(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            length = int(self.headers["Content-Length"])
            said = json.loads(self.rfile.read(length))["text"]["content"]
            made.heard.append((self.headers["Idempotency-Key"], said))
            self.send_response(200)
            self.end_headers()
            self.wfile.write(made.answer)

        def log_message(self, *said: object) -> None:
            """Say nothing."""

    server = HTTPServer(("127.0.0.1", 0), Listener)
    made = Robot(f"http://127.0.0.1:{server.server_port}/robot")
    running = threading.Thread(target=server.serve_forever)
    running.start()
    yield made
    server.shutdown()
    running.join()
    server.server_close()


def laid_out(database: Database) -> None:
    """One message of this morning."""
    with database.writing.begin() as session:
        town = found_town(session)
        outbox.put(session, town.agency.id, "k", PAYLOAD, MORNING)


def sent(database: Database, robot: Robot, minutes: float = 0) -> list[str]:
    """The outbox is emptied towards the robot."""
    carry = carrier(robot.address)
    assert carry is not None
    return send_out(database, MORNING + timedelta(minutes=minutes), carry)


def test_the_same_key_is_laid_out_once(town: Town) -> None:
    agency = town.agency.id
    laid = [outbox.put(town.session, agency, "k", PAYLOAD, town.at) for _ in "ab"]

    assert laid == [True, False]


def test_what_waits_reaches_the_robot_once(database: Database, robot: Robot) -> None:
    laid_out(database)

    lines = [sent(database, robot), sent(database, robot, minutes=30)]

    assert lines == [["外发消息：已送出 1 条"], []]
    assert robot.heard == [("k", "示例：有给您的消息。")]


def test_what_was_refused_is_tried_again(database: Database, robot: Robot) -> None:
    laid_out(database)
    robot.answer = b'{"errcode": 93000, "errmsg": "invalid"}'

    first = sent(database, robot)
    assert first == ["外发消息：已送出 0 条，1 条未能送出，稍后再送"]
    assert sent(database, robot, minutes=5) == []
    robot.answer = b""
    assert sent(database, robot, minutes=11) == ["外发消息：已送出 1 条"]


def test_a_robot_that_is_not_there_harms_nothing(database: Database) -> None:
    laid_out(database)

    assert sent(database, Robot("http://127.0.0.1:9/robot")) == [
        "外发消息：已送出 0 条，1 条未能送出，稍后再送"
    ]


def test_an_answer_that_is_no_answer_counts_as_refused(
    database: Database, robot: Robot
) -> None:
    laid_out(database)
    robot.answer = b"<html>"

    assert "未能送出" in sent(database, robot)[0]


def test_two_nodes_do_not_take_the_same(database: Database) -> None:
    laid_out(database)
    taken = []
    for _ in "ab":
        with database.writing.begin() as session:
            taken += outbox.take(session, MORNING)

    assert len(taken) == 1


def test_a_message_of_last_week_is_not_sent(database: Database, robot: Robot) -> None:
    laid_out(database)

    assert sent(database, robot, minutes=7 * 24 * 60) == []


def test_outside_no_title_is_said(town: Town) -> None:
    message = Message("event", NoticeKind.REMINDER, "《示例未公开稿件》快到期")
    tell(town.session, town.by("drafter"), message, [town.people["director"].id])

    (row,) = outbox.take(town.session, town.at)
    assert "示例director" in row.payload["text"]
    assert "未公开" not in json.dumps(row.payload, ensure_ascii=False)


def test_without_an_address_nothing_is_sent() -> None:
    assert carrier("") is None


def test_only_an_address_of_the_web_is_taken() -> None:
    with pytest.raises(ValueError, match="SANSHEN_NOTICE_WEBHOOK"):
        carrier("file:///etc/hostname")


def test_an_accident_of_ours_is_not_hidden(database: Database) -> None:
    laid_out(database)

    def breaks(key: str, payload: Mapping[str, str]) -> None:
        raise LookupError(key)

    with pytest.raises(LookupError):
        send_out(database, MORNING, breaks)


def test_an_act_that_was_taken_back_sends_nothing(database: Database) -> None:
    with database.writing() as session:
        town = found_town(session)
        session.commit()
        message = Message("event", NoticeKind.URGED, "示例")
        assert tell(session, town.by("drafter"), message, [town.people["director"].id])
        session.rollback()

    with database.writing() as session:
        assert outbox.take(session, MORNING) == []
        assert list(session.scalars(select(Notice))) == []


def test_nobody_is_told_one_event_twice(town: Town) -> None:
    message = Message("event", NoticeKind.URGED, "示例")
    people = [town.people["director"].id, town.people["deputy"].id]

    first = tell(town.session, town.by("drafter"), message, [*people, people[0]])
    again = tell(town.session, town.by("drafter"), message, people)
    assert (first, again) == (people, [])
