"""What is done for section two: decisions are entered in their registers."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from sqlalchemy import update
from sqlalchemy.orm import Session

from models.people import Role
from models.reports import RegisterEntry, RegisterKind
from workflow.actions import Action
from workflow.articles.files import digest_of_bytes
from workflow.audit import acts as audit
from workflow.audit.acts import Subject
from workflow.calendar import town_day
from workflow.errors import InvalidInput, Superseded, WrongState
from workflow.occasion import Occasion
from workflow.operations import Plain, make_once, once
from workflow.people.permit import need_role
from workflow.reports import questions
from workflow.reports.registers import (
    DOCUMENTS,
    NewEntry,
    Repeal,
    refuse_bad_entry,
    refuse_bad_repeal,
)
from workflow.reports.sheets import Line, Sheet, faults_message, read_sheet

TWIN = "文号“{number}”在这一登记簿中已经登记过。"


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
        entry = _entered(session, by, new)
        session.flush()
        _record(session, by, entry)
        return entry

    asked = (Action.ENTER_REGISTER, new.as_values())
    return make_once(session, by, asked, RegisterEntry, doing)


def repeal_entry(
    session: Session, by: Occasion, entry_id: int, repeal: Repeal
) -> RegisterEntry:
    """A document is in force no longer; it stays in its register (section two).

    Raises:
        NotPermitted: not a registrar.
        WrongState: no document, or repealed already.
        InvalidInput: the day cannot be, or its ground is missing.
    """

    def doing() -> RegisterEntry:
        need_role(session, by, Role.REGISTRAR, Action.REPEAL_ENTRY)
        entry = questions.register_entry(session, by.agency_id, entry_id)
        if entry.kind not in DOCUMENTS or entry.repealed_on is not None:
            raise WrongState("只有现行有效的规章和规范性文件才能登记废止。")
        refuse_bad_repeal(entry.dated, repeal, town_day(by.at))
        _set_repealed(session, entry, repeal)
        details: dict[str, audit.Plain] = {
            "number": entry.number,
            "repealed_on": repeal.on.isoformat(),
            "repealed_by": repeal.by_what.strip(),
        }
        subject = Subject("register", entry.id, details=details)
        audit.record(session, by, Action.REPEAL_ENTRY, subject)
        return entry

    asked = (Action.REPEAL_ENTRY, {"entry": entry_id, **repeal.as_values()})
    return make_once(session, by, asked, RegisterEntry, doing)


def import_register(
    session: Session, by: Occasion, kind: RegisterKind, content: bytes
) -> int:
    """Enter every line of an Excel sheet, or none of them; how many were entered.

    Raises:
        NotPermitted: not a registrar.
        InvalidInput: no such sheet, or lines at fault: all of them, each by its row.
    """

    def doing() -> tuple[int, Mapping[str, Plain]]:
        need_role(session, by, Role.REGISTRAR, Action.IMPORT_REGISTER)
        sheet = read_sheet(kind, content, town_day(by.at))
        _refuse_faulty(session, by, sheet)
        entries = [_entered(session, by, line.entry) for line in sheet.lines]
        session.flush()
        _record_import(session, by, entries)
        return len(entries), {"count": len(entries)}

    def again(answer: Mapping[str, Plain]) -> int:
        return int(str(answer["count"]))

    asked = {"kind": kind.value, "digest": digest_of_bytes(content)}
    return once(session, by, Action.IMPORT_REGISTER, asked, doing, again)


def _refuse_faulty(session: Session, by: Occasion, sheet: Sheet) -> None:
    faults = dict(sheet.faults)
    numbers = {line.entry.number: line for line in sheet.lines}
    known = questions.numbers_entered(session, by.agency_id, sheet.kind, [*numbers])
    for number in known:
        line: Line = numbers[number]
        faults.setdefault(line.row, []).append(TWIN.format(number=number))
    if faults:
        raise InvalidInput({"file": faults_message(faults)})


def _entered(session: Session, by: Occasion, new: NewEntry) -> RegisterEntry:
    entry = RegisterEntry(
        agency_id=by.agency_id,
        entered_by_id=by.person_id,
        entered_at=by.at,
        **new.as_values(),
    )
    session.add(entry)
    return entry


def _set_repealed(session: Session, entry: RegisterEntry, repeal: Repeal) -> None:
    still = update(RegisterEntry).where(
        RegisterEntry.id == entry.id, RegisterEntry.repealed_on.is_(None)
    )
    values = still.values(repealed_on=repeal.on, repealed_by=repeal.by_what.strip())
    if not session.execute(values.returning(RegisterEntry.id)).all():
        raise Superseded
    session.refresh(entry)


def _refuse_twin(session: Session, by: Occasion, new: NewEntry) -> None:
    if questions.entry_by_number(session, by.agency_id, new.kind, new.number):
        raise InvalidInput({"number": [TWIN.format(number=new.number)]})


def _record(session: Session, by: Occasion, entry: RegisterEntry) -> None:
    details: dict[str, audit.Plain] = {
        "kind": entry.kind.value,
        "number": entry.number,
        "dated": entry.dated.isoformat(),
        "amount_yuan": None if entry.amount_yuan is None else str(entry.amount_yuan),
    }
    subject = Subject("register", entry.id, details=details)
    audit.record(session, by, Action.ENTER_REGISTER, subject)


def _record_import(
    session: Session, by: Occasion, entries: Sequence[RegisterEntry]
) -> None:
    first = entries[0]
    details: dict[str, audit.Plain] = {
        "kind": first.kind.value,
        "count": len(entries),
        "numbers": [entry.number for entry in entries[:50]],
    }
    subject = Subject("register", first.id, details=details)
    audit.record(session, by, Action.IMPORT_REGISTER, subject)
