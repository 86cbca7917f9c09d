"""Quarterly trainings: the year with its four quarters, planning, recording."""

from __future__ import annotations

import io
from contextlib import closing

from flask import (
    Blueprint,
    flash,
    g,
    redirect,
    render_template,
    request,
    send_file,
    url_for,
)
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from models.people import Role
from web import asked
from web.login import may_enter
from web.reading import Reading, shows_again
from web.screens.rounds import READERS
from web.transaction import db, occasion
from workflow.articles.files import SIZE_MAX
from workflow.trainings import acts, questions
from workflow.trainings.rules import (
    NAME_MAX,
    NOTE_MAX,
    PLACE_MAX,
    TOPIC_MAX,
    Held,
    NewTraining,
    read_attendees,
)

screen = Blueprint("trainings", __name__, url_prefix="/trainings")
ROOM_FOR_NAMES = 300 * 2 * NAME_MAX


@screen.get("")
@may_enter(*READERS)
def all(gap_id: int = 0) -> ResponseReturnValue:  # noqa: A001 -- read as trainings.all
    """A year's trainings, quarter by quarter; a quarter without one is named.

    Args:
        gap_id: the gap whose form was refused: its own year is shown again.
    """
    today, agency = occasion().today, g.me.agency_id
    year = questions.gap(db(), agency, gap_id).year if gap_id else asked.year(today)
    return render_template(
        "trainings/all.html",
        year=year,
        quarters=questions.year_of(db(), agency, year),
        today=today,
        most={"topic": TOPIC_MAX, "place": PLACE_MAX},
    )


@screen.post("")
@may_enter(Role.INSPECTOR)
@shows_again(all)
def plan() -> ResponseReturnValue:
    """Plan one."""
    read = Reading(request.form)
    new = NewTraining(
        topic=read.text("topic", "培训主题", TOPIC_MAX),
        planned_on=read.day("planned_on", "计划日期"),
        place=read.text("place", "地点", PLACE_MAX, needed=False),
        trainer=read.text("trainer", "讲课人", PLACE_MAX, needed=False),
    )
    read.check()
    made = acts.plan(db(), occasion(), new)
    flash(gettext("已安排培训“%(topic)s”。", topic=made.topic))
    return redirect(url_for("trainings.one", training_id=made.id), 303)


@screen.get("/<int:training_id>")
@may_enter(*READERS)
def one(training_id: int) -> ResponseReturnValue:
    """One training: its plan, and its record or the form for it."""
    found = questions.training(db(), g.me.agency_id, training_id)
    return render_template(
        "trainings/one.html",
        training=found,
        attendees=questions.attendees(db(), found.id),
        today=occasion().today,
    )


@screen.post("/<int:training_id>")
@may_enter(Role.INSPECTOR)
@shows_again(one)
def hold(training_id: int) -> ResponseReturnValue:
    """Record that it was held."""
    read = Reading(request.form)
    on = read.day("held_on", "培训日期")
    names = read.text("attendees", "参加人员", ROOM_FOR_NAMES)
    note = read.text("note", "说明", NOTE_MAX, needed=False)
    read.check()
    held = Held(on, read_attendees(names), note, _material())
    acts.hold(db(), occasion(), training_id, held)
    flash(gettext("已登记培训，参加%(n)d人。", n=len(held.attendees)))
    return redirect(url_for("trainings.one", training_id=training_id), 303)


@screen.get("/<int:held_id>/material")
@may_enter(*READERS)
def material(held_id: int) -> ResponseReturnValue:
    """Download what was handed out; the browser may not run it here (S-42)."""
    name, content = questions.material(db(), g.me.agency_id, held_id)
    answer = send_file(
        io.BytesIO(content),
        mimetype="application/octet-stream",
        as_attachment=True,
        download_name=name,
    )
    answer.headers["Content-Security-Policy"] = "default-src 'none'; sandbox"
    return answer


@screen.post("/gaps/<int:gap_id>")
@may_enter(Role.INSPECTOR)
@shows_again(all)
def explain(gap_id: int) -> ResponseReturnValue:
    """Say why a quarter went by without a training."""
    read = Reading(request.form)
    why = read.text("reason", "原因", NOTE_MAX)
    read.check()
    gap = acts.explain_gap(db(), occasion(), gap_id, why)
    flash(gettext("已说明。"))
    return redirect(url_for("trainings.all", year=gap.year), 303)


def _material() -> tuple[str, bytes] | None:
    sent = request.files.get("files")
    if sent is None or not sent.filename:
        return None
    with closing(sent):
        return sent.filename, sent.read(SIZE_MAX + 1)
