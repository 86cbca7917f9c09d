"""What the system watches over faults: deadlines that pass, and the next step due."""

from __future__ import annotations

from sqlalchemy.orm import Session

from models.inspections import Fault
from models.notices import NoticeKind
from models.people import Role
from models.rectification import FaultAct
from workflow.actions import Action
from workflow.agencies.questions import calendar_of
from workflow.audit import acts as audit
from workflow.audit.acts import Subject
from workflow.inspections import fault_questions
from workflow.inspections.moves import Step, advance
from workflow.inspections.rectification import LADDER, is_late, ladder_due
from workflow.notices.acts import Message, tell
from workflow.occasion import Occasion
from workflow.people.questions import people_with_role

BULLETIN = LADDER.index("通报")


def watch_faults(session: Session, by: Occasion) -> int:
    """Note what is late, and raise it to the step that is due; how many moved.

    The system says that a step is due; people remind, urge, name and talk.  What a
    standstill missed is not made up step by step.
    """
    found = fault_questions.not_reported(session, by.agency_id)
    return sum(_watch(session, by, fault) for fault in found)


def _watch(session: Session, by: Occasion, fault: Fault) -> bool:
    if not is_late(fault.state, fault.put_right_by, by.today):
        return False
    newly = fault.late_since is None
    if newly:
        advance(session, by, fault, Step(FaultAct.LATE), {"late_since": by.at})
        _record(session, by, Action.FAULT_LATE, fault)
    return _raise(session, by, fault) or newly


def _raise(session: Session, by: Occasion, fault: Fault) -> bool:
    terms = fault_questions.terms(session, by.agency_id)
    began = fault_questions.ladder_began(session, fault.id)
    calendar = calendar_of(session, by.agency_id)
    until = fault.put_right_by or by.today
    due = ladder_due(until, by.today, began, calendar, terms.raise_after)
    if due <= fault.ladder:
        return False
    step = Step(FaultAct.RAISE, note=f"逾期未报整改，应{LADDER[due]}。")
    advance(session, by, fault, step, {"ladder": due})
    _record(session, by, Action.FAULT_RAISE, fault)
    _tell(session, by, fault)
    return True


def _record(session: Session, by: Occasion, action: Action, fault: Fault) -> None:
    details: dict[str, audit.Plain] = {
        "kind": fault.kind.value,
        "board": fault.board_id,
        "ladder": LADDER[fault.ladder],
    }
    audit.record(session, by, action, Subject("fault", fault.id, details=details))


def _tell(session: Session, by: Occasion, fault: Fault) -> None:
    """Inspectors from the first step on, leaders from the bulletin on."""
    case = fault_questions.case(session, by.agency_id, fault.id)
    roles = [Role.INSPECTOR, *([Role.LEADER] if fault.ladder >= BULLETIN else [])]
    people = [
        one.id
        for role in roles
        for one in people_with_role(session, by.agency_id, role, by.at)
    ]
    message = Message(
        f"fault {fault.id} {fault.version}",
        NoticeKind.REMINDER,
        f"{case.unit.name}公开栏问题逾期未报整改，应{LADDER[fault.ladder]}",
        about=("fault", str(fault.id)),
    )
    tell(session, by, message, people)
