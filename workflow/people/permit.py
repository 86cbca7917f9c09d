"""The law behind the doors: who may do an act about people, asked in the act itself."""

from __future__ import annotations

from sqlalchemy.orm import Session

from models.people import Person, Role
from workflow.actions import Action
from workflow.errors import NotPermitted
from workflow.occasion import Occasion
from workflow.people import questions
from workflow.people.permissions import MAY, TITLES

SEPARATED = "系统管理、安全管理、审计管理三员分立，各司其职。"


def permit(session: Session, by: Occasion, action: Action) -> None:
    """Let the right administrator pass; the system itself (no person) may too.

    Raises:
        NotPermitted: another role is needed; says which, and who has it.
    """
    if by.person_id is None:
        return
    needed = MAY.get(action)
    if needed is None:
        raise NotPermitted(rule="nobody-may", action=action)
    need_role(session, by, needed, action, SEPARATED)


def has_role(session: Session, by: Occasion, role: Role) -> bool:
    """Whether the person serves in this agency today and has the role now."""
    if by.person_id is None:
        return False
    person = session.get(Person, by.person_id)
    if person is None or person.agency_id != by.agency_id:
        return False
    serves = person.left_on is None or person.left_on > by.today
    return serves and role in questions.roles_of(session, person.id, by.at)


def need_role(
    session: Session, by: Occasion, role: Role, action: Action, basis: str = ""
) -> None:
    """Let only people with the role go on.

    Raises:
        NotPermitted: not a role of this person; names those who can help.
    """
    if has_role(session, by, role):
        return
    title = TITLES[role]
    names = questions.names_with_role(session, by.agency_id, role, by.at)
    raise NotPermitted(
        f"此事由{title}办理，您没有这一角色。",
        rule="role-required",
        basis=basis,
        help_from=f"{title} {names}".strip(),
        action=action,
    )


def not_oneself(by: Occasion, person_id: int, action: Action, what: str) -> None:
    """Nobody changes her own rights (S-24).

    Args:
        what: what she tried, in Chinese, as the object of 不能给自己.

    Raises:
        NotPermitted: the person acted upon is the one who acts.
    """
    if by.person_id is not None and by.person_id == person_id:
        raise NotPermitted(
            f"不能给自己{what}，须由另一名管理员办理。",
            rule="not-oneself",
            help_from="另一名管理员",
            action=action,
        )
