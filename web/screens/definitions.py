"""The rule: the regulation in force as a ladder, with the people in it today."""

from __future__ import annotations

from flask import Blueprint, render_template
from flask.typing import ResponseReturnValue
from markupsafe import Markup

from web.login import signed_in
from web.transaction import db, occasion
from workflow.agencies import questions as agencies
from workflow.articles import cases, seats
from workflow.process.definition import Definition
from workflow.process.drawing import (
    as_svg,
    constraint_lines,
    publish_lines,
    stage_lines,
)
from workflow.process.plan import state_name

screen = Blueprint("rule", __name__)


@screen.get("/rule")
@signed_in
def show() -> ResponseReturnValue:
    """The regulation in force."""
    return _page(agencies.definition_in_force(db(), occasion().agency_id).id)


@screen.get("/rule/<int:definition_id>")
@signed_in
def version(definition_id: int) -> ResponseReturnValue:
    """One version; articles keep the one they started under."""
    return _page(definition_id)


def _page(definition_id: int) -> ResponseReturnValue:
    by = occasion()
    row = agencies.definition(db(), by.agency_id, definition_id)
    definition = cases.definition_of(db(), row.id)
    return render_template(
        "definitions/show.html",
        row=row,
        rule=definition,
        rungs=seats.rungs_today(db(), by, definition),
        publishing=seats.publishing_seats(db(), by, definition),
        versions=agencies.definitions(db(), by.agency_id),
        drawing=Markup(as_svg(definition)),  # noqa: S704 -- escapes its own texts
        **words_of(definition),
    )


def words_of(rule: Definition) -> dict[str, object]:
    """What the templates ask of a regulation, in words."""
    return {
        "rung_lines": lambda stage: stage_lines(rule, stage),
        "returns": lambda stage: "、".join(
            state_name(rule, to) for to in stage.returns_to
        ),
        "publish_lines": publish_lines(rule),
        "constraint_lines": list(constraint_lines(rule)),
    }
