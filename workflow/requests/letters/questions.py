"""What people ask about letters: one of them, those of a request, their Word files."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from models.request_files import Applicant, Letter, LetterKind, LetterTemplate
from models.requests import DisclosureRequest
from workflow.agencies.questions import agency
from workflow.errors import CalendarUnknown, NotFound
from workflow.requests import cases
from workflow.requests.clock import Mark, read_clock
from workflow.requests.letters.content import days_of
from workflow.requests.letters.filling import fill
from workflow.requests.letters.forms import FORMS, IS_REPLY, REPLY_BODY
from workflow.requests.letters.standard import standard_template
from workflow.requests.retention import ERASED


def letter(session: Session, agency_id: int, letter_id: int) -> Letter:
    """One letter of this agency.

    Raises:
        NotFound: no such letter here.
    """
    found = session.get(Letter, letter_id)
    if found is None or found.agency_id != agency_id:
        raise NotFound("没有找到这份文书。")
    return found


def letters_of(session: Session, request_id: int) -> list[Letter]:
    """The letters of a request, in the order in which they were written."""
    query = select(Letter).where(Letter.request_id == request_id).order_by(Letter.id)
    return list(session.scalars(query))


def number_of(found: Letter) -> str:
    """``公补〔2024〕1号``."""
    return f"{found.series}〔{found.year}〕{found.serial}号"


def newest_template_id(
    session: Session, agency_id: int, kind: LetterKind
) -> int | None:
    """The office's own template in use; none when it uses the one that came along."""
    query = (
        select(LetterTemplate.id)
        .where(LetterTemplate.agency_id == agency_id, LetterTemplate.kind == kind)
        .order_by(LetterTemplate.number.desc())
        .limit(1)
    )
    return session.scalars(query).first()


def template(session: Session, agency_id: int, kind: LetterKind) -> bytes:
    """The Word template of a kind that is in use."""
    found = newest_template_id(session, agency_id, kind)
    if found is None:
        return standard_template(kind)
    return session.get_one(LetterTemplate, found).content


def own_templates(session: Session, agency_id: int) -> dict[LetterKind, int]:
    """How many versions of its own the office has handed in, by kind."""
    query = select(LetterTemplate.kind, LetterTemplate.number).where(
        LetterTemplate.agency_id == agency_id
    )
    found: dict[LetterKind, int] = {}
    for kind, number in session.execute(query):
        found[kind] = max(number, found.get(kind, 0))
    return found


def document_of(session: Session, found: Letter) -> bytes:
    """The letter as a Word file, in the template in use when it was written."""
    if found.template_id is None:
        made_with = standard_template(found.kind)
    else:
        made_with = session.get_one(LetterTemplate, found.template_id).content
    return fill(made_with, _values(session, found))


def _values(session: Session, found: Letter) -> Mapping[str, str]:
    request = session.get_one(DisclosureRequest, found.request_id)
    applicant = session.get(Applicant, found.request_id)
    name = applicant.name if applicant else ERASED
    values = {
        "单位": agency(session, found.agency_id).name,
        "文号": number_of(found),
        "文书名称": FORMS[found.kind].title,
        "收件人": found.addressee if FORMS[found.kind].elsewhere else name,
        "申请人": name,
        "申请编号": f"{request.year}-{request.serial}",
        "收到日期": _words(request.received_on),
        "申请内容": request.wants,
        "答复期限": _words(_due(session, found, request)),
        "落款日期": _words(found.issued_on),
        **found.fields,
    }
    return {**values, REPLY_BODY: found.body} if found.kind in IS_REPLY else values


def _due(session: Session, found: Letter, request: DisclosureRequest) -> date | None:
    """The last day, with the extension that this very letter tells of."""
    case = cases.load(session, found.agency_id, request.id)
    marks = case.marks
    if found.kind is LetterKind.EXTENSION and found.served_on is None:
        event = FORMS[found.kind].event
        marks = [*marks, Mark(event, found.issued_on, days_of(case, found))]
    try:
        return read_clock(marks, case.calendar).due
    except CalendarUnknown:
        return None


def _words(day: date | None) -> str:
    return f"{day.year}年{day.month}月{day.day}日" if day else ""
