"""Reports of villagers about a board: taken without an account, judged by an inspector.

Nothing personal is demanded (《个人信息保护法》第六条, 最小范围): a kind of fault and,
if one likes, a few words.  A report becomes a fault only when an inspector accepts it.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy import func, select, update
from sqlalchemy.orm import Session

from models.inspections import Board, Fault, FaultKind, FaultSource, Unit
from models.people import Person
from models.public_reports import PublicReport, ReportDecision
from workflow import knocks
from workflow.actions import Action
from workflow.audit import acts as audit
from workflow.audit.acts import Subject
from workflow.errors import (
    InvalidInput,
    NotFound,
    OpinionRequired,
    Superseded,
    TooOften,
)
from workflow.inspections import faults
from workflow.inspections.labels import Label, new_code
from workflow.inspections.permits import in_capacity, may_inspect
from workflow.inspections.public_rules import NOTE_MAX, limits
from workflow.inspections.rules import NewFault
from workflow.occasion import Occasion
from workflow.operations import make_once

SHOWN = 100
TOO_MANY = "短时间内反映太多，请过一会儿再试；急事请直接打村（居）公开的电话。"


@dataclass(frozen=True, slots=True)
class ReportAtBoard:
    """A report with its board, and what became of it."""

    report: PublicReport
    board: Board
    unit: Unit
    decided_by: str
    fault: Fault | None


def report(
    session: Session, by: Occasion, label: Label, told: tuple[FaultKind, str], mark: str
) -> PublicReport:
    """Take what somebody said about a board; it waits for an inspector.

    Args:
        by: nobody's occasion: no person and no network address.
        told: the kind of fault, and words that may be empty.
        mark: ``knocks.address_mark`` of where it came from.

    Raises:
        InvalidInput: too many words.
        TooOften: too many reports from there or about this board.
    """
    kind, note = told
    if len(note) > NOTE_MAX:
        raise InvalidInput({"note": [f"说明最多{NOTE_MAX}字，请精简。"]})

    def doing() -> PublicReport:
        against = limits(by.agency_id, label.board.id, mark)
        if knocks.counted(session, by.at, against):
            raise TooOften(TOO_MANY, action=Action.REPORT_PUBLICLY)
        row = _row(by, label, kind, note)
        session.add(row)
        session.flush()
        details: dict[str, audit.Plain] = {"board": label.board.id, "kind": kind.value}
        subject = Subject("public_report", row.id, details=details)
        audit.record(session, by, Action.REPORT_PUBLICLY, subject)
        return row

    contents = {"board": label.board.id, "kind": kind.value, "note": note}
    asked = (Action.REPORT_PUBLICLY, contents)
    return make_once(session, by, asked, PublicReport, doing)


def _row(by: Occasion, label: Label, kind: FaultKind, note: str) -> PublicReport:
    return PublicReport(
        agency_id=by.agency_id,
        board_id=label.board.id,
        receipt=new_code(),
        kind=kind,
        note=note,
        received_at=by.at,
    )


def accept(session: Session, by: Occasion, report_id: int) -> PublicReport:
    """Let a report become a fault of its board.

    Raises:
        NotFound: no such report here.
        NotPermitted: not an inspector.
        Superseded: somebody judged it first; says who.
    """

    def doing() -> PublicReport:
        found = _report(session, by.agency_id, report_id)
        new = NewFault(found.kind, found.note)
        under = by.under(f"public report {found.id}")
        opened = faults.raise_fault(
            session, under, found.board_id, new, FaultSource.PUBLIC
        )
        _decide(session, by, found, ReportDecision.ACCEPTED, {"fault_id": opened.id})
        return found

    asked = (Action.JUDGE_REPORT, {"report": report_id, "decision": "accepted"})
    return make_once(session, by, asked, PublicReport, doing)


def dismiss(session: Session, by: Occasion, report_id: int, why: str) -> PublicReport:
    """Put a report aside, with the reason that whoever sent it may read.

    Raises:
        NotFound: no such report here.
        NotPermitted: not an inspector.
        OpinionRequired: no reason.
        Superseded: somebody judged it first; says who.
    """
    if not why.strip():
        raise OpinionRequired({"reason": ["请写明不列为问题的理由，反映人可以看到。"]})

    def doing() -> PublicReport:
        found = _report(session, by.agency_id, report_id)
        _decide(session, by, found, ReportDecision.DISMISSED, {"reason": why.strip()})
        return found

    contents = {"report": report_id, "decision": "dismissed", "reason": why}
    asked = (Action.JUDGE_REPORT, contents)
    return make_once(session, by, asked, PublicReport, doing)


def waiting(session: Session, agency_id: int) -> list[ReportAtBoard]:
    """Reports that no inspector has judged yet, oldest first."""
    return _shown(session, agency_id, waits=True)


def judged(session: Session, agency_id: int) -> list[ReportAtBoard]:
    """The latest reports that were judged."""
    return _shown(session, agency_id, waits=False)


def count_waiting(session: Session, agency_id: int) -> int:
    """How many reports wait for an inspector."""
    query = select(func.count(PublicReport.id)).where(
        PublicReport.agency_id == agency_id, PublicReport.decision.is_(None)
    )
    return session.scalars(query).one()


def by_receipt(session: Session, board_id: int, receipt: str) -> ReportAtBoard:
    """What became of a report, for whoever has its number.

    Raises:
        NotFound: no such report about this board.
    """
    found = session.scalars(
        select(PublicReport).where(
            PublicReport.board_id == board_id, PublicReport.receipt == receipt.upper()
        )
    ).one_or_none()
    if found is None:
        raise NotFound("没有这个受理号，请核对后再查。")
    return next(one for one in _with_board(session, [found]))


def _decide(
    session: Session,
    by: Occasion,
    found: PublicReport,
    decision: ReportDecision,
    more: Mapping[str, object],
) -> None:
    capacity = may_inspect(session, by, Action.JUDGE_REPORT)
    statement = (
        update(PublicReport)
        .where(PublicReport.id == found.id, PublicReport.decision.is_(None))
        .values(decision=decision, decided_at=by.at, decided_by_id=by.person_id, **more)
        .returning(PublicReport.id)
        .execution_options(synchronize_session=False)
    )
    done = session.execute(statement).first() is not None
    session.refresh(found)
    if not done:
        raise Superseded("这条反映已由他人处理，请刷新后查看。")
    subject = in_capacity("public_report", found.id, capacity, _told(found, decision))
    audit.record(session, by, Action.JUDGE_REPORT, subject)


def _told(found: PublicReport, decision: ReportDecision) -> dict[str, audit.Plain]:
    return {
        "decision": decision.value,
        "reason": found.reason,
        "fault": found.fault_id,
    }


def _report(session: Session, agency_id: int, report_id: int) -> PublicReport:
    found = session.get(PublicReport, report_id)
    if found is None or found.agency_id != agency_id:
        raise NotFound("没有找到这条反映。")
    return found


def _shown(session: Session, agency_id: int, *, waits: bool) -> list[ReportAtBoard]:
    order = PublicReport.id if waits else PublicReport.decided_at.desc()
    decision = PublicReport.decision
    undecided = decision.is_(None) if waits else decision.is_not(None)
    query = (
        select(PublicReport)
        .where(PublicReport.agency_id == agency_id, undecided)
        .order_by(order)
        .limit(SHOWN)
    )
    return _with_board(session, list(session.scalars(query)))


def _with_board(session: Session, found: Sequence[PublicReport]) -> list[ReportAtBoard]:
    query = (
        select(PublicReport, Board, Unit, func.coalesce(Person.name, ""), Fault)
        .join(Board, Board.id == PublicReport.board_id)
        .join(Unit, Unit.id == Board.unit_id)
        .outerjoin(Person, Person.id == PublicReport.decided_by_id)
        .outerjoin(Fault, Fault.id == PublicReport.fault_id)
        .where(PublicReport.id.in_([one.id for one in found]))
    )
    known = {row[0].id: ReportAtBoard(*row) for row in session.execute(query)}
    return [known[one.id] for one in found]
