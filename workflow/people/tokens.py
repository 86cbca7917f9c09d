"""Keys by which a program acts as one person, and as nobody else.

A key opens the machine interface only.  What is done with it is done by its person,
with her posts of that day, and refused to her as on the screens.
"""

from __future__ import annotations

import hashlib
import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import NoReturn

from sqlalchemy import Select, func, select, update
from sqlalchemy.orm import Session

from models.people import Role
from models.tokens import ApiToken
from workflow.actions import Action
from workflow.audit.acts import Subject, record
from workflow.errors import InvalidInput, NotFound, NotPermitted, WrongState
from workflow.occasion import Occasion
from workflow.operations import once
from workflow.people import questions

LONGEST_NAME = 60
MOST = 5
MOST_DAYS = 366
BEARERS = frozenset({Role.DRAFTER, Role.REVIEWER, Role.PUBLISHER, Role.LEADER})


@dataclass(frozen=True, slots=True)
class NewToken:
    """What a key is for, and for how many days it is good."""

    name: str
    days: int


def mine(session: Session, by: Occasion) -> Sequence[ApiToken]:
    """The keys of this person that are still good, oldest first."""
    return session.scalars(_good(by).order_by(ApiToken.id)).all()


def make(session: Session, by: Occasion, new: NewToken) -> str:
    """Make a key for one's own program; it is shown once and never again.

    Raises:
        NotPermitted: an administrator, or somebody who only reads.
        InvalidInput: no name, too long a life, or too many keys already.
        WrongState: this form was already sent.
    """
    _may_have(session, by)

    def doing() -> tuple[str, dict[str, str]]:
        _check(session, by, new)
        key = secrets.token_urlsafe(32)
        row = ApiToken(
            agency_id=by.agency_id,
            person_id=by.person_id,
            name=new.name,
            mark=mark_of(key),
            made_at=by.at,
            until=by.at + timedelta(days=new.days),
        )
        session.add(row)
        session.flush()
        on = Subject("token", row.id, details={"name": new.name, "days": new.days})
        record(session, by, Action.MAKE_TOKEN, on)
        return key, {}

    asked = {"name": new.name, "days": new.days}
    return once(session, by, Action.MAKE_TOKEN, asked, doing, _shown_already)


def end(session: Session, by: Occasion, token_id: int) -> bool:
    """End one of one's own keys; what still uses it is turned away at once.

    Raises:
        NotFound: no such key of this person.
    """

    def doing() -> tuple[bool, dict[str, bool]]:
        query = _good(by).where(ApiToken.id == token_id)
        row = session.scalars(query).one_or_none()
        if row is None:
            raise NotFound("没有找到这个接口密钥，可能已经停用。")
        row.ended_at = by.at
        record(session, by, Action.END_TOKEN, Subject("token", row.id))
        return True, {}

    asked = {"token": token_id}
    return once(session, by, Action.END_TOKEN, asked, doing, lambda _: True)


def end_tokens(session: Session, person_id: int, at: datetime) -> None:
    """End every key of a person; part of a larger act."""
    session.execute(
        update(ApiToken)
        .where(ApiToken.person_id == person_id, ApiToken.ended_at.is_(None))
        .values(ended_at=at)
    )


def mark_of(key: str) -> str:
    """What the table keeps of a key."""
    return hashlib.sha256(key.encode()).hexdigest()


def _good(by: Occasion) -> Select[ApiToken]:
    return select(ApiToken).where(
        ApiToken.agency_id == by.agency_id,
        ApiToken.person_id == by.person_id,
        ApiToken.ended_at.is_(None),
        ApiToken.until > by.at,
    )


def _may_have(session: Session, by: Occasion) -> None:
    if not BEARERS & questions.roles_of(session, by.person_id or 0, by.at):
        raise NotPermitted(
            "只有办理稿件的人可以设接口密钥。",
            rule="no-key-for-this-role",
            help_from="安全管理员（授予角色）",
            action=Action.MAKE_TOKEN,
        )


def _check(session: Session, by: Occasion, new: NewToken) -> None:
    faults: dict[str, list[str]] = {}
    if not 0 < len(new.name) <= LONGEST_NAME:
        faults["name"] = [f"请写明给哪个程序用，最多{LONGEST_NAME}个字。"]
    if not 0 < new.days <= MOST_DAYS:
        faults["days"] = [f"有效期填1至{MOST_DAYS}天。"]
    held = session.execute(
        select(func.count()).select_from(_good(by).subquery())
    ).scalar_one()
    if held >= MOST:
        faults["name"] = [f"接口密钥最多{MOST}个，请先停用不用的。"]
    if faults:
        raise InvalidInput(faults)


def _shown_already(_answer: object) -> NoReturn:
    raise WrongState(
        "密钥已经生成并显示过一次，不能再次显示。如未记下，请停用后另设一个。",
        rule="key-shown-once",
    )
