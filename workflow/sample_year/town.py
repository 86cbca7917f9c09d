"""The sample town as plain values: sections, people, posts, absences, units."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from workflow.sample_year import reading
from workflow.sample_year.reading import Table, sample_fault


@dataclass(frozen=True, slots=True)
class Agency:
    """The public body whose sample year this is."""

    code: str
    name: str
    short_name: str
    level: str
    region: str


@dataclass(frozen=True, slots=True)
class Section:
    """A section of the public site (栏目) and the report's column it counts in."""

    code: str
    name: str
    report_column: str


@dataclass(frozen=True, slots=True)
class Person:
    """An invented person; the name carries the mark （示例）."""

    login: str
    name: str
    office: str
    roles: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Post:
    """A post with its A and B holder (AB岗) and the sections in its portfolio."""

    code: str
    kind: str
    title: str
    a: str
    b: str
    portfolio: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Absence:
    """A dated absence, both days included, during which B acts for A."""

    person: str
    first: date
    last: date
    reason: str
    approved_by: str


@dataclass(frozen=True, slots=True)
class Unit:
    """A village or residents' committee (村、居) and the name of its board."""

    code: str
    name: str
    kind: str
    board: str


@dataclass(frozen=True, slots=True)
class Town:
    """The whole sample town.

    Args:
        sample: always true for data of this sort; shown wherever the data is.
        disclosure_staff: logins of the people who do disclosure work.
    """

    sample: bool
    note: str
    agency: Agency
    sections: tuple[Section, ...]
    people: tuple[Person, ...]
    posts: tuple[Post, ...]
    absences: tuple[Absence, ...]
    units: tuple[Unit, ...]
    disclosure_staff: tuple[str, ...]

    def section(self, code: str) -> Section:
        """The section with this code."""
        return next(section for section in self.sections if section.code == code)

    def post(self, code: str) -> Post:
        """The post with this code."""
        return next(post for post in self.posts if post.code == code)

    def posts_of(self, kind: str) -> tuple[Post, ...]:
        """Every post of one kind, in the order of the file."""
        return tuple(post for post in self.posts if post.kind == kind)

    def post_for(self, kind: str, section: str) -> Post:
        """The post of this kind whose portfolio has the section."""
        return next(p for p in self.posts_of(kind) if section in p.portfolio)

    def is_away(self, login: str, on: date) -> bool:
        """Whether this person is recorded absent that day."""
        return any(a.person == login and a.first <= on <= a.last for a in self.absences)

    def acting_holder(self, post: Post, on: date) -> str:
        """The login of A, or of B on a day on which A is away."""
        return post.b if self.is_away(post.a, on) else post.a


def read_town(table: Table) -> Town:
    """The sample town kept in a configuration file.

    Raises:
        InvalidInput: a key is missing or of the wrong sort, the file does not call
            itself a sample, a code comes twice, or a name is used that is not there.
    """
    town = Town(
        sample=table.get("sample") is True,
        note=reading.text(table, "note"),
        agency=_agency(reading.inner(table, "agency")),
        sections=tuple(_section(t) for t in reading.tables(table, "sections")),
        people=tuple(_person(t) for t in reading.tables(table, "people")),
        posts=tuple(_post(t) for t in reading.tables(table, "posts")),
        absences=tuple(_absence(t) for t in reading.tables(table, "absences")),
        units=tuple(_unit(t) for t in reading.tables(table, "units")),
        disclosure_staff=reading.texts(reading.inner(table, "disclosure"), "staff"),
    )
    _refuse_what_is_not_sound(town)
    return town


def _refuse_what_is_not_sound(town: Town) -> None:
    if not town.sample:
        raise sample_fault("没有注明 sample = true")
    _refuse_doubles("栏目代码", [section.code for section in town.sections])
    _refuse_doubles("登录名", [person.login for person in town.people])
    _refuse_doubles("岗位代码", [post.code for post in town.posts])
    _refuse_doubles("村（居）代码", [unit.code for unit in town.units])
    logins = {person.login for person in town.people}
    _refuse_unknown("人员", _logins_named(town), logins)
    sections = {section.code for section in town.sections}
    _refuse_unknown("栏目", [s for p in town.posts for s in p.portfolio], sections)
    if shared := [post.code for post in town.posts if post.a == post.b]:
        raise sample_fault(f"A、B角是同一人：{'、'.join(shared)}")


def _logins_named(town: Town) -> list[str]:
    holders = [login for post in town.posts for login in (post.a, post.b)]
    away = [login for a in town.absences for login in (a.person, a.approved_by)]
    return [*holders, *away, *town.disclosure_staff]


def _refuse_doubles(what: str, codes: list[str]) -> None:
    if doubles := sorted({code for code in codes if codes.count(code) > 1}):
        raise sample_fault(f"{what}重复：{'、'.join(doubles)}")


def _refuse_unknown(what: str, named: Iterable[str], known: set[str]) -> None:
    if unknown := sorted(set(named) - known):
        raise sample_fault(f"没有这样的{what}：{'、'.join(unknown)}")


def _agency(table: Table) -> Agency:
    keys = ("code", "name", "short_name", "level", "region")
    return Agency(**{key: reading.text(table, key) for key in keys})


def _section(table: Table) -> Section:
    keys = ("code", "name", "report_column")
    return Section(**{key: reading.text(table, key) for key in keys})


def _person(table: Table) -> Person:
    return Person(
        login=reading.text(table, "login"),
        name=reading.text(table, "name"),
        office=reading.text(table, "office"),
        roles=reading.texts(table, "roles"),
    )


def _post(table: Table) -> Post:
    return Post(
        code=reading.text(table, "code"),
        kind=reading.text(table, "kind"),
        title=reading.text(table, "title"),
        a=reading.text(table, "a"),
        b=reading.text(table, "b"),
        portfolio=reading.texts(table, "portfolio"),
    )


def _absence(table: Table) -> Absence:
    return Absence(
        person=reading.text(table, "person"),
        first=reading.day(table, "first"),
        last=reading.day(table, "last"),
        reason=reading.text(table, "reason"),
        approved_by=reading.text(table, "approved_by"),
    )


def _unit(table: Table) -> Unit:
    keys = ("code", "name", "kind", "board")
    return Unit(**{key: reading.text(table, key) for key in keys})
