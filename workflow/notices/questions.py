"""What people ask of their in-tray: what is new, and who has read what."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session, aliased

from models.notices import Notice, NoticeKind
from models.people import Person
from workflow.errors import NotFound
from workflow.occasion import Occasion


@dataclass(frozen=True, slots=True)
class ReadMark:
    """One person to whom something was circulated, by whom, and when she read it."""

    name: str
    by: str
    sent_at: datetime
    read_at: datetime | None


def unread(session: Session, by: Occasion, most: int = 1000) -> int:
    """How many messages of this person's wait to be read, counted up to ``most``."""
    found = (
        select(Notice.id)
        .where(
            Notice.person_id == by.person_id,
            Notice.agency_id == by.agency_id,
            Notice.read_at.is_(None),
        )
        .limit(most)
    )
    return session.execute(
        select(func.count()).select_from(found.subquery())
    ).scalar_one()


def in_tray(
    session: Session,
    by: Occasion,
    *,
    was_read: bool,
    before: int | None = None,
    limit: int = 30,
) -> list[Notice]:
    """Messages of this person, newest first.

    Args:
        was_read: those that carry the read mark, or those that do not.
        before: id of the last message of the page before (keyset paging).
    """
    query = select(Notice).where(
        Notice.person_id == by.person_id,
        Notice.agency_id == by.agency_id,
        Notice.read_at.is_not(None) if was_read else Notice.read_at.is_(None),
    )
    if before is not None:
        query = query.where(Notice.id < before)
    return list(session.scalars(query.order_by(Notice.id.desc()).limit(limit)))


def mine(session: Session, by: Occasion, notice_id: int) -> Notice:
    """One message of this person's own in-tray.

    Raises:
        NotFound: none of that id, or somebody else's.
    """
    found = session.get(Notice, notice_id)
    if found is None or (found.agency_id, found.person_id) != (
        by.agency_id,
        by.person_id,
    ):
        raise NotFound("没有找到这条消息。")
    return found


def read_marks(
    session: Session, agency_id: int, about: tuple[str, str]
) -> list[ReadMark]:
    """To whom a thing was circulated, and who has read it; in the order it was sent.

    Args:
        about: kind and id of the thing.
    """
    sender = aliased(Person)
    query = (
        select(Person.name, sender.name, Notice.made_at, Notice.read_at)
        .join(Person, Person.id == Notice.person_id)
        .outerjoin(sender, sender.id == Notice.made_by_id)
        .where(
            Notice.agency_id == agency_id,
            Notice.object_kind == about[0],
            Notice.object_id == about[1],
            Notice.kind == NoticeKind.CIRCULATED,
        )
        .order_by(Notice.id)
    )
    rows = session.execute(query)
    return [ReadMark(name, by or "", sent, read) for name, by, sent, read in rows]
