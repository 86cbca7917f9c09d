"""One request, one session, one transaction: committed here and nowhere else."""

from __future__ import annotations

import secrets
from collections.abc import Callable
from typing import TypeVar

from flask import Flask, current_app, g, request
from flask.typing import ResponseReturnValue
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session
from sqlalchemy.orm.exc import StaleDataError

from models.database import Database
from web.clock import now
from workflow.errors import Superseded
from workflow.occasion import Occasion
from workflow.people.questions import SignedIn

Thing = TypeVar("Thing")
READING = frozenset({"GET", "HEAD", "OPTIONS"})


class App(Flask):
    """Flask whose views run inside one transaction.

    Committed after the view and before the answer leaves; any exception rolls back.
    ``after_request`` would be too late: an exception that an error handler answered
    arrives there as success.
    """

    def dispatch_request(self) -> ResponseReturnValue:
        """Run the view; commit what it did, or nothing.

        Raises:
            Superseded: somebody changed the same row first, seen at the last moment.
        """
        try:
            answer = super().dispatch_request()
            _commit()
        except (StaleDataError, IntegrityError) as clash:
            self.logger.warning("clash at %s: %s", request.path, clash)
            raise Superseded(
                "您提交时，同一内容刚被他人改动，这次没有保存。请刷新后再试。"
            ) from clash
        finally:
            close()
        return answer


def db() -> Session:
    """This request's session, opened when first asked for."""
    if "session" not in g:
        g.session = _maker()()
    session: Session = g.session
    return session


def close() -> None:
    """Give the session back; what was not committed is rolled back."""
    session: Session | None = g.pop("session", None)
    if session is not None:
        session.close()


def apart(doing: Callable[[Session], Thing]) -> Thing:
    """Do something in a short transaction of its own, committed at once.

    For what must last although the request is refused (a failed sign-in, a refused
    attempt).  Not while the request's own session is open: two writers of one request
    would wait for each other.
    """
    if "session" in g:
        raise RuntimeError("apart() while the request's session is open")
    with _database().writing.begin() as session:
        return doing(session)


def peek(asking: Callable[[Session], Thing]) -> Thing:
    """Ask something before the request's own transaction begins."""
    with _database().reading() as session:
        return asking(session)


def occasion(operation: str = "") -> Occasion:
    """The signed-in person, now, under the operation id that the form carried.

    Args:
        operation: overrides the form field ``operation`` and ``X-Operation-Id``.
    """
    me: SignedIn = g.me
    return Occasion(
        agency_id=me.agency_id,
        person_id=me.person_id,
        at=now(),
        operation=operation or sent_operation(),
        session=me.mark[:16],
        address=request.remote_addr or "",
        agent=request.user_agent.string[:200],
    )


def sent_operation() -> str:
    """The operation id that the client sent; empty when it sent none."""
    return request.form.get("operation") or request.headers.get("X-Operation-Id", "")


def new_operation() -> str:
    """An id for a form's hidden field: the same form sent twice acts once."""
    return secrets.token_hex(16)


def _database() -> Database:
    database: Database = current_app.extensions["database"]
    return database


def _maker() -> Callable[[], Session]:
    reads = request.method in READING or g.get("refused", False)
    return _database().reading if reads else _database().writing


def _commit() -> None:
    session: Session | None = g.get("session")
    if session is not None:
        session.commit()
