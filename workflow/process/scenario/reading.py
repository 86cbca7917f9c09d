"""Reading a file of paper cases (TOML): a ``Script`` comes out, or every fault."""

from __future__ import annotations

from datetime import date

from workflow.calendar import WorkingCalendar
from workflow.process.definition import DefinitionFaults
from workflow.process.entries import Entry, Notes
from workflow.process.lines import Lines
from workflow.process.reading import read_toml
from workflow.process.scenario.moments import read_moment
from workflow.process.scenario.office import Absence, Delegation, Office, Person
from workflow.process.scenario.script import (
    Paper,
    Scenario,
    ScenarioFaults,
    Script,
    Step,
)
from workflow.process.scenario.steps import read_step

_YEARS = (date(2000, 1, 1), date(2100, 12, 31))


def read_scenarios(text: str) -> Script:
    """Read a file of paper cases.

    Raises:
        ScenarioFaults: with every fault found, each with its line.
    """
    try:
        root = Entry(read_toml(text), (), Notes(Lines(text)))
    except DefinitionFaults as refused:
        raise ScenarioFaults(refused.faults) from refused
    script = _read(root)
    root.close()
    if root.notes.found:
        raise ScenarioFaults(root.notes.found)
    return script


def _read(root: Entry) -> Script:
    title, calendar = root.text("title"), _read_calendar(root)
    common = _read_office(root, Office(()))
    scenarios = tuple(
        _read_scenario(entry, common)
        for entry in root.tables("scenarios", required=True)
    )
    return Script(title, calendar, scenarios)


def _read_calendar(root: Entry) -> WorkingCalendar:
    entry = root.table("calendar")
    off = frozenset(_days(entry, "off")) if entry else frozenset()
    work = frozenset(_days(entry, "work")) if entry else frozenset()
    if entry:
        entry.close()
    return WorkingCalendar(off - work, work, _YEARS[1], _YEARS[0])


def _days(entry: Entry, key: str) -> list[date]:
    value = entry.raw(key)
    if value is None:
        return []
    if isinstance(value, list) and all(type(item) is date for item in value):
        return [item for item in value if type(item) is date]
    entry.fault(key, "wrong-type", f"“{key}”应为日期组成的列表，如 [2024-05-01]。")
    return []


def _read_scenario(entry: Entry, common: Office) -> Scenario:
    name, basis = entry.text("name"), entry.text("basis", "")
    office = _read_office(entry, common)
    tables = entry.tables("articles")
    single = entry.table("article")
    papers = tuple(_read_paper(t, office) for t in ([single] if single else tables))
    if not papers:
        entry.notes.add(entry.path, "missing-key", "缺少“article”（稿件）。")
    ids = frozenset(paper.id for paper in papers)
    steps = entry.tables("steps", required=True)
    read = tuple(read_step(table, office, ids) for table in steps)
    _check_order(steps, read)
    entry.close()
    return Scenario(name, basis, office, papers, read, entry.line)


def _check_order(tables: list[Entry], steps: tuple[Step, ...]) -> None:
    """Time does not run backwards."""
    last = None
    for table, item in zip(tables, steps, strict=True):
        if item.at is not None and last is not None and item.at < last:
            table.fault("at", "time-backwards", "这一步的时刻早于前面的步骤。")
        last = item.at or last


def _read_office(entry: Entry, common: Office) -> Office:
    """The people of the whole file, and those of one case besides or instead."""
    people = list(common.people)
    written = entry.tables("people")
    for table in written:
        person = _read_person(table, len(people) + 1)
        known = [p.name for p in people]
        if person.name in known:
            people[known.index(person.name)] = person
        else:
            people.append(person)
    names = frozenset(person.name for person in people)
    for table, person in ((t, p) for t in written for p in people if _is(t, p)):
        _check_names(table, names, *person.b_for)
    absences = tuple(_absence(t, names) for t in entry.tables("absences"))
    given = tuple(_delegation(t, names) for t in entry.tables("delegations"))
    return Office(
        tuple(people),
        (*common.absences, *absences),
        (*common.delegations, *given),
    )


def _is(table: Entry, person: Person) -> bool:
    return bool(table.values.get("name") == person.name)


def _read_person(table: Entry, number: int) -> Person:
    person = Person(
        number,
        table.text("name"),
        table.text("section", ""),
        table.texts("posts"),
        table.texts("heads"),
        table.texts("oversees"),
        table.texts("keeps"),
        table.texts("b_for"),
        table.line,
    )
    table.close()
    return person


def _absence(table: Entry, names: frozenset[str]) -> Absence:
    person, stand_in = table.text("person"), table.text("stand_in", "")
    _check_names(table, names, person, stand_in)
    table.text("approved_by", "")
    table.text("reason", "")
    found = Absence(
        person,
        read_moment(table, "from"),
        read_moment(table, "until", end=True),
        stand_in,
    )
    table.close()
    return found


def _delegation(table: Entry, names: frozenset[str]) -> Delegation:
    by, to = table.text("by"), table.text("to")
    _check_names(table, names, by, to)
    first, last = read_moment(table, "from"), read_moment(table, "until", end=True)
    found = Delegation(by, to, table.text("post"), first, last)
    table.close()
    return found


def _check_names(table: Entry, names: frozenset[str], *named: str) -> None:
    for name in named:
        if name and name not in names:
            table.notes.add(table.path, "unknown-person", f"没有“{name}”这个人。")


def _read_paper(table: Entry, office: Office) -> Paper:
    drafter = table.text("drafter")
    _check_names(table, frozenset(p.name for p in office.people), drafter)
    paper = Paper(
        id=table.text("id", "article"),
        title=table.text("title"),
        body=table.text("body", "（示例正文）"),
        drafter=drafter,
        section=table.text("section", ""),
        channels=frozenset(table.texts("channels")),
        attributes=_read_attributes(table),
        attachments=frozenset(table.texts("attachments")),
        needed_by=read_moment(table, "needed_by") if table.has("needed_by") else None,
    )
    table.asked.add("needed_by")
    table.close()
    return paper


def _read_attributes(table: Entry) -> dict[str, str | bool | tuple[str, ...]]:
    entry = table.table("attributes")
    if entry is None:
        return {}
    found: dict[str, str | bool | tuple[str, ...]] = {}
    for name in entry.values:
        value = entry.raw(name)
        if isinstance(value, str | bool):
            found[name] = value
        elif isinstance(value, list):
            found[name] = entry.texts(name)
        else:
            entry.fault(name, "wrong-type", f"“{name}”应为文字、是否或列表。")
    return found
