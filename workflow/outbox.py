"""What is to leave the system: written with the act, carried out afterwards, once.

A row is made in the transaction of the act that causes it, under a key that names the
event; so an act that was rolled back sends nothing, and an event told twice sends once.
Delivery is at least once: the key travels along, for the receiver to notice a repeat.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from models.natural_keys import insert_missing
from models.notices import Outgoing

GROWN_OLD = timedelta(days=1)
MOST_ATTEMPTS = 20
Carry = Callable[[Outgoing], None]


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
        "attempts": 0,
    }
    return insert_missing(session, Outgoing, [row]) == 1


def waiting(session: Session, at: datetime, limit: int = 100) -> list[Outgoing]:
    """What is to be sent now, oldest first, locked so that no other node takes it too.

    What is older than a day is left: a reminder of last week helps nobody.
    """
    query = (
        select(Outgoing)
        .where(
            Outgoing.sent_at.is_(None),
            Outgoing.made_at > at - GROWN_OLD,
            Outgoing.attempts < MOST_ATTEMPTS,
        )
        .order_by(Outgoing.id)
        .limit(limit)
        .with_for_update(skip_locked=True)
    )
    return list(session.scalars(query))


def deliver(session: Session, at: datetime, carry: Carry) -> int:
    """Hand everything that waits to the carrier; how many it took.

    Args:
        carry: sends one row; raises ``OSError`` when it could not, to be tried again.
    """
    sent = 0
    for row in waiting(session, at):
        row.attempts += 1
        try:
            carry(row)
        except OSError:
            continue
        row.sent_at = at
        sent += 1
    return sent
