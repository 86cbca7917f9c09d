"""The clock of a request: which day is the last, and why; pure.

The clock is a fold over what happened, each thing on its legal date.  It is never kept
by hand: a date that was recorded late moves the last day as it would have done at once.
Working days follow the announced lists (调休); a year without one is refused.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from enum import StrEnum

from models.requests import RequestEventKind as Kind
from workflow.calendar import WorkingCalendar, days_after

ANSWER_WITHIN = 20  # D4, 条例第三十三条
CORRECTION_ASKED_WITHIN = 7  # D2, 条例第三十条
OPINION_WITHIN = 15  # D6 and D7, 条例第三十二条、第三十四条
EXTENSION_MAX = 20  # D5, 条例第三十三条
PAY_WITHIN = 20  # D11, 国办函〔2020〕109号

RESTARTS = (
    Kind.REGISTERED,
    Kind.CORRECTED,
    Kind.REASONS_ACCEPTED,
    Kind.REASONS_REFUSED,
    Kind.PAID,
)
STOPS = (Kind.CORRECTION_ASKED, Kind.REASONS_ASKED, Kind.FEE_ASKED)
ENDS = (Kind.SERVED, Kind.LAPSED_CORRECTION, Kind.LAPSED_FEE, Kind.WITHDRAWN)


@dataclass(frozen=True, slots=True)
class Mark:
    """Something that happened, as the clock reads it.

    Args:
        on: the date that counts in law.
        days: working days asked for or granted.
        until: the day set instead (D9).
        letter: the letter it belongs to; an opinion answers the letter of its number.
    """

    kind: Kind
    on: date
    days: int = 0
    until: date | None = None
    letter: int = 0


class Running(StrEnum):
    """What the main clock does now."""

    NONE = "none"
    RUNS = "runs"
    SUSPENDED = "suspended"
    STOPPED = "stopped"
    ENDED = "ended"


class Why(StrEnum):
    """One step of the explanation of a last day."""

    RECEIVED = "received"
    RESTARTED = "restarted"
    STOPPED = "stopped"
    NOT_COUNTED = "not_counted"
    ASKING = "asking"
    EXTENDED = "extended"
    POSTPONED = "postponed"
    ENDED = "ended"


@dataclass(frozen=True, slots=True)
class Reason:
    """Why the last day is what it is, one step of it.

    Args:
        on: the day of what happened; ``until``: the end of the span or period.
        days: working days counted, not counted or added.
        due: the last day as it stands after this step, if the clock runs.
    """

    why: Why
    kind: Kind
    on: date
    days: int = 0
    until: date | None = None
    due: date | None = None


@dataclass(frozen=True, slots=True)
class Span:
    """While somebody outside is asked; ``back`` is open until the answer is there."""

    letter: int
    first: date
    lapse: date
    back: date | None = None

    @property
    def last(self) -> date:
        """The last day that is not counted: of the opinion, at latest of the lapse."""
        return min(self.back or self.lapse, self.lapse)


@dataclass(frozen=True, slots=True)
class Clock:
    """The clock as it stands.

    Args:
        day_zero: the day from which is counted, itself not counted.
        due: the last day for the answer; provisional while somebody is asked, none
            while the clock stands still.
        period_ends: the last day of the applicant's own period (D3, D8, D11), or of
            the last outside opinion (D6, D7).
        reasons: the explanation, step by step.
    """

    running: Running = Running.NONE
    day_zero: date | None = None
    due: date | None = None
    period_ends: date | None = None
    extended: int = 0
    ever_extended: bool = False
    postponed: date | None = None
    stopped_by: Mark | None = None
    spans: tuple[Span, ...] = ()
    reasons: tuple[Reason, ...] = field(default=())


def read_clock(marks: Iterable[Mark], calendar: WorkingCalendar) -> Clock:
    """The clock after everything that happened, in the order in which it was recorded.

    Raises:
        CalendarUnknown: a limit reaches into a year without a holiday list.
    """
    clock = Clock()
    for mark in marks:
        clock = _after(clock, mark, calendar)
    return clock


def _after(clock: Clock, mark: Mark, calendar: WorkingCalendar) -> Clock:
    if mark.kind in RESTARTS:
        return _restarted(clock, mark, calendar)
    if mark.kind in STOPS:
        return _stopped(clock, mark, calendar)
    if mark.kind in ENDS:
        return _ended(clock, mark)
    step = _STEPS.get(mark.kind)
    return clock if step is None else step(clock, mark, calendar)


def _restarted(clock: Clock, mark: Mark, calendar: WorkingCalendar) -> Clock:
    """Day 0 again; what was granted to the earlier run does not follow."""
    due = calendar.last_day(mark.on, ANSWER_WITHIN)
    first = mark.kind is Kind.REGISTERED
    why = Why.RECEIVED if first else Why.RESTARTED
    reason = Reason(why, mark.kind, mark.on, ANSWER_WITHIN, due=due)
    return Clock(
        running=Running.RUNS,
        day_zero=mark.on,
        due=due,
        ever_extended=clock.ever_extended,
        reasons=(*clock.reasons, reason),
    )


def _stopped(clock: Clock, mark: Mark, calendar: WorkingCalendar) -> Clock:
    days = PAY_WITHIN if mark.kind is Kind.FEE_ASKED else mark.days
    ends = calendar.last_day(mark.on, days)
    reason = Reason(Why.STOPPED, mark.kind, mark.on, days, ends)
    return replace(
        clock,
        running=Running.STOPPED,
        due=None,
        period_ends=ends,
        stopped_by=replace(mark, days=days),
        reasons=(*clock.reasons, reason),
    )


def _ended(clock: Clock, mark: Mark) -> Clock:
    reason = Reason(Why.ENDED, mark.kind, mark.on)
    return replace(
        clock,
        running=Running.ENDED,
        period_ends=None,
        reasons=(*clock.reasons, reason),
    )


def _reached(clock: Clock, mark: Mark, calendar: WorkingCalendar) -> Clock:
    """A notice sent by post arrived: the applicant's period runs from that day."""
    by = clock.stopped_by
    if clock.running is not Running.STOPPED or by is None or by.letter != mark.letter:
        return clock
    ends = calendar.last_day(mark.on, by.days)
    reason = Reason(Why.STOPPED, by.kind, mark.on, by.days, ends)
    return replace(clock, period_ends=ends, reasons=(*clock.reasons, reason))


def _consulted(clock: Clock, mark: Mark, calendar: WorkingCalendar) -> Clock:
    lapse = calendar.last_day(mark.on, OPINION_WITHIN)
    spans = (*clock.spans, Span(mark.letter, mark.on, lapse))
    reason = Reason(Why.ASKING, mark.kind, mark.on, OPINION_WITHIN, lapse)
    return _counted(clock, spans, reason, calendar)


def _opinion(clock: Clock, mark: Mark, calendar: WorkingCalendar) -> Clock:
    spans = tuple(
        replace(span, back=mark.on) if span.letter == mark.letter else span
        for span in clock.spans
    )
    answered = next((s for s in spans if s.letter == mark.letter), None)
    if answered is None:
        return clock
    left_out = len(_left_out([answered], calendar))
    reason = Reason(Why.NOT_COUNTED, mark.kind, answered.first, left_out, answered.last)
    return _counted(clock, spans, reason, calendar)


def _extended(clock: Clock, mark: Mark, calendar: WorkingCalendar) -> Clock:
    longer = replace(clock, extended=mark.days, ever_extended=True)
    reason = Reason(Why.EXTENDED, mark.kind, mark.on, mark.days)
    return _counted(longer, clock.spans, reason, calendar)


def _postponed(clock: Clock, mark: Mark, calendar: WorkingCalendar) -> Clock:
    later = replace(clock, postponed=mark.until)
    reason = Reason(Why.POSTPONED, mark.kind, mark.on, until=mark.until)
    return _counted(later, clock.spans, reason, calendar)


def _counted(
    clock: Clock, spans: tuple[Span, ...], reason: Reason, calendar: WorkingCalendar
) -> Clock:
    """Count anew: twenty days and the extension, without the days of asking."""
    if clock.day_zero is None:
        return clock
    number = ANSWER_WITHIN + clock.extended
    due = calendar.last_day(clock.day_zero, number, _left_out(spans, calendar))
    due = max(due, clock.postponed) if clock.postponed else due
    waiting = [span for span in spans if span.back is None]
    return replace(
        clock,
        running=Running.SUSPENDED if waiting else Running.RUNS,
        due=due,
        period_ends=max((span.lapse for span in waiting), default=None),
        spans=spans,
        reasons=(*clock.reasons, replace(reason, due=due)),
    )


def _left_out(spans: Sequence[Span], calendar: WorkingCalendar) -> set[date]:
    """The working days of asking: after the letter's day, up to and with the last.

    Several third parties count from the first letter to the last return, each day once.
    """
    return {
        day
        for span in spans
        for day in days_after(span.first, span.last)
        if calendar.is_working_day(day)
    }


_STEPS = {
    Kind.REACHED: _reached,
    Kind.CONSULTED: _consulted,
    Kind.OPINION: _opinion,
    Kind.EXTENDED: _extended,
    Kind.POSTPONED: _postponed,
}


def correction_by(received_on: date, calendar: WorkingCalendar) -> date:
    """The last day for asking for a correction (D2): 7 working days, 条例第三十条."""
    return calendar.last_day(received_on, CORRECTION_ASKED_WITHIN)


def disclose_by(made_on: date, calendar: WorkingCalendar) -> date:
    """The last day for disclosing what the organ made itself (D12), 条例第二十六条."""
    return calendar.last_day(made_on, ANSWER_WITHIN)
