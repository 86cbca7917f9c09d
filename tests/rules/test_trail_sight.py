"""Who sees how much of the trail (security.md section 5)."""

from __future__ import annotations

import pytest

from models.people import Role
from workflow.audit.permits import Sight, sight_of

EXPECTED = {
    Role.AUDIT_ADMINISTRATOR: Sight.ALL,
    Role.SECURITY_ADMINISTRATOR: Sight.ORDINARY,
    Role.LEADER: Sight.ARTICLES,
}


@pytest.mark.parametrize("role", Role)
def test_each_role_sees_what_the_table_says(role: Role) -> None:
    assert sight_of({role}) is EXPECTED.get(role, Sight.NOTHING)


def test_without_a_role_nobody_sees_anything() -> None:
    assert sight_of(()) is Sight.NOTHING


def test_the_widest_role_counts() -> None:
    assert sight_of({Role.LEADER, Role.SECURITY_ADMINISTRATOR}) is Sight.ORDINARY
