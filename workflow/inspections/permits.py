"""Who may inspect, and who may add a unit to the rounds."""

from __future__ import annotations

from collections.abc import Mapping

from sqlalchemy.orm import Session

from models.people import Role
from workflow.actions import Action
from workflow.audit.acts import Plain, Subject
from workflow.calendar import town_day
from workflow.errors import NotPermitted
from workflow.occasion import Occasion
from workflow.people import questions as people
from workflow.people.permissions import TITLES
from workflow.people.permit import has_role, need_role
from workflow.people.rules import Capacity, capacity

INSPECTOR_POST = "inspector"
NOBODY = 0


def may_inspect(session: Session, by: Occasion, action: Action) -> Capacity:
    """The capacity of an inspector: by post (A, or B while A is away), or by role.

    Raises:
        NotPermitted: neither; or recorded absent today.
    """
    every = people.every_holder(session, by.agency_id, town_day(by.at))
    holders = [holder for holder in every if holder.post_code == INSPECTOR_POST]
    try:
        return capacity(holders, by.person_id or NOBODY)
    except NotPermitted as refused:
        away = refused.rule == "recorded-absent"
        if not away and has_role(session, by, Role.INSPECTOR):
            return Capacity(None, INSPECTOR_POST, TITLES[Role.INSPECTOR])
        refused.facts["action"] = action
        raise


def may_add_units(session: Session, by: Occasion) -> None:
    """The system administrator, or the system itself when an agency is set up.

    Raises:
        NotPermitted: anybody else.
    """
    if by.person_id is not None:
        need_role(session, by, Role.SYSTEM_ADMINISTRATOR, Action.ADD_UNIT)


def may_settle(session: Session, by: Occasion, action: Action) -> None:
    """The system administrator, or the system itself when an agency is set up.

    Plans, catalogue and limits are an installation's settings, like sections.

    Raises:
        NotPermitted: anybody else.
    """
    if by.person_id is not None:
        need_role(session, by, Role.SYSTEM_ADMINISTRATOR, action)


def in_capacity(
    kind: str, id_: int, capacity: Capacity, details: Mapping[str, Plain]
) -> Subject:
    """What was acted on, and in which post."""
    return Subject(
        kind,
        id_,
        post=capacity.post_title,
        on_behalf_of=capacity.on_behalf_of_name,
        details=details,
    )
