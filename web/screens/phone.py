"""The phone page: opens without a signal, keeps what is logged until it has a receipt.

A plain page, no app and no mini-program (国办函〔2026〕12号: units below the county in
principle develop none); it asks for no check-in, no place and no photo where nothing is
wrong.  The page itself is the same for everybody and holds nothing about anybody.
"""

from __future__ import annotations

import hashlib
from functools import cache
from pathlib import Path

from flask import Blueprint, Response, current_app, g, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext
from flask_wtf.csrf import generate_csrf

from models.inspections import CheckWay, Fault
from models.people import Role
from web import fault_samples
from web.clock import now
from web.display import full_date, label, moment
from web.login import everyone, may_enter, may_reach
from web.transaction import db, occasion
from workflow.inspections import board_questions
from workflow.inspections.board_questions import BoardNow
from workflow.inspections.labels import labels
from workflow.inspections.rules import NOTE_MAX
from workflow.inspections.twin import SheetNow, SheetState

screen = Blueprint("phone", __name__, url_prefix="/b")
SEND_TO = "entries.send"
SCRIPTS = ("app", "form", "photo", "send", "store", "words")
STYLES = ("sanshen.css", "boards.css", "phone.css", "icon.svg")
WORKER = Path(__file__).parents[1] / "static" / "phone" / "sw.js"
SHELL = Path(__file__).parents[1] / "templates" / "phone" / "shell.html"


@screen.get("/")
@everyone
def shell() -> ResponseReturnValue:
    """The page; what it shows comes from the phone."""
    return render_template("phone/shell.html", ways=CheckWay, note_max=NOTE_MAX)


@screen.get("/sw.js")
@everyone
def worker() -> ResponseReturnValue:
    """The script that opens the page offline, with the files it is to keep."""
    files = [url_for("phone.shell"), *_files()]
    known = current_app.json.dumps({"version": _version(), "files": files})
    text = f"const SHELL = {known};\n{WORKER.read_text(encoding='utf-8')}"
    return Response(text, mimetype="text/javascript")


@screen.get("/me.json")
@everyone
def who() -> ResponseReturnValue:
    """Who is signed in, with a fresh token for sending; nobody is an answer too."""
    if g.me is None:
        return {"person": None}
    return {
        "person": g.me.person_id,
        "agency": g.me.agency_id,
        "name": g.me.name,
        "inspector": may_reach("phone.boards"),
        "now": now().isoformat(),
        "csrf": generate_csrf(),
        "send_to": url_for(SEND_TO),
    }


@screen.get("/boards.json")
@may_enter(Role.INSPECTOR)
def boards() -> ResponseReturnValue:
    """What the form of each board shows on top, and the kinds of fault."""
    codes = {one.board.id: one.code for one in labels(db(), g.me.agency_id)}
    found = board_questions.boards_now(db(), occasion())
    return {
        "at": now().isoformat(),
        "boards": [_as_values(one, codes.get(one.board.id, "")) for one in found],
        "kinds": fault_samples.kinds(),
    }


def _as_values(one: BoardNow, code: str) -> dict[str, object]:
    last = _last(one)
    return {
        "id": one.board.id,
        "code": code,
        "unit": one.unit.name,
        "name": one.board.name,
        "place": one.board.place,
        "checked": "" if one.due_at else last,
        "last": last,
        "faults": [_fault_words(fault) for fault in one.faults],
        "due": [_sheet_words(sheet) for sheet in one.sheets],
        "missing": [
            _sheet_words(sheet)
            for sheet in one.sheets
            if sheet.state is not SheetState.HANGS
        ],
    }


def _last(one: BoardNow) -> str:
    if one.last is None:
        return ""
    found = (
        gettext("%(n)d个问题", n=one.last.faults)
        if one.last.faults
        else gettext("全部正常")
    )
    return f"{moment(one.last.at)} {one.last.who}，{found}"


def _fault_words(fault: Fault) -> str:
    note = f"：{fault.note}" if fault.note else ""
    found = gettext("%(when)s 发现", when=moment(fault.found_at))
    if fault.put_right_by is None:
        return f"{label(fault.kind)}{note}（{found}）"
    until = gettext("%(day)s 前整改", day=full_date(fault.put_right_by))
    return f"{label(fault.kind)}{note}（{found}，{until}）"


def _sheet_words(sheet: SheetNow) -> str:
    return f"{sheet.section} · {sheet.title} · {label(sheet.state)}"


def _files() -> list[str]:
    names = [*STYLES, *(f"phone/{name}.js" for name in SCRIPTS)]
    names += fault_samples.pictures()
    own = [url_for("static", filename=name) for name in names]
    return [*own, url_for("bootstrap.static", filename="css/bootstrap.min.css")]


@cache
def _version() -> str:
    """Changes whenever one of the files does, so that phones fetch them anew."""
    seal = hashlib.sha256(WORKER.read_bytes() + SHELL.read_bytes())
    static = WORKER.parents[1]
    names = [*STYLES, *(f"phone/{name}.js" for name in SCRIPTS)]
    for name in [*names, *fault_samples.pictures()]:
        seal.update((static / name).read_bytes())
    return seal.hexdigest()[:16]
