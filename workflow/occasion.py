"""Who does something, when, and under which operation id.

Every act takes one ``Occasion``: no act reads a clock, a request or a session.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, datetime
from zoneinfo import ZoneInfo

TOWN_TIME = ZoneInfo("Asia/Shanghai")


@dataclass(frozen=True, slots=True)
class Occasion:
    """One person's (or the timer's) one attempt at one act.

    Args:
        agency_id: the agency within which everything is looked up.
        person_id: the natural person who acts; ``None`` is the system itself.
        at: the moment, aware, UTC.
        operation: id made by the client; the same id again gives the same answer.
        session: prefix of the hash of the login session, for the trail.
        address: client address as the server saw it.
        agent: user agent, cut to 200 characters.
    """

    agency_id: int
    person_id: int | None
    at: datetime
    operation: str
    session: str = ""
    address: str = ""
    agent: str = ""

    def __post_init__(self) -> None:
        if self.at.tzinfo is None:
            raise ValueError("Occasion.at must be aware (UTC)")

    @property
    def today(self) -> date:
        """The day on the office's wall calendar (Asia/Shanghai)."""
        return self.at.astimezone(TOWN_TIME).date()

    def under(self, operation: str) -> Occasion:
        """The same occasion under another operation id."""
        return replace(self, operation=operation)
