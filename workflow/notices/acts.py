"""Telling people: an in-tray message and an outgoing row, once for each event."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from sqlalchemy import update
from sqlalchemy.orm import Session

from models.natural_keys import insert_missing
from models.notices import Notice, NoticeKind
from workflow import outbox
from workflow.actions import Action
from workflow.audit.acts import Subject, record
from workflow.notices import questions
from workflow.occasion import Occasion
from workflow.operations import once
from workflow.people.questions import name_of

LONGEST_TITLE = 400


@dataclass(frozen=True, slots=True)
class Message:
    """What is said, and about what.

    Args:
        event: names what happened; nobody is told the same event twice.
        about: kind and id of the thing that it opens; empty when it opens nothing.
    """

    event: str
    kind: NoticeKind
    title: str
    body: str = ""
    about: tuple[str, str] = ("", "")


def tell(
    session: Session, by: Occasion, message: Message, people: Iterable[int]
) -> list[int]:
    """Put a message into the in-trays of people; who had not been told yet.

    Args:
        people: ids of persons of this agency.
    """
    return [
        person
        for person in dict.fromkeys(people)
        if _put(session, by, message, person) and _send(session, by, message, person)
    ]


def read(session: Session, by: Occasion, notice_id: int) -> Notice:
    """Put the read mark on a message of one's own (已阅); the first time counts.

    That a circulated text was read is on record; reminders leave no such trace.

    Raises:
        NotFound: no such message in this person's in-tray.
    """

    def doing() -> tuple[Notice, dict[str, int]]:
        notice = questions.mine(session, by, notice_id)
        if notice.read_at is None:
            notice.read_at = by.at
            _note_reading(session, by, notice)
        return notice, {"id": notice.id}

    contents = {"notice": notice_id}
    return once(
        session,
        by,
        "read_notice",
        contents,
        doing,
        lambda answer: questions.mine(session, by, int(answer["id"] or 0)),
    )


def read_all(session: Session, by: Occasion) -> int:
    """Put the read mark on everything that is only told; how many there were.

    What was circulated or urged is to be opened one by one.
    """
    one_by_one = (NoticeKind.CIRCULATED, NoticeKind.URGED)
    mark = (
        update(Notice)
        .where(
            Notice.person_id == by.person_id,
            Notice.agency_id == by.agency_id,
            Notice.read_at.is_(None),
            Notice.kind.not_in(one_by_one),
        )
        .values(read_at=by.at)
        .returning(Notice.id)
    )

    def doing() -> tuple[int, dict[str, int]]:
        marked = len(session.execute(mark).all())
        return marked, {"marked": marked}

    return once(
        session, by, "read_all", {}, doing, lambda answer: int(answer["marked"] or 0)
    )


def _note_reading(session: Session, by: Occasion, notice: Notice) -> None:
    if notice.kind is NoticeKind.CIRCULATED:
        on = Subject(notice.object_kind, notice.object_id)
        record(session, by, Action.READ_NOTICE, on)


def _put(session: Session, by: Occasion, message: Message, person: int) -> bool:
    row = {
        "agency_id": by.agency_id,
        "person_id": person,
        "event": message.event,
        "kind": message.kind,
        "title": message.title[:LONGEST_TITLE],
        "body": message.body,
        "object_kind": message.about[0],
        "object_id": message.about[1],
        "made_by_id": by.person_id,
        "made_at": by.at,
    }
    return insert_missing(session, Notice, [row]) == 1


def _send(session: Session, by: Occasion, message: Message, person: int) -> bool:
    """Outside is said only that there is something: no title leaves before release."""
    key = f"notice:{person}:{message.event}"
    name = name_of(session, person)
    text = f"{name}：三审三校系统有给您的消息，请登录后在“待阅”查看。"
    payload = {"to": name, "kind": message.kind.value, "text": text}
    return outbox.put(session, by.agency_id, key, payload, by.at)
