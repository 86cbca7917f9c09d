"""One operation id, one answer.

After a lost connection nobody can know whether the commit happened; so the client
makes an id, and the same id again gives the answer of the first time.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Mapping
from typing import Protocol, TypeVar

from sqlalchemy import bindparam, update
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Session

from models.agencies import Operation
from models.database import run_plain
from workflow.errors import InvalidInput, OperationReused, WorkflowError
from workflow.occasion import Occasion

Thing = TypeVar("Thing")
Plain = str | int | bool | None


class HasId(Protocol):
    """A row with one integer for its primary key."""

    @property
    def id(self) -> int:
        """The primary key."""


Row = TypeVar("Row", bound=HasId)
MAX_LENGTH = 80

# Built once, since every act runs them.
_CLAIMS = {
    name: insert(Operation).on_conflict_do_nothing().returning(Operation.id)
    for name, insert in (("sqlite", sqlite.insert), ("postgresql", postgresql.insert))
}
_REMEMBER = (
    update(Operation)
    .where(
        Operation.agency_id == bindparam("agency"),
        Operation.id == bindparam("operation"),
    )
    .values(answer=bindparam("answered"))
)


def first_time(
    session: Session,
    by: Occasion,
    act: str,
    contents: Mapping[str, object],
    answer: Mapping[str, Plain] | None = None,
) -> Operation | None:
    """Claim the operation id; ``None`` when it is new, else what it answered.

    The claim is a row with a primary key, so that of two that arrive together one
    waits for the other and then reads its answer.

    Args:
        contents: what was sent; another content under the same id is refused.
        answer: what the act will answer, where that is known before it is done.

    Raises:
        OperationReused: the id was used for another act or other contents.
        InvalidInput: no id, or one that is too long or not printable.
    """
    if not 0 < len(by.operation) <= MAX_LENGTH or not by.operation.isprintable():
        line = "缺少操作编号或编号有误，请刷新页面后再提交。"
        raise InvalidInput({"operation": [line]})
    print_ = fingerprint(act, contents)
    if _claim(session, by, (act, print_), answer or {}):
        return None
    earlier = session.get_one(Operation, (by.agency_id, by.operation))
    if earlier.fingerprint != print_ or earlier.person_id != by.person_id:
        raise OperationReused(action=act)
    return earlier


def was_done(session: Session, agency_id: int, operation: str) -> bool:
    """Whether something was done under an operation id, asked without claiming it."""
    return session.get(Operation, (agency_id, operation)) is not None


def fingerprint(act: str, contents: Mapping[str, object]) -> str:
    """A digest of what was asked, so that a reused id is noticed."""
    text = json.dumps([act, contents], ensure_ascii=False, sort_keys=True, default=str)
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()


def remember(session: Session, by: Occasion, answer: Mapping[str, Plain]) -> None:
    """Keep what the act answered, in the act's own transaction."""
    claimed = {"agency": by.agency_id, "operation": by.operation}
    run_plain(session, _REMEMBER, {**claimed, "answered": dict(answer)})


def once(
    session: Session,
    by: Occasion,
    act: str,
    contents: Mapping[str, object],
    doing: Callable[[], tuple[Thing, Mapping[str, Plain]]],
    again: Callable[[Mapping[str, Plain]], Thing],
) -> Thing:
    """Do it the first time; find its result the next times.

    A refusal on the way is told which act it refuses, for the trail.

    Args:
        doing: does the act, gives the thing and the plain answer to remember.
        again: finds the thing from the answer that was remembered.
    """
    try:
        earlier = first_time(session, by, act, contents)
        if earlier is not None:
            return again(earlier.answer)
        thing, answer = doing()
    except WorkflowError as refusal:
        refusal.facts.setdefault("action", act)
        raise
    remember(session, by, answer)
    return thing


def make_once(
    session: Session,
    by: Occasion,
    asked: tuple[str, Mapping[str, object]],
    kind: type[Row],
    doing: Callable[[], Row],
) -> Row:
    """``once`` for an act that makes a row with an ``id``, which is remembered.

    Args:
        asked: the act and what was sent.
        kind: the mapped class of the row.
        doing: makes the row and flushes it.
    """
    act, contents = asked

    def first() -> tuple[Row, dict[str, Plain]]:
        row = doing()
        return row, {"id": row.id}

    def again(answer: Mapping[str, Plain]) -> Row:
        return session.get_one(kind, answer["id"])

    return once(session, by, act, contents, first, again)


def _claim(
    session: Session,
    by: Occasion,
    asked: tuple[str, str],
    answer: Mapping[str, Plain],
) -> bool:
    act, print_ = asked
    row = {
        "agency_id": by.agency_id,
        "id": by.operation,
        "act": act,
        "person_id": by.person_id,
        "fingerprint": print_,
        "answer": dict(answer),
        "at": by.at,
    }
    claim = _CLAIMS[session.get_bind().dialect.name]
    return run_plain(session, claim, row).first() is not None
