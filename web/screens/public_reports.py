"""A board's code: to the form for inspectors, to a report for everybody else."""

from __future__ import annotations

from flask import Blueprint, current_app, g, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from models.inspections import FaultKind
from web import fault_samples
from web.clock import now
from web.login import everyone, may_reach
from web.reading import Reading, shows_again
from web.transaction import db, sent_operation
from workflow.inspections import public_reports
from workflow.inspections.labels import LENGTH, board_of
from workflow.inspections.public_rules import NOTE_MAX
from workflow.knocks import address_mark
from workflow.occasion import Occasion

screen = Blueprint("public", __name__, url_prefix="/b")


@screen.get("/<string(length=8):code>")
@everyone
def board(code: str) -> ResponseReturnValue:
    """The page behind a label."""
    agency_id, found = board_of(db(), code)
    mine = g.me is not None and g.me.agency_id == agency_id
    if mine and may_reach("phone.boards"):
        return redirect(f"{url_for('phone.shell')}#board-{found.board.id}", 303)
    return render_template(
        "public/board.html", label=found, kinds=_kinds(), note_max=NOTE_MAX
    )


@screen.post("/<string(length=8):code>")
@everyone
@shows_again(board)
def report(code: str) -> ResponseReturnValue:
    """Take a report; answers with its number."""
    agency_id, found = board_of(db(), code)
    read = Reading(request.form)
    kind = read.choice("kind", "问题种类", FaultKind)
    note = read.text("note", "说明", NOTE_MAX, needed=False)
    read.check()
    by = Occasion(agency_id, None, now(), sent_operation())
    mark = address_mark(str(current_app.secret_key), request.remote_addr or "", by.at)
    made = public_reports.report(db(), by, found, (kind, note), mark)
    return redirect(url_for("public.state", code=code, receipt=made.receipt), 303)


@screen.get("/<string(length=8):code>/<string(length=8):receipt>")
@everyone
def state(code: str, receipt: str) -> ResponseReturnValue:
    """What became of a report, for whoever has its number."""
    _, found = board_of(db(), code)
    one = public_reports.by_receipt(db(), found.board.id, receipt)
    return render_template("public/state.html", label=found, one=one)


@screen.get("/<string(length=8):code>/find")
@everyone
def find(code: str) -> ResponseReturnValue:
    """Look a report up by its number."""
    receipt = request.args.get("receipt", "").strip()
    if len(receipt) != LENGTH or not receipt.isalnum():
        return redirect(url_for("public.board", code=code), 303)
    return redirect(url_for("public.state", code=code, receipt=receipt), 303)


def _kinds() -> list[tuple[FaultKind, str]]:
    return [(kind, fault_samples.help_of(kind)) for kind in FaultKind]
