"""The people of a paper case as an agency on the database, with its definition."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from itertools import count

from sqlalchemy.orm import Session

from models.agencies import Section
from models.people import (
    Absence,
    ChannelKeeping,
    Delegation,
    Holding,
    Person,
    Portfolio,
    Post,
    Role,
    RoleGrant,
    Slot,
    Workplace,
)
from workflow.agencies import acts as agencies
from workflow.agencies.acts import HolidayList, NewAgency
from workflow.calendar import TOWN_TIME, WorkingCalendar
from workflow.occasion import Occasion
from workflow.people.staffing import SECTION_POSTS
from workflow.process.definition import Definition
from workflow.process.scenario.office import Office
from workflow.process.scenario.office import Person as PaperPerson

LONG_AGO = datetime(2010, 1, 1, tzinfo=UTC)
EVER = LONG_AGO.date()
ANY = "general"
numbers = count(1)


@dataclass
class RealOffice:
    """An agency with the people of one paper case."""

    session: Session
    agency_id: int
    people: dict[str, Person] = field(default_factory=dict)
    ids: dict[str, int] = field(default_factory=dict)
    sections: dict[str, Section] = field(default_factory=dict)
    posts: dict[tuple[str, str], Post] = field(default_factory=dict)
    held: dict[str, list[Post]] = field(default_factory=dict)

    def by(self, name: str, at: datetime) -> Occasion:
        """An occasion of this person; of the system when nobody is named."""
        person = self.ids[name] if name else None
        return Occasion(self.agency_id, person, at, f"paper-{next(numbers)}")

    def name(self, person_id: int) -> str:
        """Her name."""
        return self.session.get_one(Person, person_id).name


def settle(
    session: Session,
    paper: Office,
    calendar: WorkingCalendar,
    sources: list[str],
    sections: set[str],
) -> RealOffice:
    """Found the agency, fill its posts, adopt its definitions, the tried one last."""
    at, code = LONG_AGO, f"paper-{next(numbers)}"
    nobody = Occasion(0, None, at, f"found-{code}")
    new = NewAgency(code, "示例单位", "township", is_sample=True)
    agency = agencies.found(session, nobody, new)
    office = RealOffice(session, agency.id)
    _calendar(office, calendar)
    for number, source in enumerate(sources):
        when = at + timedelta(minutes=number)
        agencies.adopt_definition(session, office.by("", when), source)
    keys = {k for p in paper.people for k in (p.section, *p.heads, *p.oversees) if k}
    for key in sorted(keys | sections | {ANY}):
        office.sections[key] = Section(
            agency_id=agency.id, code=key, name=key, report_column="工作动态"
        )
    session.add_all(office.sections.values())
    for person in paper.people:
        _person(office, person)
    _stand_ins(office, paper)
    _delegations(office, paper)
    session.flush()
    return office


def _calendar(office: RealOffice, calendar: WorkingCalendar) -> None:
    years = {day.year for day in (*calendar.off, *calendar.work)} | {2024}
    for year in sorted(years):
        off = sorted(day for day in calendar.off if day.year == year)
        work = sorted(day for day in calendar.work if day.year == year)
        listed = HolidayList(year, off, work, "示例")
        agencies.enter_calendar(office.session, office.by("", LONG_AGO), listed)


def _person(office: RealOffice, paper: PaperPerson) -> None:
    person = Person(
        agency_id=office.agency_id, name=paper.name, entered_on=LONG_AGO.date()
    )
    office.session.add(person)
    office.session.flush()
    office.people[paper.name] = person
    office.ids[paper.name] = person.id
    for role in (Role.DRAFTER, Role.REVIEWER, Role.PUBLISHER):
        grant = RoleGrant(person_id=person.id, role=role, since=LONG_AGO)
        office.session.add(grant)
    if paper.section:
        section = office.sections[paper.section]
        office.session.flush()
        row = Workplace(person_id=person.id, section_id=section.id)
        office.session.add(row)
    for code in paper.posts:
        _hold(office, paper.name, _post(office, code, ""))
    _related(office, paper, "section_head", paper.heads)
    _related(office, paper, "deputy_head", paper.oversees)
    if paper.keeps:
        post = _post(office, "channel_owner", paper.name)
        _hold(office, paper.name, post)
        for channel in paper.keeps:
            office.session.add(ChannelKeeping(post_id=post.id, channel=channel))


def _related(
    office: RealOffice, paper: PaperPerson, code: str, sections: tuple[str, ...]
) -> None:
    if not sections:
        return
    post = _post(office, code, paper.name)
    _hold(office, paper.name, post)
    for key in sections:
        section = office.sections[key]
        office.session.add(Portfolio(post_id=post.id, section_id=section.id))


def _post(office: RealOffice, code: str, whose: str) -> Post:
    """One post for each code; heads and deputies have one each."""
    if (code, whose) not in office.posts:
        post = Post(agency_id=office.agency_id, code=code, title=f"{code} {whose}")
        office.session.add(post)
        office.session.flush()
        office.posts[code, whose] = post
    return office.posts[code, whose]


def _hold(
    office: RealOffice,
    name: str,
    post: Post,
    slot: Slot = Slot.A,
    since: date = EVER,
    until: date | None = None,
) -> None:
    if slot is Slot.A:
        office.held.setdefault(name, []).append(post)
    person = office.people[name].id
    row = Holding(
        post_id=post.id, person_id=person, slot=slot, since=since, until=until
    )
    office.session.add(row)


def _stand_ins(office: RealOffice, paper: Office) -> None:
    for person in paper.people:
        for whose in person.b_for:
            for post in office.held.get(whose, []):
                _hold(office, person.name, post, Slot.B)
    for away in paper.absences:
        first = away.first.astimezone(TOWN_TIME).date()
        last = away.last.astimezone(TOWN_TIME).date()
        row = Absence(
            agency_id=office.agency_id,
            person_id=office.people[away.person].id,
            first_day=first,
            last_day=last,
            reason="外出",
            recorded_at=LONG_AGO,
        )
        office.session.add(row)
        for post in office.held.get(away.person, []) if away.stand_in else []:
            until = last + timedelta(days=1)
            _hold(office, away.stand_in, post, Slot.B, first, until)


def _delegations(office: RealOffice, paper: Office) -> None:
    for given in paper.delegations:
        code = SECTION_POSTS.get(given.post, given.post)
        for post in office.held.get(given.by, []):
            if post.code == code:
                row = Delegation(
                    agency_id=office.agency_id,
                    post_id=post.id,
                    by_id=office.people[given.by].id,
                    to_id=office.people[given.to].id,
                    since=given.first,
                    until=given.last,
                    document="书面指定",
                    recorded_at=LONG_AGO,
                )
                office.session.add(row)


def sections_of(definition: Definition) -> set[str]:
    """The sections that a definition declares."""
    return set(definition.attributes["section"].values)
