"""Requests in every place that a screen shows, for the furnished towns."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from models.remedies import RemedyKind, RemedyResult
from models.request_files import Letter, LetterKind, RequestFile, ServiceMethod
from models.requests import Channel
from tests.requests_town import asked
from tests.small_town import MONDAY
from tests.town import Town
from web.receipts import mark_of
from workflow.requests import acts
from workflow.requests.letters import acts as letters
from workflow.requests.letters.acts import NewLetter, Service
from workflow.requests.remedies import (
    NewRemedy,
    Settled,
    file_remedy,
    settle_remedy,
)

CODE = "2345-6789-ABCD-EFGH-JKMN"
# the smallest file that begins as a PNG does
PNG = b"\x89PNG\r\n\x1a\n" + b"sample"
TODAY = MONDAY.date()


def requests_of(town: Town, request_id: int) -> Mapping[str, int]:
    """In hand with a letter written and one posted; asking; arrived; with remedies."""
    first = _in_hand(town, request_id)
    second = acts.register(town.session, town.by("registrar"), asked("2024-03-01"))
    asking = _asking(town, second.id)
    _arrived(town)
    return {
        "request_id": request_id,
        **first,
        "asking": asking.id,
        **_remedies(town, request_id),
    }


def _in_hand(town: Town, request_id: int) -> Mapping[str, int]:
    session = town.session
    handler = town.people["drafter"].id
    acts.assign(session, town.by("registrar"), request_id, handler, "示例办")
    told = NewLetter(LetterKind.RECEIPT, {})
    letter = letters.write_letter(session, town.by("registrar"), request_id, told)
    posted = _third_party(town, request_id, ServiceMethod.POST)
    file = RequestFile(
        agency_id=town.agency.id,
        request_id=request_id,
        name="示例证件.png",
        media_type="image/png",
        size=len(PNG),
        content=PNG,
    )
    session.add(file)
    session.flush()
    return {"letter_id": letter.id, "posted": posted.id, "file_id": file.id}


def _asking(town: Town, request_id: int) -> Letter:
    handler = town.people["drafter"].id
    acts.assign(town.session, town.by("registrar"), request_id, handler)
    return _third_party(town, request_id, ServiceMethod.DIRECT)


def _third_party(town: Town, request_id: int, method: ServiceMethod) -> Letter:
    session = town.session
    new = NewLetter(LetterKind.THIRD_PARTY, {"said": "示例事项"}, "示例公司")
    letter = letters.write_letter(session, town.by("registrar"), request_id, new)
    service = Service(method, TODAY)
    letters.serve_letter(session, town.by("registrar"), letter.id, service)
    return letter


def _arrived(town: Town) -> None:
    """Over the internet; in the first town it can be followed by its code."""
    mark = mark_of(CODE) if town.agency.code == "small" else ""
    new = asked("2024-03-04", channel=Channel.INTERNET, applicant_kind=None)
    acts.arrive(town.session, town.by("registrar"), new, mark)


def _remedies(town: Town, request_id: int) -> Mapping[str, int]:
    session, organ = town.session, "示例区人民政府"
    found = []
    for number in (1, 2):
        new = NewRemedy(
            RemedyKind.REVIEW, TODAY, organ, request_id, number=f"示例{number}号"
        )
        found.append(file_remedy(session, town.by("registrar"), new).id)
    result = Settled(RemedyResult.CORRECTED, TODAY, "", date(2024, 3, 29))
    settle_remedy(session, town.by("registrar"), found[1], result)
    return {"remedy_id": found[0], "corrected": found[1]}
