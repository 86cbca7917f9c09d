"""What is done for the annual report: decisions are entered in their registers."""

from __future__ import annotations

from sqlalchemy.orm import Session

from models.people import Role
from models.reports import RegisterEntry
from workflow.actions import Action
from workflow.audit import acts as audit
from workflow.audit.acts import Subject
from workflow.calendar import town_day
from workflow.errors import InvalidInput
from workflow.occasion import Occasion
from workflow.operations import make_once
from workflow.people.permit import need_role
from workflow.reports import questions
from workflow.reports.registers import NewEntry, refuse_bad_entry


def enter_register(session: Session, by: Occasion, new: NewEntry) -> RegisterEntry:
    """Enter one decision, document or fee; section two of the report counts them.

    Raises:
        NotPermitted: not a registrar.
        InvalidInput: something is missing, or the number is entered already.
    """

    def doing() -> RegisterEntry:
        need_role(session, by, Role.REGISTRAR, Action.ENTER_REGISTER)
        refuse_bad_entry(new, town_day(by.at))
        _refuse_twin(session, by, new)
        entry = RegisterEntry(
            agency_id=by.agency_id,
            entered_by_id=by.person_id,
            entered_at=by.at,
            **new.as_values(),
        )
        session.add(entry)
        session.flush()
        _record(session, by, entry)
        return entry

    asked = (Action.ENTER_REGISTER, new.as_values())
    return make_once(session, by, asked, RegisterEntry, doing)


def _refuse_twin(session: Session, by: Occasion, new: NewEntry) -> None:
    if questions.entry_by_number(session, by.agency_id, new.kind, new.number):
        line = f"文号“{new.number}”在这一登记簿中已经登记过。"
        raise InvalidInput({"number": [line]})


def _record(session: Session, by: Occasion, entry: RegisterEntry) -> None:
    details: dict[str, audit.Plain] = {
        "kind": entry.kind.value,
        "number": entry.number,
        "dated": entry.dated.isoformat(),
        "amount_yuan": None if entry.amount_yuan is None else str(entry.amount_yuan),
    }
    subject = Subject("register", entry.id, details=details)
    audit.record(session, by, Action.ENTER_REGISTER, subject)
