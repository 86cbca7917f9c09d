"""Changing the rule: written as text, checked, tried, then adopted by an act."""

from __future__ import annotations

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext
from markupsafe import Markup

from models.people import Role
from models.regulations import RuleDraft
from web.login import may_enter
from web.reading import Reading, shows_again
from web.screens.definitions import words_of
from web.transaction import db, occasion
from workflow.agencies import regulations
from workflow.articles import rehearsal
from workflow.occasion import Occasion
from workflow.process.checking import Checked, checked, tried
from workflow.process.definition import Definition
from workflow.process.drawing import as_svg
from workflow.process.reading import LONGEST

screen = Blueprint("regulation", __name__, url_prefix="/rule")
SYSTEM = Role.SYSTEM_ADMINISTRATOR


@screen.get("/edit")
@may_enter(SYSTEM)
def edit() -> ResponseReturnValue:
    """What was written of the next version, and all that is known of it."""
    by = occasion()
    row = regulations.draft_of(db(), by)
    beginning = regulations.beginning(db(), by.agency_id)
    return render_template(
        "definitions/edit.html",
        source=row.source if row else beginning,
        cases=row.cases if row else "",
        **(_about(by, row) if row else {"found": None}),
    )


@screen.post("/edit")
@may_enter(SYSTEM)
@shows_again(edit)
def save() -> ResponseReturnValue:
    """Keep what was typed, sound or not, and check it."""
    read = Reading(request.form)
    source = read.text("source", "流程定义", LONGEST).replace("\r\n", "\n") + "\n"
    cases = read.text("cases", "事例", LONGEST, needed=False).replace("\r\n", "\n")
    read.check()
    regulations.save_draft(db(), occasion(), source, cases)
    flash(gettext("已保存并检查，还没有启用。"))
    return redirect(f"{url_for('regulation.edit')}#found", 303)


@screen.post("/adopt")
@may_enter(SYSTEM)
@shows_again(edit)
def adopt() -> ResponseReturnValue:
    """Put in force what was checked."""
    read = Reading(request.form)
    digest = read.text("digest", "流程定义", 64)
    read.check()
    row = regulations.adopt(db(), occasion(), digest)
    flash(gettext("第%(n)s版已启用，以后起草的稿件按新版办理。", n=row.number))
    return redirect(url_for("rule.show"), 303)


def _about(by: Occasion, row: RuleDraft) -> dict[str, object]:
    others = regulations.neighbours(db(), by.agency_id)
    found = checked(row.source, others)
    lines = row.source.split("\n")
    shown: dict[str, object] = {
        "row": row,
        "found": found,
        "line": lambda number: lines[number - 1] if number <= len(lines) else "",
    }
    if found.definition is not None:
        shown |= _meaning(by, row, found, found.definition, others)
    return shown


def _meaning(
    by: Occasion,
    row: RuleDraft,
    found: Checked,
    rule: Definition,
    others: dict[str, Definition],
) -> dict[str, object]:
    """The ladder, and what it would mean for the people and the articles of today."""
    return {
        "rule": rule,
        "number": regulations.next_number(db(), by.agency_id, rule.id),
        "drawing": Markup(as_svg(rule)),  # noqa: S704 -- escapes its own texts
        "tried": tried(row.cases, rule, others) if row.cases and found.sound else None,
        "missing": rehearsal.missing_people(db(), by, rule) if found.sound else (),
        "running": rehearsal.running(db(), by),
        "touched": rehearsal.touched(db(), by, rule) if found.sound else (),
        "most": rehearsal.MOST,
        **words_of(rule),
    }
