"""Founding an agency, its sections, its holiday lists, its rule."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from models.agencies import Agency, CalendarYear, ProcessDefinition, Section
from workflow.actions import Action
from workflow.agencies import questions
from workflow.agencies.neighbours import stand_beside, successor_of
from workflow.audit import acts as audit
from workflow.audit.acts import Plain, Subject
from workflow.errors import InvalidInput
from workflow.occasion import Occasion
from workflow.operations import make_once
from workflow.people.permit import permit
from workflow.process.definition import Definition, DefinitionFaults
from workflow.process.reading import read_definition
from workflow.process.soundness import check

CODE = re.compile(r"[a-z][a-z0-9_]{1,59}")


@dataclass(frozen=True, slots=True)
class NewAgency:
    """What is known of an agency when it is founded.

    Args:
        level: township, bureau, county … as in the schema of the annual report.
        is_sample: its people and texts are made up, and every page says so.
    """

    code: str
    name: str
    level: str
    region: str = ""
    is_sample: bool = False


def found(session: Session, by: Occasion, new: NewAgency) -> Agency:
    """Make an agency and begin its trail; the same again finds the same.

    Args:
        by: its ``agency_id`` is not looked at, since the agency is only being made.
    """
    query = select(Agency).where(Agency.code == new.code)
    known = session.scalars(query).one_or_none()
    if known is not None:
        return known
    agency = Agency(**asdict(new), made_at=by.at)
    session.add(agency)
    session.flush()
    audit.begin(session, agency)
    session.flush()
    here = Occasion(agency.id, by.person_id, by.at, by.operation)
    details: dict[str, Plain] = {"code": new.code, "name": new.name}
    subject = Subject("agency", agency.id, details=details)
    audit.record(session, here, Action.FOUND_AGENCY, subject)
    return agency


@dataclass(frozen=True, slots=True)
class HolidayList:
    """The holidays and swap days (调休) of one year, as announced.

    Args:
        source: document number of the notice of the State Council office.
    """

    year: int
    off: Sequence[date]
    work: Sequence[date]
    source: str


def enter_calendar(
    session: Session, by: Occasion, announced: HolidayList
) -> CalendarYear:
    """Enter or replace the holiday list of a year.

    Raises:
        InvalidInput: no source, or a day outside the year, or off and work at once.
    """
    permit(session, by, Action.ENTER_CALENDAR)
    _check_days(announced)

    def doing() -> CalendarYear:
        row = _calendar_year(session, by.agency_id, announced.year)
        row.off = [day.isoformat() for day in sorted(announced.off)]
        row.work = [day.isoformat() for day in sorted(announced.work)]
        row.source, row.entered_at = announced.source, by.at
        session.add(row)
        session.flush()
        details: dict[str, Plain] = {"year": row.year, "source": row.source}
        subject = Subject("calendar", row.id, details=details)
        audit.record(session, by, Action.ENTER_CALENDAR, subject)
        return row

    asked = (Action.ENTER_CALENDAR, asdict(announced))
    return make_once(session, by, asked, CalendarYear, doing)


def adopt_definition(session: Session, by: Occasion, source: str) -> ProcessDefinition:
    """Put a new version of the regulation in force; running articles keep theirs.

    Definitions that it uses or hands over to are adopted before it.

    Raises:
        DefinitionRefused: unreadable, not proved sound, or naming one that was not
            adopted here.
        InvalidInput: this number of this definition was adopted already.
    """
    definition = read_definition(source)
    if faults := check(definition).faults:
        raise DefinitionFaults(faults)
    successor = successor_of(session, by.agency_id, definition)

    def doing() -> ProcessDefinition:
        _refuse_known_number(session, by, definition)
        row = _definition_row(by, definition, source)
        row.successor = successor
        session.add(row)
        session.flush()
        stand_beside(session, row)
        details: dict[str, Plain] = {
            "code": row.code,
            "number": row.number,
            "title": row.title,
        }
        subject = Subject("definition", row.id, digest=row.digest, details=details)
        audit.record(session, by, Action.ADOPT_DEFINITION, subject)
        return row

    asked = (Action.ADOPT_DEFINITION, {"digest": definition.digest})
    return make_once(session, by, asked, ProcessDefinition, doing)


def _definition_row(
    by: Occasion, definition: Definition, source: str
) -> ProcessDefinition:
    return ProcessDefinition(
        agency_id=by.agency_id,
        code=definition.id,
        number=definition.number,
        title=definition.title,
        source=source,
        digest=definition.digest,
        adopted_at=by.at,
        adopted_by_id=by.person_id,
    )


def _refuse_known_number(
    session: Session, by: Occasion, definition: Definition
) -> None:
    known = session.scalars(
        select(ProcessDefinition).where(
            ProcessDefinition.agency_id == by.agency_id,
            ProcessDefinition.code == definition.id,
            ProcessDefinition.number == definition.number,
        )
    ).one_or_none()
    if known is not None:
        line = f"第{definition.number}版已经启用过，内容改动请编新的版本号。"
        raise InvalidInput({"number": [line]})


def _calendar_year(session: Session, agency_id: int, year: int) -> CalendarYear:
    query = select(CalendarYear).where(
        CalendarYear.agency_id == agency_id, CalendarYear.year == year
    )
    known = session.scalars(query).one_or_none()
    return known or CalendarYear(agency_id=agency_id, year=year)


def _check_days(announced: HolidayList) -> None:
    off, work, year = announced.off, announced.work, announced.year
    if not announced.source.strip():
        raise InvalidInput({"source": ["请写明放假安排的文号。"]})
    if any(day.year != year for day in (*off, *work)):
        raise InvalidInput({"off": [f"有不属于{year}年的日期。"]})
    if set(off) & set(work):
        raise InvalidInput({"work": ["同一天不能既放假又上班。"]})
    if len(set(work)) != len(work) or len(set(off)) != len(off):
        raise InvalidInput({"off": ["有重复的日期。"]})


def make_section(
    session: Session,
    by: Occasion,
    code: str,
    name: str,
    report_column: str,
    position: int = 0,
) -> Section:
    """Make a section of the site.

    Args:
        report_column: under which column the annual report counts it.
        position: its place in lists, smallest first.

    Raises:
        NotPermitted: not the system administrator.
        InvalidInput: the code is taken or malformed.
    """
    permit(session, by, Action.MAKE_SECTION)

    def doing() -> Section:
        _check_code(session, by, code)
        section = Section(agency_id=by.agency_id, code=code, position=position)
        section.name, section.report_column = name, report_column
        session.add(section)
        session.flush()
        _note(session, by, Action.MAKE_SECTION, section, {"code": code})
        return section

    about = {"code": code, "name": name, "report_column": report_column}
    return make_once(session, by, (Action.MAKE_SECTION, about), Section, doing)


def change_section(
    session: Session,
    by: Occasion,
    section_id: int,
    name: str,
    report_column: str,
    *,
    is_open: bool,
) -> Section:
    """Rename a section, count it elsewhere, or close it for new articles.

    Raises:
        NotPermitted: not the system administrator.
        NotFound: no such section here.
    """
    permit(session, by, Action.CHANGE_SECTION)
    section = questions.section(session, by.agency_id, section_id)

    def doing() -> Section:
        before: dict[str, Plain] = {"before": section.name, "open": is_open}
        section.name, section.report_column = name, report_column
        section.open = is_open
        _note(session, by, Action.CHANGE_SECTION, section, before)
        return section

    about = {"section": section_id, "name": name, "column": report_column}
    asked = (Action.CHANGE_SECTION, {**about, "open": is_open})
    return make_once(session, by, asked, Section, doing)


def _note(
    session: Session,
    by: Occasion,
    action: Action,
    section: Section,
    details: Mapping[str, Plain],
) -> None:
    on = Subject("section", section.id, details={"name": section.name, **details})
    audit.record(session, by, action, on)


def _check_code(session: Session, by: Occasion, code: str) -> None:
    if not CODE.fullmatch(code):
        sentence = "代码用小写字母开头，只含小写字母、数字和下划线。"
        raise InvalidInput({"code": [sentence]})
    if any(
        s.code == code
        for s in questions.sections(session, by.agency_id, open_only=False)
    ):
        raise InvalidInput({"code": [f"代码“{code}”已经用于另一个栏目。"]})
