"""Who keeps which channel, works where, or was named in writing: every question."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import BindParameter, Date, bindparam, exists, select
from sqlalchemy.orm import Session

from models.base import UTCDateTime
from models.database import run_plain
from models.people import (
    Absence,
    ChannelKeeping,
    Delegation,
    Person,
    Post,
    Workplace,
)


@dataclass(frozen=True, slots=True)
class Mandate:
    """A holder of a post named somebody in writing to do its work too.

    Args:
        to_absent: whether that person is recorded absent on the day.
    """

    post_id: int
    by_id: int
    to_id: int
    to_name: str
    to_absent: bool


_AGENCY: BindParameter[int] = bindparam("agency")
_CHANNELS = (
    select(ChannelKeeping.post_id, ChannelKeeping.channel)
    .join(Post, Post.id == ChannelKeeping.post_id)
    .where(Post.agency_id == _AGENCY)
)
_WORKPLACES = (
    select(Workplace.person_id, Workplace.section_id)
    .join(Person, Person.id == Workplace.person_id)
    .where(Person.agency_id == _AGENCY)
)
_DAY: BindParameter[date] = bindparam("day", type_=Date)
_AWAY = exists().where(
    Absence.person_id == Person.id,
    Absence.first_day <= _DAY,
    Absence.last_day >= _DAY,
    Absence.cancelled_at.is_(None),
)
_MOMENT = bindparam("moment", type_=UTCDateTime())
_MANDATES = (
    select(
        Delegation.post_id,
        Delegation.by_id,
        Delegation.to_id,
        Person.name,
        _AWAY.label("absent"),
    )
    .join(Person, Person.id == Delegation.to_id)
    .where(
        Delegation.agency_id == _AGENCY,
        Delegation.since <= _MOMENT,
        Delegation.until >= _MOMENT,
        Delegation.ended_at.is_(None),
    )
    .order_by(Delegation.id)
)


def channels_kept(session: Session, agency_id: int) -> dict[int, set[str]]:
    """Post id to the channels that it is in charge of."""
    found: dict[int, set[str]] = {}
    for post_id, channel in run_plain(session, _CHANNELS, {"agency": agency_id}):
        found.setdefault(post_id, set()).add(channel)
    return found


def workplaces(session: Session, agency_id: int) -> dict[int, int]:
    """Person id to the id of the section in which she works."""
    rows = run_plain(session, _WORKPLACES, {"agency": agency_id})
    return {row.person_id: row.section_id for row in rows}


def in_force(
    session: Session, agency_id: int, on: date, at: datetime
) -> tuple[Mandate, ...]:
    """The mandates that hold at a moment.

    Args:
        on: its day; at: the moment, aware.
    """
    values = {"agency": agency_id, "day": on, "moment": at}
    return tuple(Mandate(*row) for row in run_plain(session, _MANDATES, values))


def of_post(session: Session, agency_id: int, post_id: int) -> list[Delegation]:
    """Every mandate that was given for a post, newest first."""
    query = select(Delegation).where(
        Delegation.agency_id == agency_id, Delegation.post_id == post_id
    )
    return list(session.scalars(query.order_by(Delegation.id.desc())))


def mandate(session: Session, agency_id: int, mandate_id: int) -> Delegation | None:
    """One mandate of this agency, if there is one of this id."""
    found = session.get(Delegation, mandate_id)
    return found if found is not None and found.agency_id == agency_id else None
