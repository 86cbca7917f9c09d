"""An article over the wire: each act of the screens, with the same refusals."""

from __future__ import annotations

from collections.abc import Callable

from flask import g
from sqlalchemy.orm import Session

from models.articles import Article
from models.findings import FindingKind, Grade
from models.people import Role
from models.signatures import Signature
from web.api.doors import Door, operation
from web.api.shapes import (
    Approval,
    CheckLine,
    Doubt,
    Draft,
    Finding,
    Letting,
    Objection,
    Reasoned,
    Return,
    Revised,
    SignatureLine,
    Whole,
)
from web.screens.tasks import AT_WORK
from web.transaction import db, occasion
from workflow.articles import (
    acts,
    alarms,
    cases,
    doubts,
    drafts,
    questions,
    reviewing,
)
from workflow.articles.acts import Approval as Approving
from workflow.articles.acts import Return as Returning
from workflow.articles.cases import Case
from workflow.articles.findings import NewFinding
from workflow.articles.text import plain
from workflow.errors import InvalidInput
from workflow.occasion import Occasion

DRAFTERS = (Role.DRAFTER,)
ONE = "/articles/<int:article_id>"


@operation(Door("GET", ONE, "One article, as it stands now.", AT_WORK, Whole))
def article(article_id: int) -> Whole:
    """The text, its signatures, and what this person may do."""
    return _whole(cases.load(db(), g.me.agency_id, article_id))


@operation(
    Door(
        "POST", "/articles", "Begin an article (拟稿).", DRAFTERS, Whole, Draft, (), 201
    )
)
def draft(sent: Draft) -> Whole:
    """She is its drafter from here on."""
    return _done(acts.draft(db(), occasion(), _draft(sent)))


@operation(Door("PUT", ONE, "Save another revision.", AT_WORK, Whole, Revised))
def revise(sent: Revised, article_id: int) -> Whole:
    """Voids exactly the signatures that depend on the change; files stay."""
    case = cases.load(db(), g.me.agency_id, article_id)
    written = _draft(sent, [file.digest for file in case.text.files])
    return _done(acts.revise(db(), occasion(), article_id, sent.revision, written))


@operation(
    Door("POST", f"{ONE}/submit", "Hand it in (提交).", AT_WORK, Whole, Approval)
)
def submit(sent: Approval, article_id: int) -> Whole:
    """The drafter's own check with it."""
    by, approval = occasion(), _approval(sent)
    return _done(acts.submit(db(), by, article_id, sent.revision, approval))


@operation(
    Door(
        "POST", f"{ONE}/sign", "Approve at this rung (同意).", AT_WORK, Whole, Approval
    )
)
def sign(sent: Approval, article_id: int) -> Whole:
    """This very revision."""
    by, approval = occasion(), _approval(sent)
    return _done(acts.sign(db(), by, article_id, sent.revision, approval))


@operation(
    Door("POST", f"{ONE}/send-back", "Return it (退回修改).", AT_WORK, Whole, Return)
)
def send_back(sent: Return, article_id: int) -> Whole:
    """To whom, why, and what is to be put right."""
    back = Returning(sent.to, sent.reason, [read_finding(one) for one in sent.findings])
    return _done(acts.send_back(db(), occasion(), article_id, sent.revision, back))


@operation(
    Door("POST", f"{ONE}/publish", "Let it out (发布).", AT_WORK, Whole, Letting)
)
def publish(sent: Letting, article_id: int) -> Whole:
    """Recomputed from the signatures on the present digest; there is no other way."""
    by, channels = occasion(), sent.channels
    return _done(acts.publish(db(), by, article_id, sent.revision, channels))


@operation(
    Door(
        "POST",
        f"{ONE}/object",
        "Object in a special review (提出异议).",
        AT_WORK,
        Whole,
        Objection,
    )
)
def object_(sent: Objection, article_id: int) -> Whole:
    """Back to where the regulation says; what else was asked ends with it."""
    said = Approving({}, sent.reason, sent.act, sent.particulars)
    return _done(doubts.object_to(db(), occasion(), article_id, sent.revision, said))


@operation(
    Door(
        "POST",
        f"{ONE}/doubt",
        "Call subjects in question (存疑).",
        AT_WORK,
        Whole,
        Doubt,
    )
)
def doubt(sent: Doubt, article_id: int) -> Whole:
    """Their special reviews open, all at once."""
    at, by = (article_id, sent.revision), occasion()
    return _done(doubts.raise_doubt(db(), by, *at, sent.subjects, sent.reason))


Reasoning = Callable[[Session, Occasion, int, int, str], Article]


def _offer(what: str, summary: str, act: Reasoning) -> None:
    def decide(sent: Reasoned, article_id: int) -> Whole:
        return _done(act(db(), occasion(), article_id, sent.revision, sent.reason))

    decide.__name__, decide.__doc__ = what.replace("-", "_"), summary
    operation(Door("POST", f"{ONE}/{what}", summary, AT_WORK, Whole, Reasoned))(decide)


_offer("hold", "Put it aside at this rung (暂存待用).", acts.hold)
_offer("resume", "Take it up again (恢复办理).", acts.resume)
_offer("raise", "Say that it is a major matter (提为重大事项).", acts.raise_importance)
_offer("lower", "Make it ordinary again (取消重大事项).", acts.lower_importance)
_offer("recall", "Take it back to the drafter (收回).", acts.recall)
_offer("reject", "Refuse it for good (不予采用).", acts.reject)
_offer("withdraw", "Take it down everywhere (撤稿).", acts.withdraw)


def _draft(sent: Draft, kept: list[str] | None = None) -> drafts.Draft:
    return drafts.Draft(
        sent.title,
        sent.body,
        sent.section,
        sent.channels,
        {
            name: frozenset(value) if isinstance(value, list) else value
            for name, value in sent.attributes.items()
        },
        kept or (),
        minor=sent.minor,
    )


def _approval(sent: Approval) -> Approving:
    return Approving(sent.checklist, sent.opinion, sent.act, sent.particulars)


def read_finding(sent: Finding) -> NewFinding:
    """Something to be put right, as it was sent.

    Raises:
        InvalidInput: no such kind.
    """
    if sent.kind not in set(FindingKind):
        known = "、".join(kind.value for kind in FindingKind)
        raise InvalidInput({"kind": [f"没有“{sent.kind}”这一类问题，可用：{known}。"]})
    kind, grade = FindingKind(sent.kind), Grade(sent.grade)
    return NewFinding(kind, sent.note, sent.quote, grade, sent.part, sent.which)


def _done(changed: Article) -> Whole:
    case = cases.of(db(), changed)
    alarms.watch(db(), occasion(), case)
    return _whole(case)


def _whole(case: Case) -> Whole:
    by, text, state = occasion(), case.text, case.article.state
    standing = {signature.seq for signature in case.standing}
    may = questions.acts_open_to(db(), by, case)
    return Whole(
        id=case.article.id,
        number=f"{case.article.year}-{case.article.serial:04d}",
        title=text.title,
        body=text.body,
        section=text.section,
        channels=list(text.channels),
        attributes={name: plain(value) for name, value in text.attributes.items()},
        revision=case.revision.id,
        revision_number=case.revision.number,
        digest=case.revision.digest,
        state=state,
        stage=questions.stage_name(case, state),
        held=case.article.held,
        holders=questions.holders_now(db(), by, case),
        checklist=[CheckLine(i.id, i.text) for i in reviewing.checklist(case)],
        signatures=[_line(one, standing) for one in case.signatures],
        may=[action.value.partition(".")[2] for action, a in may.items() if a.allowed],
    )


def _line(one: Signature, standing: set[int]) -> SignatureLine:
    return SignatureLine(
        one.stage,
        one.outcome.value,
        one.person_name,
        one.on_behalf_of_name,
        one.post_title,
        one.opinion,
        one.signed_at,
        one.revision_id,
        one.seq in standing,
    )
