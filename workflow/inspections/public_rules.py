"""How often a report may come: by address, by board and by agency, counted in rows.

Rows and not the memory of one process: several nodes count together, and a restart
forgets nothing.
"""

from __future__ import annotations

import hashlib
import hmac
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta

NOTE_MAX = 300
HOUR, DAY = timedelta(hours=1), timedelta(days=1)
KEEP = timedelta(days=2)


@dataclass(frozen=True, slots=True)
class Limit:
    """At most so many reports under one key in one hour or one day."""

    key: str
    span: timedelta
    most: int

    def since(self, at: datetime) -> datetime:
        """The beginning of the hour or day in which a moment lies, in UTC."""
        utc = at.astimezone(UTC)
        hour = utc.replace(minute=0, second=0, microsecond=0)
        return hour if self.span == HOUR else hour.replace(hour=0)


def limits(agency_id: int, board_id: int, address: str) -> list[Limit]:
    """What one report counts against.

    Args:
        address: :func:`address_mark` of where it came from.
    """
    return [
        Limit(f"address {address}", HOUR, 3),
        Limit(f"address {address}", DAY, 10),
        Limit(f"board {board_id}", HOUR, 10),
        Limit(f"agency {agency_id}", DAY, 200),
    ]


def address_mark(secret: str, address: str, on: date) -> str:
    """A mark of a network address that says nothing about it and changes every day.

    Args:
        secret: a key that only this installation knows.
    """
    text = f"{on.isoformat()} {address}".encode()
    return hmac.new(secret.encode(), text, hashlib.sha256).hexdigest()[:32]
