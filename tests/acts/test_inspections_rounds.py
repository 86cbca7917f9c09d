from __future__ import annotations

from datetime import date

import pytest

from models.database import Database
from models.inspections import CheckState, Unit, UnitKind
from tests.acts.town_on_rounds import (
    FIRST_DAY,
    Town,
    add_village,
    checks,
    clock,
    found_town,
    open_up_to,
    refused,
    trail,
)
from workflow.errors import InvalidInput, NotPermitted
from workflow.inspections import acts, slots
from workflow.inspections.acts import NewBoard, NewUnit

WEDNESDAY = clock(3)


@pytest.fixture
def sample(database: Database) -> Town:
    return found_town(database)


def test_the_round_opens_on_the_weeks_first_working_day(
    database: Database, sample: Town
) -> None:
    assert open_up_to(database, sample, clock(1)) == 0
    assert open_up_to(database, sample, clock(2)) == 1

    with database.reading() as session:
        opened = checks(session)
        assert [check.state for check in opened] == [CheckState.OPEN] * 3
        assert {check.period for check in opened} == {date(2024, 1, 1)}
        (entry,) = trail(session, "checks.open")
        assert entry.person_name == "系统"
        assert entry.details["opened"] == 3


def test_opening_twice_opens_nothing_twice(database: Database, sample: Town) -> None:
    open_up_to(database, sample, clock(2))

    assert open_up_to(database, sample, clock(2)) == 0
    with database.reading() as session:
        assert len(checks(session)) == 3
        assert len(trail(session, "checks.open")) == 1


def test_a_standstill_is_caught_up(database: Database, sample: Town) -> None:
    open_up_to(database, sample, clock(2))

    assert open_up_to(database, sample, clock(30)) == 4
    with database.reading() as session:
        assert len(checks(session)) == 15


def test_a_year_has_fifty_two_rounds(database: Database, sample: Town) -> None:
    opened = open_up_to(database, sample, clock(29, month=12))

    assert opened == 52


def test_a_board_joins_with_the_next_round_and_not_before(
    database: Database, sample: Town
) -> None:
    open_up_to(database, sample, clock(2))
    with database.writing.begin() as session:
        add_village(session, sample, 7, date(2024, 1, 17))

    open_up_to(database, sample, clock(22))

    with database.reading() as session:
        counted = [check.period for check in checks(session)]
        assert counted.count(date(2024, 1, 15)) == 3
        assert counted.count(date(2024, 1, 22)) == 4


def test_an_agency_without_boards_opens_nothing(database: Database) -> None:
    empty = found_town(database, villages=0)

    assert open_up_to(database, empty, clock(2)) == 0


def test_what_is_open_past_its_time_becomes_missed(
    database: Database, sample: Town
) -> None:
    open_up_to(database, sample, clock(8))
    with database.writing.begin() as session:
        assert slots.close_missed(session, sample.by("系统", clock(8))) == 3
    with database.writing.begin() as session:
        assert slots.close_missed(session, sample.by("系统", clock(8))) == 0

    with database.reading() as session:
        states = [check.state for check in checks(session)]
        assert states == [CheckState.MISSED] * 3 + [CheckState.OPEN] * 3
        assert len(trail(session, "check.miss")) == 3


def test_a_unit_needs_a_code_of_its_own(database: Database, sample: Town) -> None:
    board = NewBoard("公开栏（示例）", "", FIRST_DAY)
    twin = NewUnit("200", "示例村", UnitKind.VILLAGE, 1)
    nameless = NewUnit("209", " ", UnitKind.VILLAGE, 1)

    for unit, field in ((twin, "code"), (nameless, "name")):
        by = sample.by("管理员", WEDNESDAY)
        error = refused(
            database,
            InvalidInput,
            lambda s, by=by, unit=unit: acts.add_unit(s, by, unit, board),  # type: ignore[misc]
        )
        assert isinstance(error, InvalidInput)
        assert list(error.fields) == [field]


def test_only_the_administrator_adds_a_unit(database: Database, sample: Town) -> None:
    unit = NewUnit("300", "示例居委会", UnitKind.RESIDENTS, 9)
    board = NewBoard("公开栏（示例）", "", FIRST_DAY)

    error = refused(
        database,
        NotPermitted,
        lambda s: acts.add_unit(s, sample.by("甲", WEDNESDAY), unit, board),
    )
    assert error.help_from == "系统管理员 管理员"
    by = sample.by("管理员", WEDNESDAY, "unit-1")
    for _ in range(2):
        with database.writing.begin() as session:
            acts.add_unit(session, by, unit, board)

    with database.reading() as session:
        assert session.query(Unit).filter_by(code="300").count() == 1
