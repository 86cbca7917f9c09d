"""The public's door: a request handed in over the internet, and followed by a code."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from models.request_files import RequestFile
from models.requests import Channel, DisclosureRequest, RequestOutcome, RequestState
from workflow.articles.files import NewFile, accept
from workflow.errors import InvalidInput, NotFound
from workflow.occasion import Occasion
from workflow.requests import acts, cases
from workflow.requests.questions import clock_of
from workflow.requests.rules import NewApplicant, NewRequest

FILES_MAX = 5
BYTES_MAX = 10 * 1024 * 1024


@dataclass(frozen=True, slots=True)
class Filing:
    """What somebody sends over the internet.

    Args:
        proof: a picture or scan that proves the identity (条例第二十九条).
        files: what else belongs to it.
    """

    applicant: NewApplicant
    wants: str
    supply: str
    proof: NewFile | None = None
    files: Sequence[NewFile] = ()


@dataclass(frozen=True, slots=True)
class PublicState:
    """What anybody with the code may see: nothing personal, not even what is asked.

    Args:
        due_on: the last day for the answer; ``waits_until``: of the applicant's own
            period, while the office waits for her.
    """

    number: str
    state: RequestState
    arrived_on: date
    received_on: date | None
    due_on: date | None
    waits_until: date | None
    outcome: RequestOutcome | None
    served_on: date | None


def file(
    session: Session, by: Occasion, filing: Filing, receipt_mark: str
) -> DisclosureRequest:
    """Take a request in; the office confirms it with the applicant the same day.

    Args:
        receipt_mark: SHA-256 of the code that she is given.

    Raises:
        InvalidInput: something is missing, or a file cannot be taken.
    """
    proof = [filing.proof] if filing.proof else []
    checked = _checked([*proof, *filing.files])
    new = NewRequest(
        channel=Channel.INTERNET,
        arrived_on=by.today,
        applicant=filing.applicant,
        wants=filing.wants,
        supply=filing.supply,
    )
    request = acts.arrive(session, by, new, receipt_mark)
    if not _has_files(session, request):
        rows = [_row(request, file) for file in checked]
        for row in rows[: len(proof)]:
            row.proves_identity = True
        session.add_all(rows)
        session.flush()
    return request


def by_receipt(session: Session, agency_id: int, mark: str) -> PublicState:
    """How far a request has come, for whoever has its code.

    Raises:
        NotFound: no such code.
    """
    found = session.scalars(
        select(DisclosureRequest).where(
            DisclosureRequest.agency_id == agency_id,
            DisclosureRequest.receipt_mark == mark,
        )
    ).one_or_none()
    if found is None:
        raise NotFound("没有这个回执码，请核对后再查。")
    case = cases.load(session, agency_id, found.id)
    clock = clock_of(case)
    return PublicState(
        number=f"{found.year}-{found.serial}" if found.serial else "",
        state=found.state,
        arrived_on=case.events[0].on,
        received_on=found.received_on,
        due_on=clock.due if clock else None,
        waits_until=clock.period_ends if clock else None,
        outcome=found.outcome if found.state is RequestState.CLOSED else None,
        served_on=found.served_on,
    )


def _row(request: DisclosureRequest, checked: tuple[str, str, bytes]) -> RequestFile:
    name, media_type, content = checked
    return RequestFile(
        agency_id=request.agency_id,
        request_id=request.id,
        name=name,
        media_type=media_type,
        size=len(content),
        proves_identity=False,
        content=content,
    )


def _checked(files: Sequence[NewFile]) -> list[tuple[str, str, bytes]]:
    if len(files) > FILES_MAX:
        raise InvalidInput({"files": [f"附件最多{FILES_MAX}个。"]})
    if sum(len(one.content) for one in files) > BYTES_MAX:
        line = f"附件合计最多{BYTES_MAX // 1024 // 1024}MB。"
        raise InvalidInput({"files": [line]})
    accepted = [(accept(one), one.content) for one in files]
    return [(ref.name, ref.media_type, content) for ref, content in accepted]


def _has_files(session: Session, request: DisclosureRequest) -> bool:
    query = select(RequestFile.id).where(RequestFile.request_id == request.id)
    return session.scalars(query.limit(1)).first() is not None
