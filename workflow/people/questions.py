"""What people ask about people: who holds a post, who is away, who may enter."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from sqlalchemy import Date, Select, bindparam, exists, or_, select
from sqlalchemy.orm import Session

from models.agencies import Agency
from models.database import run_plain
from models.people import (
    Absence,
    Account,
    Holding,
    LoginSession,
    Person,
    Portfolio,
    Post,
    Role,
    RoleGrant,
)
from models.tokens import ApiToken
from workflow.errors import NotFound, NotPermitted
from workflow.occasion import TOWN_TIME, Occasion
from workflow.people.permissions import ADMINISTRATORS
from workflow.people.rules import Holder, capacity


@dataclass(frozen=True, slots=True)
class Limits:
    """How long a session lives: without a request, and at all."""

    idle: timedelta = timedelta(minutes=30)
    administrator_idle: timedelta = timedelta(minutes=15)
    absolute: timedelta = timedelta(hours=10)


@dataclass(frozen=True, slots=True)
class SignedIn:
    """Who is at the browser, as of this request.

    Args:
        mark: the hash of the session's token.
        capacities: the posts in which she may act today, 代 included, as words.
    """

    person_id: int
    agency_id: int
    name: str
    agency_name: str
    is_sample: bool
    mark: str
    seen_at: datetime
    must_change: bool
    roles: frozenset[Role]
    capacities: tuple[str, ...]


def signed_in(
    session: Session, mark: str, at: datetime, limits: Limits
) -> SignedIn | None:
    """Who this session belongs to; nobody when it has ended, idled or grown too old."""
    row = session.execute(_behind(mark)).first()
    if row is None:
        return None
    login, person_, account_, agency = row
    roles = roles_of(session, person_.id, at)
    today = at.astimezone(TOWN_TIME).date()
    if not _alive(login, roles, at, limits) or _has_left(person_, today):
        return None
    return SignedIn(
        person_id=person_.id,
        agency_id=agency.id,
        name=person_.name,
        agency_name=agency.name,
        is_sample=agency.is_sample,
        mark=login.mark,
        seen_at=login.seen_at,
        must_change=account_.must_change,
        roles=roles,
        capacities=capacities_of(session, agency.id, person_.id, today),
    )


def bearer(session: Session, mark: str, at: datetime) -> SignedIn | None:
    """Whose program holds the key of this mark; nobody when it has ended.

    A person who must change her password first, or has left, has no program either.
    """
    row = session.execute(_behind_key(mark, at)).first()
    if row is None:
        return None
    person_, account_, agency = row
    today = at.astimezone(TOWN_TIME).date()
    if _has_left(person_, today) or account_.must_change:
        return None
    return SignedIn(
        person_id=person_.id,
        agency_id=agency.id,
        name=person_.name,
        agency_name=agency.name,
        is_sample=agency.is_sample,
        mark=mark,
        seen_at=at,
        must_change=False,
        roles=roles_of(session, person_.id, at),
        capacities=capacities_of(session, agency.id, person_.id, today),
    )


def _behind_key(mark: str, at: datetime) -> Select[Person, Account, Agency]:
    return (
        select(Person, Account, Agency)
        .join(ApiToken, ApiToken.person_id == Person.id)
        .join(Account, Account.person_id == Person.id)
        .join(Agency, Agency.id == Person.agency_id)
        .where(ApiToken.mark == mark, ApiToken.ended_at.is_(None), ApiToken.until > at)
    )


def _behind(mark: str) -> Select[LoginSession, Person, Account, Agency]:
    return (
        select(LoginSession, Person, Account, Agency)
        .join(Person, Person.id == LoginSession.person_id)
        .join(Account, Account.person_id == Person.id)
        .join(Agency, Agency.id == Person.agency_id)
        .where(LoginSession.mark == mark, LoginSession.ended_at.is_(None))
    )


def _alive(
    login: LoginSession, roles: frozenset[Role], at: datetime, limits: Limits
) -> bool:
    idle = limits.administrator_idle if roles & ADMINISTRATORS else limits.idle
    return at - login.seen_at < idle and at - login.started_at < limits.absolute


def _has_left(person_: Person, today: date) -> bool:
    return person_.left_on is not None and person_.left_on <= today


def capacities_of(
    session: Session, agency_id: int, person_id: int, on: date
) -> tuple[str, ...]:
    """The posts in which a person may act on a day, as words ("副镇长（代 张三）")."""
    holders = every_holder(session, agency_id, on)
    mine = dict.fromkeys(h.post_id for h in holders if h.person_id == person_id)
    found = []
    for post_id in mine:
        try:
            of_post = [h for h in holders if h.post_id == post_id]
            found.append(capacity(of_post, person_id).words)
        except NotPermitted:
            continue
    return tuple(found)


def account_named(session: Session, login: str) -> Account | None:
    """The account of this login name, its row locked for counting, or ``None``."""
    query = select(Account).where(Account.login == login.strip().lower())
    return session.scalars(query.with_for_update()).first()


def agency_at_the_door(session: Session, person_id: int | None) -> int | None:
    """In whose trail a sign-in is noted: the person's agency, else the first one."""
    query = select(Agency.id).order_by(Agency.id).limit(1)
    if person_id is not None:
        query = select(Person.agency_id).where(Person.id == person_id)
    return session.scalars(query).first()


def account(session: Session, agency_id: int, person_id: int) -> Account:
    """The account of one person of this agency.

    Raises:
        NotFound: nobody of that id here, or without an account.
    """
    found = session.get(Account, person(session, agency_id, person_id).id)
    if found is None:
        raise NotFound("这个人没有账号。")
    return found


def login_session(session: Session, by: Occasion, mark: str) -> LoginSession:
    """A session of this agency by its mark, or by the beginning of one's own.

    Raises:
        NotFound: none such here.
    """
    query = (
        select(LoginSession)
        .join(Person, Person.id == LoginSession.person_id)
        .where(
            Person.agency_id == by.agency_id,
            LoginSession.mark.startswith(mark, autoescape=True),
        )
    )
    found = session.scalars(query.limit(2)).all() if len(mark) >= 16 else []
    if len(found) != 1:
        raise NotFound("没有找到这次登录。")
    return found[0]


def open_sessions(session: Session, person_id: int) -> list[LoginSession]:
    """A person's sessions that have not been ended, newest first."""
    return list(
        session.scalars(
            select(LoginSession)
            .where(LoginSession.person_id == person_id, LoginSession.ended_at.is_(None))
            .order_by(LoginSession.started_at.desc(), LoginSession.mark)
        )
    )


def names_with_role(
    session: Session, agency_id: int, role: Role | None, at: datetime
) -> str:
    """Who has a role now, as names to turn to."""
    people = people_with_role(session, agency_id, role, at) if role else []
    return "、".join(p.name for p in people)


def people_with_role(
    session: Session, agency_id: int, role: Role, at: datetime
) -> list[Person]:
    """Everybody here who has this role now."""
    query = (
        select(Person)
        .join(RoleGrant, RoleGrant.person_id == Person.id)
        .where(
            Person.agency_id == agency_id,
            RoleGrant.role == role,
            RoleGrant.since <= at,
            or_(RoleGrant.until.is_(None), RoleGrant.until > at),
        )
        .order_by(Person.id)
    )
    return list(session.scalars(query))


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
    rows = run_plain(session, _IN_OFFICE, {"agency": agency_id, "day": on})
    return [Holder(*row) for row in rows]


def portfolios(session: Session, agency_id: int) -> dict[int, set[int]]:
    """Post id to the ids of the sections it is in charge of."""
    rows = run_plain(session, _PORTFOLIOS, {"agency": agency_id})
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


def name_of(session: Session, person_id: int | None) -> str:
    """The name of a person on record; empty for nobody."""
    if person_id is None:
        return ""
    return session.scalars(select(Person.name).where(Person.id == person_id)).one()


# Built once: these two are asked in every act on an article.
_DAY = bindparam("day", type_=Date)
_AWAY = exists().where(
    Absence.person_id == Person.id,
    Absence.first_day <= _DAY,
    Absence.last_day >= _DAY,
    Absence.cancelled_at.is_(None),
)
_IN_OFFICE = (
    select(
        Post.id,
        Post.code,
        Post.title,
        Person.id,
        Person.name,
        Holding.slot,
        _AWAY.label("absent"),
    )
    .join(Holding, Holding.post_id == Post.id)
    .join(Person, Person.id == Holding.person_id)
    .where(
        Post.agency_id == bindparam("agency"),
        Post.open,
        Holding.since <= _DAY,
        or_(Holding.until.is_(None), Holding.until > _DAY),
        or_(Person.left_on.is_(None), Person.left_on > _DAY),
    )
    .order_by(Post.id, Holding.slot, Holding.id)
)
_PORTFOLIOS = (
    select(Portfolio.post_id, Portfolio.section_id)
    .join(Post, Post.id == Portfolio.post_id)
    .where(Post.agency_id == bindparam("agency"))
)
