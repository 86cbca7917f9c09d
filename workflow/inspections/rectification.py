"""How a fault is put right (整改): its states, deadlines and ladder; pure.

    found -> notified -> acknowledged -> rectifying -> reported -> rechecked -> closed

A re-check that fails returns it with a new deadline; a leader may exempt it with a
reason.  Being late and being escalated are not states: they hold beside any state that
is still open.  Who re-checks is never who fixed (inspections.md section 7).
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from types import MappingProxyType

from models.inspections import FaultKind, FaultState
from models.rectification import FaultAct
from workflow.calendar import WorkingCalendar, town_day
from workflow.errors import InvalidInput, NotPermitted, WrongState

S, A = FaultState, FaultAct
OPEN = frozenset(S) - {S.CLOSED, S.EXEMPTED}
NOT_REPORTED = OPEN - {S.REPORTED, S.RECHECKED}
_TOLD = frozenset({S.NOTIFIED, S.ACKNOWLEDGED, S.RECTIFYING, S.RETURNED})
LADDER = ("", "提醒", "催办", "通报", "约谈")
TOP = len(LADDER) - 1
AT_ONCE = "at_once"
LONGEST_LIMIT = 60
BASIS = "整改完成后由他人复查，合格后销号；整改人不得复查自己的整改。"

# from which states an act is possible, and where it leads; None leaves the state
MOVES: Mapping[FaultAct, tuple[frozenset[FaultState], FaultState | None]] = {
    A.NOTIFY: (frozenset({S.FOUND}), S.NOTIFIED),
    A.ACKNOWLEDGE: (frozenset({S.NOTIFIED, S.RETURNED}), S.ACKNOWLEDGED),
    A.START: (frozenset({S.ACKNOWLEDGED}), S.RECTIFYING),
    A.REPORT: (_TOLD, S.REPORTED),
    A.PUT_RIGHT: (OPEN - {S.RECHECKED}, S.RECHECKED),
    A.RETURN: (frozenset({S.REPORTED, S.RECHECKED}), S.RETURNED),
    A.CLOSE: (frozenset({S.RECHECKED}), S.CLOSED),
    A.EXEMPT: (OPEN, S.EXEMPTED),
    A.LATE: (NOT_REPORTED, None),
    A.RAISE: (NOT_REPORTED, None),
    A.SEE_AGAIN: (OPEN, None),
}

_WEEK = "5 working_days"
LIMITS: Mapping[FaultKind, str] = MappingProxyType(
    {
        FaultKind.NO_BOARD: "10 working_days",
        FaultKind.EMPTY: "3 working_days",
        FaultKind.DIRTY: "3 working_days",
        FaultKind.DAMAGED: "10 working_days",
        FaultKind.STALE: "3 working_days",
        FaultKind.NO_FINANCE_PAGE: "3 working_days",
        FaultKind.BADLY_PASTED: "3 working_days",
        FaultKind.COVERED: "3 working_days",
        FaultKind.BADLY_PLACED: "10 working_days",
        FaultKind.WRONG_STATEMENT: AT_ONCE,
        FaultKind.PERSONAL_DATA: AT_ONCE,
    }
)


@dataclass(frozen=True, slots=True)
class Terms:
    """What an agency decides about faults.

    Args:
        limits: kind of fault to ``at_once`` or ``3 working_days``.
        look_back: the same fault found again within this is a repeat.
        raise_after: working days between two steps of the ladder once it is late.
        show_days: days for which a published article hangs on the boards.
    """

    limits: Mapping[FaultKind, str] = field(default_factory=lambda: LIMITS)
    look_back: timedelta = timedelta(days=180)
    raise_after: int = 2
    show_days: int = 30


def moved(state: FaultState, act: FaultAct) -> FaultState:
    """The state after an act.

    Raises:
        WrongState: not from this state.
    """
    from_states, to = MOVES[act]
    if state not in from_states:
        raise WrongState(rule="fault-state", message=_not_now(state))
    return to or state


def possible(state: FaultState) -> frozenset[FaultAct]:
    """The acts that are possible in a state."""
    return frozenset(act for act, (states, _) in MOVES.items() if state in states)


def working_days(limit: str) -> int:
    """Working days of a limit as it is kept; at once is none.

    Raises:
        InvalidInput: not a limit, or longer than ``LONGEST_LIMIT``.
    """
    number, _, unit = limit.partition(" ")
    if limit == AT_ONCE:
        return 0
    is_limit = number.isascii() and number.isdigit() and unit == "working_days"
    if not is_limit or not 1 <= int(number) <= LONGEST_LIMIT:
        line = f"整改期限写“立即”或1至{LONGEST_LIMIT}个工作日。"
        raise InvalidInput({"limits": [line]})
    return int(number)


def deadline(
    kind: FaultKind, found_at: datetime, calendar: WorkingCalendar, terms: Terms
) -> date:
    """The last day on which the fault is put right in time; at once is the same day.

    A wrong statement and personal data are corrected at once, working day or not.

    Args:
        found_at: when it was found or returned, aware.
    """
    day = town_day(found_at)
    number = working_days(terms.limits.get(kind, _WEEK))
    return calendar.add_working_days(day, number) if number else day


def is_late(state: FaultState, until: date | None, on: date) -> bool:
    """Whether the unit let its day pass without reporting that it is put right."""
    return state in NOT_REPORTED and until is not None and on > until


def ladder_due(
    until: date, on: date, start: int, calendar: WorkingCalendar, every: int
) -> int:
    """The step of the ladder that being late has reached on a day.

    The first working day after the deadline raises by one, and each further ``every``
    working days by another, never beyond the talk (约谈).

    Args:
        start: the step with which this deadline began.
    """
    late = calendar.working_days_between(until, on)
    return min(start + 1 + (late - 1) // every, TOP) if late > 0 else start


def ladder_of_repeat(earlier: int) -> int:
    """A repeat begins one step above what the earlier fault had reached."""
    return min(earlier + 1, TOP)


def refuse_own_recheck(
    who: tuple[int | None, str], fixer_id: int | None, fixers: Collection[str]
) -> None:
    """Who fixed it does not say that it is fixed, now or after a return.

    Args:
        who: account and name of the person who re-checks or crosses off.
        fixers: the names of all who ever reported it put right.

    Raises:
        NotPermitted: the same person, by account or by name.
    """
    person_id, name = who
    if name in fixers or (person_id is not None and person_id == fixer_id):
        raise NotPermitted(
            "这个问题是您整改的，须由别人复查、销号。",
            rule="rechecker-is-not-fixer",
            basis=BASIS,
            help_from="其他巡查人员",
        )


def _not_now(state: FaultState) -> str:
    if state in (S.CLOSED, S.EXEMPTED):
        return "这个问题已经办结，不能再办理此事。"
    return "这个问题现在不在这一步，不能办理此事，请刷新后看看最新进展。"
