"""Codes, locks and passwords, on both databases (security.md section 3)."""

from __future__ import annotations

import pytest

from models.people import Role
from tests.small_town import ENTERED, MONDAY, PASSWORD, Office
from workflow.errors import NotPermitted, SignInRefused, WrongState
from workflow.people import acts


def test_a_new_account_needs_two_administrators(office: Office) -> None:
    """S-01, section 5: account by one, role by the other."""
    made = acts.add_person(
        office.session, office.by("sysadmin"), "示例新人", "xinren", ENTERED
    )
    attempt = acts.note_attempt(office.session, MONDAY, "xinren")
    office.town.people["xinren"] = made.person.id
    by = office.by("xinren")
    with pytest.raises(NotPermitted) as refused:
        acts.sign_in(office.session, by, attempt, made.code)
    assert refused.value.rule == "no-role-yet"
    sec = office.by("secadmin")
    acts.grant_role(office.session, sec, made.person.id, Role.DRAFTER)
    attempt = acts.note_attempt(office.session, MONDAY, "xinren")
    assert acts.sign_in(office.session, by, attempt, made.code).must_change


def test_a_code_works_once(office: Office) -> None:
    """S-13."""
    code = acts.reset_password(
        office.session, office.by("secadmin"), office.person("drafter")
    )
    by = office.by("drafter")
    first = acts.note_attempt(office.session, MONDAY, "drafter")
    acts.sign_in(office.session, by, first, code)
    second = acts.note_attempt(office.session, MONDAY, "drafter")
    with pytest.raises(SignInRefused):
        acts.sign_in(office.session, by, second, code)
    acts.change_password(office.session, by, "", "Bai-Yun_4466?")


def test_a_code_dies_after_a_day(office: Office) -> None:
    """S-13: 24 hours."""
    code = acts.reset_password(
        office.session, office.by("secadmin"), office.person("drafter")
    )
    late = office.by("drafter", hours=24)
    attempt = acts.note_attempt(office.session, late.at, "drafter")
    with pytest.raises(SignInRefused):
        acts.sign_in(office.session, late, attempt, code)


def test_the_old_password_is_worth_nothing_after_a_reset(office: Office) -> None:
    acts.reset_password(office.session, office.by("secadmin"), office.person("drafter"))
    attempt = acts.note_attempt(office.session, MONDAY, "drafter")
    with pytest.raises(SignInRefused):
        acts.sign_in(office.session, office.by("drafter"), attempt, PASSWORD)


def test_a_code_is_shown_once(office: Office) -> None:
    """The same form sent twice makes no second code, and shows none."""
    by = office.by("secadmin")
    acts.reset_password(office.session, by, office.person("drafter"))
    with pytest.raises(WrongState):
        acts.reset_password(office.session, by, office.person("drafter"))


def test_no_password_stands_in_operations_or_trail(office: Office) -> None:
    """S-36: neither the password nor a quick hash of it."""
    by = office.by("drafter")
    acts.change_password(office.session, by, PASSWORD, "Bai-Yun_4466?")
    entry = office.entries()[-1]
    assert entry.act == "person.change_password"
    assert entry.details == {}


def test_unlocking_lets_her_in_before_the_time(office: Office) -> None:
    for _ in range(5):
        acts.note_attempt(office.session, MONDAY, "drafter")
    assert not acts.note_attempt(office.session, MONDAY, "drafter").allowed
    acts.unlock(office.session, office.by("secadmin"), office.person("drafter"))
    assert acts.note_attempt(office.session, MONDAY, "drafter").allowed
