"""How long what is personal is kept, and its erasing (个人信息保护法第十九条).

The register's line (day, kind, outcome) stays for the annual reports.  Who asked is
kept as long as the file itself, ten years from the end (文书档案 kept for ten years is
what offices do with such files; see DECISIONS.md).  Papers that prove an identity go as
soon as no review and no suit can follow.
"""

from __future__ import annotations

from datetime import date, datetime, time

from sqlalchemy import ColumnElement, and_, delete, exists, select, update
from sqlalchemy.orm import Session

from models.remedies import Remedy
from models.request_files import Applicant, Letter, RequestFile
from models.requests import DisclosureRequest, RequestState
from workflow.actions import Action
from workflow.audit.acts import Plain, Subject, record
from workflow.calendar import town_day, town_moment
from workflow.occasion import Occasion
from workflow.requests.remedy_limits import suit_until

KEEP_YEARS = 10
ERASED = "（已按保存期限删除）"


def keep_until(ended_on: date) -> date:
    """The last day on which it is known who asked: ten years after the end's year."""
    return date(ended_on.year + KEEP_YEARS, 12, 31)


def moment_of(day: date, at: datetime) -> datetime:
    """The moment of an arrival: now when it is today, else the noon of its day."""
    return at if day == town_day(at) else town_moment(day, time(12))


def erase_due(session: Session, by: Occasion) -> int:
    """Erase what need not be kept any more; how many requests that was.

    Nothing goes while a review or a suit is open.  Each erasing is on the trail.
    """
    return _erase_applicants(session, by) + _erase_identities(session, by)


def _erase_applicants(session: Session, by: Occasion) -> int:
    over = DisclosureRequest.keep_until < town_day(by.at)
    has_name = exists().where(Applicant.request_id == DisclosureRequest.id)
    ids = _ids(session, by, and_(over, has_name))
    for id_ in ids:
        session.execute(delete(RequestFile).where(RequestFile.request_id == id_))
        session.execute(delete(Applicant).where(Applicant.request_id == id_))
        blank = update(Letter).where(Letter.request_id == id_)
        session.execute(blank.values(addressee="", body="", fields={}))
        request = session.get_one(DisclosureRequest, id_)
        request.wants, request.receipt_mark = ERASED, None
        _note(session, by, id_, "applicant")
    session.flush()
    return len(ids)


def _erase_identities(session: Session, by: Occasion) -> int:
    has_proof = exists().where(
        RequestFile.request_id == DisclosureRequest.id, RequestFile.proves_identity
    )
    ended = DisclosureRequest.answered_on.is_not(None)
    ids = [
        id_
        for id_ in _ids(session, by, and_(ended, has_proof))
        if suit_until(_known_on(session, id_)) < town_day(by.at)
    ]
    for id_ in ids:
        proofs = delete(RequestFile).where(
            RequestFile.request_id == id_, RequestFile.proves_identity
        )
        session.execute(proofs)
        _note(session, by, id_, "identity")
    return len(ids)


def _known_on(session: Session, request_id: int) -> date:
    request = session.get_one(DisclosureRequest, request_id)
    return request.served_on or request.answered_on or date.max


def _ids(session: Session, by: Occasion, due: ColumnElement[bool]) -> list[int]:
    contested = exists().where(
        Remedy.request_id == DisclosureRequest.id, Remedy.result.is_(None)
    )
    query = select(DisclosureRequest.id).where(
        DisclosureRequest.agency_id == by.agency_id,
        DisclosureRequest.state == RequestState.CLOSED,
        due,
        ~contested,
    )
    return list(session.scalars(query.order_by(DisclosureRequest.id)))


def _note(session: Session, by: Occasion, request_id: int, what: str) -> None:
    details: dict[str, Plain] = {"what": what}
    record(
        session,
        by,
        Action.ERASE_APPLICANT,
        Subject("request", request_id, details=details),
    )
