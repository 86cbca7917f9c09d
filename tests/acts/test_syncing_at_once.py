"""Ten inspectors come back into the network in the same minute (ten phones sync)."""

from __future__ import annotations

from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from uuid import UUID, uuid5

from sqlalchemy import select

from models.database import Database
from models.inspections import Check, CheckState, EntryOutcome, Fault, FaultKind
from models.people import Person, Role, RoleGrant
from models.rectification import CheckEntry
from tests.acts.town_on_rounds import FOUNDED, Town, clock, found_town, open_up_to
from tests.acts.town_on_rounds import trail as entries_of
from tests.pictures import JPEG
from workflow.audit.questions import verify
from workflow.inspections.entries import Entry, receive
from workflow.inspections.rules import NewFault
from workflow.occasion import Occasion

PHONES, BOARDS = 10, 18
NAMES = UUID("7b0c5a0e-7d7e-4d53-9b6f-0a4d2a0e5d11")
WEDNESDAY = clock(3)


def inspectors(database: Database, town: Town) -> list[int]:
    with database.writing.begin() as session:
        people = [
            Person(
                agency_id=town.agency, name=f"示例巡查{n}", entered_on=FOUNDED.date()
            )
            for n in range(PHONES)
        ]
        session.add_all(people)
        session.flush()
        session.add_all(
            RoleGrant(person_id=one.id, role=Role.INSPECTOR, since=FOUNDED)
            for one in people
        )
        return [one.id for one in people]


def queue(phone: int, boards: list[int]) -> list[Entry]:
    """Four boards of this phone's own road, and two that the next phone has too."""
    own = [boards[(phone * 2 + step) % BOARDS] for step in range(4)]
    return [
        Entry(
            entry_id=str(uuid5(NAMES, f"{phone} {board}")),
            board=board,
            noted_at=WEDNESDAY - timedelta(minutes=phone + number),
            all_well=number % 2 == 0,
            faults=()
            if number % 2 == 0
            else (NewFault(FaultKind.DIRTY, f"第{phone}部", JPEG),),
        )
        for number, board in enumerate(own)
    ]


def test_each_entry_arrives_once_and_none_is_lost(database: Database) -> None:
    town = found_town(database, villages=BOARDS)
    open_up_to(database, town, clock(2))
    people = inspectors(database, town)
    with database.reading() as session:
        boards = sorted({one.board_id for one in session.scalars(select(Check))})

    def sync(phone: int) -> list[tuple[str, str]]:
        """The phone sends all it has, and, unsure of the answers, all of it again."""
        receipts = []
        for entry in queue(phone, boards) * 2:
            with database.writing.begin() as session:
                by = Occasion(town.agency, people[phone], _now(), "unused")
                row = receive(session, by, entry)
                receipts.append((row.entry_id, row.receipt))
        return receipts

    with ThreadPoolExecutor(PHONES) as pool:
        answers = [pair for told in pool.map(sync, range(PHONES)) for pair in told]

    sent = {entry.entry_id for n in range(PHONES) for entry in queue(n, boards)}
    with database.reading() as session:
        rows = list(session.scalars(select(CheckEntry)))
        assert Counter(row.entry_id for row in rows) == Counter(sent)
        assert {(row.entry_id, row.receipt) for row in rows} == set(answers)
        assert len(set(answers)) == len(sent)
        done = [
            one.board_id
            for one in session.scalars(select(Check))
            if one.state is CheckState.DONE
        ]
        looked_at = {row.board_id for row in rows}
        assert set(done) == looked_at
        first = [row for row in rows if row.outcome is EntryOutcome.RECORDED]
        assert Counter(row.board_id for row in first) == Counter(looked_at)
        later = [row for row in rows if row.outcome is EntryOutcome.SECOND]
        assert len(first) + len(later) == len(rows)
        faulty = {row.board_id for row in rows if not row.all_well}
        faults = list(session.scalars(select(Fault)))
        assert Counter(one.board_id for one in faults) == Counter(faulty)
        assert len(entries_of(session, "entry.send")) == len(rows)
        assert verify(session).ok


def _now() -> datetime:
    return WEDNESDAY.astimezone(UTC)
