"""Reviews and suits: recorded, settled, counted; independent of a request's outcome."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import date

from sqlalchemy import ColumnElement, and_, func, or_, select, update
from sqlalchemy.orm import Session

from models.people import Role
from models.remedies import Remedy, RemedyKind, RemedyResult
from workflow.actions import Action
from workflow.audit.acts import Plain, Subject, record
from workflow.calendar import town_day
from workflow.errors import InvalidInput, NotFound, NotPermitted, Superseded
from workflow.occasion import Occasion
from workflow.operations import make_once
from workflow.people.permit import need_role
from workflow.requests.cases import request_of
from workflow.requests.rules import NOTE_MAX, Faults

BODY_MAX, NUMBER_MAX = 120, 80
PENDING = "pending"


@dataclass(frozen=True, slots=True)
class NewRemedy:
    """A review or a suit as it came in.

    Args:
        request_id: the request; none for not having done one's duty (不履行).
        review_id: the review before it, for a suit after a review.
        body: who decides.
    """

    kind: RemedyKind
    received_on: date
    body: str
    request_id: int | None = None
    review_id: int | None = None
    number: str = ""
    matter: str = ""

    def as_values(self) -> dict[str, object]:
        """What was entered, plainly."""
        return asdict(self)


@dataclass(frozen=True, slots=True)
class Settled:
    """How it ended.

    Args:
        new_answer_by: a new answer was ordered by that day: a follow-up on the same
            request, which is not a new one.
    """

    result: RemedyResult
    result_on: date
    note: str = ""
    new_answer_by: date | None = None

    def as_values(self) -> dict[str, object]:
        """What was entered, plainly."""
        return asdict(self)


def file_remedy(session: Session, by: Occasion, new: NewRemedy) -> Remedy:
    """Record a review or a suit.

    Raises:
        NotPermitted: not a registrar.
        InvalidInput: something is missing, or the review before it does not fit.
    """

    def doing() -> Remedy:
        need_role(session, by, Role.REGISTRAR, Action.FILE_REMEDY)
        _refuse_bad(session, by, new)
        if by.person_id is None:
            raise NotPermitted(rule="system-records-no-remedy")
        row = Remedy(
            agency_id=by.agency_id,
            recorded_by_id=by.person_id,
            recorded_at=by.at,
            **new.as_values(),
        )
        session.add(row)
        session.flush()
        details: dict[str, Plain] = {"kind": new.kind.value, "request": new.request_id}
        record(
            session, by, Action.FILE_REMEDY, Subject("remedy", row.id, details=details)
        )
        return row

    asked = (Action.FILE_REMEDY, new.as_values())
    return make_once(session, by, asked, Remedy, doing)


def settle_remedy(
    session: Session, by: Occasion, remedy_id: int, what: Settled
) -> Remedy:
    """Record how it ended, once; the request's outcome stays what it was.

    Raises:
        Superseded: settled already.
        InvalidInput: a day that cannot be.
    """

    def doing() -> Remedy:
        need_role(session, by, Role.REGISTRAR, Action.SETTLE_REMEDY)
        found = remedy(session, by.agency_id, remedy_id)
        _refuse_bad_result(found, what, town_day(by.at))
        _settle(session, found, what)
        details: dict[str, Plain] = {"result": what.result.value}
        subject = Subject("remedy", found.id, details=details)
        record(session, by, Action.SETTLE_REMEDY, subject)
        return found

    values = {"remedy": remedy_id, **what.as_values()}
    return make_once(session, by, (Action.SETTLE_REMEDY, values), Remedy, doing)


def answer_anew(session: Session, by: Occasion, remedy_id: int, on: date) -> Remedy:
    """The new answer that was ordered has been given.

    Raises:
        InvalidInput: none was ordered, or the day cannot be.
        Superseded: recorded already.
    """

    def doing() -> Remedy:
        need_role(session, by, Role.REGISTRAR, Action.SETTLE_REMEDY)
        found = remedy(session, by.agency_id, remedy_id)
        if found.new_answer_by is None or found.result_on is None:
            raise InvalidInput({"on": ["没有责令重新答复。"]})
        if not found.result_on <= on <= town_day(by.at):
            raise InvalidInput({"on": ["日期早于决定日期或晚于今天。"]})
        if found.new_answered_on is not None:
            raise Superseded("重新答复已经登记过。")
        found.new_answered_on = on
        session.flush()
        details: dict[str, Plain] = {"new_answer": on.isoformat()}
        subject = Subject("remedy", found.id, details=details)
        record(session, by, Action.SETTLE_REMEDY, subject)
        return found

    values = {"remedy": remedy_id, "new_answer": on}
    return make_once(session, by, (Action.SETTLE_REMEDY, values), Remedy, doing)


def remedy(session: Session, agency_id: int, remedy_id: int) -> Remedy:
    """One review or suit of this agency.

    Raises:
        NotFound: no such thing here.
    """
    found = session.get(Remedy, remedy_id)
    if found is None or found.agency_id != agency_id:
        raise NotFound("没有找到这件复议或诉讼。")
    return found


def remedies(session: Session, agency_id: int) -> list[Remedy]:
    """Every review and suit, open ones first, the newest first."""
    query = (
        select(Remedy)
        .where(Remedy.agency_id == agency_id)
        .order_by(Remedy.result.is_not(None), Remedy.received_on.desc(), Remedy.id)
    )
    return list(session.scalars(query))


def remedies_of(session: Session, request_id: int) -> list[Remedy]:
    """The reviews and suits about one request."""
    query = select(Remedy).where(Remedy.request_id == request_id)
    return list(session.scalars(query.order_by(Remedy.received_on, Remedy.id)))


def remedy_rows(year: int) -> Mapping[str, ColumnElement[bool]]:
    """Cell of section four, ``review.upheld``, to the records it counts.

    A case counts in each year in which it was open at any time: ended in the year under
    its result, still open at its end as pending; pending is there again next year.
    """
    first, last = date(year, 1, 1), date(year, 12, 31)
    rows: dict[str, ColumnElement[bool]] = {}
    for kind in RemedyKind:
        here = and_(Remedy.kind == kind, Remedy.received_on <= last)
        for result in RemedyResult:
            ended = Remedy.result_on.between(first, last)
            rows[f"{kind.value}.{result.value}"] = and_(
                here, Remedy.result == result, ended
            )
        open_ = or_(Remedy.result_on.is_(None), Remedy.result_on > last)
        rows[f"{kind.value}.{PENDING}"] = and_(here, open_)
    return rows


def remedy_figures(session: Session, agency_id: int, year: int) -> dict[str, int]:
    """The fifteen cells of section four without their totals, which are sums."""
    rows = remedy_rows(year)
    counts = [func.count().filter(condition) for condition in rows.values()]
    query = select(*counts).where(Remedy.agency_id == agency_id)
    return dict(zip(rows, session.execute(query).one(), strict=True))


def _refuse_bad(session: Session, by: Occasion, new: NewRemedy) -> None:
    faults = Faults()
    faults.day("received_on", new.received_on, town_day(by.at), "收到日期")
    faults.text("body", new.body, "请写明复议机关或者法院。", BODY_MAX)
    faults.text("number", new.number, most=NUMBER_MAX)
    missing = "没有对应的申请时，请写明事由。" if new.request_id is None else ""
    faults.text("matter", new.matter, missing, NOTE_MAX)
    after = new.kind is RemedyKind.SUIT_AFTER_REVIEW
    faults.add(
        "review_id",
        "复议后起诉的，请选择先前的复议；其他的不选。",
        when=after != (new.review_id is not None),
    )
    faults.refuse()
    if new.request_id is not None:
        request_of(session, by.agency_id, new.request_id)
    if new.review_id is not None:
        _refuse_other_review(session, by, new)


def _refuse_other_review(session: Session, by: Occasion, new: NewRemedy) -> None:
    review = remedy(session, by.agency_id, new.review_id or 0)
    is_review = review.kind is RemedyKind.REVIEW
    ended = review.result_on is not None and review.result_on <= new.received_on
    if not (is_review and ended and review.request_id == new.request_id):
        line = "先前的复议应当是同一申请、已经审结的行政复议。"
        raise InvalidInput({"review_id": [line]})


def _refuse_bad_result(found: Remedy, what: Settled, today: date) -> None:
    faults = Faults()
    faults.day("result_on", what.result_on, today, "结案日期")
    early = what.result_on < found.received_on
    faults.add("result_on", "结案日期早于收到日期。", when=early)
    faults.text("note", what.note)
    ordered = what.new_answer_by is not None
    corrected = what.result is RemedyResult.CORRECTED
    faults.add(
        "new_answer_by",
        "只有结果纠正时才会责令重新答复。",
        when=ordered and not corrected,
    )
    faults.refuse()


def _settle(session: Session, found: Remedy, what: Settled) -> None:
    settled = session.execute(
        update(Remedy)
        .where(Remedy.id == found.id, Remedy.result.is_(None))
        .values(
            result=what.result,
            result_on=what.result_on,
            result_note=what.note.strip(),
            new_answer_by=what.new_answer_by,
        )
        .returning(Remedy.id)
        .execution_options(synchronize_session=False)
    ).first()
    if settled is None:
        raise Superseded("这件复议或诉讼已经登记过结果。", rule="settled-once")
    session.refresh(found)
