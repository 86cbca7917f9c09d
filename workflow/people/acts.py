"""What administrators do about people: who is here, and which roles she has.

The door of the subject: posts, absences and access have files of their own, and every
act of them can be reached through this one.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, time

from sqlalchemy import or_, update
from sqlalchemy.orm import Session

from models.people import Account, Holding, Person, Role, RoleGrant
from workflow.actions import Action
from workflow.audit.acts import Subject, record
from workflow.errors import InvalidInput, WrongState
from workflow.occasion import TOWN_TIME, Occasion
from workflow.operations import Plain, once
from workflow.people import questions
from workflow.people.absences import cancel_absence, record_absence
from workflow.people.access import (
    change_password,
    end_session,
    end_sessions,
    issue_code,
    note_attempt,
    reset_password,
    shown_already,
    sign_in,
    sign_out,
    touch,
    unlock,
)
from workflow.people.permissions import ADMINISTRATORS, TITLES, keep_apart
from workflow.people.permit import not_oneself, permit
from workflow.people.posts import fill_post, leave_post, make_post, set_portfolio

__all__ = [
    "Newcomer",
    "add_person",
    "cancel_absence",
    "change_password",
    "end_session",
    "fill_post",
    "grant_role",
    "leave_post",
    "make_post",
    "note_attempt",
    "person_leaves",
    "record_absence",
    "reset_password",
    "set_portfolio",
    "sign_in",
    "sign_out",
    "take_role",
    "touch",
    "unlock",
]

_LOGIN = re.compile(r"[a-z][a-z0-9._-]{2,59}")


@dataclass(frozen=True, slots=True)
class Newcomer:
    """A new person and the one-time code with which she signs in first."""

    person: Person
    code: str


def add_person(
    session: Session, by: Occasion, name: str, login: str, entered_on: date
) -> Newcomer:
    """Enter a person and her account; it works once a role has been granted (S-01).

    Two people are needed for every new user: the system administrator makes the
    account, the security administrator gives it a role.

    Raises:
        NotPermitted: not the system administrator.
        InvalidInput: the login name is taken, was ever used, or is malformed.
        WrongState: this form was already sent; a code is shown only once.
    """
    permit(session, by, Action.ADD_PERSON)
    login = login.strip().lower()

    def doing() -> tuple[Newcomer, dict[str, int]]:
        _check_login(session, login)
        person = Person(agency_id=by.agency_id, name=name, entered_on=entered_on)
        session.add(person)
        session.flush()
        account = Account(person_id=person.id, login=login, password_hash="")
        code = issue_code(account, by.at)
        session.add(account)
        on = Subject("person", person.id, details={"login": login})
        record(session, by, Action.ADD_PERSON, on)
        return Newcomer(person, code), {"person": person.id}

    about = {"name": name, "login": login, "entered_on": entered_on}
    return once(session, by, "add_person", about, doing, shown_already)


def person_leaves(session: Session, by: Occasion, person_id: int, on: date) -> Person:
    """A person leaves: sessions end, posts and roles run out; the name stays.

    Args:
        on: the first day on which she is no longer here.

    Raises:
        NotPermitted: not the system administrator, or herself.
        InvalidInput: the day lies before she came, or she is the last administrator.
        WrongState: she has left already.
    """
    permit(session, by, Action.PERSON_LEAVES)
    not_oneself(by, person_id, Action.PERSON_LEAVES, "办理离岗")
    person = questions.person(session, by.agency_id, person_id)

    def doing() -> tuple[Person, dict[str, int]]:
        _check_leaving(session, by, person, on)
        person.left_on = on
        _run_out(session, by, person_id, on)
        details = {"on": on.isoformat()}
        left = Subject("person", person_id, details=details)
        record(session, by, Action.PERSON_LEAVES, left)
        return person, {"person": person_id}

    about = {"person": person_id, "on": on}
    return once(session, by, "person_leaves", about, doing, lambda _: person)


def grant_role(session: Session, by: Occasion, person_id: int, role: Role) -> RoleGrant:
    """Give a person a role; her sessions end, so that she starts with it afresh.

    Raises:
        NotPermitted: not the security administrator, or for herself.
        InvalidInput: the role must not meet another one, or she has it already.
    """
    permit(session, by, Action.GRANT_ROLE)
    not_oneself(by, person_id, Action.GRANT_ROLE, "授予角色")
    person = questions.person(session, by.agency_id, person_id)

    def doing() -> tuple[RoleGrant, dict[str, int]]:
        _check_grant(session, by, person, role)
        grant = RoleGrant(
            person_id=person_id, role=role, granted_by_id=by.person_id, since=by.at
        )
        session.add(grant)
        session.flush()
        end_sessions(session, person_id, by.at, "角色变动")
        on = Subject("person", person_id, details={"role": role.value})
        record(session, by, Action.GRANT_ROLE, on)
        return grant, {"grant": grant.id}

    def again(answer: Mapping[str, Plain]) -> RoleGrant:
        return session.get_one(RoleGrant, answer["grant"])

    about = {"person": person_id, "role": role.value}
    return once(session, by, "grant_role", about, doing, again)


def take_role(session: Session, by: Occasion, person_id: int, role: Role) -> Person:
    """Take a role away, now; the person's sessions end (S-26).

    Raises:
        NotPermitted: not the security administrator, or her own.
        InvalidInput: she is the last administrator of her kind.
        WrongState: she does not have the role.
    """
    permit(session, by, Action.TAKE_ROLE)
    not_oneself(by, person_id, Action.TAKE_ROLE, "收回角色")
    person = questions.person(session, by.agency_id, person_id)

    def doing() -> tuple[Person, dict[str, int]]:
        if role not in questions.roles_of(session, person_id, by.at):
            raise WrongState(f"{person.name}现在没有这一角色。", rule="role-not-held")
        _keep_one(session, by, person, role)
        _end_grants(session, person_id, by.at, role)
        end_sessions(session, person_id, by.at, "角色变动")
        on = Subject("person", person_id, details={"role": role.value})
        record(session, by, Action.TAKE_ROLE, on)
        return person, {"person": person_id}

    about = {"person": person_id, "role": role.value}
    return once(session, by, "take_role", about, doing, lambda _: person)


def _check_login(session: Session, login: str) -> None:
    if not _LOGIN.fullmatch(login):
        sentence = "登录名用小写字母开头，只含小写字母、数字、点和横线，至少三个字符。"
        raise InvalidInput({"login": [sentence]})
    if questions.account_named(session, login) is not None:
        raise InvalidInput(
            {"login": [f"登录名“{login}”已有人使用，账号不能共用或转给他人。"]},
            rule="login-taken",
        )


def _check_leaving(session: Session, by: Occasion, person: Person, on: date) -> None:
    if person.left_on is not None:
        raise WrongState(f"{person.name}已经办理过离岗。", rule="left-already")
    if on < person.entered_on:
        raise InvalidInput({"on": ["离岗日期早于到岗日期。"]})
    for role in questions.roles_of(session, person.id, by.at):
        _keep_one(session, by, person, role)


def _keep_one(session: Session, by: Occasion, person: Person, role: Role) -> None:
    """The last administrator of a kind stays, else nobody could ever follow her."""
    if role not in ADMINISTRATORS:
        return
    others = questions.people_with_role(session, by.agency_id, role, by.at)
    if all(other.id == person.id for other in others):
        raise InvalidInput(
            {"role": [f"{person.name}是最后一名{TITLES[role]}，请先安排接替的人。"]},
            rule="last-administrator",
            help_from="安全管理员",
        )


def _check_grant(session: Session, by: Occasion, person: Person, role: Role) -> None:
    if person.left_on is not None:
        raise WrongState(f"{person.name}已离岗，不能授予角色。", rule="left-already")
    held = questions.roles_of(session, person.id, by.at)
    if role in held:
        raise InvalidInput({"role": [f"{person.name}已有这一角色。"]})
    keep_apart(held, role)


def _run_out(session: Session, by: Occasion, person_id: int, on: date) -> None:
    session.execute(
        update(Holding)
        .where(
            Holding.person_id == person_id,
            or_(Holding.until.is_(None), Holding.until > on),
        )
        .values(until=on)
    )
    midnight = datetime.combine(on, time(), TOWN_TIME)
    _end_grants(session, person_id, max(midnight, by.at))
    if on <= by.today:
        end_sessions(session, person_id, by.at, "离岗")


def _end_grants(
    session: Session, person_id: int, at: datetime, role: Role | None = None
) -> None:
    query = update(RoleGrant).where(
        RoleGrant.person_id == person_id,
        or_(RoleGrant.until.is_(None), RoleGrant.until > at),
    )
    if role is not None:
        query = query.where(RoleGrant.role == role)
    session.execute(query.values(until=at))
