"""What happened to one text, whether it may go out, and its approval sheet."""

from __future__ import annotations

from flask import Blueprint, render_template, request
from flask.typing import ResponseReturnValue
from markupsafe import Markup

from web.login import may_enter
from web.screens.tasks import AT_WORK
from web.transaction import db, occasion
from workflow.articles import (
    added,
    attachments,
    cases,
    consultations,
    instructions,
    questions,
    reviewing,
    seats,
    sheets,
)
from workflow.articles.cases import Case
from workflow.occasion import Occasion
from workflow.process.drawing import as_svg

screen = Blueprint("timeline", __name__)


@screen.get("/articles/<int:article_id>/timeline")
@may_enter(*AT_WORK)
def show(article_id: int) -> ResponseReturnValue:
    """As a story, and as a matrix of drafts and rungs."""
    by = occasion()
    case = cases.load(db(), by.agency_id, article_id)
    story = [*questions.story(db(), case), *instructions.lines(db(), case)]
    story.sort(key=lambda line: line.at)
    return render_template(
        "timeline/show.html",
        **_common(by, case),
        as_matrix=request.args.get("as") == "matrix",
        story=[
            (line, reviewing.waited(db(), by.agency_id, line.waited_from, line.at))
            for line in story
        ],
        matrix=questions.matrix(db(), case),
    )


@screen.get("/articles/<int:article_id>/why")
@may_enter(*AT_WORK)
def why(article_id: int) -> ResponseReturnValue:
    """Each condition of the regulation, met or not."""
    by = occasion()
    case = cases.load(db(), by.agency_id, article_id)
    numbers = {r.id: r.number for r in questions.revisions(db(), article_id)}
    return render_template("timeline/why.html", **_common(by, case), numbers=numbers)


@screen.get("/articles/<int:article_id>/ladder")
@may_enter(*AT_WORK)
def ladder(article_id: int) -> ResponseReturnValue:
    """The rungs of this article, the present one lit, with the people of today."""
    by = occasion()
    case = cases.load(db(), by.agency_id, article_id)
    shown = _common(by, case)
    today = seats.rungs_today(db(), by, case.definition, case.revision.section_id)
    found = {rung.stage.id: rung for rung in today}
    rungs = [found[id_] for id_ in case.plan.ids]
    conditions = questions.why_publishable(db(), by, case)
    drawn = as_svg(case.definition, case.article.state)
    return render_template(
        "timeline/ladder.html",
        **shown,
        rungs=list(zip(rungs, conditions, strict=True)),
        publishing=seats.publishing_seats(db(), by, case.definition),
        drawing=Markup(drawn),  # noqa: S704 -- escapes its own texts
    )


@screen.get("/articles/<int:article_id>/sheet")
@may_enter(*AT_WORK)
def sheet(article_id: int) -> ResponseReturnValue:
    """The approval sheet (审批单), to be printed and filed."""
    by = occasion()
    case = cases.load(db(), by.agency_id, article_id)
    return render_template(
        "timeline/sheet.html",
        **_common(by, case),
        facts=reviewing.facts(db(), case),
        files=attachments.of_revision(db(), case.revision.id),
        rungs=sheets.signed_rungs(case),
        decisions=sheets.decisions(db(), case),
        demands=added.demands(db(), case),
        asked=consultations.asked(db(), article_id),
        calls=instructions.instructions(db(), case),
        at=by.at,
    )


def _common(by: Occasion, case: Case) -> dict[str, object]:
    return {
        "case": case,
        "header": reviewing.header(db(), by, case),
        "conditions": questions.why_publishable(db(), by, case),
        "publishers": reviewing.publishing_holders(db(), by, case),
        "released": reviewing.publication(case),
    }
