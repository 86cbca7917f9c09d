"""The small town with village boards, its holiday list, and this week's checks."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from itertools import count

from flask import Flask
from sqlalchemy import select
from sqlalchemy.orm import Session

from models.audit import AuditEntry
from models.inspections import Check, Fault, UnitKind
from models.people import Account, Person
from tests.small_town import MONDAY
from workflow.agencies.acts import HolidayList, enter_calendar
from workflow.inspections import acts, slots
from workflow.inspections.acts import NewBoard, NewUnit
from workflow.occasion import Occasion

numbers = count(1)


@dataclass(frozen=True)
class Boards:
    app: Flask
    agency: int
    people: dict[str, int]

    def by(self, login: str = "", at: datetime = MONDAY) -> Occasion:
        """An occasion of this person, of the system itself without a name."""
        person = self.people.get(login)
        return Occasion(self.agency, person, at, f"boards-{next(numbers)}")

    def writing(self) -> Session:
        """A session to change something; use its ``begin()``."""
        return self.app.extensions["database"].writing()  # type: ignore[no-any-return]

    def trail(self, act: str) -> list[AuditEntry]:
        """The entries of one act."""
        with self.app.extensions["database"].reading() as session:
            query = select(AuditEntry).where(AuditEntry.act == act)
            return list(session.scalars(query.order_by(AuditEntry.seq)))

    def checks(self) -> list[Check]:
        """Every check, in the order of the road map."""
        with self.app.extensions["database"].reading() as session:
            return list(session.scalars(select(Check).order_by(Check.id)))

    def faults(self) -> list[Fault]:
        """Every fault."""
        with self.app.extensions["database"].reading() as session:
            return list(session.scalars(select(Fault).order_by(Fault.id)))


def found(app: Flask) -> Boards:
    """The people of the small town, by their login names."""
    with app.extensions["database"].reading() as session:
        query = select(Account.login, Person).join(
            Person, Person.id == Account.person_id
        )
        rows = session.execute(query).all()
    return Boards(app, rows[0][1].agency_id, {login: who.id for login, who in rows})


def with_calendar(app: Flask) -> Boards:
    """The holiday list of the year is entered."""
    boards = found(app)
    with boards.writing() as session, session.begin():
        holidays = HolidayList(2024, (date(2024, 5, 1),), (), "示例放假安排")
        enter_calendar(session, boards.by("sysadmin"), holidays)
    return boards


def with_boards(app: Flask, villages: int = 3) -> Boards:
    """Villages with a board each; this week's round is open."""
    boards = with_calendar(app)
    with boards.writing() as session, session.begin():
        for number in range(villages):
            unit = NewUnit(f"20{number}", f"示例{number}村", UnitKind.VILLAGE, number)
            board = NewBoard("村务公开栏（示例）", "村委会门口", MONDAY.date())
            acts.add_unit(session, boards.by("sysadmin"), unit, board)
        slots.open_due(session, boards.by(), MONDAY.date())
    return boards
