"""Working days: the traps of the swap days, the year's end and the two clocks."""

import tomllib
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from workflow.calendar import TOWN_TIME, WorkingCalendar, read_calendar, town_day
from workflow.errors import InvalidInput

HOLIDAYS = Path(__file__).parents[2] / "config" / "calendars" / "cn.toml"
DAYS = st.dates(date(2024, 1, 1), date(2027, 12, 31))


def cn() -> WorkingCalendar:
    return read_calendar(tomllib.loads(HOLIDAYS.read_text(encoding="utf-8")))


CN = cn()


def in_town(*parts: int) -> datetime:
    return datetime(*parts, tzinfo=TOWN_TIME)  # type: ignore[arg-type, misc]


@pytest.mark.parametrize(
    ("day", "works"),
    [
        (date(2024, 2, 4), True),  # a Sunday swapped to work before the Spring Festival
        (date(2024, 2, 9), True),  # New Year's Eve was a working day in 2024
        (date(2024, 2, 12), False),  # a Monday swapped off
        (date(2024, 2, 18), True),
        (date(2024, 9, 30), True),  # the third quarter's last day
        (date(2024, 10, 1), False),
        (date(2024, 10, 12), True),
        (date(2025, 10, 8), False),
        (date(2025, 10, 11), True),
        (date(2026, 1, 4), True),
        (date(2026, 2, 16), False),
        (date(2026, 9, 20), True),
        (date(2026, 7, 4), False),  # an ordinary Saturday
        (date(2026, 7, 6), True),
    ],
)
def test_the_announced_days(day: date, works: bool) -> None:
    assert cn().is_working_day(day) is works


@pytest.mark.parametrize(("year", "number"), [(2024, 251), (2025, 248), (2026, 248)])
def test_the_number_of_working_days_in_a_year(year: int, number: int) -> None:
    assert len(cn().working_days_of(year)) == number


def test_a_week_wholly_off_pushes_its_round_into_the_next_week() -> None:
    assert cn().first_working_day_on_or_after(date(2026, 2, 16)) == date(2026, 2, 24)


def test_the_spring_festival_week_of_2024_has_only_its_sunday() -> None:
    assert cn().first_working_day_on_or_after(date(2024, 2, 12)) == date(2024, 2, 18)


def test_a_limit_over_the_national_day_counts_the_swap_day() -> None:
    start = in_town(2024, 9, 30, 10, 0)
    assert cn().due(start, 5, "working_days") == in_town(2024, 10, 12, 23, 59, 59)


def test_twenty_working_days_from_a_day_off_do_not_count_that_day() -> None:
    start = in_town(2025, 1, 28, 9, 0)
    assert town_day(cn().due(start, 3, "working_days")) == date(2025, 2, 7)


def test_filing_in_the_last_second_of_the_day_is_in_time() -> None:
    due = cn().due(in_town(2024, 3, 1, 9, 0), 1, "working_days")
    assert due == in_town(2024, 3, 4, 23, 59, 59)
    assert due.tzinfo is UTC


def test_an_evening_in_utc_is_already_tomorrow_in_town() -> None:
    start = datetime(2024, 3, 4, 16, 30, tzinfo=UTC)  # 5 March, 00:30 in town
    assert town_day(cn().due(start, 1, "working_days")) == date(2024, 3, 6)


def test_calendar_days_that_end_on_a_day_off_end_on_the_next_working_day() -> None:
    start = in_town(2024, 9, 24, 9, 0)
    assert town_day(cn().due(start, 7, "calendar_days")) == date(2024, 10, 8)
    assert town_day(cn().due(start, 6, "calendar_days")) == date(2024, 9, 30)


def test_hours_run_by_the_clock_even_over_a_weekend() -> None:
    start = in_town(2024, 3, 1, 17, 0)
    assert cn().due(start, 24, "hours") == in_town(2024, 3, 2, 17, 0)


@pytest.mark.parametrize("amount", [0, -1])
def test_a_limit_of_nothing_is_refused(amount: int) -> None:
    with pytest.raises(ValueError, match="at least 1"):
        cn().due(in_town(2024, 3, 1), amount, "hours")


def test_a_naive_start_and_an_unknown_unit_are_refused() -> None:
    with pytest.raises(ValueError, match="aware"):
        cn().due(datetime(2024, 3, 1), 1, "hours")  # noqa: DTZ001
    with pytest.raises(ValueError, match="weeks"):
        cn().due(in_town(2024, 3, 1), 1, "weeks")


def test_beyond_the_announcements_it_says_provisional() -> None:
    calendar = cn()
    assert not calendar.says_provisional(date(2026, 12, 31))
    assert calendar.says_provisional(date(2027, 1, 1))
    assert calendar.says_provisional(date(2023, 12, 31))
    assert calendar.is_working_day(date(2027, 1, 1))  # a Friday: not yet announced off


@pytest.mark.parametrize(
    ("now", "due", "words"),
    [
        ((2024, 3, 1, 9, 0), (2024, 3, 4, 23, 59), "还剩 1 个工作日"),
        ((2024, 3, 4, 9, 0), (2024, 3, 4, 23, 59), "今天到期"),
        ((2024, 3, 4, 9, 0), (2024, 3, 4, 8, 59), "已超不到 1 个工作日"),
        ((2024, 3, 5, 0, 30), (2024, 3, 4, 23, 59), "已超 1 个工作日"),
        ((2024, 3, 6, 9, 0), (2024, 3, 4, 23, 59), "已超 2 个工作日"),
        ((2024, 3, 1, 9, 0), (2024, 3, 2, 9, 0), "还剩不到 1 个工作日"),
        ((2024, 9, 30, 9, 0), (2024, 10, 8, 23, 59), "还剩 1 个工作日"),
    ],
)
def test_plain_words(now: tuple[int, ...], due: tuple[int, ...], words: str) -> None:
    assert cn().plain_words(in_town(*now), in_town(*due)) == words


def test_plain_words_beyond_the_announcements_say_so() -> None:
    words = cn().plain_words(in_town(2026, 12, 31, 9), in_town(2027, 1, 5, 9))
    assert words == "还剩 3 个工作日（放假安排尚未公布，暂按周一至周五推算）"


@given(DAYS, st.integers(1, 40))
def test_adding_and_counting_agree(day: date, number: int) -> None:
    later = CN.add_working_days(day, number)
    assert CN.is_working_day(later)
    assert CN.working_days_between(day, later) == number
    assert CN.working_days_between(later, day) == -number


@given(DAYS)
def test_adding_none_goes_to_the_first_working_day(day: date) -> None:
    assert CN.add_working_days(day, 0) == CN.first_working_day_on_or_after(day)


def test_adding_a_negative_number_is_refused() -> None:
    with pytest.raises(ValueError, match="negative"):
        CN.add_working_days(date(2024, 1, 2), -1)


GOOD = {
    "known_from": date(2024, 1, 1),
    "known_until": date(2024, 12, 31),
    "years": [
        {
            "off": [{"first": date(2024, 5, 1), "last": date(2024, 5, 5)}],
            "work": [date(2024, 4, 28)],
        }
    ],
}


@pytest.mark.parametrize(
    ("change", "complaint"),
    [
        ({"known_until": None}, "不是日期"),
        ({"known_until": date(2023, 1, 1)}, "起始日期晚于"),
        ({"years": 3}, "缺少清单"),
        ({"years": [3]}, "不是表格"),
        ({"years": [{"off": [], "work": [date(2024, 4, 29)]}]}, "周六或周日"),
        ({"years": [{"off": [], "work": [datetime(2024, 4, 28)]}]}, "不是日期"),  # noqa: DTZ001
        (
            {
                "years": [
                    {
                        "off": [{"first": date(2024, 5, 5), "last": date(2024, 5, 1)}],
                        "work": [],
                    }
                ]
            },
            "颠倒",
        ),
        (
            {
                "years": [
                    {
                        "off": [{"first": date(2024, 5, 4), "last": date(2024, 5, 4)}],
                        "work": [date(2024, 5, 4)],
                    }
                ]
            },
            "既列为放假",
        ),
    ],
)
def test_a_faulty_holiday_file_is_refused(
    change: dict[str, object], complaint: str
) -> None:
    assert read_calendar(GOOD).is_working_day(date(2024, 4, 28))
    with pytest.raises(InvalidInput, match=complaint):
        read_calendar({**GOOD, **change})
