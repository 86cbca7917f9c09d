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
from flask_wtf.csrf import generate_csrf

from models.inspections import CheckWay
from models.people import Role
from web import fault_samples
from web.clock import now
from web.display import label, moment
from web.login import everyone, may_enter, may_reach
from web.transaction import db, occasion
from workflow.inspections import field
from workflow.inspections.field import BoardToday
from workflow.inspections.rules import NOTE_MAX

screen = Blueprint("phone", __name__, url_prefix="/b")
SEND_TO = "entries.take"
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


@screen.get("/who.json")
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
    found = field.boards_today(db(), g.me.agency_id, occasion().today)
    return {
        "at": now().isoformat(),
        "boards": [_as_values(one) for one in found],
        "kinds": fault_samples.kinds(),
    }


def _as_values(one: BoardToday) -> dict[str, object]:
    return {
        "id": one.board.id,
        "code": one.code,
        "unit": one.unit.name,
        "name": one.board.name,
        "place": one.board.place,
        "checked": _checked(one),
        "last": _last(one),
        "faults": [_fault_words(one, number) for number in range(len(one.faults))],
        "due": list(one.due),
        "missing": list(one.missing),
    }


def _checked(one: BoardToday) -> str:
    done = one.this_week
    return f"{moment(done.looked_at)} {one.this_week_by}" if done else ""


def _last(one: BoardToday) -> str:
    if one.last is None or one.last.way is None:
        return ""
    return f"{moment(one.last.looked_at)} {one.last_by}，{label(one.last.way)}"


def _fault_words(one: BoardToday, number: int) -> str:
    fault = one.faults[number]
    by = f"，{fault.put_right_by.isoformat()}" if fault.put_right_by else ""
    note = f"：{fault.note}" if fault.note else ""
    return f"{label(fault.kind)}{note}（{moment(fault.found_at)}{by}）"


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
