from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest

from models.inspections import CheckState, CheckWay, FaultKind
from tests.pictures import JPEG
from workflow.calendar import WorkingCalendar
from workflow.errors import InvalidInput
from workflow.inspections import rules
from workflow.inspections.rules import CellState, NewFault, Visit

OPENED = datetime(2024, 3, 4, tzinfo=UTC)
NOW = datetime(2024, 3, 5, 2, tzinfo=UTC)


def days(first: date, last: date) -> frozenset[date]:
    return frozenset(first + timedelta(n) for n in range((last - first).days + 1))


CALENDAR = WorkingCalendar(
    off=days(date(2024, 2, 10), date(2024, 2, 17))
    | days(date(2024, 10, 1), date(2024, 10, 7))
    | days(date(2026, 2, 15), date(2026, 2, 23))
    | {date(2024, 1, 1)},
    work=frozenset({date(2024, 2, 4), date(2024, 2, 18), date(2024, 10, 12)}),
    known_from=date(2024, 1, 1),
    known_until=date(2026, 12, 31),
)


def visit(**changed: object) -> Visit:
    values: dict[str, object] = {
        "way": CheckWay.ON_SITE,
        "all_well": True,
        "looked_at": datetime(2024, 3, 5, 1, tzinfo=UTC),
        **changed,
    }
    return Visit(**values)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("monday", "opens", "last"),
    [
        (date(2024, 3, 4), date(2024, 3, 4), date(2024, 3, 8)),
        (date(2024, 1, 1), date(2024, 1, 2), date(2024, 1, 5)),
        (date(2024, 1, 29), date(2024, 1, 29), date(2024, 2, 4)),
        (date(2024, 2, 12), date(2024, 2, 18), date(2024, 2, 18)),
        (date(2024, 9, 30), date(2024, 9, 30), date(2024, 9, 30)),
        (date(2024, 10, 7), date(2024, 10, 8), date(2024, 10, 12)),
    ],
)
def test_a_round_opens_on_the_first_and_ends_with_the_last_working_day(
    monday: date, opens: date, last: date
) -> None:
    round_ = rules.round_of(monday, CALENDAR)

    assert round_ == rules.Round(monday, opens, last)


def test_a_round_is_due_at_the_last_second_of_town_time() -> None:
    round_ = rules.Round(date(2024, 3, 4), date(2024, 3, 4), date(2024, 3, 8))

    assert round_.opens_at == datetime(2024, 3, 3, 16, tzinfo=UTC)
    assert round_.due_at == datetime(2024, 3, 8, 15, 59, 59, tzinfo=UTC)


def test_a_week_without_a_working_day_has_no_round() -> None:
    assert rules.round_of(date(2026, 2, 16), CALENDAR) is None


def test_a_week_beyond_the_holiday_lists_is_provisional() -> None:
    inside = rules.round_of(date(2026, 12, 21), CALENDAR)
    across = rules.round_of(date(2026, 12, 28), CALENDAR)

    assert inside is not None
    assert not inside.provisional
    assert across is not None
    assert across.provisional


@pytest.mark.parametrize("day", [date(2024, 3, 4), date(2024, 3, 8), date(2024, 3, 10)])
def test_a_day_belongs_to_the_monday_before_it(day: date) -> None:
    assert rules.period_of(day) == date(2024, 3, 4)


@pytest.mark.parametrize(("year", "weeks"), [(2024, 52), (2025, 52), (2026, 53)])
def test_every_week_belongs_to_one_year(year: int, weeks: int) -> None:
    periods = rules.periods_of(year)

    assert len(periods) == weeks
    assert periods[-1] + rules.ONE_WEEK == rules.periods_of(year + 1)[0]


def test_a_round_not_yet_open_is_not_among_the_opened() -> None:
    opened = rules.rounds_opened(date(2024, 9, 25), date(2024, 10, 7), CALENDAR)

    assert [round_.period for round_ in opened] == [
        date(2024, 9, 23),
        date(2024, 9, 30),
    ]


def test_the_holiday_week_is_skipped_when_catching_up() -> None:
    opened = rules.rounds_opened(date(2026, 2, 9), date(2026, 2, 24), CALENDAR)

    assert [round_.period for round_ in opened] == [
        date(2026, 2, 9),
        date(2026, 2, 23),
    ]


@pytest.mark.parametrize(
    ("state", "has_fault", "shown"),
    [
        (CheckState.DONE, False, CellState.DONE),
        (CheckState.DONE, True, CellState.FAULT),
        (CheckState.MISSED, False, CellState.MISSED),
        (CheckState.OPEN, False, CellState.OPEN),
    ],
)
def test_a_cell_shows_the_check(
    state: CheckState, has_fault: bool, shown: CellState
) -> None:
    assert rules.cell_state(state, has_fault=has_fault) is shown


@pytest.mark.parametrize(
    "good",
    [
        visit(),
        visit(note="雨后检查"),
        visit(all_well=False, faults=[NewFault(FaultKind.STALE)]),
        visit(all_well=False, faults=[NewFault(FaultKind.DIRTY, photo=JPEG)]),
        visit(
            all_well=False,
            faults=[NewFault(FaultKind.DIRTY, put_right_by=date(2024, 3, 5))],
        ),
    ],
)
def test_a_good_record_is_taken(good: Visit) -> None:
    rules.refuse_bad_visit(good, OPENED, NOW)


def one_fault(**values: object) -> Visit:
    fault = NewFault(FaultKind.DIRTY, **values)  # type: ignore[arg-type]
    return visit(all_well=False, faults=[fault])


@pytest.mark.parametrize(
    ("bad", "field"),
    [
        (visit(faults=[NewFault(FaultKind.STALE)]), "all_well"),
        (visit(all_well=False), "all_well"),
        (visit(looked_at=NOW + timedelta(seconds=1)), "looked_at"),
        (visit(looked_at=OPENED - timedelta(seconds=1)), "looked_at"),
        (visit(note="长" * 2001), "note"),
        (one_fault(note="长" * 2001), "faults"),
        (one_fault(photo=b""), "photo"),
        (one_fault(photo=b"GIF89a"), "photo"),
        (one_fault(photo=JPEG + b"0" * 8 * 1024 * 1024), "photo"),
        (one_fault(put_right_by=date(2024, 3, 4)), "put_right_by"),
    ],
)
def test_a_record_that_cannot_be_is_refused_beside_its_field(
    bad: Visit, field: str
) -> None:
    with pytest.raises(InvalidInput) as refused:
        rules.refuse_bad_visit(bad, OPENED, NOW)

    assert list(refused.value.fields) == [field]


def test_all_faults_of_a_record_are_named_at_once() -> None:
    bad = visit(all_well=False, note="长" * 2001, looked_at=NOW + timedelta(1))

    with pytest.raises(InvalidInput) as refused:
        rules.refuse_bad_visit(bad, OPENED, NOW)

    assert list(refused.value.fields) == ["all_well", "looked_at", "note"]


def test_a_naive_moment_is_a_programming_error() -> None:
    naive = datetime(2024, 3, 5, 1)  # noqa: DTZ001 -- what is refused

    with pytest.raises(ValueError, match="aware"):
        rules.refuse_bad_visit(visit(looked_at=naive), OPENED, NOW)
