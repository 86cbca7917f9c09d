"""What people ask about people: who holds a post, who is away, who may enter."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import Exists, Select, exists, or_, select
from sqlalchemy.orm import Session

from models.people import (
    Absence,
    Holding,
    Person,
    Portfolio,
    Post,
    Role,
    RoleGrant,
    Slot,
)
from workflow.errors import NotFound
from workflow.people.rules import Holder


def person(session: Session, agency_id: int, person_id: int) -> Person:
    """One person of this agency.

    Raises:
        NotFound: nobody of that id here.
    """
    found = session.get(Person, person_id)
    if found is None or found.agency_id != agency_id:
        raise NotFound("没有找到这个人。")
    return found


def every_holder(session: Session, agency_id: int, on: date) -> list[Holder]:
    """All holders of all open posts on a day, post by post, A before B."""
    return _holders(session, _in_office(agency_id, on))


def portfolios(session: Session, agency_id: int) -> dict[int, set[int]]:
    """Post id to the ids of the sections it is in charge of."""
    rows = session.execute(
        select(Portfolio.post_id, Portfolio.section_id)
        .join(Post, Post.id == Portfolio.post_id)
        .where(Post.agency_id == agency_id)
    )
    found: dict[int, set[int]] = {}
    for post_id, section_id in rows:
        found.setdefault(post_id, set()).add(section_id)
    return found


def roles_of(session: Session, person_id: int, at: datetime) -> frozenset[Role]:
    """The roles in force; asked at every request, so that rights end at once (S-26)."""
    query = select(RoleGrant.role).where(
        RoleGrant.person_id == person_id,
        RoleGrant.since <= at,
        or_(RoleGrant.until.is_(None), RoleGrant.until > at),
    )
    return frozenset(session.scalars(query))


def people_with_role(
    session: Session, agency_id: int, role: Role, at: datetime
) -> list[str]:
    """Names of those in this agency who have the role now."""
    query = (
        select(Person.name)
        .join(RoleGrant, RoleGrant.person_id == Person.id)
        .where(
            Person.agency_id == agency_id,
            RoleGrant.role == role,
            RoleGrant.since <= at,
            or_(RoleGrant.until.is_(None), RoleGrant.until > at),
        )
        .order_by(Person.id)
    )
    return list(dict.fromkeys(session.scalars(query)))


def name_of(session: Session, person_id: int | None) -> str:
    """The name of a person on record; empty for nobody."""
    if person_id is None:
        return ""
    return session.scalars(select(Person.name).where(Person.id == person_id)).one()


_Row = tuple[int, str, str, int, str, Slot, bool]


def _in_office(agency_id: int, on: date) -> Select[*_Row]:
    return (
        select(
            Post.id,
            Post.code,
            Post.title,
            Person.id,
            Person.name,
            Holding.slot,
            _away(on).label("absent"),
        )
        .join(Holding, Holding.post_id == Post.id)
        .join(Person, Person.id == Holding.person_id)
        .where(
            Post.agency_id == agency_id,
            Post.open,
            Holding.since <= on,
            or_(Holding.until.is_(None), Holding.until > on),
            or_(Person.left_on.is_(None), Person.left_on > on),
        )
        .order_by(Post.id, Holding.slot, Holding.id)
    )


def _away(on: date) -> Exists:
    return exists().where(
        Absence.person_id == Person.id,
        Absence.first_day <= on,
        Absence.last_day >= on,
        Absence.cancelled_at.is_(None),
    )


def _holders(session: Session, query: Select[*_Row]) -> list[Holder]:
    return [Holder(*row) for row in session.execute(query)]
