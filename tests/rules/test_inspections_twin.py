"""What should hang on a board on a day, worked out from catalogue and calendar."""

from __future__ import annotations

from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from config import village_catalogue
from models.boards import Frequency
from workflow.calendar import WorkingCalendar
from workflow.inspections.catalogue import read_items
from workflow.inspections.twin import (
    CURRENT,
    Hanging,
    Item,
    Published,
    SheetState,
    due_period,
    period_words,
    should_hang,
    wanting,
)

CALENDAR = WorkingCalendar(
    off=frozenset({date(2024, 1, 1), *(date(2024, 10, n) for n in range(1, 8))}),
    work=frozenset({date(2024, 10, 12)}),
    known_from=date(2024, 1, 1),
    known_until=date(2024, 12, 31),
)
FINANCE = Item(1, "finance", "财务", "集体收支明细", Frequency.MONTHLY, 10)
DECISIONS = Item(2, "decisions", "村务", "会议决定", Frequency.QUARTERLY, 20)
RULES = Item(3, "charter", "制度", "村规民约", Frequency.ON_CHANGE, 0)
PROJECT = Item(4, "projects", "村务", "工程", Frequency.EVENT, 0)
NOTHING = Hanging({}, ())


def states(on: date, hanging: Hanging, *items: Item) -> list[SheetState]:
    return [one.state for one in should_hang(items, (), hanging, on, CALENDAR)]


def test_a_months_sheet_is_asked_for_from_its_day_on() -> None:
    assert due_period(FINANCE, date(2024, 4, 9), CALENDAR) == (
        date(2024, 2, 1),
        date(2024, 3, 11),
    ), "10 March is a Sunday"
    assert due_period(FINANCE, date(2024, 4, 10), CALENDAR) == (
        date(2024, 3, 1),
        date(2024, 4, 10),
    )


def test_a_quarters_sheet_due_in_a_holiday_waits_for_the_office() -> None:
    early = Item(9, "x", "村务", "x", Frequency.QUARTERLY, 3)

    assert due_period(early, date(2024, 10, 7), CALENDAR) == (
        date(2024, 4, 1),
        date(2024, 7, 3),
    )
    assert due_period(early, date(2024, 10, 8), CALENDAR) == (
        date(2024, 7, 1),
        date(2024, 10, 8),
    )


def test_what_hangs_from_before_is_stale_and_what_never_hung_is_missing() -> None:
    on = date(2024, 4, 22)

    assert states(on, NOTHING, FINANCE) == [SheetState.MISSING]
    assert states(on, Hanging({1: date(2024, 2, 1)}, ()), FINANCE) == [SheetState.STALE]
    assert states(on, Hanging({1: date(2024, 3, 1)}, ()), FINANCE) == [SheetState.HANGS]
    assert states(on, Hanging({1: date(2024, 4, 1)}, ()), FINANCE) == [SheetState.HANGS]


def test_what_an_open_fault_names_does_not_count_as_hanging() -> None:
    hanging = Hanging({1: date(2024, 3, 1)}, (), {1})

    assert states(date(2024, 4, 22), hanging, FINANCE) == [SheetState.STALE]


def test_rules_always_hang_and_events_are_never_demanded() -> None:
    on = date(2024, 4, 22)

    assert states(on, NOTHING, RULES, PROJECT) == [SheetState.MISSING]
    assert states(on, Hanging({3: CURRENT}, ()), RULES) == [SheetState.HANGS]


def test_a_published_article_hangs_by_the_next_working_day() -> None:
    friday = Published(7, "通知", date(2024, 4, 12))
    withdrawn = Published(8, "错的", date(2024, 4, 12), taken_down=True)

    def state(on: date, hanging: Hanging, *articles: Published) -> list[SheetState]:
        return [s.state for s in should_hang((), articles, hanging, on, CALENDAR)]

    assert state(date(2024, 4, 14), NOTHING, friday) == []
    assert state(date(2024, 4, 15), NOTHING, friday) == [SheetState.MISSING]
    assert state(date(2024, 4, 13), Hanging({}, {7}), friday) == [SheetState.HANGS]
    assert state(date(2024, 4, 15), Hanging({}, {8}), withdrawn) == [SheetState.REMOVE]
    assert state(date(2024, 4, 15), NOTHING, withdrawn) == []


def test_missing_sheets_are_called_by_name_and_period() -> None:
    sheets = should_hang([FINANCE, DECISIONS], (), NOTHING, date(2024, 4, 22), CALENDAR)

    named = [(one.title, one.period_words) for one in wanting(sheets)]
    assert named == [("集体收支明细", "2024年3月"), ("会议决定", "2024年第一季度")]


def test_periods_are_said_as_the_office_says_them() -> None:
    said = [period_words(one, date(2024, 7, 1)) for one in Frequency]
    assert said == [
        "2024年7月",
        "2024年第三季度",
        "2024年下半年",
        "2024年度",
        "现行",
        "现行",
    ]


@given(
    st.dates(date(2024, 1, 1), date(2026, 12, 31)),
    st.sampled_from(
        [
            Frequency.MONTHLY,
            Frequency.QUARTERLY,
            Frequency.HALF_YEARLY,
            Frequency.YEARLY,
        ]
    ),
    st.integers(1, 60),
)
def test_the_period_asked_for_is_the_newest_that_fell_due(
    on: date, frequency: Frequency, due_days: int
) -> None:
    """Against a naive look at every period of four years, month by month."""
    months = {"monthly": 1, "quarterly": 3, "half_yearly": 6, "yearly": 12}[frequency]
    found = due_period(Item(1, "x", "x", "x", frequency, due_days), on, CALENDAR)
    fell_due = []
    for number in range(22 * 12, 28 * 12, months):
        start = date(2000 + number // 12, number % 12 + 1, 1)
        after = number + months
        due = date(2000 + after // 12, after % 12 + 1, 1) + timedelta(due_days - 1)
        while not CALENDAR.is_working_day(due):
            due += timedelta(1)
        if due <= on:
            fell_due.append((start, due))
    assert found == fell_due[-1]


def test_the_packaged_catalogue_can_be_read_and_names_its_sources() -> None:
    items = read_items(village_catalogue())

    assert len(items) == 18
    assert len({item.code for item in items}) == 18
    assert all(item.basis for item in items)
    assert {item.section for item in items} == {"制度", "村务", "政务", "财务", "党务"}
