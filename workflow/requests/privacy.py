"""Seeing who asks: masked for everybody, shown on request, each time on the trail."""

from __future__ import annotations

from sqlalchemy.orm import Session

from models.people import Role
from models.request_files import Applicant, Letter, RequestFile
from workflow.actions import Action
from workflow.audit.acts import Plain, Subject, record
from workflow.errors import NotFound
from workflow.occasion import Occasion
from workflow.operations import first_time
from workflow.people.permit import need_role
from workflow.requests.cases import request_of
from workflow.requests.letters import questions as letters


def show_applicant(session: Session, by: Occasion, request_id: int) -> Applicant:
    """Unmask the applicant of one request; who looked, and when, is on the trail.

    Raises:
        NotPermitted: not a registrar.
        NotFound: no such request here, or erased already.
    """
    request_of(session, by.agency_id, request_id)
    need_role(session, by, Role.REGISTRAR, Action.SHOW_APPLICANT)
    found = session.get(Applicant, request_id)
    if found is None:
        raise NotFound("申请人信息已按保存期限删除。")
    _note(session, by, Action.SHOW_APPLICANT, request_id, {"what": "applicant"})
    return found


def take_letter(session: Session, by: Occasion, letter_id: int) -> tuple[Letter, bytes]:
    """A letter as a Word file; it names the applicant, so the taking is on the trail.

    Raises:
        NotPermitted: not a registrar.
        NotFound: no such letter here.
    """
    found = letters.letter(session, by.agency_id, letter_id)
    need_role(session, by, Role.REGISTRAR, Action.TAKE_COPY)
    details: dict[str, Plain] = {"what": "letter", "letter": letters.number_of(found)}
    _note(session, by, Action.TAKE_COPY, found.request_id, details)
    return found, letters.document_of(session, found)


def take_file(session: Session, by: Occasion, file_id: int) -> RequestFile:
    """A file that the applicant handed in; the taking is on the trail.

    Raises:
        NotPermitted: not a registrar.
        NotFound: no such file here, or erased already.
    """
    found = session.get(RequestFile, file_id)
    if found is None or found.agency_id != by.agency_id:
        raise NotFound("没有找到这个附件，可能已按保存期限删除。")
    need_role(session, by, Role.REGISTRAR, Action.TAKE_COPY)
    details: dict[str, Plain] = {"what": "file", "file": found.id}
    _note(session, by, Action.TAKE_COPY, found.request_id, details)
    return found


def _note(
    session: Session,
    by: Occasion,
    action: Action,
    request_id: int,
    details: dict[str, Plain],
) -> None:
    """Once for each click; the same click sent twice is one look."""
    if first_time(session, by, action, {"request": request_id, **details}) is None:
        record(session, by, action, Subject("request", request_id, details=details))
