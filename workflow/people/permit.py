"""The law behind the doors: who may do an act about people, asked in the act itself."""

from __future__ import annotations

from sqlalchemy.orm import Session

from workflow.actions import Action
from workflow.errors import NotPermitted
from workflow.occasion import Occasion
from workflow.people import questions
from workflow.people.permissions import MAY, TITLES


def permit(session: Session, by: Occasion, action: Action) -> None:
    """Let the right administrator pass; the system itself (no person) may too.

    Raises:
        NotPermitted: another role is needed; says which, and who has it.
    """
    if by.person_id is None:
        return
    needed = MAY.get(action)
    if needed and needed in questions.roles_of(session, by.person_id, by.at):
        return
    title = TITLES[needed] if needed else "管理员"
    people = questions.names_with_role(session, by.agency_id, needed, by.at)
    raise NotPermitted(
        f"此事由{title}办理，您没有这一角色。",
        rule="administrators-only",
        basis="系统管理、安全管理、审计管理三员分立，各司其职。",
        help_from=f"{title} {people}".strip(),
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
