"""What leaves the system leaves once, and only if the act that caused it stood."""

from __future__ import annotations

from datetime import timedelta

from sqlalchemy import select

from models.database import Database
from models.notices import Notice, NoticeKind, Outgoing
from tests.town import MORNING, Town, found_town
from workflow import outbox
from workflow.notices.acts import Message, tell


def test_the_same_key_is_laid_out_once(town: Town) -> None:
    agency = town.agency.id
    laid = [
        outbox.put(town.session, agency, "k", {"text": "一"}, town.at) for _ in "ab"
    ]

    assert laid == [True, False]


def test_what_was_carried_is_not_carried_again(town: Town) -> None:
    carried: list[str] = []
    outbox.put(town.session, town.agency.id, "k", {"text": "一"}, town.at)

    def carry(row: Outgoing) -> None:
        carried.append(row.key)

    sent = [outbox.deliver(town.session, town.at, carry) for _ in "ab"]
    assert (sent, carried) == ([1, 0], ["k"])


def test_what_could_not_be_carried_is_tried_again(town: Town) -> None:
    outbox.put(town.session, town.agency.id, "k", {"text": "一"}, town.at)

    def breaks(row: Outgoing) -> None:
        raise OSError("the line is down")

    assert outbox.deliver(town.session, town.at, breaks) == 0
    (row,) = outbox.waiting(town.session, town.at)
    assert row.attempts == 1


def test_a_message_of_last_week_is_not_sent(town: Town) -> None:
    outbox.put(town.session, town.agency.id, "k", {"text": "一"}, town.at)

    assert outbox.waiting(town.session, town.at + timedelta(days=7)) == []


def test_an_act_that_was_taken_back_sends_nothing(database: Database) -> None:
    with database.writing() as session:
        town = found_town(session)
        session.commit()
        message = Message("event", NoticeKind.URGED, "示例")
        assert tell(session, town.by("drafter"), message, [town.people["director"].id])
        session.rollback()

    with database.reading() as session:
        assert outbox.waiting(session, MORNING) == []
        assert list(session.scalars(select(Notice))) == []


def test_nobody_is_told_one_event_twice(town: Town) -> None:
    message = Message("event", NoticeKind.URGED, "示例")
    people = [town.people["director"].id, town.people["deputy"].id]

    first = tell(town.session, town.by("drafter"), message, [*people, people[0]])
    again = tell(town.session, town.by("drafter"), message, people)
    assert (first, again) == (people, [])
