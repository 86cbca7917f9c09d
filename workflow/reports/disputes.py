"""Section four and the fee statement, counted from the register of requests."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from decimal import Decimal, InvalidOperation

from sqlalchemy import ColumnElement, or_, select
from sqlalchemy.orm import Session

from models.remedies import Remedy
from models.request_files import Letter
from models.requests import DisclosureRequest, RequestEvent, RequestOutcome
from models.requests import RequestEventKind as Kind
from workflow.reports.cells import first_day, last_day, request_rows
from workflow.reports.form import REMEDY_GROUPS, REMEDY_RESULTS
from workflow.reports.report import Number, ProcessingFee
from workflow.reports.totals import remedy_with_total
from workflow.requests.letters.forms import FEE_AMOUNT
from workflow.requests.remedies import remedy_figures, remedy_rows

Condition = ColumnElement[bool]


def remedies_of_year(
    session: Session, agency_id: int, year: int
) -> dict[str, dict[str, int]]:
    """Section four: each group with its total, which is a sum (R30)."""
    counted = remedy_figures(session, agency_id, year)
    return {
        group.code: remedy_with_total(
            {line.code: counted[f"{group.code}.{line.code}"] for line in REMEDY_RESULTS}
        )
        for group in REMEDY_GROUPS
    }


def remedy_conditions(year: int) -> Mapping[str, Condition]:
    """Cell of section four to the records it counts, totals too."""
    rows = dict(remedy_rows(year))
    for group in REMEDY_GROUPS:
        parts = [rows[f"{group.code}.{line.code}"] for line in REMEDY_RESULTS]
        rows[f"{group.code}.total"] = or_(*parts)
    return rows


def fee_of_year(session: Session, agency_id: int, year: int) -> ProcessingFee:
    """The 信息处理费 statement: notices sent in the year, and what was paid on them.

    A payment counts with its notice, in the notice's year (R52).
    """
    notices = _events(session, agency_id, year, Kind.FEE_ASKED)
    paid = set(_events(session, agency_id, year, Kind.PAID))
    amounts = _amounts(session, agency_id, year)
    received = [amounts.get(request, 0) for request in notices if request in paid]
    return ProcessingFee(
        stated=True,
        notices=len(notices),
        amount_notified=sum((amounts.get(r, 0) for r in notices), start=0),
        amount_received=sum(received, start=0),
        paid_count=len(received),
    )


def without_a_note(session: Session, agency_id: int, year: int) -> list[int]:
    """Requests that ended as 其他 without a word on why (R28)."""
    query = select(DisclosureRequest.id).where(
        DisclosureRequest.agency_id == agency_id,
        request_rows(year)[RequestOutcome.OTHER_MISC.value],
        DisclosureRequest.note == "",
    )
    return list(session.scalars(query.order_by(DisclosureRequest.id)))


def remedy_records(
    session: Session, agency_id: int, condition: Condition, most: int
) -> list[tuple[int, str, date]]:
    """The reviews and suits of a cell: id, words, the day it came."""
    query = (
        select(Remedy)
        .where(Remedy.agency_id == agency_id, condition)
        .order_by(Remedy.received_on, Remedy.id)
        .limit(most)
    )
    found = session.scalars(query)
    return [
        (one.id, f"{one.body} {one.number}".strip(), one.received_on) for one in found
    ]


def _events(session: Session, agency_id: int, year: int, kind: Kind) -> list[int]:
    query = select(RequestEvent.request_id).where(
        RequestEvent.agency_id == agency_id,
        RequestEvent.kind == kind,
        RequestEvent.on.between(first_day(year), last_day(year)),
    )
    return list(session.scalars(query.order_by(RequestEvent.id)))


def _amounts(session: Session, agency_id: int, year: int) -> dict[int, Number]:
    query = (
        select(RequestEvent.request_id, Letter.fields)
        .join(Letter, Letter.id == RequestEvent.letter_id)
        .where(
            RequestEvent.agency_id == agency_id,
            RequestEvent.kind == Kind.FEE_ASKED,
            RequestEvent.on.between(first_day(year), last_day(year)),
        )
    )
    return {
        request: _yuan(fields.get(FEE_AMOUNT, ""))
        for request, fields in session.execute(query)
    }


def _yuan(written: str) -> Number:
    try:
        amount = Decimal(written)
    except InvalidOperation:
        return 0
    return int(amount) if amount == amount.to_integral_value() else amount
