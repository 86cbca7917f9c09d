"""The states of a request and what leads from one to the next; pure.

Beside ``workflow/process/machine.py`` the only import of ``transitions``: a request is
no article and climbs no ladder a regulation wrote, its states are those of the 条例.
The machine says whether something is possible now; ``guards.py`` says whether it is
allowed, and names the article.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import cache

from transitions import Machine, MachineError

from models.requests import RequestState as State
from workflow.errors import WrongState

OPEN = tuple(state for state in State if state is not State.CLOSED)


class Trigger(StrEnum):
    """What moves a request."""

    REGISTER = "register"
    ASSIGN = "assign"
    ASK_CORRECTION = "ask_correction"
    CORRECT = "correct"
    LAPSE_CORRECTION = "lapse_correction"
    ASK_REASONS = "ask_reasons"
    ACCEPT_REASONS = "accept_reasons"
    REFUSE_REASONS = "refuse_reasons"
    CONSULT = "consult"
    TAKE_OPINION = "take_opinion"
    TAKE_LAST_OPINION = "take_last_opinion"
    EXTEND = "extend"
    POSTPONE = "postpone"
    ASK_FEE = "ask_fee"
    PAY = "pay"
    LAPSE_FEE = "lapse_fee"
    PROPOSE = "propose"
    REOPEN = "reopen"
    DECIDE = "decide"
    SERVE = "serve"
    WITHDRAW = "withdraw"
    AMEND = "amend"


IN_HAND = (State.REGISTERED, State.REVIEWING)
UNANSWERED = tuple(s for s in OPEN if s not in (State.ARRIVED, State.DECIDED))
# trigger, from, to
MOVES: tuple[tuple[Trigger, tuple[State, ...], State], ...] = (
    (Trigger.REGISTER, (State.ARRIVED,), State.REGISTERED),
    (Trigger.ASSIGN, IN_HAND, State.REVIEWING),
    (Trigger.ASK_CORRECTION, IN_HAND, State.CORRECTING),
    (Trigger.CORRECT, (State.CORRECTING,), State.REVIEWING),
    (Trigger.LAPSE_CORRECTION, (State.CORRECTING,), State.CLOSED),
    (Trigger.ASK_REASONS, IN_HAND, State.EXPLAINING),
    (Trigger.ACCEPT_REASONS, (State.EXPLAINING,), State.REVIEWING),
    (Trigger.REFUSE_REASONS, (State.EXPLAINING,), State.DECIDING),
    (Trigger.CONSULT, (State.REVIEWING, State.CONSULTING), State.CONSULTING),
    (Trigger.TAKE_OPINION, (State.CONSULTING,), State.CONSULTING),
    (Trigger.TAKE_LAST_OPINION, (State.CONSULTING,), State.REVIEWING),
    (Trigger.EXTEND, (State.REVIEWING,), State.REVIEWING),
    (Trigger.EXTEND, (State.CONSULTING,), State.CONSULTING),
    (Trigger.POSTPONE, (State.REVIEWING,), State.REVIEWING),
    (Trigger.ASK_FEE, (State.REVIEWING,), State.FEE_PENDING),
    (Trigger.PAY, (State.FEE_PENDING,), State.REVIEWING),
    (Trigger.LAPSE_FEE, (State.FEE_PENDING,), State.CLOSED),
    (Trigger.PROPOSE, (State.REVIEWING, State.DECIDING), State.DECIDING),
    (Trigger.REOPEN, (State.DECIDING,), State.REVIEWING),
    (Trigger.DECIDE, (State.DECIDING,), State.DECIDED),
    (Trigger.SERVE, (State.DECIDED,), State.CLOSED),
    (Trigger.WITHDRAW, UNANSWERED, State.CLOSED),
    (Trigger.AMEND, (State.CLOSED,), State.CLOSED),
)
NAMES: Mapping[StrEnum, str] = {
    State.ARRIVED: "待确认收到日期",
    State.REGISTERED: "已登记",
    State.CORRECTING: "待补正",
    State.EXPLAINING: "待说明理由",
    State.REVIEWING: "办理中",
    State.CONSULTING: "征求意见",
    State.FEE_PENDING: "待缴费",
    State.DECIDING: "答复审签中",
    State.DECIDED: "已签发待送达",
    State.CLOSED: "已办结",
}


@dataclass
class _Walker:
    """What the machine moves; thrown away after the step."""

    state: str


def step(state: State, trigger: Trigger) -> State:
    """Where the trigger leads.

    Raises:
        WrongState: not possible now; says where the request stands.
    """
    walker = _Walker(state.value)
    try:
        _machine().events[trigger.value].trigger(walker)
    except MachineError:
        raise WrongState(
            f"这件申请现在是“{NAMES[state]}”，不能办理此事。",
            rule=f"request-not-{trigger.value}",
            basis="申请按受理、补正、征求意见、收费、答复、送达的次序办理。",
        ) from None
    return State(walker.state)


def possible(state: State) -> frozenset[Trigger]:
    """What can happen next, in law; who may do it is another question."""
    return frozenset(trigger for trigger, sources, _ in MOVES if state in sources)


@cache
def _machine() -> Machine:
    transitions = [
        {"trigger": trigger.value, "source": source.value, "dest": to.value}
        for trigger, sources, to in MOVES
        for source in sources
    ]
    return Machine(
        model=None,
        states=[state.value for state in State],
        transitions=transitions,
        initial=State.ARRIVED.value,
        auto_transitions=False,
    )
