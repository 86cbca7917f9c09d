"""Which administrator may do what about people (三员分立), as one table.

System administrators keep accounts, posts and sections; security administrators keep
roles and credentials; audit administrators watch both.  An act that is missing here is
refused.  (GB/T 22239-2019, 8.1.5.1 to 8.1.5.3; security.md section 5.)
"""

from __future__ import annotations

from collections.abc import Collection, Mapping

from models.people import Role
from workflow.actions import Action
from workflow.errors import InvalidInput

SYSTEM = Role.SYSTEM_ADMINISTRATOR
SECURITY = Role.SECURITY_ADMINISTRATOR
AUDIT = Role.AUDIT_ADMINISTRATOR
ADMINISTRATORS = frozenset({SYSTEM, SECURITY, AUDIT})
NOT_FOR_ADMINISTRATORS = frozenset({Role.DRAFTER, Role.REVIEWER, Role.PUBLISHER})

MAY: Mapping[Action, Role] = {
    Action.ADD_PERSON: SYSTEM,
    Action.PERSON_LEAVES: SYSTEM,
    Action.MAKE_POST: SYSTEM,
    Action.FILL_POST: SYSTEM,
    Action.LEAVE_POST: SYSTEM,
    Action.SET_PORTFOLIO: SYSTEM,
    Action.KEEP_CHANNELS: SYSTEM,
    Action.SET_WORKPLACE: SYSTEM,
    Action.RECORD_ABSENCE: SYSTEM,
    Action.CANCEL_ABSENCE: SYSTEM,
    Action.MAKE_SECTION: SYSTEM,
    Action.CHANGE_SECTION: SYSTEM,
    Action.WRITE_RULE: SYSTEM,
    Action.ADOPT_DEFINITION: SYSTEM,
    Action.ENTER_CALENDAR: SYSTEM,
    Action.GRANT_ROLE: SECURITY,
    Action.TAKE_ROLE: SECURITY,
    Action.RESET_PASSWORD: SECURITY,
    Action.UNLOCK: SECURITY,
    Action.SESSION_END: SECURITY,
}

TITLES: Mapping[Role, str] = {
    SYSTEM: "系统管理员",
    SECURITY: "安全管理员",
    AUDIT: "审计管理员",
    Role.DRAFTER: "拟稿人员",
    Role.REVIEWER: "审核人员",
    Role.PUBLISHER: "发布人员",
    Role.INSPECTOR: "巡查人员",
    Role.REGISTRAR: "登记人员",
    Role.LEADER: "镇领导",
    Role.READER: "查阅人员",
}


def keep_apart(held: Collection[Role], wanted: Role) -> None:
    """Refuse a role that must not meet another one on the same person (S-24).

    Args:
        held: the roles that the person has now.

    Raises:
        InvalidInput: two of the three administrators on one person, or an
            administrator who also drafts, reviews or publishes.
    """
    roles = {*held, wanted}
    if len(roles & ADMINISTRATORS) > 1:
        raise _apart("系统管理员、安全管理员、审计管理员不能由同一人兼任。")
    if roles & ADMINISTRATORS and roles & NOT_FOR_ADMINISTRATORS:
        raise _apart("三员不拟稿、不审稿、不发布，不能同时授予这两类角色。")


def _apart(sentence: str) -> InvalidInput:
    return InvalidInput(
        {"role": [sentence]},
        rule="roles-apart",
        basis="管理员、安全员、审计员三员分立，相互制约。",
        help_from="安全管理员",
    )
