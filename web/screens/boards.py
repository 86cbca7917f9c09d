"""The boards: what should hang on each today, what is missing, how each stands."""

from __future__ import annotations

from flask import Blueprint, flash, g, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from models.people import Role
from web.login import may_enter
from web.reading import shows_again
from web.screens.rounds import READERS, is_late
from web.transaction import db, occasion
from workflow.inspections import board_questions, catalogue, plan_questions
from workflow.inspections.twin import SheetState, wanting

screen = Blueprint("boards", __name__, url_prefix="/boards")
SYSTEM = Role.SYSTEM_ADMINISTRATOR


@screen.get("")
@may_enter(*READERS, SYSTEM)
def all() -> ResponseReturnValue:  # noqa: A001 -- read as boards.all
    """Every board in its fixed order, with what is missing; never ranked."""
    found = board_questions.boards_now(db(), occasion())
    return render_template(
        "boards/all.html",
        boards=[(one, wanting(one.sheets)) for one in found],
        has_catalogue=bool(board_questions.items_of(db(), g.me.agency_id)),
    )


@screen.get("/<int:board_id>")
@may_enter(*READERS, SYSTEM)
def one(board_id: int) -> ResponseReturnValue:
    """One board: what should hang there, its faults, its checks."""
    agency = g.me.agency_id
    found = board_questions.board_now(db(), occasion(), board_id)
    plans = plan_questions.plans(db(), agency)
    return render_template(
        "boards/one.html",
        now=found,
        wanting=wanting(found.sheets),
        hanging=[s for s in found.sheets if s.state is SheetState.HANGS],
        faults=board_questions.faults_of_board(db(), agency, board_id),
        checks=board_questions.checks_of_board(db(), agency, board_id),
        plans={plan.code: plan.name for plan in plans},
        sections=board_questions.sections(db(), agency),
        is_late=is_late,
    )


@screen.post("/<int:board_id>")
@may_enter(SYSTEM)
@shows_again(one)
def set(board_id: int) -> ResponseReturnValue:  # noqa: A001 -- read as boards.set
    """Say which parts of the catalogue it shows."""
    chosen = request.form.getlist("sections")
    catalogue.set_board(db(), occasion(), board_id, chosen)
    flash(gettext("已保存这个公开栏展示的类别。"))
    return redirect(url_for("boards.one", board_id=board_id), 303)
