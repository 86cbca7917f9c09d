"""Doors that are open to anyone are limited by address and by agency."""

from __future__ import annotations

from flask import current_app, request

from web.clock import now
from web.transaction import apart
from workflow.errors import TooOften
from workflow.knocks import DAY, HOUR, Limit, address_mark, counted


def knock(door: str, agency_id: int, *, an_hour: int, a_day: int) -> None:
    """Count this visit, whatever becomes of it; several nodes count together.

    Before the request's own session is opened.

    Args:
        door: which door, a short word.
        an_hour: how many one address may have in an hour; thrice that in a day.
        a_day: how many the whole agency takes in a day.

    Raises:
        TooOften: beyond a limit; nothing else is done.
    """
    at = now()
    secret = str(current_app.secret_key)
    address = address_mark(secret, request.remote_addr or "", at)
    limits = [
        Limit(f"{door} address {address}", HOUR, an_hour),
        Limit(f"{door} address {address}", DAY, an_hour * 3),
        Limit(f"{door} agency {agency_id}", DAY, a_day),
    ]
    if apart(lambda session: counted(session, at, limits)):
        raise TooOften(kind="door", id=door)
