"""Deadlines by kind, the ladder, and who may re-check; without a database."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest

from models.inspections import FaultKind, FaultState
from models.rectification import FaultAct
from workflow.calendar import WorkingCalendar
from workflow.errors import InvalidInput, NotPermitted, WrongState
from workflow.inspections.rectification import (
    AT_ONCE,
    LIMITS,
    MOVES,
    OPEN,
    Terms,
    deadline,
    is_late,
    ladder_due,
    ladder_of_repeat,
    moved,
    possible,
    refuse_own_recheck,
    working_days,
)

CALENDAR = WorkingCalendar(
    off=frozenset(date(2024, 10, n) for n in range(1, 8)),
    work=frozenset({date(2024, 9, 29), date(2024, 10, 12)}),
    known_from=date(2024, 1, 1),
    known_until=date(2024, 12, 31),
)
# 22:30 on Saturday 28 September on the town's clock
FOUND = datetime(2024, 9, 28, 14, 30, tzinfo=UTC)


def test_every_kind_has_a_limit_and_what_cannot_wait_does_not() -> None:
    assert set(LIMITS) == set(FaultKind)
    urgent = {kind for kind, limit in LIMITS.items() if limit == AT_ONCE}
    assert urgent == {FaultKind.WRONG_STATEMENT, FaultKind.PERSONAL_DATA}


def test_a_deadline_counts_swap_days_and_jumps_the_holiday() -> None:
    assert deadline(FaultKind.DIRTY, FOUND, CALENDAR, Terms()) == date(2024, 10, 8)
    at_once = deadline(FaultKind.PERSONAL_DATA, FOUND, CALENDAR, Terms())
    assert at_once == date(2024, 9, 28), "on a Saturday too"


def test_the_ladder_rises_on_working_days_only_and_ends_with_the_talk() -> None:
    until = date(2024, 9, 30)
    days = [date(2024, 9, 30), date(2024, 10, 5), date(2024, 10, 8), date(2024, 10, 9)]
    days += [date(2024, 10, 10), date(2024, 10, 12), date(2024, 10, 14)]
    days += [date(2024, 11, 30)]

    steps = [ladder_due(until, day, 0, CALENDAR, 2) for day in days]
    assert steps == [0, 0, 1, 1, 2, 3, 3, 4]
    assert ladder_due(until, date(2024, 10, 8), 3, CALENDAR, 2) == 4
    assert [ladder_of_repeat(step) for step in range(5)] == [1, 2, 3, 4, 4]


def test_who_reported_in_time_is_not_late() -> None:
    until, after = date(2024, 9, 30), date(2024, 10, 8)
    assert is_late(FaultState.RECTIFYING, until, after)
    assert not is_late(FaultState.RECTIFYING, until, until)
    assert not is_late(FaultState.REPORTED, until, after)
    assert not is_late(FaultState.FOUND, None, after)


def test_the_fixer_never_says_that_it_is_fixed() -> None:
    for who, fixer, names in (
        ((1, "甲"), 1, set()),
        ((2, "甲"), 1, {"甲"}),
        ((1, "甲"), None, {"李某", "甲"}),
    ):
        with pytest.raises(NotPermitted) as refused:
            refuse_own_recheck(who, fixer, names)
        assert refused.value.rule == "rechecker-is-not-fixer"
        assert refused.value.basis
    refuse_own_recheck((2, "乙"), 1, {"甲"})


def test_what_is_settled_does_not_move() -> None:
    for state in (FaultState.CLOSED, FaultState.EXEMPTED):
        assert possible(state) == frozenset()
        for act in MOVES:
            with pytest.raises(WrongState):
                moved(state, act)


def test_every_open_state_can_reach_its_end() -> None:
    def reach(state: FaultState, seen: frozenset[FaultState]) -> frozenset[FaultState]:
        seen |= {state}
        for act in possible(state):
            to = moved(state, act)
            if to not in seen:
                seen |= reach(to, seen)
        return seen

    for state in OPEN:
        assert FaultState.CLOSED in reach(state, frozenset())
    usual = [FaultAct.NOTIFY, FaultAct.ACKNOWLEDGE, FaultAct.START, FaultAct.REPORT]
    state = FaultState.FOUND
    for act in (*usual, FaultAct.PUT_RIGHT, FaultAct.CLOSE):
        state = moved(state, act)
    assert state is FaultState.CLOSED


@pytest.mark.parametrize(
    "limit", ["", "soon", "0 working_days", "61 working_days", "3 days"]
)
def test_what_is_no_limit_is_refused(limit: str) -> None:
    with pytest.raises(InvalidInput):
        working_days(limit)
