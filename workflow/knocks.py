"""How often a door that is open to anyone may be used, counted in rows.

Rows and not the memory of one process: several nodes count together, and a restart
forgets nothing.
"""

from __future__ import annotations

import hashlib
import hmac
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from sqlalchemy import delete
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Session

from models.knocks import DoorKnock
from workflow.calendar import town_day

HOUR, DAY = timedelta(hours=1), timedelta(days=1)
KEEP = timedelta(days=2)


@dataclass(frozen=True, slots=True)
class Limit:
    """At most so many under one key in one hour or one day."""

    key: str
    span: timedelta
    most: int

    def since(self, at: datetime) -> datetime:
        """The beginning of the hour or day in which a moment lies, in UTC."""
        hour = at.astimezone(UTC).replace(minute=0, second=0, microsecond=0)
        return hour if self.span == HOUR else hour.replace(hour=0)


def address_mark(secret: str, address: str, at: datetime) -> str:
    """A mark of a network address that says nothing about it and changes every day.

    Args:
        secret: a key that only this installation knows.
    """
    text = f"{town_day(at).isoformat()} {address}".encode()
    return hmac.new(secret.encode(), text, hashlib.sha256).hexdigest()[:32]


def counted(session: Session, at: datetime, against: Iterable[Limit]) -> bool:
    """Count one use; whether it lies beyond a limit.

    In a transaction of its own, so that a refused use counts too.
    """
    over = [_count(session, at, limit) for limit in _in_order(against)]
    return any(over)


def forget(session: Session, at: datetime) -> int:
    """Delete the counts of days gone by; how many there were."""
    old = delete(DoorKnock).where(DoorKnock.since < at - KEEP).returning(DoorKnock.id)
    return len(session.execute(old).all())


def _in_order(against: Iterable[Limit]) -> list[Limit]:
    """Always the same order, so that two who knock never wait for each other."""
    return sorted(against, key=lambda one: (one.key, one.span))


def _count(session: Session, at: datetime, limit: Limit) -> bool:
    postgres = session.get_bind().dialect.name == "postgresql"
    insert = postgresql.insert if postgres else sqlite.insert
    key = f"{limit.key} {limit.span.total_seconds():.0f}"
    statement = (
        insert(DoorKnock)
        .values(key=key, since=limit.since(at), count=1)
        .on_conflict_do_update(
            index_elements=["key", "since"], set_={"count": DoorKnock.count + 1}
        )
        .returning(DoorKnock.count)
    )
    return session.execute(statement).scalar_one() > limit.most
