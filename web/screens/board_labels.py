"""The sheet of labels to print, and the reports of villagers to judge."""

from __future__ import annotations

import io

import segno
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

from models.people import Role
from web.login import may_enter
from web.reading import Reading, shows_again
from web.transaction import db, occasion
from workflow.inspections import public_reports
from workflow.inspections.labels import labels, make_codes, refuse_other_codes
from workflow.inspections.public_rules import NOTE_MAX

screen = Blueprint("labels", __name__, url_prefix="/rounds")


@screen.get("/labels")
@may_enter(Role.INSPECTOR)
def sheet() -> ResponseReturnValue:
    """A label for each board, eighteen on a sheet of A4."""
    found = labels(db(), g.me.agency_id)
    return render_template(
        "public/labels.html",
        labels=[one for one in found if one.code],
        without=sum(not one.code for one in found),
    )


@screen.post("/labels")
@may_enter(Role.INSPECTOR)
def make() -> ResponseReturnValue:
    """Give a code to every board that has none."""
    made = make_codes(db(), occasion())
    flash(gettext("已为%(n)d个公开栏编制二维码。", n=made))
    return redirect(url_for("labels.sheet"), 303)


@screen.get("/labels/<code>.svg")
@may_enter(Role.INSPECTOR)
def picture(code: str) -> ResponseReturnValue:
    """The code of one board as a picture."""
    refuse_other_codes(db(), g.me.agency_id, code)
    address = url_for("public.board", code=code, _external=True)
    out = io.BytesIO()
    drawn = segno.make(address, error="m", micro=False)
    drawn.save(out, kind="svg", border=4, xmldecl=False)
    return Response(out.getvalue(), mimetype="image/svg+xml")


@screen.get("/public-reports")
@may_enter(Role.INSPECTOR)
def reports(report_id: int | None = None) -> ResponseReturnValue:
    """What villagers said, waiting to be judged.

    Args:
        report_id: the one whose form is shown again.
    """
    agency = g.me.agency_id
    return render_template(
        "public/reports.html",
        waiting=public_reports.waiting(db(), agency),
        judged=public_reports.judged(db(), agency),
        note_max=NOTE_MAX,
        again=report_id,
    )


@screen.post("/public-reports/<int:report_id>/accept")
@may_enter(Role.INSPECTOR)
def accept(report_id: int) -> ResponseReturnValue:
    """It becomes a fault."""
    public_reports.accept(db(), occasion(), report_id)
    flash(gettext("已列为问题，进入整改。"))
    return redirect(url_for("labels.reports"), 303)


@screen.post("/public-reports/<int:report_id>/dismiss")
@may_enter(Role.INSPECTOR)
@shows_again(reports)
def dismiss(report_id: int) -> ResponseReturnValue:
    """It is put aside, with a reason."""
    read = Reading(request.form)
    why = read.text("reason", "理由", NOTE_MAX)
    read.check()
    public_reports.dismiss(db(), occasion(), report_id, why)
    flash(gettext("已回复反映人：不列为问题。"))
    return redirect(url_for("labels.reports"), 303)
