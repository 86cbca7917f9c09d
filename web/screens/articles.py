"""The review screen: one text, what changed in it, and the decision about it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from urllib.parse import urlencode

from flask import (
    Blueprint,
    flash,
    redirect,
    render_template,
    request,
    url_for,
)
from flask.typing import ResponseReturnValue
from flask_babel import gettext
from sqlalchemy.orm import Session

from models.articles import Article, Revision
from models.findings import FindingKind
from web import noting_form, precheck_view, review_form, review_view, typed
from web.decisions import BY_ADDRESS, choices, signing_words
from web.display import label
from web.login import may_enter
from web.marking import marked
from web.reading import shows_again
from web.screens.tasks import AT_WORK
from web.transaction import apart, db, occasion, peek
from workflow.articles import (
    acts,
    alarms,
    attachments,
    cases,
    claims,
    comparison,
    doubts,
    handling,
    offers,
    openings,
    questions,
    reviewing,
    shared,
    tasks,
    telephone,
)
from workflow.articles import raised as raised_findings
from workflow.articles.cases import Case
from workflow.articles.comparison import Comparison
from workflow.articles.difference import is_punctuation, stretches
from workflow.articles.first_come import first_come
from workflow.errors import Superseded, WrongState
from workflow.notices.questions import read_marks
from workflow.occasion import Occasion
from workflow.people import phrases

screen = Blueprint("articles", __name__)

KINDS = tuple(FindingKind)
Reasoned = Callable[[Session, Occasion, int, int, str], Article]
REASONED: Mapping[str, Reasoned] = {
    "hold": acts.hold,
    "resume": acts.resume,
    "raise": acts.raise_importance,
    "lower": acts.lower_importance,
    "recall": acts.recall,
    "reject": acts.reject,
    "withdraw": acts.withdraw,
}


@screen.get("/articles/<int:article_id>")
@may_enter(*AT_WORK)
def show(article_id: int, what: str = "") -> ResponseReturnValue:
    """The text and the difference to what I signed, the checklist, the opinions."""
    by = occasion()
    if request.method == "GET":
        _note_looking(by, article_id)
        precheck_view.read_before_showing(by, article_id)
    case = cases.load(db(), by.agency_id, article_id)
    shown = {**_about(by, case), **_beside(by, case), **_middle(by, case)}
    return render_template("articles/show.html", what=what, **shown)


def _note_looking(by: Occasion, article_id: int) -> None:
    """Say to the others that I am looking; in a transaction of its own, when needed."""
    if peek(lambda session: claims.wants_claim(session, by, article_id)):
        apart(lambda session: claims.claim(session, by, article_id))
    shows_changes = request.args.get("view") != review_view.TEXT
    if shows_changes and peek(lambda s: openings.wants_opening(s, by, article_id)):
        apart(lambda session: openings.note_latest(session, by, article_id))


def _about(by: Occasion, case: Case) -> dict[str, object]:
    found = offers.desk(db(), by, case)
    return {
        "case": case,
        "header": reviewing.header(db(), by, case),
        "facts": reviewing.facts(db(), case),
        "files": attachments.of_revision(db(), case.revision.id),
        "opinions": reviewing.opinions(case),
        "stage_name": lambda state: questions.stage_name(case, state),
        "capacity": questions.my_capacity(db(), by, case),
        "can": choices(questions.acts_open_to(db(), by, case)),
        "checklist": reviewing.checklist_for(db(), by, case),
        "targets": questions.return_targets(db(), by, case),
        "desk": found,
        "signing": signing_words(found.kind),
        "kinds": KINDS,
        "kinds_named": [(kind.value, label(kind)) for kind in KINDS],
        "standing": {signature.seq for signature in case.standing},
        "lines": review_form.lines_to_show(),
        "story_length": len(questions.story(db(), case)),
        "rescued": typed.fields() if request.method == "POST" else [],
    }


def _beside(by: Occasion, case: Case) -> dict[str, object]:
    id_ = case.article.id
    return {
        "there": claims.looking(db(), by, [id_]).get(id_),
        "offers": handling.offers(db(), by, case),
        "shared": shared.shared(db(), by, case),
        "calls": telephone.calls(db(), by, case),
        "read_marks": read_marks(db(), by.agency_id, ("article", str(id_))),
        "phrases": phrases.phrases(db(), by),
    }


def _middle(by: Occasion, case: Case) -> dict[str, object]:
    seen = comparison.seen_before(db(), case, by.person_id or 0)
    view = review_view.chosen(case, seen)
    raised = raised_findings.raised(db(), by, case)
    precheck = precheck_view.of(db(), by, case)
    files = attachments.of_revision(db(), case.revision.id)
    compared = review_view.comparison(db(), case, view)
    address = url_for("articles.show", article_id=case.article.id)
    return {
        "seen": seen,
        "changed": _changed(case, seen, compared),
        "view": view,
        "other_layout": f"{address}?{urlencode(view.in_other_layout)}",
        "stretches": stretches,
        "visible": review_view.visible,
        "punctuation": is_punctuation,
        "compared": compared,
        "revisions": questions.revisions(db(), case.article.id),
        "raised": raised,
        "precheck": precheck,
        "marked": marked(case, precheck, raised, files, body=not view.compares),
        "noting": noting_form.asked(by, case, files),
    }


def _changed(case: Case, seen: Revision | None, compared: Comparison | None) -> int:
    """In how many places the text changed since it was seen; compared once only."""
    if seen is None:
        return 0
    ends = (seen.id, case.revision.id)
    if compared is not None and ends == (compared.old.id, compared.new.id):
        return compared.found.count
    return comparison.changes_since(db(), case, seen)


@screen.post("/articles/<int:article_id>/sign")
@may_enter(*AT_WORK)
@shows_again(show, Superseded, WrongState)
def sign(article_id: int) -> ResponseReturnValue:
    """同意: the checklist answered, this very text signed."""
    sent, by = review_form.read_approval(), occasion()
    with first_come(db(), by, article_id, sent.seen):
        acts.sign(db(), by, article_id, sent.revision, sent.approval)
    return _done(article_id, "sign")


@screen.post("/articles/<int:article_id>/send-back")
@may_enter(*AT_WORK)
@shows_again(show, Superseded, WrongState)
def send_back(article_id: int) -> ResponseReturnValue:
    """退回: to whom, why, and what is to be put right."""
    sent, by = review_form.read(), occasion()
    back = review_form.read_return(sent.opinion)
    with first_come(db(), by, article_id, sent.seen):
        acts.send_back(db(), by, article_id, sent.revision, back)
    return _done(article_id, "send-back")


@screen.post("/articles/<int:article_id>/publish")
@may_enter(*AT_WORK)
@shows_again(show, Superseded, WrongState)
def publish(article_id: int) -> ResponseReturnValue:
    """发布: recomputed from the signatures, then let out."""
    sent, by = review_form.read(), occasion()
    with first_come(db(), by, article_id, sent.seen):
        acts.publish(db(), by, article_id, sent.revision, review_form.channels())
    return _done(article_id, "publish")


@screen.post("/articles/<int:article_id>/object")
@may_enter(*AT_WORK)
@shows_again(show, Superseded, WrongState)
def object_to(article_id: int) -> ResponseReturnValue:
    """提出异议: a special review or an outside body says no, and why."""
    sent, by = review_form.read(), occasion()
    with first_come(db(), by, article_id, sent.seen):
        doubts.object_to(db(), by, article_id, sent.revision, sent.approval)
    return _done(article_id, "object")


@screen.post("/articles/<int:article_id>/doubt")
@may_enter(*AT_WORK)
@shows_again(show, Superseded, WrongState)
def doubt(article_id: int) -> ResponseReturnValue:
    """存疑: the special reviews of these subjects open."""
    sent, by = review_form.read(), occasion()
    at, named = (article_id, sent.revision), review_form.subjects()
    with first_come(db(), by, article_id, sent.seen):
        doubts.raise_doubt(db(), by, *at, named, sent.opinion)
    return _done(article_id, "doubt")


@screen.post(
    "/articles/<int:article_id>"
    "/<any(hold, resume, raise, lower, recall, reject, withdraw):what>"
)
@may_enter(*AT_WORK)
@shows_again(show, Superseded, WrongState)
def decide(article_id: int, what: str) -> ResponseReturnValue:
    """Every other decision: the opinion is its reason."""
    sent, by = review_form.read(), occasion()
    with first_come(db(), by, article_id, sent.seen):
        REASONED[what](db(), by, article_id, sent.revision, sent.opinion)
    return _done(article_id, what)


def _done(article_id: int, what: str) -> ResponseReturnValue:
    """Say what was done and who has it now; open what waits next."""
    by, decision = occasion(), BY_ADDRESS[what]
    case = cases.load(db(), by.agency_id, article_id)
    done, title = gettext(decision.after), case.text.title
    flash(
        gettext("%(done)s：《%(title)s》。", done=done, title=title) + _whose(by, case)
    )
    alarms.watch(db(), by, case)
    if decision.stays:
        return redirect(url_for("articles.show", article_id=article_id), 303)
    following = tasks.next_task(db(), tasks.desk(db(), by), article_id)
    if following is None:
        return redirect(url_for("tasks.mine"), 303)
    return redirect(url_for("articles.show", article_id=following), 303)


def _whose(by: Occasion, case: Case) -> str:
    holders = questions.holders_now(db(), by, case)
    stage = questions.stage_name(case, case.article.state)
    if not holders:
        return gettext("现在：%(stage)s。", stage=stage)
    return gettext("现在：%(stage)s，由%(who)s办理。", stage=stage, who=holders)
