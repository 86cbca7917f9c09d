"""Writing an article: the sheet, its working copies, the preview, handing it in."""

from __future__ import annotations

from flask import Blueprint, flash, g, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from models.articles import Article
from models.people import Role
from web import draft_form, precheck_view
from web.display import moment
from web.draft_form import Sheet
from web.login import may_enter
from web.marking import marked
from web.reading import Reading, shows_again
from web.screens.tasks import AT_WORK
from web.transaction import db, occasion
from workflow.actions import Action
from workflow.agencies.questions import definition_in_force, sections
from workflow.articles import (
    acts,
    alarms,
    attachments,
    cases,
    findings,
    questions,
    raised,
    rules,
    working_copies,
)
from workflow.articles.acts import Approval
from workflow.articles.cases import Case
from workflow.articles.demands import asks_when_needed
from workflow.errors import WrongState
from workflow.process.clocks import is_urgent
from workflow.process.definition import CheckItem, Definition

screen = Blueprint("drafts", __name__)


@screen.get("/articles/new")
@may_enter(Role.DRAFTER)
def new() -> ResponseReturnValue:
    """An empty sheet, or what was typed on one and not saved."""
    definition = _in_force()
    copy = working_copies.mine(db(), occasion(), None)
    sheet = Sheet(
        definition,
        sections(db(), g.me.agency_id),
        copy.fields if copy else draft_form.blank(definition),
        restored=copy,
        fresh=draft_form.fresh_name(),
    )
    return render_template("drafts/write.html", sheet=sheet, submits=True)


@screen.post("/articles/new")
@may_enter(Role.DRAFTER)
@shows_again(new)
def create() -> ResponseReturnValue:
    """Begin the article; its working copy is not needed any more."""
    article = acts.draft(db(), occasion(), draft_form.written(_in_force()))
    working_copies.discard(db(), occasion(), draft_form.copy_name())
    return _saved(article)


@screen.get("/articles/<int:article_id>/edit")
@may_enter(*AT_WORK)
def edit(article_id: int) -> ResponseReturnValue:
    """The sheet of an article that is with this person."""
    case = cases.load(db(), g.me.agency_id, article_id)
    open_ = _acts_permitted(case, Action.REVISE)
    sheet, found = _sheet(case), precheck_view.of(db(), occasion(), case)
    return render_template(
        "drafts/write.html",
        sheet=sheet,
        submits=Action.SUBMIT in open_,
        precheck=found,
        spots=marked(case, found, (), sheet.files).places,
    )


@screen.post("/articles/<int:article_id>/edit")
@may_enter(*AT_WORK)
@shows_again(edit)
def save(article_id: int) -> ResponseReturnValue:
    """Save another revision, and the answers to what was sent back."""
    read = Reading(request.form)
    revision = read.number("revision", "稿次")
    case = cases.load(db(), g.me.agency_id, article_id)
    waiting = findings.answerable(db(), occasion(), case)
    replies = draft_form.replies(read, waiting)
    read.check()
    written, by = draft_form.written(case.definition), occasion()
    article = acts.revise(db(), by, article_id, revision, written)
    if replies:
        latest = cases.load(db(), g.me.agency_id, article_id).revision.id
        under = by.under(f"{by.operation[:70]}-answers")
        acts.answer_findings(db(), under, article_id, latest, replies)
    working_copies.discard_all(db(), by, article_id)
    return _saved(article)


@screen.get("/articles/<int:article_id>/submit")
@may_enter(*AT_WORK)
def check(article_id: int) -> ResponseReturnValue:
    """The drafter's own check, line by line, beside the text (自查自校)."""
    precheck_view.read_before_showing(occasion(), article_id)
    case = cases.load(db(), g.me.agency_id, article_id)
    _acts_permitted(case, Action.SUBMIT)
    by, files = occasion(), attachments.of_revision(db(), case.revision.id)
    found = precheck_view.of(db(), by, case)
    noted = raised.raised(db(), by, case)
    return render_template(
        "drafts/submit.html",
        case=case,
        checklist=_checklist(case),
        waiting=findings.open_of(db(), article_id),
        precheck=found,
        raised=noted,
        marked=marked(case, found, noted, files),
        handed_to=questions.handed_to(db(), by, case),
        asks_when=asks_when_needed(case) and is_urgent(case.plan),
        files=files,
    )


@screen.post("/articles/<int:article_id>/submit")
@may_enter(*AT_WORK)
@shows_again(check)
def submit(article_id: int) -> ResponseReturnValue:
    """Hand it in."""
    read = Reading(request.form)
    revision = read.number("revision", "稿次")
    opinion = read.text("opinion", "说明", rules.OPINION_MAX, needed=False)
    needed_by = read.optional_moment("needed_by", "最迟何时要用")
    read.check()
    answers = {
        name.removeprefix("check-"): answer
        for name, answer in request.form.items()
        if name.startswith("check-")
    }
    by = occasion()
    approval = Approval(answers, opinion, needed_by=needed_by)
    article = acts.submit(db(), by, article_id, revision, approval)
    case = cases.of(db(), article)
    alarms.watch(db(), by, case)
    holders = questions.holders_now(db(), by, case)
    said = gettext("《%(title)s》已提交，", title=article.title)
    flash(said + gettext("现在由%(holders)s办理。", holders=holders))
    return redirect(url_for("tasks.mine"), 303)


@screen.post("/articles/preview")
@may_enter(*AT_WORK)
def preview() -> ResponseReturnValue:
    """What is typed, as readers will see it; nothing is saved."""
    body = request.form.get("body", "").replace("\r\n", "\n")
    title = request.form.get("title", "")
    return render_template("drafts/preview.html", title=title, body=body)


@screen.post("/autosave")
@may_enter(*AT_WORK)
def autosave() -> ResponseReturnValue:
    """Keep what is typed; 409 when another window has kept a newer text."""
    kept = working_copies.keep(db(), occasion(), draft_form.typed_now())
    if kept is None:
        return {"newer": True}, 409
    return {"sequence": kept.sequence, "saved": moment(kept.saved_at)}


@screen.post("/articles/copies/discard")
@may_enter(*AT_WORK)
def discard() -> ResponseReturnValue:
    """Drop what was kept automatically, and show the text on record."""
    read = Reading(request.form)
    article_id = read.optional_number("article", "稿件")
    read.check()
    working_copies.discard(db(), occasion(), draft_form.copy_name())
    flash(gettext("自动保存的内容已丢弃。"))
    if article_id is None:
        return redirect(url_for("drafts.new"), 303)
    return redirect(url_for("drafts.edit", article_id=article_id), 303)


def _sheet(case: Case) -> Sheet:
    """The text on record, or what this person typed over it and did not save."""
    copy = working_copies.mine(db(), occasion(), case.article.id)
    current = copy is not None and copy.revision_id == case.revision.id
    restored, outdated = (copy, None) if current else (None, copy)
    return Sheet(
        case.definition,
        sections(db(), g.me.agency_id),
        restored.fields if restored else draft_form.saved(case),
        case,
        attachments.of_revision(db(), case.revision.id),
        findings.answerable(db(), occasion(), case),
        questions.last_return(case),
        restored,
        outdated,
        draft_form.fresh_name(),
    )


def _in_force() -> Definition:
    row = definition_in_force(db(), g.me.agency_id)
    return cases.definition_of(db(), row.id)


def _acts_permitted(case: Case, wanted: Action) -> set[Action]:
    """The acts open to this person.

    Raises:
        WorkflowError: the wanted one is not among them; says why, and who can help.
    """
    found = questions.acts_open_to(db(), occasion(), case)
    if wanted not in found:
        stage = questions.stage_name(case, case.article.state)
        raise WrongState(f"稿件现在是“{stage}”，不能办理此事。", rule="not-now")
    refusal = found[wanted].refusal
    if refusal is not None:
        raise refusal
    return {action for action, one in found.items() if one.allowed}


def _checklist(case: Case) -> tuple[CheckItem, ...]:
    own = rules.first_rung_is_the_drafters(case)
    return case.plan.first.stage.checklist if own else ()


def _saved(article: Article) -> ResponseReturnValue:
    case = cases.of(db(), article)
    if request.form.get("then") == "submit":
        return redirect(url_for("drafts.check", article_id=article.id), 303)
    number, at = case.revision.number, moment(case.revision.made_at)
    flash(gettext("已保存第%(number)s稿（%(at)s）。", number=number, at=at))
    return redirect(url_for("drafts.edit", article_id=article.id), 303)
