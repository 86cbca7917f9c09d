"""What is to leave the system: written with the act, carried out afterwards, once.

A row is made in the transaction of the act that causes it, under a key that names the
event; so an act that was rolled back sends nothing, and an event told twice sends once.
Delivery is at least once: a row is taken for some minutes, sent while no transaction is
open, and marked; the key travels along, for the receiver to notice a repeat.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import datetime, timedelta

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from models.natural_keys import insert_missing
from models.notices import Outgoing

GROWN_OLD = timedelta(days=1)
TRIED_AGAIN_AFTER = timedelta(minutes=10)
AT_ONCE = 50


def put(
    session: Session,
    agency_id: int,
    key: str,
    payload: Mapping[str, str],
    at: datetime,
) -> bool:
    """Lay something out for sending; whether it was new.

    Args:
        key: names the event and who is told; the same key is sent once.
        payload: what the carrier sends.
        at: now, aware.
    """
    row = {
        "agency_id": agency_id,
        "key": key,
        "payload": dict(payload),
        "made_at": at,
        "next_at": at,
        "attempts": 0,
    }
    return insert_missing(session, Outgoing, [row]) == 1


def take(session: Session, at: datetime) -> list[Outgoing]:
    """What is to be sent now, oldest first; nobody else takes it for ten minutes.

    What is older than a day is left: a reminder of last week helps nobody.

    Args:
        at: now, aware.
    """
    query = (
        select(Outgoing)
        .where(
            Outgoing.sent_at.is_(None),
            Outgoing.made_at > at - GROWN_OLD,
            Outgoing.next_at <= at,
        )
        .order_by(Outgoing.id)
        .limit(AT_ONCE)
        .with_for_update(skip_locked=True)
    )
    rows = list(session.scalars(query))
    for row in rows:
        row.attempts += 1
        row.next_at = at + TRIED_AGAIN_AFTER
    return rows


def mark_sent(session: Session, ids: Collection[int], at: datetime) -> None:
    """Note that rows have left; they never leave again."""
    left = update(Outgoing).where(Outgoing.id.in_(ids)).values(sent_at=at)
    session.execute(left)
