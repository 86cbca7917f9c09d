"""Who may read how much of the trail, and who may verify and take it away.

Nobody watches herself, and nobody both grants rights and judges their use: the audit
administrator sees everything; the security administrator sees what ordinary users did;
a leader sees what happened to articles; nobody else sees anything.
(GB/T 22239-2019, 8.1.5.2; security.md section 5.)
"""

from __future__ import annotations

from collections.abc import Collection
from enum import StrEnum

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from models.people import Person, Role, RoleGrant
from workflow.actions import Action
from workflow.errors import NotPermitted
from workflow.occasion import Occasion

ADMINISTRATORS = (
    Role.SYSTEM_ADMINISTRATOR,
    Role.SECURITY_ADMINISTRATOR,
    Role.AUDIT_ADMINISTRATOR,
)
BASIS = "系统管理、安全管理、审计管理三员分立，各司其职。"


class Sight(StrEnum):
    """How much of the trail a person sees."""

    ALL = "all"
    ORDINARY = "ordinary"
    ARTICLES = "articles"
    NOTHING = "nothing"


def sight_of(roles: Collection[Role]) -> Sight:
    """How much somebody with these roles sees; the widest of them counts."""
    if Role.AUDIT_ADMINISTRATOR in roles:
        return Sight.ALL
    if Role.SECURITY_ADMINISTRATOR in roles:
        return Sight.ORDINARY
    return Sight.ARTICLES if Role.LEADER in roles else Sight.NOTHING


def may_read(session: Session, by: Occasion) -> Sight:
    """How much of the trail this person may read now.

    Raises:
        NotPermitted: nothing of it.
    """
    sight = sight_of(_roles(session, by))
    if sight is Sight.NOTHING:
        raise NotPermitted(
            "留痕由审计管理员查阅，您没有这一角色。",
            rule="trail-not-readable",
            basis=BASIS,
            help_from=_auditors(session, by),
        )
    return sight


def may_keep(session: Session, by: Occasion, action: Action) -> None:
    """Let only the audit administrator verify or export the trail.

    Raises:
        NotPermitted: anybody else; says who can help.
    """
    if sight_of(_roles(session, by)) is not Sight.ALL:
        raise NotPermitted(
            "校验和导出留痕由审计管理员办理，您没有这一角色。",
            rule="trail-keeper-only",
            basis=BASIS,
            help_from=_auditors(session, by),
            action=action,
        )


def _roles(session: Session, by: Occasion) -> frozenset[Role]:
    query = (
        select(RoleGrant.role)
        .join(Person, Person.id == RoleGrant.person_id)
        .where(
            Person.id == by.person_id,
            Person.agency_id == by.agency_id,
            or_(Person.left_on.is_(None), Person.left_on > by.today),
            RoleGrant.since <= by.at,
            or_(RoleGrant.until.is_(None), RoleGrant.until > by.at),
        )
    )
    return frozenset(session.scalars(query))


def _auditors(session: Session, by: Occasion) -> str:
    query = (
        select(Person.name)
        .join(RoleGrant, RoleGrant.person_id == Person.id)
        .where(
            Person.agency_id == by.agency_id,
            RoleGrant.role == Role.AUDIT_ADMINISTRATOR,
            RoleGrant.since <= by.at,
            or_(RoleGrant.until.is_(None), RoleGrant.until > by.at),
        )
        .order_by(Person.id)
    )
    names = "、".join(session.scalars(query))
    return f"审计管理员 {names}".strip()
