"""What the people's screens list: accounts, posts with their holders, absences.

``questions.py`` answers who may act; here is what stands in the registers.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from models.people import (
    Absence,
    Account,
    Holding,
    Person,
    Post,
    Role,
    RoleGrant,
    Slot,
)
from workflow.errors import NotFound
from workflow.people.rules import Away, Tenure


@dataclass(frozen=True, slots=True)
class Entry:
    """One line of the register of people."""

    person: Person
    account: Account | None
    roles: tuple[Role, ...]
    posts: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Seat:
    """One holder of a post: the holding, and whose it is."""

    holding: Holding
    person: Person


@dataclass(frozen=True, slots=True)
class PostLine:
    """One post with those who hold it, A before B."""

    post: Post
    seats: tuple[Seat, ...]

    def of(self, slot: Slot) -> tuple[Seat, ...]:
        """The holders in one slot."""
        return tuple(seat for seat in self.seats if seat.holding.slot is slot)


@dataclass(frozen=True, slots=True)
class AbsenceLine:
    """One absence and whose it is."""

    absence: Absence
    person: Person


def people(session: Session, agency_id: int, at: datetime, on: date) -> list[Entry]:
    """Everybody of the agency: those here first, then those who left."""
    query = (
        select(Person, Account)
        .outerjoin(Account, Account.person_id == Person.id)
        .where(Person.agency_id == agency_id)
        .order_by(Person.left_on.is_not(None), Person.id)
    )
    roles = _roles(session, agency_id, at)
    held = _posts_held(session, agency_id, on)
    return [
        Entry(person, account, roles.get(person.id, ()), held.get(person.id, ()))
        for person, account in session.execute(query)
    ]


def entry(
    session: Session, agency_id: int, person_id: int, at: datetime, on: date
) -> Entry:
    """One line of the register.

    Raises:
        NotFound: nobody of that id here.
    """
    for found in people(session, agency_id, at, on):
        if found.person.id == person_id:
            return found
    raise NotFound("没有找到这个人。")


def here(session: Session, agency_id: int, on: date) -> list[Person]:
    """Those who have not left by a day."""
    query = select(Person).where(
        Person.agency_id == agency_id,
        or_(Person.left_on.is_(None), Person.left_on > on),
    )
    return list(session.scalars(query.order_by(Person.id)))


def post_lines(session: Session, agency_id: int, on: date) -> list[PostLine]:
    """Every open post with its holders on a day, and those who are to come."""
    posts = session.scalars(
        select(Post).where(Post.agency_id == agency_id, Post.open).order_by(Post.id)
    )
    seats = _seats(session, agency_id, on)
    return [PostLine(post, tuple(seats.get(post.id, ()))) for post in posts]


def post_line(session: Session, agency_id: int, post_id: int, on: date) -> PostLine:
    """One post with its holders.

    Raises:
        NotFound: no such post here.
    """
    for line in post_lines(session, agency_id, on):
        if line.post.id == post_id:
            return line
    raise NotFound("没有找到这个岗位。")


def stand_ins(session: Session, agency_id: int, on: date) -> dict[int, tuple[str, ...]]:
    """Person id to who stands in for her, post by post ("党政办主任：王×")."""
    found: dict[int, tuple[str, ...]] = {}
    for line in post_lines(session, agency_id, on):
        names = "、".join(seat.person.name for seat in line.of(Slot.B)) or "缺B岗"
        for seat in line.of(Slot.A):
            words = f"{line.post.title}：{names}"
            found[seat.person.id] = (*found.get(seat.person.id, ()), words)
    return found


def absences(session: Session, agency_id: int, since: date) -> list[AbsenceLine]:
    """Absences that reach to ``since`` or later, in order of their first day."""
    query = (
        select(Absence, Person)
        .join(Person, Person.id == Absence.person_id)
        .where(Absence.agency_id == agency_id, Absence.last_day >= since)
        .order_by(Absence.first_day, Absence.id)
    )
    return [AbsenceLine(absence, person) for absence, person in session.execute(query)]


def post(session: Session, agency_id: int, post_id: int, *, lock: bool = False) -> Post:
    """One post of this agency.

    Args:
        lock: hold its row, so that two changes of its holders come one by one.

    Raises:
        NotFound: no such post here.
    """
    query = select(Post).where(Post.id == post_id, Post.agency_id == agency_id)
    found = session.scalars(query.with_for_update() if lock else query).first()
    if found is None:
        raise NotFound("没有找到这个岗位。")
    return found


def holding(session: Session, agency_id: int, holding_id: int) -> Holding:
    """One holding of a post of this agency.

    Raises:
        NotFound: no such holding here.
    """
    query = (
        select(Holding)
        .join(Post, Post.id == Holding.post_id)
        .where(Holding.id == holding_id, Post.agency_id == agency_id)
    )
    found = session.scalars(query).first()
    if found is None:
        raise NotFound("没有找到这次任岗。")
    return found


def absence(session: Session, agency_id: int, absence_id: int) -> Absence:
    """One absence of this agency.

    Raises:
        NotFound: no such absence here.
    """
    found = session.get(Absence, absence_id)
    if found is None or found.agency_id != agency_id:
        raise NotFound("没有找到这次外出登记。")
    return found


def holdings_from(session: Session, post_id: int, since: date) -> list[Holding]:
    """Holdings of a post that are in force on a day or later."""
    query = select(Holding).where(
        Holding.post_id == post_id,
        or_(Holding.until.is_(None), Holding.until > since),
    )
    return list(session.scalars(query))


def person_locked(session: Session, agency_id: int, person_id: int) -> Person:
    """One person, and all who share a post with her, held until the commit.

    So that A and B who ask for leave in the same second come one after the other.

    Raises:
        NotFound: nobody of that id here.
    """
    mine = select(Holding.post_id).where(Holding.person_id == person_id)
    beside = select(Holding.person_id).where(Holding.post_id.in_(mine))
    query = (
        select(Person)
        .where(
            Person.agency_id == agency_id,
            or_(Person.id == person_id, Person.id.in_(beside)),
        )
        .order_by(Person.id)
        .with_for_update()
    )
    for found in session.scalars(query).all():
        if found.id == person_id:
            return found
    raise NotFound("没有找到这个人。")


def away_between(
    session: Session, agency_id: int, first_day: date, last_day: date
) -> list[Away]:
    """Every absence in force that touches a span of days."""
    rows = session.execute(
        select(Absence.person_id, Absence.first_day, Absence.last_day).where(
            Absence.agency_id == agency_id,
            Absence.cancelled_at.is_(None),
            Absence.first_day <= last_day,
            Absence.last_day >= first_day,
        )
    )
    return [Away(*row) for row in rows]


def tenures_beside(session: Session, person_id: int) -> list[Tenure]:
    """Every holding, of anybody, in the posts that this person holds or held."""
    mine = select(Holding.post_id).where(Holding.person_id == person_id)
    rows = session.execute(
        select(
            Post.id, Post.title, Person.id, Person.name, Holding.since, Holding.until
        )
        .join(Post, Post.id == Holding.post_id)
        .join(Person, Person.id == Holding.person_id)
        .where(Holding.post_id.in_(mine), Post.open)
        .order_by(Post.id, Holding.slot, Holding.id)
    )
    return [Tenure(*row) for row in rows]


def _roles(
    session: Session, agency_id: int, at: datetime
) -> dict[int, tuple[Role, ...]]:
    rows = session.execute(
        select(RoleGrant.person_id, RoleGrant.role)
        .join(Person, Person.id == RoleGrant.person_id)
        .where(
            Person.agency_id == agency_id,
            RoleGrant.since <= at,
            or_(RoleGrant.until.is_(None), RoleGrant.until > at),
        )
        .order_by(RoleGrant.id)
    )
    found: dict[int, tuple[Role, ...]] = {}
    for person_id, role in rows:
        found[person_id] = (*found.get(person_id, ()), role)
    return found


def _posts_held(
    session: Session, agency_id: int, on: date
) -> dict[int, tuple[str, ...]]:
    found: dict[int, tuple[str, ...]] = {}
    for line in post_lines(session, agency_id, on):
        for seat in line.seats:
            words = f"{line.post.title} {seat.holding.slot.value}岗"
            found[seat.person.id] = (*found.get(seat.person.id, ()), words)
    return found


def _seats(session: Session, agency_id: int, on: date) -> dict[int, list[Seat]]:
    rows = session.execute(
        select(Holding, Person)
        .join(Person, Person.id == Holding.person_id)
        .where(
            Person.agency_id == agency_id,
            or_(Holding.until.is_(None), Holding.until > on),
        )
        .order_by(Holding.slot, Holding.since, Holding.id)
    )
    found: dict[int, list[Seat]] = {}
    for holding_, person in rows:
        found.setdefault(holding_.post_id, []).append(Seat(holding_, person))
    return found
