"""A small agency with one person per role, made through the real acts."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from functools import cache
from itertools import count

from sqlalchemy import select
from sqlalchemy.orm import Session

from models.agencies import Agency
from models.audit import AuditEntry
from models.database import Database
from models.people import Account, Role, Slot
from workflow.agencies.acts import make_section
from workflow.audit import acts as trail
from workflow.occasion import Occasion
from workflow.people import acts, passwords

MONDAY = datetime(2024, 3, 4, 1, 0, tzinfo=UTC)
ENTERED = date(2020, 1, 1)
PASSWORD = "Qing-Shan_7788!"
CAST = {
    "drafter": ("示例拟稿", Role.DRAFTER),
    "director": ("示例主任", Role.REVIEWER),
    "deputy": ("示例副镇长", Role.REVIEWER),
    "principal": ("示例镇长", Role.LEADER),
    "publisher": ("示例发布", Role.PUBLISHER),
    "inspector": ("示例巡查", Role.INSPECTOR),
    "registrar": ("示例登记", Role.REGISTRAR),
    "sysadmin": ("示例系统", Role.SYSTEM_ADMINISTRATOR),
    "secadmin": ("示例安全", Role.SECURITY_ADMINISTRATOR),
    "audadmin": ("示例审计", Role.AUDIT_ADMINISTRATOR),
}


class Clock:
    """A clock that a test moves."""

    start = MONDAY

    def __init__(self, at: datetime) -> None:
        self.at = at

    def __call__(self) -> datetime:
        return self.at

    def move(self, **by: float) -> None:
        """Let time pass: ``move(minutes=31)``."""
        self.at += timedelta(**by)


@dataclass
class Town:
    """Ids of what was made, by the names tests use."""

    agency: int = 0
    people: dict[str, int] = field(default_factory=dict)
    posts: dict[str, int] = field(default_factory=dict)
    sections: dict[str, int] = field(default_factory=dict)


_numbers = count(1)


def occasion(town: Town, login: str = "", at: datetime = MONDAY) -> Occasion:
    """An occasion of this person (the system itself when no name is given)."""
    person = town.people[login] if login else None
    return Occasion(town.agency, person, at, f"small-town-{next(_numbers)}")


def found(session: Session, code: str, name: str) -> Town:
    """An agency and the start of its trail."""
    agency = Agency(code=code, name=name, level="town", is_sample=True, made_at=MONDAY)
    session.add(agency)
    session.flush()
    trail.begin(session, agency)
    return Town(agency.id)


def add(session: Session, town: Town, login: str, name: str, role: Role | None) -> None:
    """A person who has set her own password already."""
    made = acts.add_person(session, occasion(town), name, login, ENTERED)
    town.people[login] = made.person.id
    if role is not None:
        acts.grant_role(session, occasion(town), made.person.id, role)
    account = session.get_one(Account, made.person.id)
    account.password_hash, account.must_change = _kept(), False


@cache
def _kept() -> str:
    """Hashed once: forty slow hashes for every test would be all that tests do."""
    return passwords.hashed(PASSWORD)


def build(database: Database) -> Town:
    """The whole small town, in one transaction."""
    with database.writing.begin() as session:
        town = found(session, "small", "示例镇人民政府")
        for login, (name, role) in CAST.items():
            add(session, town, login, name, role)
        _posts(session, town)
        _sections(session, town)
    return town


def _posts(session: Session, town: Town) -> None:
    plan = {
        "office_director": ("党政办主任", "director", "drafter"),
        "deputy_head": ("副镇长", "deputy", "director"),
        "principal": ("镇长", "principal", "deputy"),
    }
    for code, (title, a_holder, b_holder) in plan.items():
        post = acts.make_post(session, occasion(town), code, title)
        town.posts[code] = post.id
        for slot, login in ((Slot.A, a_holder), (Slot.B, b_holder)):
            person = town.people[login]
            acts.fill_post(session, occasion(town), post.id, person, slot, ENTERED)


def _sections(session: Session, town: Town) -> None:
    for code, name in (("farming", "农业农村"), ("safety", "安全生产")):
        made = make_section(session, occasion(town), code, name, "工作动态")
        town.sections[code] = made.id


@dataclass
class Office:
    """The small town in an open session."""

    session: Session
    town: Town

    def by(self, login: str, **moved: float) -> Occasion:
        return occasion(self.town, login, MONDAY + timedelta(**moved))

    def person(self, login: str) -> int:
        return self.town.people[login]

    def entries(self) -> list[AuditEntry]:
        self.session.commit()
        query = select(AuditEntry).order_by(AuditEntry.seq)
        return list(self.session.scalars(query))
