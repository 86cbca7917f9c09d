"""The queue of a phone: what it needs to work without a signal, and what it sends.

``GET /rounds/entries`` answers JSON, the kit to be kept on the phone:

    {"csrf_token": str, "person": str, "today": "2024-03-04",
     "kinds": [{"kind": "dirty", "label": "栏面脏污"}, …],
     "boards": [{"board": 7, "unit": "示例村", "name": "…", "place": "…",
                 "due": "2024-03-08T15:59:59Z" | null,        the slot open now, if any
                 "last": {"at": "…Z", "person": "…", "faults": 1} | null,
                 "faults": [{"id": 3, "kind": "dirty", "label": "…", "note": "…",
                             "by": "2024-03-08" | null, "late": false}, …],
                 "sheets": [{"item": "finance", "title": "…", "section": "财务",
                             "period": "2024年2月",
                             "state": "hangs|missing|stale|remove"}, …]}]}

``POST /rounds/entries`` takes one entry as JSON, with the header ``X-CSRFToken``:

    {"entry_id": "3f2c…-…", a UUID that the phone makes, lower case
     "board": 7, "noted_at": "2024-03-04T01:20:00Z", the phone's clock, with its zone
     "all_well": false,
     "faults": [{"kind": "dirty", "note": "…", "photo": "<base64 JPEG>" | null,
                 "item": "finance" | null, "by": "2024-03-08" | null,
                 "told": "李某" | null}],
     "way": "on_site", "note": "", "plan": ""}   these three optional

and answers 200, the same for the same entry sent again:

    {"entry_id": "…", "receipt": "9f…", "outcome": "recorded|second|late|extra",
     "check": 12 | null, "faults": [{"id": 3, "due": "2024-03-08" | null}, …]}

Only after a receipt may the phone forget its copy.  What is refused is answered as a
problem document (RFC 9457: ``title``, ``status``, ``detail``, ``rule``, ``fields``):
400 the token is old (fetch the kit again and send again), 401 sign in again, 403 not
an inspector, 404 no such board, 409 the id was used for something else, 413 too large,
422 something is wrong with the entry; the phone keeps it and shows why.
"""

from __future__ import annotations

import base64
import binascii
from collections.abc import Mapping, Sequence
from datetime import UTC, date, datetime

from flask import Blueprint, g, jsonify, request
from flask.typing import ResponseReturnValue
from flask_wtf.csrf import generate_csrf

from models.inspections import CheckWay, Fault, FaultKind
from models.people import Role
from models.rectification import CheckEntry
from web.display import label
from web.login import may_enter
from web.reading import BIGGEST_ID, Reading
from web.transaction import db, occasion
from workflow.errors import InvalidInput
from workflow.inspections import board_questions
from workflow.inspections.board_questions import BoardNow
from workflow.inspections.entries import Entry, faults_of, receive
from workflow.inspections.photos import PHOTO_MAX_MEGABYTES
from workflow.inspections.rules import NOTE_MAX, NewFault

screen = Blueprint("entries", __name__, url_prefix="/rounds/entries")
MOST_FAULTS = 20
NAME_MAX = 80
PHOTO_CHARACTERS = PHOTO_MAX_MEGABYTES * 1024 * 1024 * 4 // 3 + 4
Json = Mapping[str, object]


@screen.get("")
@may_enter(Role.INSPECTOR)
def kit() -> ResponseReturnValue:
    """What a phone needs before it goes where there is no signal."""
    found = board_questions.boards_now(db(), occasion())
    return jsonify(
        csrf_token=generate_csrf(),
        person=g.me.name,
        today=occasion().today.isoformat(),
        kinds=[{"kind": kind.value, "label": label(kind)} for kind in FaultKind],
        boards=[_board(one) for one in found],
    )


@screen.post("")
@may_enter(Role.INSPECTOR)
def send() -> ResponseReturnValue:
    """Take one entry in and give its receipt."""
    row = receive(db(), occasion(), _entry(request.get_json(silent=True)))
    return jsonify(_answer(row, faults_of(db(), row)))


def _board(one: BoardNow) -> dict[str, object]:
    last = one.last
    return {
        "board": one.board.id,
        "unit": one.unit.name,
        "name": one.board.name,
        "place": one.board.place,
        "due": _zulu(one.due_at),
        "last": last
        and {"at": _zulu(last.at), "person": last.who, "faults": last.faults},
        "faults": [_open_fault(fault) for fault in one.faults],
        "sheets": [
            {
                "item": sheet.code,
                "title": sheet.title,
                "section": sheet.section,
                "period": sheet.period_words,
                "state": sheet.state.value,
            }
            for sheet in one.sheets
        ],
    }


def _open_fault(fault: Fault) -> dict[str, object]:
    until = fault.put_right_by
    return {
        "id": fault.id,
        "kind": fault.kind.value,
        "label": label(fault.kind),
        "note": fault.note,
        "by": until and until.isoformat(),
        "late": until is not None and until < occasion().today,
    }


def _answer(row: CheckEntry, faults: Sequence[Fault]) -> dict[str, object]:
    return {
        "entry_id": row.entry_id,
        "receipt": row.receipt,
        "outcome": row.outcome.value,
        "check": row.check_id,
        "faults": [
            {
                "id": fault.id,
                "due": fault.put_right_by and fault.put_right_by.isoformat(),
            }
            for fault in faults
        ],
    }


def _entry(sent: object) -> Entry:
    """The entry out of what was sent; anything odd is refused, naming the field.

    Raises:
        InvalidInput: a field is missing or of the wrong sort.
    """
    if not isinstance(sent, dict):
        raise _odd("entry_id")
    faults = sent.get("faults") or []
    if not isinstance(faults, list) or len(faults) > MOST_FAULTS:
        raise _odd("faults")
    all_well = sent.get("all_well")
    if not isinstance(all_well, bool):
        raise _odd("all_well")
    return Entry(
        entry_id=_text(sent, "entry_id", NAME_MAX),
        board=_number(sent, "board"),
        noted_at=_moment(sent),
        all_well=all_well,
        faults=tuple(_fault(one) for one in faults),
        way=_way(sent),
        note=_text(sent, "note", NOTE_MAX),
        plan=_text(sent, "plan", NAME_MAX),
    )


def _fault(sent: object) -> NewFault:
    if not isinstance(sent, dict):
        raise _odd("faults")
    try:
        kind = FaultKind(_text(sent, "kind", NAME_MAX))
    except ValueError:
        raise _odd("faults") from None
    return NewFault(
        kind=kind,
        note=_text(sent, "note", NOTE_MAX),
        photo=_photo(sent),
        put_right_by=_day(sent),
        item=_text(sent, "item", NAME_MAX),
        told=_text(sent, "told", NAME_MAX),
    )


def _way(sent: Json) -> CheckWay:
    try:
        return CheckWay(_text(sent, "way", NAME_MAX) or CheckWay.ON_SITE)
    except ValueError:
        raise _odd("way") from None


def _photo(sent: Json) -> bytes | None:
    coded = sent.get("photo")
    if not coded:
        return None
    if not isinstance(coded, str) or len(coded) > PHOTO_CHARACTERS:
        raise _odd("photo")
    try:
        return base64.b64decode(coded.rpartition(",")[2], validate=True)
    except (binascii.Error, ValueError):
        raise _odd("photo") from None


def _text(sent: Json, name: str, most: int) -> str:
    value = sent.get(name)
    if value is None:
        return ""
    if not isinstance(value, str):
        raise _odd(name)
    read = Reading({name: value})
    text = read.text(name, "内容", most, needed=False)
    read.check()
    return text


def _number(sent: Json, name: str) -> int:
    value = sent.get(name)
    is_number = isinstance(value, int) and not isinstance(value, bool)
    if not isinstance(value, int) or not is_number or not 0 <= value <= BIGGEST_ID:
        raise _odd(name)
    return value


def _moment(sent: Json) -> datetime:
    try:
        moment = datetime.fromisoformat(_text(sent, "noted_at", NAME_MAX))
    except ValueError:
        raise _odd("noted_at") from None
    if moment.tzinfo is None:
        raise _odd("noted_at")
    try:
        return moment.astimezone(UTC)
    except (OverflowError, ValueError):
        raise _odd("noted_at") from None


def _day(sent: Json) -> date | None:
    written = _text(sent, "by", NAME_MAX)
    if not written:
        return None
    try:
        return date.fromisoformat(written)
    except ValueError:
        raise _odd("by") from None


def _zulu(moment: datetime | None) -> str | None:
    if moment is None:
        return None
    return moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def _odd(name: str) -> InvalidInput:
    return InvalidInput({name: ["这条记录的内容不完整或有误，没有收下。"]})
