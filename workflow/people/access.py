"""Signing in and out, passwords, sessions (身份鉴别, GB/T 22239-2019, 8.1.4.1)."""

from __future__ import annotations

import hashlib
import secrets
from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import NoReturn

from sqlalchemy import update
from sqlalchemy.orm import Session

from models.people import Account, LoginSession
from workflow.actions import Action
from workflow.audit.acts import Subject, record
from workflow.errors import InvalidInput, NotPermitted, SignInRefused, WrongState
from workflow.occasion import Occasion
from workflow.operations import once
from workflow.people import passwords, questions
from workflow.people.permit import permit
from workflow.people.tokens import end_tokens

MOST_FAILURES = 5
FAILURE_WINDOW = timedelta(minutes=15)
LOCK = timedelta(minutes=15)
CODE_LIVES = timedelta(hours=24)
TOUCH_EVERY = timedelta(minutes=1)
MOST_SESSIONS = 2


@dataclass(frozen=True, slots=True)
class Attempt:
    """One try at signing in, counted before the password is looked at.

    Args:
        person_id: whose account it is; ``None`` when there is no such name.
        allowed: whether the account is not locked at this moment.
        kept: the password hash to compare with, a decoy for unknown names.
    """

    person_id: int | None
    allowed: bool
    kept: str


@dataclass(frozen=True, slots=True)
class Opened:
    """A new session: the token for the cookie, and how many older ones it ended."""

    person_id: int
    token: str
    must_change: bool
    ended: int


def note_attempt(session: Session, at: datetime, login: str) -> Attempt:
    """Count a try before its password is checked; to be committed by itself.

    Counting first means that no number of simultaneous guesses passes the limit, and
    that a refused try is counted although its request is rolled back (S-05).
    """
    account = questions.account_named(session, login)
    if account is None:
        return Attempt(None, allowed=False, kept=passwords.decoy())
    allowed = account.locked_until is None or account.locked_until <= at
    if allowed:
        _count(account, at)
    return Attempt(account.person_id, allowed, account.password_hash)


def sign_in(session: Session, by: Occasion, attempt: Attempt, password: str) -> Opened:
    """Open a session for the person whose password this is.

    Has no operation id: the same form sent again is another try.

    Raises:
        SignInRefused: unknown name, wrong password or locked: one sentence for all.
        NotPermitted: right password, but nobody has given the account a role yet.
    """
    right = passwords.matches(attempt.kept or passwords.decoy(), password)
    if attempt.person_id is None or not attempt.allowed or not right:
        raise SignInRefused(help_from="安全管理员", action=Action.SIGN_IN)
    account = _usable(session, by, attempt.person_id)
    account.failures, account.failing_since, account.locked_until = 0, None, None
    opened = _open(session, by, account)
    record(session, by, Action.SIGN_IN, Subject("person", account.person_id))
    return opened


def sign_out(session: Session, by: Occasion, mark: str) -> None:
    """End the session of this mark; its cookie is worth nothing afterwards (S-07)."""
    _end_one(questions.login_session(session, by, mark), by, "退出登录")
    record(session, by, Action.SIGN_OUT, Subject("session", mark[:16]))


def end_session(session: Session, by: Occasion, mark: str) -> LoginSession:
    """End another of one's own sessions, or as security administrator anyone's.

    Raises:
        NotFound: no such session in this agency.
        NotPermitted: another person's session, and not the security administrator.
    """
    found = questions.login_session(session, by, mark)
    if found.person_id != by.person_id:
        permit(session, by, Action.SESSION_END)

    def doing() -> tuple[LoginSession, dict[str, str]]:
        _end_one(found, by, "被结束")
        record(session, by, Action.SESSION_END, Subject("session", mark[:16]))
        return found, {}

    return once(session, by, "end_session", {"mark": mark}, doing, lambda _: found)


def touch(session: Session, mark: str, at: datetime) -> None:
    """Note that the session is in use; written once a minute at most."""
    session.execute(
        update(LoginSession)
        .where(LoginSession.mark == mark, LoginSession.seen_at <= at - TOUCH_EVERY)
        .values(seen_at=at)
    )


def change_password(
    session: Session,
    by: Occasion,
    current: str,
    new: str,
    local_words: Collection[str] = (),
) -> Account:
    """Set one's own password; ends every session of this person (S-07).

    Args:
        current: the present password, or the one-time code; not asked again when this
            session was opened with the code.
        local_words: words that no password may contain.

    Raises:
        InvalidInput: the present password is wrong, or the new one is weak.
    """
    account = questions.account(session, by.agency_id, by.person_id or 0)
    used_up = account.must_change and not account.password_hash

    def doing() -> tuple[Account, dict[str, str]]:
        if not used_up and not passwords.matches(account.password_hash, current):
            raise InvalidInput({"password": ["现在的密码不正确。"]})
        _check_new(account, new, local_words)
        account.password_hash, account.must_change = passwords.hashed(new), False
        account.changed_at = by.at
        end_sessions(session, account.person_id, by.at, "修改密码")
        on = Subject("person", account.person_id)
        record(session, by, Action.CHANGE_PASSWORD, on)
        return account, {}

    about = {"person": account.person_id}
    return once(session, by, "change_password", about, doing, lambda _: account)


def reset_password(session: Session, by: Occasion, person_id: int) -> str:
    """Issue a one-time code, good for one sign-in within 24 hours (S-13).

    The administrator neither learns nor chooses the password; she hands the code over.

    Raises:
        NotPermitted: not the security administrator.
        WrongState: this form was already sent; a code is shown only once.
    """
    permit(session, by, Action.RESET_PASSWORD)
    account = questions.account(session, by.agency_id, person_id)

    def doing() -> tuple[str, dict[str, str]]:
        code = issue_code(account, by.at)
        end_sessions(session, person_id, by.at, "重置密码")
        record(session, by, Action.RESET_PASSWORD, Subject("person", person_id))
        return code, {}

    about = {"person": person_id}
    return once(session, by, "reset_password", about, doing, shown_already)


def unlock(session: Session, by: Occasion, person_id: int) -> Account:
    """Lift a lock before its 15 minutes are over.

    Raises:
        NotPermitted: not the security administrator.
    """
    permit(session, by, Action.UNLOCK)
    account = questions.account(session, by.agency_id, person_id)

    def doing() -> tuple[Account, dict[str, str]]:
        account.failures, account.failing_since, account.locked_until = 0, None, None
        record(session, by, Action.UNLOCK, Subject("person", person_id))
        return account, {}

    about = {"person": person_id}
    return once(session, by, "unlock", about, doing, lambda _: account)


def issue_code(account: Account, at: datetime) -> str:
    """Put a fresh one-time code in place of the password; part of a larger act."""
    code = passwords.one_time_code()
    account.password_hash, account.must_change = passwords.hashed(code), True
    account.failures, account.failing_since, account.locked_until = 0, None, None
    account.changed_at = at
    return code


def end_sessions(session: Session, person_id: int, at: datetime, reason: str) -> None:
    """End every open session and key of a person; part of a larger act."""
    session.execute(
        update(LoginSession)
        .where(LoginSession.person_id == person_id, LoginSession.ended_at.is_(None))
        .values(ended_at=at, end_reason=reason)
    )
    end_tokens(session, person_id, at)


def shown_already(_answer: object) -> NoReturn:
    """What a repeated form gets instead of a code that was shown once.

    Raises:
        WrongState: always.
    """
    raise WrongState(
        "一次性口令已经生成并显示过一次，不能再次显示。如未记下，请重新重置密码。",
        rule="code-shown-once",
        help_from="安全管理员",
    )


def mark_of(token: str) -> str:
    """What the table keeps of a session's token."""
    return hashlib.sha256(token.encode()).hexdigest()


def _count(account: Account, at: datetime) -> None:
    since = account.failing_since
    if since is None or since <= at - FAILURE_WINDOW:
        account.failing_since, account.failures = at, 0
    account.failures += 1
    if account.failures >= MOST_FAILURES:
        account.locked_until = at + LOCK
        account.failing_since, account.failures = None, 0


def _usable(session: Session, by: Occasion, person_id: int) -> Account:
    account = questions.account(session, by.agency_id, person_id)
    person = questions.person(session, by.agency_id, person_id)
    if person.left_on is not None and person.left_on <= by.today:
        raise SignInRefused(help_from="安全管理员", action=Action.SIGN_IN)
    if account.must_change and account.changed_at <= by.at - CODE_LIVES:
        raise SignInRefused(
            "一次性口令已过二十四小时，不能再用。",
            rule="code-expired",
            help_from="安全管理员",
            action=Action.SIGN_IN,
        )
    if not questions.roles_of(session, person_id, by.at):
        raise NotPermitted(
            "账号已建立，但还没有授予角色，暂时不能使用。",
            rule="no-role-yet",
            help_from="安全管理员",
            action=Action.SIGN_IN,
        )
    return account


def _open(session: Session, by: Occasion, account: Account) -> Opened:
    ended = _end_oldest(session, by, account.person_id)
    if account.must_change:
        account.password_hash = ""
    token = secrets.token_urlsafe(32)
    session.add(
        LoginSession(
            mark=mark_of(token),
            person_id=account.person_id,
            started_at=by.at,
            seen_at=by.at,
            address=by.address[:64],
            agent=by.agent[:200],
        )
    )
    return Opened(account.person_id, token, account.must_change, ended)


def _end_oldest(session: Session, by: Occasion, person_id: int) -> int:
    """An office computer and a phone; a third sign-in ends the oldest (S-10)."""
    open_now = questions.open_sessions(session, person_id)
    too_many = open_now[MOST_SESSIONS - 1 :]
    for old in too_many:
        _end_one(old, by, "在第三处登录")
    return sum(old.seen_at > by.at - FAILURE_WINDOW for old in too_many)


def _end_one(old: LoginSession, by: Occasion, reason: str) -> None:
    if old.ended_at is None:
        old.ended_at, old.end_reason = by.at, reason


def _check_new(account: Account, new: str, local_words: Collection[str]) -> None:
    passwords.check(new, account.login, local_words)
    if passwords.matches(account.password_hash, new):
        raise InvalidInput({"new_password": ["新密码不能与现在的密码相同。"]})
