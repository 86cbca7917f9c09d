"""One fault: its story, before and after, and the next step of its rectification."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import closing
from datetime import date

from flask import (
    Blueprint,
    Response,
    flash,
    g,
    redirect,
    render_template,
    request,
    url_for,
)
from flask.typing import ResponseReturnValue
from flask_babel import gettext
from sqlalchemy.orm import Session

from models.inspections import Fault, FaultKind, FaultSource
from models.people import Role
from models.rectification import FaultAct
from web import asked
from web.display import label
from web.login import may_enter, may_reach
from web.reading import Reading, shows_again
from web.screens.rounds import PHOTO_POLICY, READERS, why_not
from web.transaction import db, occasion
from workflow.errors import NotFound
from workflow.inspections import board_questions, fault_questions, faults, questions
from workflow.inspections.faults import Done
from workflow.inspections.found_faults import NAME_MAX
from workflow.inspections.photos import PHOTO_MAX_MEGABYTES
from workflow.inspections.rectification import OPEN, possible
from workflow.inspections.rules import NOTE_MAX, NewFault
from workflow.occasion import Occasion

screen = Blueprint("faults", __name__, url_prefix="/faults")
# the steps in the order of the way, each with what its form asks for
STEPS = {
    "notify": (FaultAct.NOTIFY, ("who",)),
    "acknowledge": (FaultAct.ACKNOWLEDGE, ("who",)),
    "start": (FaultAct.START, ("note",)),
    "report": (FaultAct.REPORT, ("who", "herself", "note", "photo")),
    "recheck": (FaultAct.PUT_RIGHT, ("note",)),
    "return": (FaultAct.RETURN, ("note", "until")),
    "close": (FaultAct.CLOSE, ("note",)),
}
Doing = Callable[[Session, Occasion, int], Fault]


@screen.get("/<int:fault_id>")
@may_enter(*READERS)
def one(fault_id: int, step: str = "") -> ResponseReturnValue:
    """The story of a fault, with what can be done next."""
    case = fault_questions.case(db(), g.me.agency_id, fault_id)
    acts = possible(case.fault.state)
    return render_template(
        "faults/one.html",
        case=case,
        next=[(name, *STEPS[name]) for name in STEPS if STEPS[name][0] in acts],
        tried=step,
        is_open=case.fault.state in OPEN,
        may_exempt=FaultAct.EXEMPT in acts and may_reach("faults.exempt"),
        why_not=why_not(),
        today=occasion().today,
        earlier=_earlier(case.fault),
        name_max=NAME_MAX,
        note_max=NOTE_MAX,
        photo_max=PHOTO_MAX_MEGABYTES,
    )


@screen.post("/<int:fault_id>/<step>")
@may_enter(Role.INSPECTOR)
@shows_again(one)
def step(fault_id: int, step: str) -> ResponseReturnValue:
    """Take the fault one step on."""
    if step not in STEPS:
        raise NotFound
    done = _doing(step)(db(), occasion(), fault_id)
    flash(
        gettext(
            "已登记：%(act)s。现在：%(state)s。",
            act=label(STEPS[step][0]),
            state=label(done.state),
        )
    )
    return redirect(url_for("faults.one", fault_id=fault_id), 303)


@screen.post("/<int:fault_id>/exempt")
@may_enter(Role.LEADER)
@shows_again(one)
def exempt(fault_id: int) -> ResponseReturnValue:
    """Let it be, with a reason."""
    read = Reading(request.form)
    why = read.text("note", "理由", NOTE_MAX)
    read.check()
    faults.exempt(db(), occasion(), fault_id, why)
    flash(gettext("已批准免予整改。"))
    return redirect(url_for("faults.one", fault_id=fault_id), 303)


@screen.get("/<int:fault_id>/pictures/<int:number>")
@may_enter(*READERS)
def picture(fault_id: int, number: int) -> ResponseReturnValue:
    """The picture of a step, as a picture and nothing else (S-45)."""
    found = fault_questions.step_photo(db(), g.me.agency_id, fault_id, number)
    answer = Response(found[1], mimetype=found[0] or "application/octet-stream")
    answer.headers["Content-Security-Policy"] = PHOTO_POLICY
    ending = "png" if found[0] == "image/png" else "jpg"
    name = f'inline; filename="fault-{fault_id}-{number}.{ending}"'
    answer.headers["Content-Disposition"] = name
    return answer


@screen.get("/new")
@may_enter(Role.INSPECTOR)
def new() -> ResponseReturnValue:
    """The form for a fault that no check found."""
    boards = board_questions.every_board(db(), g.me.agency_id)
    return render_template(
        "faults/new.html",
        boards=[(board.id, f"{unit.name} {board.name}") for unit, board in boards],
        board=asked.number("board") or "",
        items=board_questions.items_of(db(), g.me.agency_id),
        kinds=[(kind.value, label(kind)) for kind in FaultKind],
        today=occasion().today,
        note_max=NOTE_MAX,
        photo_max=PHOTO_MAX_MEGABYTES,
    )


@screen.post("/new")
@may_enter(Role.INSPECTOR)
@shows_again(new)
def add() -> ResponseReturnValue:
    """Record it."""
    read = Reading(request.form)
    board = read.number("board", "公开栏")
    kind = read.choice("kind", "问题种类", FaultKind)
    note = read.text("note", "说明", NOTE_MAX, needed=False)
    item = read.text("item", "目录事项", NAME_MAX, needed=False)
    told = read.text("told", "告知了谁", NAME_MAX, needed=False)
    until = _day(read)
    read.check()
    found = NewFault(kind, note, photo("photo"), until, item, told)
    fault = faults.raise_fault(db(), occasion(), board, found, FaultSource.REMOTE)
    flash(gettext("已登记问题：%(fault)s。", fault=label(fault.kind)))
    return redirect(url_for("faults.one", fault_id=fault.id), 303)


def photo(name: str) -> bytes | None:
    """The bytes of an uploaded picture, one more than the limit at most."""
    sent = request.files.get(name)
    if sent is None:
        return None
    with closing(sent):
        return sent.read(PHOTO_MAX_MEGABYTES * 1024 * 1024 + 1) or None


def _doing(step: str) -> Doing:
    read = Reading(request.form)
    herself = request.form.get("herself") == "yes"
    asks = STEPS[step][1]
    needs_who = "who" in asks and not herself
    who = read.text("who", "姓名", NAME_MAX, needed=needs_who)
    note = read.text("note", "说明", NOTE_MAX, needed=step == "return")
    until = _day(read) if "until" in asks else None
    read.check()
    picture = photo("photo") if "photo" in asks else None
    done = Done(who, herself, note, picture)
    doing: dict[str, Doing] = {
        "notify": lambda s, by, id_: faults.notify(s, by, id_, who),
        "acknowledge": lambda s, by, id_: faults.acknowledge(s, by, id_, who),
        "start": lambda s, by, id_: faults.start(s, by, id_, note),
        "report": lambda s, by, id_: faults.report(s, by, id_, done),
        "recheck": lambda s, by, id_: faults.recheck(s, by, id_, note),
        "return": lambda s, by, id_: faults.send_back(s, by, id_, note, until),
        "close": lambda s, by, id_: faults.close(s, by, id_, note),
    }
    return doing[step]


def _day(read: Reading) -> date | None:
    if not request.form.get("put_right_by", "").strip():
        return None
    return read.day("put_right_by", "整改期限")


def _earlier(fault: Fault) -> Fault | None:
    if fault.repeat_of_id is None:
        return None
    return questions.fault(db(), g.me.agency_id, fault.repeat_of_id)
