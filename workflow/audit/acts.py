"""The one writer of the trail.

Entries are collected on the session while acts run and linked in ``before_commit``:
the chain head is locked last, in agency order, so that one hot agency is locked for
the shortest time and two agencies never deadlock.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field

from sqlalchemy import bindparam, event, insert, select, update
from sqlalchemy.orm import Session, SessionTransaction

from models.agencies import Agency
from models.audit import AuditChain, AuditEntry
from models.people import Person
from workflow.actions import Action
from workflow.audit import rules
from workflow.errors import TrailBroken, WorkflowError
from workflow.occasion import Occasion

Plain = str | int | bool | None | list[str]
SYSTEM_NAME = "系统"
_WAITING = "trail_entries"
_CONTROL = re.compile(r"[\x00-\x1f\x7f\u200b-\u200f\u202a-\u202e\u2066-\u2069]")


@dataclass(frozen=True, slots=True)
class Subject:
    """What was acted on, and in which capacity.

    Args:
        kind: ``article``, ``person``, ``check`` …
        id: its primary key as text.
        digest: digest of the revision, when there is one.
        post: title of the post in which the person acted.
        on_behalf_of: name of the A holder for whom B acted.
    """

    kind: str
    id: str | int
    digest: str = ""
    post: str = ""
    on_behalf_of: str = ""
    details: Mapping[str, Plain] = field(default_factory=dict)


def begin(session: Session, agency: Agency, alg: str = "") -> AuditChain:
    """Start an agency's chain; the algorithm is chosen once and never guessed later."""
    alg = alg or rules.strongest_algorithm()
    chain = AuditChain(
        agency_id=agency.id, alg=alg, seq=0, link=rules.genesis(alg, agency.code)
    )
    session.add(chain)
    return chain


def record(session: Session, by: Occasion, action: Action, on: Subject) -> None:
    """Note that ``action`` was done; written when the act's transaction commits."""
    _collect(session, by, on, {"act": str(action), "outcome": "done", "rule": ""})


def record_refusal(
    session: Session, by: Occasion, error: WorkflowError, on: Subject
) -> None:
    """Note a refused attempt; called in a transaction of its own after the rollback."""
    act = str(error.facts.get("action", "unknown"))
    _collect(session, by, on, {"act": act, "outcome": "refused", "rule": error.rule})


def _collect(
    session: Session, by: Occasion, on: Subject, what: Mapping[str, str]
) -> None:
    entry: dict[str, object] = {
        **what,
        "agency_id": by.agency_id,
        "at": by.at,
        "person_id": by.person_id,
        "person_name": _name(session, by),
        "post": on.post,
        "on_behalf_of": on.on_behalf_of,
        "object_kind": on.kind,
        "object_id": str(on.id),
        "digest": on.digest,
        "details": {key: _clean(value) for key, value in on.details.items()},
        "operation": by.operation,
        "session": by.session[:16],
        "address": by.address[:64],
        "agent": by.agent[:200],
    }
    cleaned = {key: _clean(value) for key, value in entry.items()}
    session.info.setdefault(_WAITING, []).append(cleaned)


def _name(session: Session, by: Occasion) -> str:
    if by.person_id is None:
        return SYSTEM_NAME
    person = session.get(Person, by.person_id)
    return person.name if person else ""


def _clean(value: object) -> object:
    """No line break, escape or bidi control may forge a line of the trail (S-36)."""
    return _CONTROL.sub("\ufffd", value) if isinstance(value, str) else value


@event.listens_for(Session, "before_commit")
def _link_waiting(session: Session) -> None:
    if session.in_nested_transaction():
        return
    waiting = session.info.get(_WAITING)
    if not waiting:
        return
    session.flush()
    for agency_id in sorted({entry["agency_id"] for entry in waiting}):
        mine = [entry for entry in waiting if entry["agency_id"] == agency_id]
        _append(session, agency_id, mine)
    waiting.clear()


@event.listens_for(Session, "after_soft_rollback")
def _forget_waiting(session: Session, _previous: SessionTransaction) -> None:
    if not session.in_nested_transaction():
        session.info.pop(_WAITING, None)


# Built once, since every act runs them.
_LOCK_HEAD = (
    select(AuditChain.alg, AuditChain.seq, AuditChain.link, Agency.code)
    .join(Agency, Agency.id == AuditChain.agency_id)
    .where(AuditChain.agency_id == bindparam("agency"))
    .with_for_update(of=AuditChain)
)
_LINK = insert(AuditEntry).execution_options(dml_strategy="raw")
_MOVE_HEAD = (
    update(AuditChain)
    .where(AuditChain.agency_id == bindparam("agency"))
    .execution_options(synchronize_session=False)
)


def _append(session: Session, agency_id: int, entries: list[dict[str, object]]) -> None:
    head = session.execute(_LOCK_HEAD, {"agency": agency_id}).one_or_none()
    if head is None:
        raise TrailBroken("本单位的留痕链尚未建立，操作未完成。")
    alg, seq, link, code = head
    for entry in entries:
        seq += 1
        full = {**entry, "seq": seq, "alg": alg}
        leaf = rules.leaf(alg, {**full, "agency": code})
        link = rules.link(alg, link, leaf)
        entry.update(seq=seq, alg=alg, leaf=leaf, link=link)
    session.execute(_LINK, entries)
    session.execute(_MOVE_HEAD, {"agency": agency_id, "seq": seq, "link": link})
