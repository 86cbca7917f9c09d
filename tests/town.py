"""The cast: a small town with every post filled twice, and the rule of 江口镇."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from itertools import count
from pathlib import Path

from sqlalchemy.orm import Session

from models.agencies import Agency, Section
from models.people import (
    Absence,
    Holding,
    Person,
    Portfolio,
    Post,
    Role,
    RoleGrant,
    Slot,
)
from workflow.agencies import acts as agencies
from workflow.agencies.acts import HolidayList, NewAgency
from workflow.occasion import Occasion

MORNING = datetime(2024, 3, 5, 1, 30, tzinfo=UTC)  # a Tuesday, 09:30 in town
JIANGKOU = Path(__file__).parents[1] / "config" / "processes" / "jiangkou.toml"
SECTIONS = {"rural": "乡村振兴", "safety": "安全生产", "personnel": "人事信息"}
operations = count(1)


@dataclass
class Town:
    """A founded agency and its people, by what they do."""

    session: Session
    agency: Agency
    people: dict[str, Person] = field(default_factory=dict)
    posts: dict[str, Post] = field(default_factory=dict)
    sections: dict[str, Section] = field(default_factory=dict)
    at: datetime = MORNING

    def by(self, who: str, operation: str = "") -> Occasion:
        """An occasion of this person now; a new operation id unless one is named."""
        person = self.people[who]
        operation = operation or f"test-{next(operations)}"
        return Occasion(self.agency.id, person.id, self.at, operation)

    def later(self, **time: float) -> None:
        """Let time pass: ``hours=2``, ``days=1``."""
        self.at += timedelta(**time)

    def away(self, who: str, days: int = 1) -> None:
        """Record that somebody is absent from today on."""
        today = self.at.date()
        self.session.add(
            Absence(
                agency_id=self.agency.id,
                person_id=self.people[who].id,
                first_day=today,
                last_day=today + timedelta(days=days - 1),
                reason="参加培训",
                recorded_at=self.at,
            )
        )
        self.session.flush()

    def back(self, who: str) -> None:
        """Cancel every absence of somebody."""
        for absence in self.session.query(Absence).filter_by(
            person_id=self.people[who].id
        ):
            absence.cancelled_at = self.at
        self.session.flush()

    def hold(self, code: str, who: str) -> None:
        """Give somebody a second post, as one more B."""
        post = next(p for p in self.posts.values() if p.code == code)
        self.session.add(
            Holding(
                post_id=post.id,
                person_id=self.people[who].id,
                slot=Slot.B,
                since=date(2024, 1, 1),
            )
        )
        self.session.flush()


def found_town(session: Session, code: str = "sample-town") -> Town:
    """Make the town; nothing is committed."""
    nobody = Occasion(0, None, MORNING - timedelta(days=30), f"found-{code}")
    agency = agencies.found(
        session, nobody, NewAgency(code, "示例镇人民政府", "township", is_sample=True)
    )
    town = Town(session, agency)
    system = Occasion(agency.id, None, nobody.at, f"rule-{code}")
    off = [date(2024, 1, 1), date(2024, 5, 1)]
    agencies.enter_calendar(
        session, system.under(f"calendar-{code}"), HolidayList(2024, off, [], "示例")
    )
    agencies.adopt_definition(session, system, Path(JIANGKOU).read_text("utf-8"))
    _settle(town)
    return town


def _settle(town: Town) -> None:
    for position, (code, name) in enumerate(SECTIONS.items()):
        column = "人事信息" if code == "personnel" else "工作动态"
        town.sections[code] = Section(
            agency_id=town.agency.id,
            code=code,
            name=name,
            report_column=column,
            position=position,
        )
    town.session.add_all(town.sections.values())
    for who in ("drafter", "colleague"):
        _person(town, who, Role.DRAFTER)
    _post(town, "office_director", "党政办主任", "director", "director_b")
    _post(town, "deputy_head", "分管农业副镇长", "deputy", "deputy_b", "rural")
    _post(town, "deputy_head", "分管安全副镇长", "deputy2", "deputy2_b", "safety")
    _post(town, "principal", "镇长", "principal", "principal_b")
    _post(town, "publisher", "信息发布岗", "publisher", "publisher_b")
    _person(town, "inspector", Role.INSPECTOR)
    _person(town, "registrar", Role.REGISTRAR)
    _person(town, "auditor", Role.AUDIT_ADMINISTRATOR)
    town.session.flush()


def _post(town: Town, code: str, title: str, a: str, b: str, section: str = "") -> None:
    post = Post(agency_id=town.agency.id, code=code, title=title)
    town.session.add(post)
    town.session.flush()
    town.posts[a] = post
    role = Role.PUBLISHER if code == "publisher" else Role.REVIEWER
    for who, slot in ((a, Slot.A), (b, Slot.B)):
        person = _person(town, who, role)
        town.session.add(
            Holding(
                post_id=post.id, person_id=person.id, slot=slot, since=date(2024, 1, 1)
            )
        )
    sections = [section, "personnel"] if section == "rural" else [section]
    for name in filter(None, sections):
        town.session.add(Portfolio(post_id=post.id, section_id=town.sections[name].id))


def _person(town: Town, who: str, role: Role) -> Person:
    person = Person(
        agency_id=town.agency.id, name=f"示例{who}", entered_on=date(2020, 1, 1)
    )
    town.session.add(person)
    town.session.flush()
    since = MORNING - timedelta(days=60)
    town.session.add(RoleGrant(person_id=person.id, role=role, since=since))
    town.people[who] = person
    return person
