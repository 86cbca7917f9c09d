"""Findings over the wire: listed, settled, noted, answered; the check run."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from sqlalchemy.orm import Session

from models.articles import Article
from models.findings import Answer
from web.api.articles import ONE, read_finding
from web.api.doors import Door, operation
from web.api.shapes import (
    Answering,
    Checked,
    FindingLine,
    Fixing,
    Noted,
    Reasoned,
)
from web.screens.tasks import AT_WORK
from web.transaction import db, occasion
from workflow.actions import Action
from workflow.articles import acts, cases, noting, prechecked, raised, settling
from workflow.articles.checked_parts import BODY
from workflow.articles.findings import NewFinding, Reply
from workflow.articles.prechecked import Shown
from workflow.articles.raised import Raised
from workflow.occasion import Occasion

THESE = f"{ONE}/findings"
THIS = f"{THESE}/<int:finding_id>"
COMPUTED = ("raised_by", "start", "end", "stops", "pleaded_by", "answer")
FROM_THE_ROW = [
    name
    for name in FindingLine.__struct_fields__
    if name not in (*COMPUTED, "answered_by", "may")
]


@operation(
    Door(
        "GET",
        THESE,
        "What the machine and people found in one article (审校意见).",
        AT_WORK,
        Checked,
    )
)
def findings(article_id: int) -> Checked:
    """Every finding with its span, its answer, and what this key may do with it."""
    return _checked(article_id)


@operation(
    Door(
        "POST",
        f"{ONE}/precheck",
        "Run the check on the present revision, unless it was run today (机器预检).",
        AT_WORK,
        Checked,
        once=False,
    )
)
def precheck(article_id: int) -> Checked:
    """What was settled stays settled."""
    prechecked.check_now(db(), occasion(), article_id)
    return _checked(article_id)


@operation(
    Door(
        "POST",
        f"{THIS}/fix",
        "Write one suggestion into the text (采纳建议).",
        AT_WORK,
        Checked,
        Fixing,
    )
)
def fix(sent: Fixing, article_id: int, finding_id: int) -> Checked:
    """As another revision, which the answer names."""
    at, by = (article_id, sent.revision, finding_id), occasion()
    settling.fix(db(), by, at, sent.choice)
    return _checked(article_id)


Settling = Callable[[Session, Occasion, settling.At, str], Article]


def _offer(what: str, summary: str, act: Settling) -> None:
    def settle(sent: Reasoned, article_id: int, finding_id: int) -> Checked:
        act(db(), occasion(), (article_id, sent.revision, finding_id), sent.reason)
        return _checked(article_id)

    settle.__name__, settle.__doc__ = f"{what}_finding", summary
    operation(Door("POST", f"{THIS}/{what}", summary, AT_WORK, Checked, Reasoned))(
        settle
    )


_offer("keep", "Keep the text as it is, with a reason (保留并说明).", settling.keep)
_offer("plead", "Ask the next level to over-rule it (申请裁定).", settling.plead)
_offer("overrule", "Over-rule what blocks, in writing (书面裁定).", settling.overrule)
_offer("withdraw", "Take back what one noted (撤回意见).", noting.withdraw_finding)


@operation(
    Door(
        "POST",
        THESE,
        "Note a finding of one's own without a return (提意见).",
        AT_WORK,
        Checked,
        Noted,
        (),
        201,
    )
)
def note_finding(sent: Noted, article_id: int) -> Checked:
    """Whoever has the text in hand; the drafter answers each."""
    by, new = occasion(), _in_a_part(read_finding(sent))
    noting.add_finding(db(), by, article_id, sent.revision, new)
    return _checked(article_id)


@operation(
    Door(
        "POST",
        f"{THIS}/answer",
        "Answer a finding of a person (答复).",
        AT_WORK,
        Checked,
        Answering,
    )
)
def answer_finding(sent: Answering, article_id: int, finding_id: int) -> Checked:
    """Put right, or kept with a reason."""
    replies = {finding_id: Reply(Answer(sent.answer), sent.reply)}
    acts.answer_findings(db(), occasion(), article_id, sent.revision, replies)
    return _checked(article_id)


@operation(
    Door(
        "POST",
        f"{ONE}/escaped",
        "Put on record a fault found after publication (发布后发现).",
        AT_WORK,
        Checked,
        Noted,
        (),
        201,
    )
)
def escaped(sent: Noted, article_id: int) -> Checked:
    """It counts in the ledger as having passed every proofread."""
    by, new = occasion(), read_finding(sent)
    settling.report_escaped(db(), by, article_id, sent.revision, new)
    return _checked(article_id)


def _in_a_part(new: NewFinding) -> NewFinding:
    """Where no part is named the body is meant, and not whatever comes first."""
    return replace(new, part=new.part or BODY)


def _checked(article_id: int) -> Checked:
    by = occasion()
    case = cases.load(db(), by.agency_id, article_id)
    check, noted = prechecked.prechecked(db(), by, case), raised.raised(db(), by, case)
    run, machine = check.run, [*check.now, *check.later, *check.settled]
    return Checked(
        article=article_id,
        revision=case.revision.id,
        revision_number=case.revision.number,
        state=case.article.state,
        checked_at=run.at if run else None,
        current=run is not None and not prechecked.wants_reading(db(), by, article_id),
        chars=run.chars if run else 0,
        silent=list(run.silent) if run else [],
        unread=list(run.unread) if run else [],
        stopping=sum(one.stops for one in machine) + sum(one.stops for one in noted),
        overruled_by=check.above,
        may_note=Action.ADD_FINDING in raised.allowed(db(), by, case),
        findings=[*map(_of_machine, machine), *map(_of_people, noted)],
    )


def _of_machine(one: Shown) -> FindingLine:
    offered = (
        ("fix", one.fixes),
        ("keep", one.keeps),
        ("plead", one.pleads),
        ("overrule", one.overrules),
    )
    ends = (one.finding.start, one.finding.end)
    return _line(one, ends, one.by, [what for what, may in offered if may])


def _of_people(one: Raised) -> FindingLine:
    offered = (
        ("answer", one.answers),
        ("withdraw", one.withdraws),
        ("overrule", one.overrules),
    )
    ends, may = (one.start, one.end), [what for what, may in offered if may]
    return _line(one, ends, one.answered_by, may)


def _line(
    one: Shown | Raised, ends: tuple[int | None, int | None], by: str, may: list[str]
) -> FindingLine:
    row = one.finding
    said = {name: getattr(row, name) for name in FROM_THE_ROW}
    return FindingLine(
        **said,
        raised_by=one.by if isinstance(one, Raised) else "",
        start=ends[0],
        end=ends[1],
        stops=one.stops,
        pleaded_by=one.pleaded_by if isinstance(one, Shown) else "",
        answer=row.answer.value if row.answer else None,
        answered_by=by,
        may=may,
    )
