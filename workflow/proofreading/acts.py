"""Keeping the town's own tables: each entry dated, with who, when and why.

An entry is never rewritten: it is ended, and another one is made.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import date

from sqlalchemy import update
from sqlalchemy.orm import Session

from models.findings import Grade
from models.natural_keys import insert_missing
from models.people import Role
from models.town_tables import EntryKind, TownEntry, TownTables
from workflow.actions import Action
from workflow.audit.acts import Plain, Subject, record
from workflow.errors import InvalidInput, NotPermitted, WrongState
from workflow.occasion import Occasion
from workflow.operations import make_once
from workflow.people import questions as people
from workflow.people.permissions import TITLES
from workflow.people.permit import has_role
from workflow.proofreading.questions import entry, in_force

KEEPERS = (Role.REVIEWER, Role.LEADER)
TEXT_MAX, REASON_MAX = 60, 500
NEEDS_MORE = {EntryKind.LEADER: "请填写职务。"}
ONE_CHARACTER = (EntryKind.WORD, EntryKind.ALLOWED)


@dataclass(frozen=True, slots=True)
class NewEntry:
    """What is to be entered.

    Args:
        text: the name, the wrong word, or the words to let through.
        more: a leader's post, the right word, or the one rule that lets through.
        since: first day on which it holds.
        reason: why, in a sentence; the document it follows.
    """

    kind: EntryKind
    text: str
    since: date
    reason: str
    more: str = ""
    rank: int = 0
    grade: Grade = Grade.WARN


def enter(session: Session, by: Occasion, new: NewEntry) -> TownEntry:
    """Put an entry into the town's tables; the checks read it from its first day on.

    Raises:
        NotPermitted: neither a reviewer nor a leader.
        InvalidInput: every fault of every field at once.
        WrongState: the same entry holds already.
    """
    may_keep(session, by, Action.ENTER_TOWN_TABLE)

    def doing() -> TownEntry:
        _check(new)
        _is_new(session, by, new)
        row = TownEntry(
            **asdict(new),
            agency_id=by.agency_id,
            entered_by_id=by.person_id,
            entered_at=by.at,
        )
        session.add(row)
        session.flush()
        _next_version(session, by)
        about = {"kind": new.kind.value, "text": new.text, "more": new.more}
        _note(session, by, row, Action.ENTER_TOWN_TABLE, about | {"why": new.reason})
        return row

    values = {**asdict(new), "since": new.since.isoformat()}
    return make_once(session, by, ("enter_town_table", values), TownEntry, doing)


def end(
    session: Session, by: Occasion, entry_id: int, on: date, reason: str
) -> TownEntry:
    """End an entry: it holds through that day, and stays on record.

    Raises:
        NotPermitted: neither a reviewer nor a leader, or the system itself.
        InvalidInput: no reason, or a day before its first.
        WrongState: it was ended before.
    """
    may_keep(session, by, Action.END_TOWN_TABLE)

    def doing() -> TownEntry:
        row = entry(session, by.agency_id, entry_id)
        if row.ended_at is not None:
            raise WrongState("这一条已经停用。", rule="entry-ended")
        _check_end(row, on, reason)
        row.until, row.ended_by_id, row.ended_at = on, by.person_id, by.at
        row.end_reason = reason.strip()
        session.flush()
        _next_version(session, by)
        about = {"kind": row.kind.value, "text": row.text, "until": on.isoformat()}
        _note(session, by, row, Action.END_TOWN_TABLE, about | {"why": row.end_reason})
        return row

    values = {"entry": entry_id, "on": on.isoformat(), "reason": reason}
    return make_once(session, by, ("end_town_table", values), TownEntry, doing)


def may_keep(session: Session, by: Occasion, action: Action) -> None:
    """Reviewers and leaders keep the tables; the system when a town is furnished.

    Raises:
        NotPermitted: anybody else; names those who can help.
    """
    if by.person_id is None and action is Action.ENTER_TOWN_TABLE:
        return
    if any(has_role(session, by, role) for role in KEEPERS):
        return
    names = people.names_with_role(session, by.agency_id, Role.REVIEWER, by.at)
    raise NotPermitted(
        "本地名录和词表由审核人员或领导维护，您没有这一角色。",
        rule="role-required",
        help_from=f"{TITLES[Role.REVIEWER]} {names}".strip(),
        action=action,
    )


def _check(new: NewEntry) -> None:
    faults: dict[str, list[str]] = {}
    if not 0 < len(new.text.strip()) <= TEXT_MAX:
        faults["text"] = [f"请填写，最多{TEXT_MAX}字。"]
    elif new.kind in ONE_CHARACTER and len(new.text.strip()) < 2:
        faults["text"] = ["单个字会处处误报，请至少写两个字。"]
    if len(new.more) > TEXT_MAX:
        faults["more"] = [f"最多{TEXT_MAX}字。"]
    elif new.kind in NEEDS_MORE and not new.more.strip():
        faults["more"] = [NEEDS_MORE[new.kind]]
    if not 0 < len(new.reason.strip()) <= REASON_MAX:
        faults["reason"] = [f"请写明依据或缘由，最多{REASON_MAX}字。"]
    if faults:
        raise InvalidInput(faults)


def _is_new(session: Session, by: Occasion, new: NewEntry) -> None:
    same = (new.kind, new.text, new.more)
    for row in in_force(session, by.agency_id, new.since):
        if (row.kind, row.text, row.more) == same:
            raise WrongState(
                f"“{new.text}”已经在册，不必重复登记。", rule="entry-twice"
            )


def _check_end(row: TownEntry, on: date, reason: str) -> None:
    faults: dict[str, list[str]] = {}
    if not 0 < len(reason.strip()) <= REASON_MAX:
        faults["reason"] = [f"请写明停用的缘由，最多{REASON_MAX}字。"]
    if on < row.since:
        faults["on"] = [f"这一条自{row.since.isoformat()}起用，停用日不能更早。"]
    if faults:
        raise InvalidInput(faults)


def _next_version(session: Session, by: Occasion) -> None:
    insert_missing(session, TownTables, [{"agency_id": by.agency_id, "version": 0}])
    session.execute(
        update(TownTables)
        .where(TownTables.agency_id == by.agency_id)
        .values(version=TownTables.version + 1)
    )


def _note(
    session: Session,
    by: Occasion,
    row: TownEntry,
    action: Action,
    details: Mapping[str, Plain],
) -> None:
    record(session, by, action, Subject("town_entry", row.id, details=details))
