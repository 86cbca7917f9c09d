"""Looks at boards as a phone sends them: each once, none lost, whoever was first.

A phone makes the id of an entry, keeps the entry until it has the receipt, and may send
it any number of times.  What becomes of an entry:

    recorded  it filled the slot of its board
    second    somebody had filled the slot: what it found is added to that record
    late      the slot was over when the entry reached us: it stays missed, and the
              entry stands beside it with both clocks' times
    extra     no slot lay open at that time: a look of its own

In each case its faults enter the records; the same fault that is still open is seen
again, not doubled.  The slot's state goes by our clock alone: a phone's clock is told,
never believed against it.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from models.inspections import Check, CheckState, CheckWay, EntryOutcome, Fault
from models.rectification import CheckEntry
from workflow.actions import Action
from workflow.audit import acts as audit
from workflow.errors import InvalidInput, Superseded, WrongState
from workflow.inspections import plan_questions, questions
from workflow.inspections.acts import fill
from workflow.inspections.found_faults import Place, add_found
from workflow.inspections.permits import in_capacity, may_inspect
from workflow.inspections.rules import NewFault, Visit, refuse_bad_visit
from workflow.occasion import Occasion
from workflow.operations import make_once
from workflow.people.rules import Capacity

ENTRY_ID = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")
OLDEST = timedelta(days=60)


@dataclass(frozen=True, slots=True)
class Entry:
    """One look at one board, as a phone noted it.

    Args:
        entry_id: a UUID made by the phone, lower case.
        board: id of the board.
        noted_at: what the phone's clock said, aware.
        plan: code of the plan it was made for; by default the longest that is open.
    """

    entry_id: str
    board: int
    noted_at: datetime
    all_well: bool
    faults: Sequence[NewFault] = ()
    way: CheckWay = CheckWay.ON_SITE
    note: str = ""
    plan: str = ""

    def as_values(self) -> dict[str, object]:
        """What was sent, plainly: the contents of the operation."""
        return {
            "board": self.board,
            "noted_at": self.noted_at,
            "all_well": self.all_well,
            "faults": [fault.as_values() for fault in self.faults],
            "way": self.way.value,
            "note": self.note,
            "plan": self.plan,
        }


def receive(session: Session, by: Occasion, entry: Entry) -> CheckEntry:
    """Take an entry in; the same id again gives the same receipt.

    Raises:
        NotFound: no such board here.
        NotPermitted: not an inspector today.
        InvalidInput: no id, or a record that contradicts itself.
        OperationReused: the id came with other contents, or from another person.
    """
    if not ENTRY_ID.fullmatch(entry.entry_id):
        raise InvalidInput({"entry_id": ["记录编号有误，请更新页面后再试。"]})
    _refuse_odd_times(entry, by.at)
    under = by.under(f"entry {entry.entry_id}")

    def doing() -> CheckEntry:
        questions.board(session, by.agency_id, entry.board)
        capacity = may_inspect(session, by, Action.SEND_ENTRY)
        looked_at = min(entry.noted_at, by.at)
        visit = Visit(
            entry.way, entry.all_well, looked_at, tuple(entry.faults), entry.note
        )
        refuse_bad_visit(visit, looked_at, by.at)
        return _take_in(session, under, entry, visit, capacity)

    asked = (Action.SEND_ENTRY, entry.as_values())
    return make_once(session, under, asked, CheckEntry, doing)


def faults_of(session: Session, entry: CheckEntry) -> list[Fault]:
    """The faults of an entry, in the order in which they were sent."""
    ids = [int(id_) for id_ in entry.faults]
    found = session.scalars(select(Fault).where(Fault.id.in_(ids)))
    known: Mapping[int, Fault] = {fault.id: fault for fault in found}
    return [known[id_] for id_ in ids]


def _take_in(
    session: Session, by: Occasion, entry: Entry, visit: Visit, capacity: Capacity
) -> CheckEntry:
    slot = _slot(session, by, entry, visit)
    faults = _fill(session, by, slot, visit, capacity)
    outcome = _outcome(slot, filled=faults is not None)
    if faults is None:
        joins = slot if outcome is EntryOutcome.SECOND else None
        place = Place(entry.board, joins, seen_at=visit.looked_at)
        faults = [add_found(session, by, fault, place) for fault in visit.faults]
    row = _row(by, entry, slot, outcome, faults)
    session.add(row)
    session.flush()
    details: dict[str, audit.Plain] = {
        "board": entry.board,
        "outcome": outcome.value,
        "noted_at": entry.noted_at.isoformat(),
        "faults": [fault.kind.value for fault in visit.faults],
    }
    subject = in_capacity("entry", row.id, capacity, details)
    audit.record(session, by, Action.SEND_ENTRY, subject)
    return row


def _slot(session: Session, by: Occasion, entry: Entry, visit: Visit) -> Check | None:
    """The slot in which the look lies: an open one first, the longest first."""
    query = (
        select(Check)
        .where(
            Check.agency_id == by.agency_id,
            Check.board_id == entry.board,
            Check.opens_at <= visit.looked_at,
            Check.due_at >= visit.looked_at,
        )
        .order_by(
            (Check.state == CheckState.OPEN).desc(), Check.due_at.desc(), Check.id
        )
    )
    if entry.plan:
        query = query.where(Check.plan == entry.plan)
    plans = plan_questions.plans(session, by.agency_id)
    return next(
        (
            check
            for check in session.scalars(query)
            if visit.way in plan_questions.ways_of(plans, check.plan, check.period)
        ),
        None,
    )


def _fill(
    session: Session,
    by: Occasion,
    slot: Check | None,
    visit: Visit,
    capacity: Capacity,
) -> list[Fault] | None:
    """The faults with which the look filled its slot; nothing when it could not."""
    if slot is None or slot.state is not CheckState.OPEN or by.at > slot.due_at:
        return None
    try:
        return fill(session, by, slot, visit, capacity)
    except (Superseded, WrongState):
        session.refresh(slot)
        return None


def _outcome(slot: Check | None, *, filled: bool) -> EntryOutcome:
    if filled:
        return EntryOutcome.RECORDED
    if slot is None:
        return EntryOutcome.EXTRA
    done = slot.state is CheckState.DONE
    return EntryOutcome.SECOND if done else EntryOutcome.LATE


def _row(
    by: Occasion,
    entry: Entry,
    slot: Check | None,
    outcome: EntryOutcome,
    faults: Sequence[Fault],
) -> CheckEntry:
    receipt = hashlib.sha256(f"{by.agency_id} {entry.entry_id} {by.at}".encode())
    return CheckEntry(
        agency_id=by.agency_id,
        entry_id=entry.entry_id,
        receipt=receipt.hexdigest()[:16],
        person_id=by.person_id,
        board_id=entry.board,
        check_id=slot.id if slot else None,
        outcome=outcome,
        way=entry.way,
        all_well=entry.all_well,
        note=entry.note,
        faults=[str(fault.id) for fault in faults],
        noted_at=entry.noted_at,
        received_at=by.at,
    )


def _refuse_odd_times(entry: Entry, at: datetime) -> None:
    if entry.noted_at.tzinfo is None or entry.noted_at < at - OLDEST:
        raise InvalidInput({"noted_at": ["记录时间有误，请检查手机的时间。"]})
