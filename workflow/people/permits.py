"""Whether a person has a role today; the refusal names those who have it."""

from __future__ import annotations

from collections.abc import Mapping

from sqlalchemy.orm import Session

from models.people import Role
from workflow.actions import Action
from workflow.calendar import town_day
from workflow.errors import NotFound, NotPermitted
from workflow.occasion import Occasion
from workflow.people import questions

TITLES: Mapping[Role, str] = {
    Role.INSPECTOR: "巡查人员",
    Role.REGISTRAR: "登记人员",
    Role.SYSTEM_ADMINISTRATOR: "系统管理员",
}


def has_role(session: Session, by: Occasion, role: Role) -> bool:
    """Whether the person serves in this agency today and has the role now."""
    if by.person_id is None:
        return False
    try:
        person = questions.person(session, by.agency_id, by.person_id)
    except NotFound:
        return False
    serves = person.left_on is None or person.left_on > town_day(by.at)
    return serves and role in questions.roles_of(session, person.id, by.at)


def need_role(session: Session, by: Occasion, role: Role, action: Action) -> None:
    """Let only people with the role go on.

    Raises:
        NotPermitted: not a role of this person; names those who can help.
    """
    if has_role(session, by, role):
        return
    title = TITLES.get(role, role.value)
    named = questions.people_with_role(session, by.agency_id, role, by.at)
    raise NotPermitted(
        f"此事由{title}办理，您没有这一角色。",
        rule="role-required",
        help_from="、".join(f"{title} {name}" for name in named),
        action=action,
    )
