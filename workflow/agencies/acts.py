"""What is done about an agency's sections (栏目)."""

from __future__ import annotations

import re
from collections.abc import Mapping

from sqlalchemy.orm import Session

from models.agencies import Section
from workflow.actions import Action
from workflow.agencies import questions
from workflow.audit.acts import Subject, record
from workflow.errors import InvalidInput
from workflow.occasion import Occasion
from workflow.operations import Plain, once
from workflow.people.permit import permit

CODE = re.compile(r"[a-z][a-z0-9_]{1,59}")


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

    def doing() -> tuple[Section, Mapping[str, Plain]]:
        _check_code(session, by, code)
        section = Section(
            agency_id=by.agency_id,
            code=code,
            name=name,
            report_column=report_column,
            position=position,
        )
        session.add(section)
        session.flush()
        on = Subject("section", section.id, details={"code": code, "name": name})
        record(session, by, Action.MAKE_SECTION, on)
        return section, {"section": section.id}

    about = {"code": code, "name": name, "report_column": report_column}
    return once(
        session,
        by,
        "make_section",
        about,
        doing,
        lambda answer: session.get_one(Section, answer["section"]),
    )


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

    def doing() -> tuple[Section, Mapping[str, Plain]]:
        details: dict[str, Plain] = {"name": name, "before": section.name}
        section.name, section.report_column = name, report_column
        section.open = is_open
        on = Subject("section", section.id, details={**details, "open": is_open})
        record(session, by, Action.CHANGE_SECTION, on)
        return section, {"section": section.id}

    about = {
        "section": section_id,
        "name": name,
        "report_column": report_column,
        "open": is_open,
    }
    return once(session, by, "change_section", about, doing, lambda _: section)


def _check_code(session: Session, by: Occasion, code: str) -> None:
    if not CODE.fullmatch(code):
        sentence = "代码用小写字母开头，只含小写字母、数字和下划线。"
        raise InvalidInput({"code": [sentence]})
    if any(s.code == code for s in questions.sections(session, by.agency_id)):
        raise InvalidInput({"code": [f"代码“{code}”已经用于另一个栏目。"]})
