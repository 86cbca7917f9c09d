"""The one writer of the trail.

Entries are collected on the session while acts run and linked in ``before_commit``:
the chain head is locked last, in agency order, so that one hot agency is locked for
the shortest time and two agencies never deadlock.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from datetime import datetime
from typing import cast

from sqlalchemy import String, bindparam, event, insert, select, update
from sqlalchemy.orm import Session, SessionTransaction

from models.agencies import Agency
from models.audit import AuditChain, AuditEntry
from models.database import run_plain
from models.people import Person
from workflow.actions import Action
from workflow.audit import questions, rules
from workflow.audit.permits import may_keep
from workflow.audit.questions import TrailFilter, Verdict
from workflow.errors import TrailBroken, WorkflowError
from workflow.occasion import Occasion
from workflow.operations import first_time

Plain = str | int | bool | None | list[str]
SYSTEM_NAME = "系统"
_WAITING = "trail_entries"
_SAVEPOINTS = "trail_savepoints"
_CONTROL = re.compile(
    "[\x00-\x1f\x7f-\x9f\u00ad\u061c\u180e\u200b-\u200f\u2028-\u202e"
    "\u2060-\u206f\ufeff\ufff9-\ufffb\ud800-\udfff]"
)
_LONGEST = {
    column.name: column.type.length
    for column in AuditEntry.__table__.columns
    if isinstance(column.type, String)
}


@dataclass(frozen=True, slots=True)
class Subject:
    """What was acted on, and in which capacity.

    Args:
        kind: ``article``, ``person``, ``check`` …
        id: its primary key as text.
        digest: digest of the revision, when there is one.
        post: title of the post in which the person acted.
        on_behalf_of: name of the A holder for whom B acted.
        actor: name of the person who acts; looked up when it is not given.
    """

    kind: str
    id: str | int
    digest: str = ""
    post: str = ""
    on_behalf_of: str = ""
    details: Mapping[str, Plain] = field(default_factory=dict)
    actor: str = ""


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


def verify_trail(session: Session, by: Occasion) -> Verdict:
    """Recompute the agency's chain; reads only, and may take long.

    Raises:
        NotPermitted: not the audit administrator.
    """
    may_keep(session, by, Action.VERIFY_TRAIL)
    return questions.verify_one(session, by.agency_id)


def note_verdict(session: Session, by: Occasion, verdict: Verdict) -> None:
    """Record what a verification found: it becomes part of the trail itself.

    Raises:
        NotPermitted: not the audit administrator.
    """
    may_keep(session, by, Action.VERIFY_TRAIL)
    if first_time(session, by, Action.VERIFY_TRAIL, {}) is not None:
        return
    details: dict[str, Plain] = {"whole": verdict.ok, "entries": verdict.entries}
    if verdict.first_bad is not None:
        details["first_bad"] = verdict.first_bad.seq
        details["reason"] = verdict.first_bad.reason
    record(session, by, Action.VERIFY_TRAIL, Subject("trail", "", details=details))


def export_trail(
    session: Session, by: Occasion, wanted: TrailFilter, most: int
) -> list[AuditEntry]:
    """The matching entries, newest first, for a file; who took them is recorded.

    Args:
        most: how many entries a file may hold.

    Raises:
        NotPermitted: not the audit administrator.
    """
    may_keep(session, by, Action.EXPORT)
    found = questions.entries(session, by.agency_id, wanted, limit=most)
    details: dict[str, Plain] = {
        name: str(value) for name, value in asdict(wanted).items() if value
    }
    if first_time(session, by, Action.EXPORT, details) is None:
        details["entries"] = len(found)
        record(session, by, Action.EXPORT, Subject("trail", "", details=details))
    return found


def _collect(
    session: Session, by: Occasion, on: Subject, what: Mapping[str, str]
) -> None:
    entry: dict[str, object] = {
        **what,
        "agency_id": by.agency_id,
        "at": by.at,
        "person_id": by.person_id,
        "person_name": on.actor or actor_name(session, by),
        "post": on.post,
        "on_behalf_of": on.on_behalf_of,
        "object_kind": on.kind,
        "object_id": str(on.id),
        "digest": on.digest,
        "details": {key: _clean(value) for key, value in on.details.items()},
        "operation": by.operation,
        "session": by.session,
        "address": by.address,
        "agent": by.agent,
    }
    fitting = {key: _fit(key, _clean(value)) for key, value in entry.items()}
    session.info.setdefault(_WAITING, []).append(fitting)


def actor_name(session: Session, by: Occasion) -> str:
    """The name under which the trail shows who acts; 系统 when nobody does."""
    if by.person_id is None:
        return SYSTEM_NAME
    found = run_plain(session, _NAME, {"person": by.person_id}).scalar()
    return found or ""


def _clean(value: object) -> object:
    """No line break, escape or bidi control may forge a line of the trail (S-36)."""
    if isinstance(value, list):
        return [_clean(item) for item in value]
    return _CONTROL.sub("\ufffd", value) if isinstance(value, str) else value


def _fit(name: str, value: object) -> object:
    """Cut to the column's length: an overlong attempt is still put on record."""
    return value[: _LONGEST.get(name)] if isinstance(value, str) else value


def waiting_traces(session: Session, kind: str, object_id: int) -> set[rules.Trace]:
    """What this very transaction will add to the trail about one object."""
    return {
        rules.Trace(
            str(entry["act"]),
            cast("int | None", entry["person_id"]),
            cast("datetime", entry["at"]),
            str(entry["digest"]),
        )
        for entry in session.info.get(_WAITING, ())
        if entry["object_kind"] == kind and entry["object_id"] == str(object_id)
    }


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


@event.listens_for(Session, "after_transaction_create")
def _mark_savepoint(session: Session, begun: SessionTransaction) -> None:
    if begun.nested:
        marks = session.info.setdefault(_SAVEPOINTS, {})
        marks[begun] = len(session.info.get(_WAITING, ()))


@event.listens_for(Session, "after_transaction_end")
def _unmark_savepoint(session: Session, ended: SessionTransaction) -> None:
    if ended.parent is None:
        session.info.pop(_SAVEPOINTS, None)


@event.listens_for(Session, "after_soft_rollback")
def _forget_waiting(session: Session, undone: SessionTransaction) -> None:
    """What was undone left no trace: all of it, or what a savepoint took back."""
    if undone.nested:
        mark = session.info.get(_SAVEPOINTS, {}).get(undone, 0)
        del session.info.get(_WAITING, [])[mark:]
    elif undone.parent is None:
        session.info.pop(_WAITING, None)


# Built once, since every act runs them.
_NAME = select(Person.name).where(Person.id == bindparam("person"))
_LOCK_HEAD = (
    select(AuditChain.alg, AuditChain.seq, AuditChain.link, Agency.code)
    .join(Agency, Agency.id == AuditChain.agency_id)
    .where(AuditChain.agency_id == bindparam("agency"))
    .with_for_update(of=AuditChain)
)
_LINK = insert(AuditEntry)
_MOVE_HEAD = update(AuditChain).where(AuditChain.agency_id == bindparam("agency"))


def _append(session: Session, agency_id: int, entries: list[dict[str, object]]) -> None:
    head = run_plain(session, _LOCK_HEAD, {"agency": agency_id}).one_or_none()
    if head is None:
        raise TrailBroken("本单位的留痕链尚未建立，操作未完成。")
    alg, seq, link, code = head
    for entry in entries:
        seq += 1
        full = {**entry, "seq": seq, "alg": alg}
        leaf = rules.leaf(alg, {**full, "agency": code})
        link = rules.link(alg, link, leaf)
        entry.update(seq=seq, alg=alg, leaf=leaf, link=link)
    run_plain(session, _LINK, entries)
    run_plain(session, _MOVE_HEAD, {"agency": agency_id, "seq": seq, "link": link})
