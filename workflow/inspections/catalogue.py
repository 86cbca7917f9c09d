"""The village disclosure catalogue of an agency, and what is seen on the boards."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass

from sqlalchemy.orm import Session

from models.boards import DisclosureItem, Frequency, Sheet
from models.inspections import Board, Check, UnitKind
from models.natural_keys import insert_missing
from workflow.actions import Action
from workflow.audit import acts as audit
from workflow.audit.acts import Subject
from workflow.errors import InvalidInput, NotFound
from workflow.inspections import board_questions, questions
from workflow.inspections.permits import may_settle
from workflow.inspections.twin import SheetNow, SheetState
from workflow.occasion import Occasion
from workflow.operations import make_once, once

TITLE_MAX, SECTION_MAX, BASIS_MAX, CODE_MAX = 200, 60, 500, 60
LONGEST_DUE = 120
_TIMED = frozenset(Frequency) - {Frequency.EVENT, Frequency.ON_CHANGE}


@dataclass(frozen=True, slots=True)
class NewItem:
    """An item of the catalogue as it is entered.

    Args:
        code: stable, in small letters; sheets and faults name it.
        due_days: days after a period by which its sheet hangs; of no use for what is
            shown when it changes or happens.
        basis: the rule that it comes from.
    """

    code: str
    section: str
    title: str
    frequency: Frequency
    due_days: int = 0
    unit_kind: UnitKind | None = None
    basis: str = ""
    open: bool = True


def read_items(table: Mapping[str, object]) -> tuple[NewItem, ...]:
    """The items of a catalogue file.

    Raises:
        InvalidInput: a key is missing or of the wrong sort.
    """
    rows = table.get("items")
    if not isinstance(rows, list):
        raise InvalidInput({"items": ["目录文件里没有事项。"]})
    return tuple(_read(row) for row in rows)


def set_item(session: Session, by: Occasion, new: NewItem) -> DisclosureItem:
    """Enter an item, or change the one of that code.

    Raises:
        NotPermitted: not the system administrator.
        InvalidInput: something is missing or too long.
    """
    may_settle(session, by, Action.SET_CATALOGUE)
    _refuse_bad(new)

    def doing() -> DisclosureItem:
        row = _row(session, by.agency_id, new.code)
        for name, value in asdict(new).items():
            setattr(row, name, value)
        session.add(row)
        session.flush()
        details: dict[str, audit.Plain] = {
            "code": new.code,
            "title": new.title,
            "frequency": new.frequency.value,
            "open": new.open,
        }
        subject = Subject("catalogue", row.id, details=details)
        audit.record(session, by, Action.SET_CATALOGUE, subject)
        return row

    asked = (Action.SET_CATALOGUE, asdict(new))
    return make_once(session, by, asked, DisclosureItem, doing)


def adopt(session: Session, by: Occasion, items: Iterable[NewItem]) -> int:
    """Enter the items of a catalogue that are not there yet; how many were new.

    Raises:
        NotPermitted: not the system administrator.
    """
    may_settle(session, by, Action.SET_CATALOGUE)
    items = tuple(items)

    def doing() -> tuple[int, dict[str, int]]:
        known = board_questions.items_of(session, by.agency_id, open_only=False)
        codes = {row.code for row in known}
        new = [item for item in items if item.code not in codes]
        for item in new:
            set_item(session, by.under(f"{by.operation}/{item.code}"), item)
        return len(new), {"new": len(new)}

    contents = {"items": [item.code for item in items]}
    asked = "adopt_catalogue"
    return once(session, by, asked, contents, doing, lambda said: int(said["new"] or 0))


def set_board(
    session: Session, by: Occasion, board_id: int, sections: Sequence[str]
) -> Board:
    """Say which parts of the catalogue a board shows; none said is all of them.

    Raises:
        NotPermitted: not the system administrator.
        NotFound: no such board here.
        InvalidInput: a part that the catalogue does not have.
    """
    may_settle(session, by, Action.SET_BOARD)

    def doing() -> Board:
        board = questions.board(session, by.agency_id, board_id)
        known = board_questions.sections(session, by.agency_id)
        if odd := [name for name in sections if name not in known]:
            raise InvalidInput({"sections": [f"目录里没有“{odd[0]}”这一类。"]})
        board.sections = list(sections)
        session.flush()
        details: dict[str, audit.Plain] = {"sections": list(sections)}
        subject = Subject("board", board.id, details=details)
        audit.record(session, by, Action.SET_BOARD, subject)
        return board

    asked = (Action.SET_BOARD, {"board": board_id, "sections": list(sections)})
    return make_once(session, by, asked, Board, doing)


def note_sheets(
    session: Session,
    by: Occasion,
    check: Check,
    seen: Collection[str] | None,
) -> int:
    """Keep which sheets a look found hanging; part of the act that logs it.

    Args:
        seen: keys of the sheets that were ticked; ``None`` is all that should hang
            (全部正常: what is on the list hangs there).
    """
    on = by.today
    sheets = board_questions.sheets_of(session, by.agency_id, check.board_id, on)
    new = [
        _sheet(by, check, sheet)
        for sheet in sheets
        if sheet.state in (SheetState.MISSING, SheetState.STALE)
        and (seen is None or sheet.key in seen)
    ]
    return insert_missing(session, Sheet, new)


def _sheet(by: Occasion, check: Check, sheet: SheetNow) -> dict[str, object]:
    return {
        "agency_id": by.agency_id,
        "board_id": check.board_id,
        "item_id": sheet.item_id,
        "article_id": sheet.article_id,
        "period": sheet.period,
        "seen_on": by.today,
        "check_id": check.id,
        "person_id": by.person_id,
    }


def _row(session: Session, agency_id: int, code: str) -> DisclosureItem:
    try:
        return board_questions.item(session, agency_id, code)
    except NotFound:
        position = board_questions.next_position(session, agency_id)
        return DisclosureItem(agency_id=agency_id, code=code, position=position)


def _refuse_bad(new: NewItem) -> None:
    most = {
        "code": CODE_MAX,
        "section": SECTION_MAX,
        "title": TITLE_MAX,
    }
    typed = {"code": new.code, "section": new.section, "title": new.title}
    faults = {
        name: [f"请填写，不超过{most[name]}个字。"]
        for name, text in typed.items()
        if not 0 < len(text.strip()) <= most[name]
    }
    if new.frequency in _TIMED and not 1 <= new.due_days <= LONGEST_DUE:
        faults["due_days"] = [f"张贴时限写1至{LONGEST_DUE}天。"]
    if len(new.basis) > BASIS_MAX:
        faults["basis"] = [f"依据不超过{BASIS_MAX}个字。"]
    if faults:
        raise InvalidInput(faults)


def _read(row: object) -> NewItem:
    if not isinstance(row, dict):
        raise InvalidInput({"items": ["目录事项不是表格。"]})
    kind, days = row.get("unit_kind"), row.get("due_days", 0)
    try:
        return NewItem(
            code=str(row["code"]),
            section=str(row["section"]),
            title=str(row["title"]),
            frequency=Frequency(row["frequency"]),
            due_days=int(days),
            unit_kind=UnitKind(kind) if kind else None,
            basis=str(row.get("basis", "")),
        )
    except (KeyError, ValueError) as wrong:
        raise InvalidInput({"items": [f"目录事项有误：{wrong}。"]}) from wrong
