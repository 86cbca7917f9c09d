"""Founding the sample town: agency, rule, calendar, people, posts, units, by acts."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time

from sqlalchemy import select
from sqlalchemy.orm import Session

from models.agencies import Agency, Section
from models.database import Database
from models.inspections import UnitKind
from models.patrols import ColumnKind
from models.people import Account, Person, Role, Slot
from workflow.agencies import acts as agencies
from workflow.agencies.acts import HolidayList, NewAgency
from workflow.calendar import town_moment
from workflow.inspections import acts as inspections
from workflow.inspections.acts import NewBoard, NewUnit
from workflow.inspections.catalogue import NewItem, adopt
from workflow.occasion import Occasion
from workflow.patrols.acts import set_column
from workflow.patrols.rules import NewColumn
from workflow.people import absences, access, posts
from workflow.people import acts as people
from workflow.sample_year.town import Town
from workflow.sample_year.town_tables import enter_tables

SETTLED = time(9, 0)
COLUMNS = (
    NewColumn("home", "网站首页（示例）", ColumnKind.HOME, 14, 3),
    NewColumn(
        "account", "微信公众号（示例）", ColumnKind.ACCOUNT, 14, 3, "wechat_official"
    ),
)


@dataclass(frozen=True, slots=True)
class Settlement:
    """What the sample town is founded with.

    Args:
        rule: source of the process definition.
        holidays: the holiday lists of the years that are played.
        passwords: login to the password of that account.
        on: the day of founding, before the year begins.
        catalogue: what the boards are to show; nothing is computed without one.
    """

    town: Town
    rule: str
    holidays: tuple[HolidayList, ...]
    passwords: Mapping[str, str]
    on: date
    catalogue: tuple[NewItem, ...] = ()


@dataclass(frozen=True, slots=True)
class Cast:
    """Ids of the founded town: agency, and people by login."""

    agency_id: int
    people: Mapping[str, int]

    def occasion(self, login: str | None, at: datetime, operation: str) -> Occasion:
        """An occasion of a person of the cast, or of the system when no login."""
        person = self.people[login] if login else None
        return Occasion(self.agency_id, person, at, operation)


def settle(database: Database, plan: Settlement) -> Cast:
    """Found the town once, whole or not at all; the same again finds the same."""
    with database.writing.begin() as session:
        known = find_cast(session, plan.town)
        if known is None:
            _found(session, plan)
    with database.reading() as session:
        cast = find_cast(session, plan.town)
    if cast is None:
        raise RuntimeError("the sample town was founded and is not there")
    return cast


def find_cast(session: Session, town: Town) -> Cast | None:
    """The founded town, if it is there."""
    query = select(Agency).where(Agency.code == town.agency.code)
    agency = session.scalars(query).one_or_none()
    if agency is None:
        return None
    rows = session.execute(
        select(Account.login, Person.id)
        .join(Person, Person.id == Account.person_id)
        .where(Person.agency_id == agency.id)
    )
    return Cast(agency.id, {row.login: row.id for row in rows})


def _found(session: Session, plan: Settlement) -> None:
    town, at = plan.town, town_moment(plan.on, SETTLED)
    nobody = Occasion(0, None, at, "sample/found")
    new = NewAgency(
        town.agency.code,
        town.agency.name,
        town.agency.level,
        town.agency.region,
        is_sample=town.sample,
    )
    agency = agencies.found(session, nobody, new)
    system = Occasion(agency.id, None, at, "sample/settle")
    for announced in plan.holidays:
        by = system.under(f"sample/calendar/{announced.year}")
        agencies.enter_calendar(session, by, announced)
    agencies.adopt_definition(session, system.under("sample/rule"), plan.rule)
    _make_sections(session, system, town)
    persons = _add_people(session, system, plan)
    _fill_posts(session, system, plan, persons)
    _record_absences(session, system, town, persons)
    _add_units(session, system, town, plan.on)
    adopt(session, system.under("sample/catalogue"), plan.catalogue)
    for column in COLUMNS:
        set_column(session, system.under(f"sample/column/{column.code}"), column)
    enter_tables(session, system, town, plan.on)


def _make_sections(session: Session, by: Occasion, town: Town) -> None:
    for position, section in enumerate(town.sections, 1):
        agencies.make_section(
            session,
            by.under(f"sample/section/{section.code}"),
            section.code,
            section.name,
            section.report_column,
            position,
        )


def _add_people(session: Session, by: Occasion, plan: Settlement) -> dict[str, int]:
    found: dict[str, int] = {}
    for person in plan.town.people:
        login = person.login
        added = people.add_person(
            session, by.under(f"sample/person/{login}"), person.name, login, plan.on
        )
        found[login] = added.person.id
        for role in person.roles:
            under = by.under(f"sample/role/{login}/{role}")
            people.grant_role(session, under, added.person.id, Role(role))
        herself = Occasion(
            by.agency_id, added.person.id, by.at, f"sample/password/{login}"
        )
        access.change_password(session, herself, added.code, plan.passwords[login])
    return found


def _fill_posts(
    session: Session, by: Occasion, plan: Settlement, persons: Mapping[str, int]
) -> None:
    query = select(Section.code, Section.id).where(Section.agency_id == by.agency_id)
    ids = {row.code: row.id for row in session.execute(query)}
    for post in plan.town.posts:
        name = f"sample/post/{post.code}"
        made = posts.make_post(session, by.under(name), post.kind, post.title)
        for slot, login in ((Slot.A, post.a), (Slot.B, post.b)):
            under = by.under(f"{name}/{slot}")
            posts.fill_post(session, under, made.id, persons[login], slot, plan.on)
        if post.portfolio:
            under = by.under(f"{name}/portfolio")
            wanted = [ids[code] for code in post.portfolio]
            posts.set_portfolio(session, under, made.id, wanted)


def _record_absences(
    session: Session, by: Occasion, town: Town, persons: Mapping[str, int]
) -> None:
    for number, absence in enumerate(town.absences):
        absences.record_absence(
            session,
            by.under(f"sample/absence/{number}"),
            persons[absence.person],
            absence.first,
            absence.last,
            absence.reason,
        )


def _add_units(session: Session, by: Occasion, town: Town, since: date) -> None:
    kinds = {"residents_committee": UnitKind.RESIDENTS}
    for position, unit in enumerate(town.units, 1):
        kind = kinds.get(unit.kind, UnitKind.VILLAGE)
        board = NewBoard(f"{unit.name}公开栏", "村（居）委会院内", since)
        inspections.add_unit(
            session,
            by.under(f"sample/unit/{unit.code}"),
            NewUnit(unit.code, unit.name, kind, position),
            board,
        )


def holiday_lists(
    years: Iterable[int], off: Iterable[date], work: Iterable[date], source: str
) -> tuple[HolidayList, ...]:
    """Holiday lists by year, out of a calendar that holds several."""
    offs, works = sorted(off), sorted(work)
    return tuple(
        HolidayList(
            year,
            [day for day in offs if day.year == year],
            [day for day in works if day.year == year],
            source,
        )
        for year in years
    )
