from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import date, datetime

import pytest

from models.articles import Blob
from models.database import Database
from models.inspections import CheckState, CheckWay, Fault, FaultKind
from tests.acts.town_on_rounds import (
    Town,
    away,
    checks,
    clock,
    found_town,
    open_up_to,
    refused,
    trail,
)
from tests.pictures import JPEG
from workflow.audit.questions import verify
from workflow.errors import (
    NotFound,
    NotPermitted,
    OperationReused,
    Superseded,
    WrongState,
)
from workflow.inspections import acts, faults, questions, slots
from workflow.inspections.rules import CellState, NewFault, Visit

WEDNESDAY = clock(3)


def all_well(at: datetime = WEDNESDAY) -> Visit:
    return Visit(CheckWay.ON_SITE, all_well=True, looked_at=at)


def faulty(*faults: NewFault, at: datetime = WEDNESDAY) -> Visit:
    return Visit(CheckWay.PHOTO, all_well=False, looked_at=at, faults=faults)


@pytest.fixture
def sample(database: Database) -> Town:
    return found_town(database)


def test_a_board_is_found_well(database: Database, sample: Town) -> None:
    open_up_to(database, sample, clock(2))
    with database.writing.begin() as session:
        first = checks(session)[0]
        acts.log_check(session, sample.by("甲", WEDNESDAY), first.id, all_well())

    with database.reading() as session:
        seen = questions.check_with_board(session, sample.agency, first.id)
        assert seen.check.state is CheckState.DONE
        assert seen.inspector_name == "甲"
        assert seen.unit.name == "示例0村"
        assert seen.faults == ()
        (entry,) = trail(session, "check.log")
        assert (entry.person_name, entry.post) == ("甲", "巡查岗")
        assert verify(session).first_bad is None


def test_faults_are_kept_with_their_photo(database: Database, sample: Town) -> None:
    open_up_to(database, sample, clock(2))
    stale = NewFault(FaultKind.STALE, "财务页停在去年", None, date(2024, 1, 10))
    dirty = NewFault(FaultKind.DIRTY, photo=JPEG)
    with database.writing.begin() as session:
        for check in checks(session)[:2]:
            by = sample.by("甲", WEDNESDAY)
            acts.log_check(session, by, check.id, faulty(stale, dirty))

    with database.reading() as session:
        board = checks(session)[0].board_id
        found = questions.open_faults(session, sample.agency, board)
        assert [fault.kind for fault in found] == [FaultKind.STALE, FaultKind.DIRTY]
        assert found[0].put_right_by == date(2024, 1, 10)
        kind, content = questions.fault_photo(session, sample.agency, found[1].id)
        assert (kind, content) == ("image/jpeg", JPEG)
        assert session.query(Blob).count() == 1
        assert len(questions.open_faults(session, sample.agency)) == 4
        with pytest.raises(NotFound):
            questions.fault_photo(session, sample.agency, found[0].id)


def test_the_second_inspector_learns_who_was_first_and_when(
    database: Database, sample: Town
) -> None:
    open_up_to(database, sample, clock(2))
    with database.writing.begin() as session:
        first = checks(session)[0].id
        acts.log_check(session, sample.by("甲", clock(3, 10)), first, all_well())

    error = refused(
        database,
        Superseded,
        lambda s: acts.log_check(s, sample.by("丙", clock(3, 11)), first, all_well()),
    )

    assert "甲于1月3日10:00" in error.message
    with database.reading() as session:
        assert len(trail(session, "check.log")) == 1


def test_of_two_at_the_same_moment_exactly_one_is_recorded(
    database: Database, sample: Town
) -> None:
    open_up_to(database, sample, clock(2))
    with database.reading() as session:
        first = checks(session)[0].id

    def log(name: str) -> str:
        try:
            with database.writing.begin() as session:
                acts.log_check(session, sample.by(name, WEDNESDAY), first, all_well())
        except Superseded:
            return "second"
        return "first"

    with ThreadPoolExecutor(2) as pool:
        answers = sorted(pool.map(log, ["甲", "丙"]))

    assert answers == ["first", "second"]
    with database.reading() as session:
        assert len(trail(session, "check.log")) == 1


def test_the_same_operation_again_gives_the_same_check(
    database: Database, sample: Town
) -> None:
    open_up_to(database, sample, clock(2))
    by = sample.by("甲", WEDNESDAY, "form-1")
    for _ in range(2):
        with database.writing.begin() as session:
            first = checks(session)[0].id
            again = acts.log_check(
                session, by, first, faulty(NewFault(FaultKind.DIRTY))
            )
            assert again.id == first

    refused(
        database,
        OperationReused,
        lambda s: acts.log_check(s, by, first, all_well()),
    )
    with database.reading() as session:
        assert session.query(Fault).count() == 1


def test_a_missed_check_stays_missed(database: Database, sample: Town) -> None:
    open_up_to(database, sample, clock(8))
    late = sample.by("甲", clock(8))
    with database.reading() as session:
        first = checks(session)[0].id

    before = refused(
        database, WrongState, lambda s: acts.log_check(s, late, first, all_well())
    )
    with database.writing.begin() as session:
        slots.close_missed(session, sample.by("系统", clock(8)))
    after = refused(
        database, WrongState, lambda s: acts.log_check(s, late, first, all_well())
    )

    assert before.rule == after.rule == "round-over"


def test_only_an_inspector_logs_a_check(database: Database, sample: Town) -> None:
    open_up_to(database, sample, clock(2))
    with database.reading() as session:
        first, second, third = [check.id for check in checks(session)]

    for name, rule in (
        ("外人", "not-your-post"),
        ("系统", "not-your-post"),
        ("乙", "b-only-while-a-away"),
    ):
        by = sample.by(name, WEDNESDAY)
        error = refused(
            database,
            NotPermitted,
            lambda s, by=by: acts.log_check(s, by, first, all_well()),  # type: ignore[misc]
        )
        assert (error.rule, error.facts["action"]) == (rule, "check.log")
    with database.writing.begin() as session:
        away(session, sample, "甲", date(2024, 1, 3))
        acts.log_check(session, sample.by("乙", WEDNESDAY), first, all_well())
        acts.log_check(session, sample.by("丙", WEDNESDAY), second, all_well())
    absent = sample.by("甲", WEDNESDAY)
    refused(
        database, NotPermitted, lambda s: acts.log_check(s, absent, third, all_well())
    )

    with database.reading() as session:
        entries = trail(session, "check.log")
        shown = [(entry.person_name, entry.on_behalf_of) for entry in entries]
        assert shown == [("乙", "甲"), ("丙", "")]


def test_another_agencys_check_is_not_found(database: Database, sample: Town) -> None:
    open_up_to(database, sample, clock(2))
    other = found_town(database, code="other")
    with database.reading() as session:
        first = checks(session)[0].id

    refused(
        database,
        NotFound,
        lambda s: acts.log_check(s, other.by("甲", WEDNESDAY), first, all_well()),
    )
    with database.reading() as session:
        for asking in (questions.check_with_board, questions.fault):
            with pytest.raises(NotFound):
                asking(session, other.agency, first)


def test_a_fault_is_seen_put_right_once(database: Database, sample: Town) -> None:
    open_up_to(database, sample, clock(2))
    with database.writing.begin() as session:
        first = checks(session)[0]
        by = sample.by("甲", WEDNESDAY)
        acts.log_check(session, by, first.id, faulty(NewFault(FaultKind.EMPTY)))
        (fault,) = questions.open_faults(session, sample.agency)

    refused(
        database,
        NotPermitted,
        lambda s: faults.fault_fixed(s, sample.by("外人", clock(5)), fault.id),
    )
    with database.writing.begin() as session:
        fixed = faults.fault_fixed(session, sample.by("丙", clock(5)), fault.id)
        assert fixed.fixed_at == clock(5)
        assert fixed.fixed_seen_by_id == sample.people["丙"]
        assert questions.open_faults(session, sample.agency) == []
    error = refused(
        database,
        Superseded,
        lambda s: faults.fault_fixed(s, sample.by("甲", clock(6)), fault.id),
    )

    assert "丙于1月5日09:00" in error.message
    with database.reading() as session:
        assert len(trail(session, "fault.fixed")) == 1


def test_the_grid_shows_every_board_and_every_week(
    database: Database, sample: Town
) -> None:
    open_up_to(database, sample, clock(8))
    with database.writing.begin() as session:
        first, second, *_ = checks(session)
        by = sample.by("甲", WEDNESDAY)
        acts.log_check(session, by, first.id, all_well())
        by = sample.by("甲", WEDNESDAY)
        acts.log_check(session, by, second.id, faulty(NewFault(FaultKind.COVERED)))
        slots.close_missed(session, sample.by("系统", clock(8)))

    with database.reading() as session:
        grid = questions.grid(session, sample.agency, 2024)
        left = questions.week_left(session, sample.agency, date(2024, 1, 10))
        week = questions.checks_of_week(session, sample.agency, date(2024, 1, 3))
        last = questions.last_check(session, sample.agency, first.board_id)
        never = questions.last_check(session, sample.agency, week[2].board.id)
    assert len(grid.periods) == 52
    shown = [[cell.state for cell in row.cells[:3]] for row in grid.rows]
    assert shown == [
        [CellState.DONE, CellState.OPEN, CellState.NONE],
        [CellState.FAULT, CellState.OPEN, CellState.NONE],
        [CellState.MISSED, CellState.OPEN, CellState.NONE],
    ]
    assert grid.rows[0].cells[0].check_id == first.id
    assert left.words == "本周未查 3 / 3"
    assert [len(each.faults) for each in week] == [0, 1, 0]
    assert last is not None
    assert last.check.id == first.id
    assert never is None
