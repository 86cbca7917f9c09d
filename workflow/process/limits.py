"""How long a thing may take, and what happens when nobody acted in time."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum


class LimitUnit(StrEnum):
    """In what a limit is counted; the regulation's 日 and 工作日 are not the same."""

    HOURS = "hours"
    CALENDAR_DAYS = "calendar_days"
    WORKING_DAYS = "working_days"


UNIT_NAMES: Mapping[LimitUnit, str] = {
    LimitUnit.HOURS: "小时",
    LimitUnit.CALENDAR_DAYS: "日",
    LimitUnit.WORKING_DAYS: "个工作日",
}


class Count(StrEnum):
    """How days are counted: whole days after the first, or from moment to moment."""

    DAYS = "days"
    MOMENTS = "moments"


class Silence(StrEnum):
    """What happens at the limit when nobody acted; a person's approval never does.

    The last two are for consultations and special reviews only, and the first of
    them only where a regulation says so.
    """

    ESCALATE = "escalate"
    REMIND = "remind"
    DEEMED_APPROVED = "deemed_approved"
    DEEMED_REJECTED = "deemed_rejected"


SILENCE_NAMES: Mapping[Silence, str] = {
    Silence.ESCALATE: "逾期上报",
    Silence.REMIND: "逾期催办",
    Silence.DEEMED_APPROVED: "逾期未复视为同意（由系统记载）",
    Silence.DEEMED_REJECTED: "逾期未复视为不同意（由系统记载）",
}


@dataclass(frozen=True, slots=True)
class Limit:
    """How long something may take, from the moment it is reached.

    Args:
        amount: counted in ``unit``; 0 days is the same day (当日).
        unit: unit of ``amount``.
        urgent: amount for urgent articles, counted in ``urgent_unit``; ``None``:
            urgency changes nothing here.
        urgent_unit: unit of ``urgent``.
        silence: what happens when the limit passes.
        note: where the figure comes from, when not from the regulation.
        count: how days are counted.
        stated: an urgent article is due when its submitter said, if that is sooner.
        escalate_to: post told when the limit passes; may be empty.
        remind_hours: how many hours before it passes a reminder goes out; 0: none.
        basis: the sentence of the regulation that says what silence means.
        until: of the whole chain: ``cleared`` when it ends with the last signature,
            else it ends with publication.
    """

    amount: int
    unit: LimitUnit
    urgent: int | None = None
    urgent_unit: LimitUnit = LimitUnit.WORKING_DAYS
    silence: Silence = Silence.ESCALATE
    note: str = ""
    count: Count = Count.DAYS
    stated: bool = False
    escalate_to: str = ""
    remind_hours: int = 0
    basis: str = ""
    until: str = ""
