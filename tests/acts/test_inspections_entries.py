"""Entries of phones: once each, none lost, whoever came first."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import timedelta
from uuid import UUID

import pytest

from models.database import Database
from models.inspections import CheckState, EntryOutcome, Fault, FaultKind
from models.people import Person, Role, RoleGrant
from models.rectification import CheckEntry
from tests.acts.town_on_rounds import (
    FIRST_DAY,
    FOUNDED,
    Town,
    checks,
    clock,
    found_town,
    open_up_to,
    refused,
    trail,
)
from workflow.errors import InvalidInput, NotFound, NotPermitted, OperationReused
from workflow.inspections import slots
from workflow.inspections.entries import Entry, faults_of, receive
from workflow.inspections.rules import NewFault

WEDNESDAY = clock(3)
DIRTY = NewFault(FaultKind.DIRTY, "玻璃积灰")
STALE = NewFault(FaultKind.STALE)


def number(n: int) -> str:
    return str(UUID(int=n))


def well(board: int, n: int = 1) -> Entry:
    return Entry(number(n), board, WEDNESDAY, all_well=True)


def faulty(board: int, *faults: NewFault, n: int = 1) -> Entry:
    return Entry(number(n), board, WEDNESDAY, all_well=False, faults=faults)


@pytest.fixture
def sample(database: Database) -> Town:
    town = found_town(database)
    open_up_to(database, town, clock(2))
    return town


def board(database: Database) -> int:
    with database.reading() as session:
        return checks(session)[0].board_id


def send(
    database: Database, town: Town, entry: Entry, who: str = "甲", hour: int = 10
) -> CheckEntry:
    with database.writing.begin() as session:
        return receive(session, town.by(who, clock(3, hour)), entry)


def test_an_entry_fills_its_slot_and_keeps_both_clocks(
    database: Database, sample: Town
) -> None:
    row = send(database, sample, well(board(database)), hour=15)

    assert row.outcome is EntryOutcome.RECORDED
    assert (row.noted_at, row.received_at) == (WEDNESDAY, clock(3, 15))
    with database.reading() as session:
        first = checks(session)[0]
        assert (first.state, first.id) == (CheckState.DONE, row.check_id)
        assert (first.looked_at, first.logged_at) == (WEDNESDAY, clock(3, 15))


def test_the_same_id_again_gives_the_same_receipt(
    database: Database, sample: Town
) -> None:
    entry = faulty(board(database), DIRTY)
    first, again = send(database, sample, entry), send(database, sample, entry, hour=11)

    assert (first.id, first.receipt) == (again.id, again.receipt)
    with database.reading() as session:
        assert session.query(Fault).count() == 1
        assert len(trail(session, "entry.send")) == 1
    refused(
        database,
        OperationReused,
        lambda s: receive(s, sample.by("甲", clock(3, 12)), well(entry.board)),
    )


def test_the_second_inspector_is_added_to_the_record(
    database: Database, sample: Town
) -> None:
    there = board(database)
    first = send(database, sample, faulty(there, DIRTY))
    second = send(database, sample, faulty(there, STALE, DIRTY, n=2), "丙", 11)

    assert second.outcome is EntryOutcome.SECOND
    assert second.check_id == first.check_id
    with database.reading() as session:
        kinds = [fault.kind for fault in faults_of(session, second)]
        assert kinds == [FaultKind.STALE, FaultKind.DIRTY]
        assert session.query(Fault).count() == 2, "the dirt is seen again, not doubled"


def test_what_arrives_after_the_slot_leaves_it_missed_and_is_kept(
    database: Database, sample: Town
) -> None:
    there = board(database)
    with database.writing.begin() as session:
        slots.close_missed(session, sample.by("系统", clock(8)))
    with database.writing.begin() as session:
        row = receive(session, sample.by("甲", clock(8)), faulty(there, DIRTY))

    assert row.outcome is EntryOutcome.LATE
    with database.reading() as session:
        (fault,) = faults_of(session, row)
        assert checks(session)[0].state is CheckState.MISSED
        assert (fault.check_id, fault.found_at) == (None, WEDNESDAY)


def test_a_look_outside_every_slot_is_a_look_of_its_own(
    database: Database, sample: Town
) -> None:
    sunday = replace(well(board(database)), noted_at=clock(7))
    with database.writing.begin() as session:
        row = receive(session, sample.by("甲", clock(7, 12)), sunday)

    assert (row.outcome, row.check_id) == (EntryOutcome.EXTRA, None)


def test_a_phone_that_is_fast_does_not_look_into_the_future(
    database: Database, sample: Town
) -> None:
    fast = replace(well(board(database)), noted_at=clock(3, 12))
    row = send(database, sample, fast)

    assert row.outcome is EntryOutcome.RECORDED
    with database.reading() as session:
        assert checks(session)[0].looked_at == clock(3, 10)


def test_what_is_no_entry_is_refused(database: Database, sample: Town) -> None:
    there = board(database)
    by = sample.by("甲", clock(3, 10))
    for bad, field in (
        (replace(well(there), entry_id="7"), "entry_id"),
        (replace(well(there), noted_at=WEDNESDAY - timedelta(days=61)), "noted_at"),
        (replace(well(there), all_well=False), "all_well"),
        (faulty(there, replace(DIRTY, item="no-such")), "item"),
    ):
        error = refused(database, InvalidInput, lambda s, bad=bad: receive(s, by, bad))  # type: ignore[misc]
        assert isinstance(error, InvalidInput)
        assert list(error.fields) == [field]
    refused(database, NotFound, lambda s: receive(s, by, well(999)))
    outsider = sample.by("外人", clock(3, 10))
    refused(database, NotPermitted, lambda s: receive(s, outsider, well(there)))


def test_ten_inspectors_who_sync_at_once_are_all_on_record(
    database: Database, sample: Town
) -> None:
    names = [f"巡查{n}" for n in range(10)]
    with database.writing.begin() as session:
        for name in names:
            person = Person(agency_id=sample.agency, name=name, entered_on=FIRST_DAY)
            session.add(person)
            session.flush()
            sample.people[name] = person.id
            grant = RoleGrant(person_id=person.id, role=Role.INSPECTOR, since=FOUNDED)
            session.add(grant)
    there = board(database)

    def sync(n: int) -> EntryOutcome:
        entry = faulty(there, DIRTY, n=n + 1)
        return send(database, sample, entry, names[n]).outcome

    with ThreadPoolExecutor(10) as pool:
        outcomes = sorted(pool.map(sync, range(10)))

    assert outcomes == [EntryOutcome.RECORDED] + [EntryOutcome.SECOND] * 9
    with database.reading() as session:
        assert session.query(CheckEntry).count() == 10
        assert session.query(Fault).count() == 1
