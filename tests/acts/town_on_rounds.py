"""A small sample town on its rounds: two inspectors, a registrar, three villages."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, date, datetime
from itertools import count

import pytest
from sqlalchemy.orm import Session

from models.agencies import Agency, CalendarYear
from models.audit import AuditEntry
from models.database import Database
from models.inspections import Check, UnitKind
from models.people import Absence, Holding, Person, Post, Role, RoleGrant, Slot
from workflow.audit import acts as audit
from workflow.errors import WorkflowError
from workflow.inspections import acts, slots
from workflow.inspections.acts import NewBoard, NewUnit
from workflow.occasion import Occasion

FOUNDED = datetime(2024, 1, 1, tzinfo=UTC)
FIRST_DAY = date(2024, 1, 1)
OFF_2024 = (
    ["2024-01-01"]
    + [f"2024-02-{day}" for day in range(10, 18)]
    + [f"2024-04-0{day}" for day in (4, 5, 6)]
    + [f"2024-05-0{day}" for day in (1, 2, 3, 4, 5)]
    + ["2024-06-10", "2024-09-15", "2024-09-16", "2024-09-17"]
    + [f"2024-10-0{day}" for day in range(1, 8)]
)
WORK_2024 = [
    "2024-02-04",
    "2024-02-18",
    "2024-04-07",
    "2024-04-28",
    "2024-05-11",
    "2024-09-14",
    "2024-09-29",
    "2024-10-12",
]
numbers = count(1)


@dataclass(frozen=True)
class Town:
    agency: int
    people: dict[str, int]

    def by(self, name: str, at: datetime, operation: str = "") -> Occasion:
        """An occasion of one of the people, or of the system (系统)."""
        number = operation or f"op-{next(numbers)}"
        return Occasion(self.agency, self.people.get(name), at, number)


def clock(day: int, hour: int = 9, month: int = 1, year: int = 2024) -> datetime:
    """A moment on the town's clock, eight hours before UTC's."""
    return datetime(year, month, day, hour - 8, tzinfo=UTC)


def found_town(database: Database, villages: int = 3, code: str = "sample") -> Town:
    with database.writing.begin() as session:
        agency = _agency(session, code)
        people = _people(session, agency.id)
        made = Town(agency.id, people)
        _posts(session, made)
        session.add_all(_roles(made))
        for number in range(villages):
            add_village(session, made, number, FIRST_DAY)
    return made


def add_village(session: Session, where: Town, number: int, since: date) -> None:
    unit = NewUnit(f"20{number}", f"示例{number}村", UnitKind.VILLAGE, number)
    board = NewBoard("村务公开栏（示例）", "村委会门口", since)
    acts.add_unit(session, where.by("管理员", FOUNDED), unit, board)


def away(session: Session, where: Town, name: str, on: date) -> None:
    session.add(
        Absence(
            agency_id=where.agency,
            person_id=where.people[name],
            first_day=on,
            last_day=on,
            reason="休假",
            recorded_at=FOUNDED,
        )
    )
    session.flush()


def checks(session: Session) -> list[Check]:
    return session.query(Check).order_by(Check.period, Check.board_id).all()


def trail(session: Session, act: str) -> list[AuditEntry]:
    return session.query(AuditEntry).filter_by(act=act).order_by(AuditEntry.seq).all()


def open_up_to(database: Database, where: Town, at: datetime) -> int:
    with database.writing.begin() as session:
        day = at.date()
        return len(slots.open_due(session, where.by("系统", at), day))


def refused(
    database: Database, kind: type[WorkflowError], do: Callable[[Session], object]
) -> WorkflowError:
    with pytest.raises(kind) as caught, database.writing.begin() as session:
        do(session)
    return caught.value


def _agency(session: Session, code: str) -> Agency:
    agency = Agency(
        code=code,
        name="示例镇人民政府",
        level="township",
        region="示例区",
        made_at=FOUNDED,
    )
    session.add(agency)
    session.flush()
    audit.begin(session, agency)
    calendar = CalendarYear(
        agency_id=agency.id,
        year=2024,
        source="示例放假安排",
        off=OFF_2024,
        work=WORK_2024,
        entered_at=FOUNDED,
    )
    session.add(calendar)
    return agency


def _people(session: Session, agency_id: int) -> dict[str, int]:
    names = ("甲", "乙", "丙", "登记员", "管理员", "外人")
    people = {
        name: Person(agency_id=agency_id, name=name, entered_on=FIRST_DAY)
        for name in names
    }
    session.add_all(people.values())
    session.flush()
    return {name: person.id for name, person in people.items()}


def _posts(session: Session, made: Town) -> None:
    post = Post(agency_id=made.agency, code="inspector", title="巡查岗")
    session.add(post)
    session.flush()
    session.add_all(
        Holding(
            post_id=post.id, person_id=made.people[name], slot=slot, since=FIRST_DAY
        )
        for name, slot in (("甲", Slot.A), ("乙", Slot.B))
    )


def _roles(made: Town) -> list[RoleGrant]:
    given = {
        "丙": Role.INSPECTOR,
        "登记员": Role.REGISTRAR,
        "管理员": Role.SYSTEM_ADMINISTRATOR,
    }
    return [
        RoleGrant(person_id=made.people[name], role=role, since=FOUNDED)
        for name, role in given.items()
    ]
