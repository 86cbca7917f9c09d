"""Where a phone sends what was logged: one entry a request, once by its own id."""

from __future__ import annotations

import base64
import binascii
from datetime import datetime

from flask import Blueprint, request
from flask.typing import ResponseReturnValue

from models.inspections import CheckWay, FaultKind
from models.people import Role
from web.login import may_enter
from web.transaction import db, occasion
from workflow.errors import InvalidInput, NotFound
from workflow.inspections import acts, questions
from workflow.inspections.rules import NewFault, Visit

screen = Blueprint("entries", __name__, url_prefix="/rounds/entries")


@screen.post("")
@may_enter(Role.INSPECTOR)
def take() -> ResponseReturnValue:
    """Take one entry."""
    sent = request.get_json()
    by = occasion(str(sent["entry_id"]))
    visit = Visit(
        CheckWay(sent["way"]),
        bool(sent["all_well"]),
        datetime.fromisoformat(sent["noted_at"]),
        tuple(_fault(one) for one in sent["faults"]),
        str(sent["note"]),
    )
    checks = questions.checks_of_week(db(), by.agency_id, by.today)
    check = next((one for one in checks if one.board.id == sent["board"]), None)
    if check is None:
        raise NotFound("没有这个公开栏。")
    done = acts.log_check(db(), by, check.check.id, visit)
    faults = questions.faults_of_check(db(), by.agency_id, done.id)
    return {
        "entry_id": sent["entry_id"],
        "receipt": f"{done.id:06d}",
        "check": done.id,
        "outcome": "recorded",
        "faults": [
            {
                "id": one.fault.id,
                "kind": one.fault.kind.value,
                "due": one.fault.put_right_by and one.fault.put_right_by.isoformat(),
            }
            for one in faults
        ],
    }


def _fault(sent: dict[str, str]) -> NewFault:
    try:
        photo = base64.b64decode(sent["photo"], validate=True) or None
    except binascii.Error:
        raise InvalidInput({"photo": ["照片没有传完整，请重拍。"]}) from None
    return NewFault(FaultKind(sent["kind"]), sent["note"], photo)
