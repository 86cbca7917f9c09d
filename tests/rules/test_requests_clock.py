"""The clock of a request against every test vector of the domain page."""

from __future__ import annotations

from datetime import date

import pytest

from models.requests import RequestEventKind as Kind
from tests.working_days import CALENDAR, YEARS, calendar_of
from workflow.errors import CalendarUnknown
from workflow.requests import clock
from workflow.requests.clock import Mark, Running, Why, read_clock

VECTORS = [
    ("2024-01-29", "2024-02-06", "2024-02-22", "2024-02-29", "2024-03-28"),
    ("2024-09-25", "2024-10-10", "2024-10-21", "2024-10-28", "2024-11-25"),
    ("2025-01-20", "2025-02-05", "2025-02-14", "2025-02-21", "2025-03-21"),
    ("2025-01-31", "2025-02-12", "2025-02-24", "2025-03-03", "2025-03-31"),
    ("2025-04-18", "2025-04-28", "2025-05-13", "2025-05-20", "2025-06-18"),
    ("2025-09-22", "2025-09-30", "2025-10-17", "2025-10-24", "2025-11-21"),
    ("2025-12-03", "2025-12-12", "2025-12-24", "2025-12-31", "2026-01-29"),
    ("2025-12-31", "2026-01-12", "2026-01-22", "2026-01-29", "2026-03-04"),
    ("2026-01-30", "2026-02-10", "2026-02-27", "2026-03-05", "2026-04-02"),
    ("2026-02-09", "2026-02-25", "2026-03-06", "2026-03-13", "2026-04-13"),
    ("2026-09-14", "2026-09-22", "2026-10-10", "2026-10-16", "2026-11-13"),
]


def day(text: str) -> date:
    return date.fromisoformat(text)


def received(text: str) -> Mark:
    return Mark(Kind.REGISTERED, day(text))


def due(*marks: Mark) -> date | None:
    return read_clock(marks, CALENDAR).due


@pytest.mark.parametrize(("year", "days"), [(2024, 251), (2025, 248), (2026, 248)])
def test_the_lists_hold_as_many_working_days_as_announced(year: int, days: int) -> None:
    assert len(CALENDAR.working_days_of(year)) == days


@pytest.mark.parametrize(("on", "seventh", "fifteenth", "twentieth", "longer"), VECTORS)
def test_every_vector_of_the_deadlines(
    on: str, seventh: str, fifteenth: str, twentieth: str, longer: str
) -> None:
    first = received(on)
    assert clock.correction_by(day(on), CALENDAR) == day(seventh)
    asked = read_clock([first, Mark(Kind.CONSULTED, day(on), letter=1)], CALENDAR)
    assert asked.period_ends == day(fifteenth)
    assert due(first) == day(twentieth)
    assert due(first, Mark(Kind.EXTENDED, day(on), 20)) == day(longer)
    assert clock.disclose_by(day(on), CALENDAR) == day(twentieth)


def test_a_third_partys_eleven_days_are_not_counted() -> None:
    letter = Mark(Kind.CONSULTED, day("2025-09-26"), letter=1)
    opinion = Mark(Kind.OPINION, day("2025-10-17"), letter=1)

    found = read_clock([received("2025-09-22"), letter, opinion], CALENDAR)

    assert found.due == day("2025-11-10")
    assert found.running is Running.RUNS
    last = found.reasons[-1]
    assert (last.why, last.days) == (Why.NOT_COUNTED, 11)


def test_without_an_opinion_fifteen_days_are_not_counted() -> None:
    letter = Mark(Kind.CONSULTED, day("2025-09-26"), letter=1)
    asked = read_clock([received("2025-09-22"), letter], CALENDAR)

    assert asked.running is Running.SUSPENDED
    assert asked.period_ends == day("2025-10-23")
    assert asked.due == day("2025-11-14")
    late = Mark(Kind.OPINION, day("2025-11-03"), letter=1)
    assert due(received("2025-09-22"), letter, late) == day("2025-11-14")


def test_a_correction_starts_the_clock_anew() -> None:
    notice = Mark(Kind.CORRECTION_ASKED, day("2026-02-12"), 15)
    stopped = read_clock([received("2026-02-09"), notice], CALENDAR)

    assert (stopped.running, stopped.due) == (Running.STOPPED, None)
    corrected = Mark(Kind.CORRECTED, day("2026-03-10"))
    assert due(received("2026-02-09"), notice, corrected) == day("2026-04-08")


def test_a_fee_stops_the_clock_and_payment_starts_it_anew() -> None:
    notice = Mark(Kind.FEE_ASKED, day("2025-04-24"))
    stopped = read_clock([received("2025-04-18"), notice], CALENDAR)

    assert stopped.period_ends == day("2025-05-26")
    paid = Mark(Kind.PAID, day("2025-05-12"))
    assert due(received("2025-04-18"), notice, paid) == day("2025-06-10")


def test_a_notice_by_post_gives_the_applicant_her_period_from_its_arrival() -> None:
    notice = Mark(Kind.FEE_ASKED, day("2025-04-22"), letter=7)
    other = Mark(Kind.REACHED, day("2025-04-23"), letter=6)
    arrived = Mark(Kind.REACHED, day("2025-04-24"), letter=7)

    found = read_clock([received("2025-04-18"), notice, other, arrived], CALENDAR)

    assert found.period_ends == day("2025-05-26")


def test_several_third_parties_suspend_from_the_first_letter_to_the_last_return() -> (
    None
):
    both = [
        received("2025-09-22"),
        Mark(Kind.CONSULTED, day("2025-09-26"), letter=1),
        Mark(Kind.CONSULTED, day("2025-09-29"), letter=2),
        Mark(Kind.OPINION, day("2025-10-10"), letter=1),
    ]
    waiting = read_clock(both, CALENDAR)
    assert waiting.running is Running.SUSPENDED

    both.append(Mark(Kind.OPINION, day("2025-10-17"), letter=2))
    found = read_clock(both, CALENDAR)

    assert (found.running, found.due) == (Running.RUNS, day("2025-11-10"))


def test_an_extension_does_not_outlive_the_run_it_was_granted_to() -> None:
    longer = Mark(Kind.EXTENDED, day("2025-04-25"), 20)
    notice = Mark(Kind.FEE_ASKED, day("2025-04-28"))
    paid = Mark(Kind.PAID, day("2025-05-12"))

    found = read_clock([received("2025-04-18"), longer, notice, paid], CALENDAR)

    assert found.due == day("2025-06-10")
    assert found.ever_extended


def test_asking_after_the_last_day_does_not_hide_that_it_is_late() -> None:
    letter = Mark(Kind.CONSULTED, day("2025-10-27"), letter=1)

    assert due(received("2025-09-22"), letter) == day("2025-10-24")


def test_a_day_set_instead_replaces_the_last_day() -> None:
    set_ = Mark(Kind.POSTPONED, day("2025-10-20"), until=day("2025-12-19"))

    assert due(received("2025-09-22"), set_) == day("2025-12-19")


def test_what_ends_ends_the_clock() -> None:
    found = read_clock(
        [received("2025-09-22"), Mark(Kind.SERVED, day("2025-10-20"))], CALENDAR
    )

    assert (found.running, found.due) == (Running.ENDED, day("2025-10-24"))


@pytest.mark.parametrize("on", ["2026-12-04", "2023-12-29", "2027-03-01"])
def test_a_year_without_a_list_is_refused(on: str) -> None:
    with pytest.raises(CalendarUnknown) as refused:
        due(received(on))
    assert "放假安排" in refused.value.message


def test_a_year_missing_between_two_lists_is_refused() -> None:
    gap = calendar_of({year: YEARS[year] for year in (2024, 2026)})

    with pytest.raises(CalendarUnknown) as refused:
        read_clock([received("2024-12-20")], gap)

    assert "2025年" in refused.value.message


def test_the_explanation_names_every_step() -> None:
    marks = [
        received("2025-09-22"),
        Mark(Kind.CONSULTED, day("2025-09-26"), letter=1),
        Mark(Kind.OPINION, day("2025-10-17"), letter=1),
        Mark(Kind.EXTENDED, day("2025-11-03"), 10),
    ]

    reasons = read_clock(marks, CALENDAR).reasons

    assert [reason.why for reason in reasons] == [
        Why.RECEIVED,
        Why.ASKING,
        Why.NOT_COUNTED,
        Why.EXTENDED,
    ]
    assert [reason.due for reason in reasons] == [
        day("2025-10-24"),
        day("2025-11-14"),
        day("2025-11-10"),
        day("2025-11-24"),
    ]
