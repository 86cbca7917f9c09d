"""What section six of the annual report must say of 信息处理费: notices and yuan."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from models.request_files import Letter, LetterKind
from models.requests import RequestEvent
from models.requests import RequestEventKind as Kind
from workflow.requests.letters.forms import FEE_AMOUNT


@dataclass(frozen=True, slots=True)
class FeeFigures:
    """The three numbers of a year, zeros included.

    Args:
        notices: fee notices served in the year; notified: their sum in yuan.
        received: what was paid in the year, in yuan, whenever it was notified; paid:
            by how many requests.
    """

    notices: int
    notified: int
    received: int
    paid: int


def fee_figures(session: Session, agency_id: int, year: int) -> FeeFigures:
    """Count the notices and add up the yuan of one agency's year.

    A payment is that of the request's one fee notice.
    """
    served = _amounts(session, agency_id, year, Kind.FEE_ASKED)
    paid = _amounts(session, agency_id, year, Kind.PAID)
    return FeeFigures(len(served), sum(served), sum(paid), len(paid))


def _amounts(session: Session, agency_id: int, year: int, kind: Kind) -> list[int]:
    query = (
        select(Letter.fields)
        .join(RequestEvent, RequestEvent.request_id == Letter.request_id)
        .where(
            Letter.agency_id == agency_id,
            Letter.kind == LetterKind.FEE,
            Letter.served_on.is_not(None),
            RequestEvent.kind == kind,
            RequestEvent.on.between(date(year, 1, 1), date(year, 12, 31)),
        )
        .order_by(Letter.id)
    )
    return [int(fields.get(FEE_AMOUNT, "0")) for fields in session.scalars(query)]
