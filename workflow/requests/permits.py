"""Who may see and do what about requests."""

from __future__ import annotations

from sqlalchemy.orm import Session

from models.people import Role
from models.requests import DisclosureRequest
from workflow.actions import Action
from workflow.errors import NotPermitted
from workflow.occasion import Occasion
from workflow.people.permit import has_role
from workflow.people.questions import names_with_role


def is_registrar(session: Session, by: Occasion) -> bool:
    """Whether this person keeps the register and so may ask to see an applicant."""
    return has_role(session, by, Role.REGISTRAR)


def sees_the_register(session: Session, by: Occasion) -> bool:
    """Whether this person reads every request, applicants masked."""
    return is_registrar(session, by) or has_role(session, by, Role.LEADER)


def may_draft_reply(session: Session, by: Occasion, request: DisclosureRequest) -> None:
    """The handler drafts the reply, or a registrar; the article's own permit follows.

    Raises:
        NotPermitted: neither; says who.
    """
    if by.person_id == request.handler_id or is_registrar(session, by):
        return
    names = names_with_role(session, by.agency_id, Role.REGISTRAR, by.at)
    raise NotPermitted(
        "答复由承办人或依申请公开登记人员拟写。",
        rule="not-the-handler",
        help_from=f"登记人员 {names}".strip(),
        action=Action.PROPOSE_REPLY,
    )
