"""The rounds, the request and the penalties of the sample year."""

from collections import Counter
from datetime import date

import pytest

from tests.rules.sample_sources import calendar, sources, town, year_book
from workflow.calendar import TOWN_TIME, town_day
from workflow.errors import InvalidInput
from workflow.sample_year.year import BoardCheck, board_checks, read_year_book, weeks

FAULT_KINDS = {
    "no_board",
    "empty",
    "dirty",
    "damaged",
    "stale",
    "no_finance_page",
    "badly_pasted",
    "covered",
    "badly_placed",
}


def checks(seed: int = 2024) -> list[BoardCheck]:
    rounds = weeks(2024, calendar())
    return list(board_checks(town(), rounds, year_book().faults, seed))


@pytest.mark.parametrize(("year", "number"), [(2024, 52), (2025, 52), (2026, 53)])
def test_the_number_of_rounds_is_that_of_the_iso_weeks(year: int, number: int) -> None:
    rounds = weeks(year, calendar())
    assert [week.number for week in rounds] == list(range(1, number + 1))
    assert all(week.monday.weekday() == 0 for week in rounds)


def test_the_first_and_the_last_round_of_2024() -> None:
    first, *_, last = weeks(2024, calendar())
    assert (first.monday, town_day(first.opens_at)) == (
        date(2024, 1, 1),
        date(2024, 1, 2),
    )
    assert last.monday == date(2024, 12, 23)
    assert town_day(last.due_at) == date(2024, 12, 27)


def test_the_spring_festival_round_has_only_the_swap_sunday() -> None:
    week = weeks(2024, calendar())[6]
    assert week.monday == date(2024, 2, 12)
    assert week.days == (date(2024, 2, 18),)
    assert week.opens_at.astimezone(TOWN_TIME).hour == 8
    assert town_day(week.due_at) == date(2024, 2, 18)


def test_a_week_wholly_off_opens_on_the_next_working_day() -> None:
    week = weeks(2026, calendar())[7]
    assert week.monday == date(2026, 2, 16)
    assert week.days == (date(2026, 2, 24),)


def test_every_unit_has_one_check_in_every_round() -> None:
    pairs = Counter((check.week, check.unit) for check in checks())
    assert len(pairs) == 52 * 18
    assert set(pairs.values()) == {1}


def test_a_few_are_missed_and_each_fault_is_found_three_times() -> None:
    year = checks()
    assert sum(check.at is None for check in year) == 7
    faults = Counter(check.fault.kind for check in year if check.fault)
    assert sorted(faults.values()) == [3] * 8 + [4], "one of them comes again"
    assert set(faults) == set(FAULT_KINDS)
    assert all(check.at for check in year if check.fault)


def test_checks_are_logged_in_their_round_by_somebody_who_is_there() -> None:
    week_of = {week.number: week for week in weeks(2024, calendar())}
    for check in checks():
        week, post = week_of[check.week], town().post(check.post)
        assert check.person in (post.a, post.b)
        if check.at:
            assert week.opens_at < check.at <= week.due_at
            assert calendar().is_working_day(town_day(check.at))
            assert not town().is_away(check.person, town_day(check.at))


def test_checks_come_in_the_order_in_which_they_are_logged() -> None:
    logged = [check.at for check in checks() if check.at]
    assert logged == sorted(logged)


def test_the_same_seed_gives_the_same_rounds() -> None:
    assert checks() == checks()
    assert checks(1) != checks(2)


def test_one_request_of_a_natural_person_granted_in_time() -> None:
    request = year_book().request
    limit = calendar().add_working_days(request.received, 20)
    assert request.applicant_kind == "natural_person"
    assert request.decision == "granted"
    assert request.received < request.answered <= limit
    assert calendar().is_working_day(request.answered)
    assert "（示例）" in request.applicant
    assert "（示例）" in request.number


def test_five_penalties_of_the_year_on_working_days() -> None:
    penalties = year_book().penalties
    assert len({penalty.number for penalty in penalties}) == 5
    assert all("（示例）" in penalty.number for penalty in penalties)
    assert all(penalty.decided.year == 2024 for penalty in penalties)
    assert all(calendar().is_working_day(penalty.decided) for penalty in penalties)
    assert all(p.title and p.matter and p.outcome for p in penalties)


def test_a_year_book_without_its_request_is_refused() -> None:
    without = [source for source in sources() if "request" not in source]
    with pytest.raises(InvalidInput, match="依申请公开应为1件"):
        read_year_book(without)
