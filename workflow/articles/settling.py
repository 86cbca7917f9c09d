"""Settling what was found: put right, kept with a reason, over-ruled.

A suggestion is applied one by one, as a revision like any other: a reviewer's
correction sends the text down to be confirmed.  What blocks is never kept by the one
who proofreads: the next level over-rules it in writing, or it is put right.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from sqlalchemy.orm import Session

from models.articles import Article
from models.findings import Answer, Finding, Grade
from models.notices import NoticeKind
from models.signatures import Outcome
from workflow.actions import Action
from workflow.articles import findings, permits, rules
from workflow.articles.cases import Case
from workflow.articles.changing import replace_text
from workflow.articles.checked_parts import BODY, TITLE
from workflow.articles.choosing import Begun
from workflow.articles.desks import Asking
from workflow.articles.doing import on_article
from workflow.articles.findings import NewFinding
from workflow.articles.moves import Decision, note, take
from workflow.articles.permits import holders_of_stage
from workflow.articles.stops import concerns, level_of, stage_above
from workflow.articles.text import Text, clean_body, clean_title
from workflow.audit.acts import Plain
from workflow.errors import InvalidInput, NotFound, NotPermitted, WrongState
from workflow.notices.acts import Message, tell
from workflow.occasion import Occasion
from workflow.people.rules import Capacity

At = tuple[int, int, int]
ESCAPED = findings.Fields("escaped-note", "escaped-quote")


def fix(session: Session, by: Occasion, at: At, choice: int = 0) -> Article:
    """Write one suggestion of one finding into the text, as another revision.

    Args:
        at: ids of the article, of the revision that was read, and of the finding.
        choice: which suggestion, from 0.

    Raises:
        NotFound: no such open finding, or no such suggestion.
        InvalidInput: it stands in an attachment, or its words are no longer there.
        NotPermitted: neither the drafter with the text in hand nor this rung's holder.
    """

    def doing(case: Case, capacity: Capacity, finding: Finding) -> None:
        rules.text_is_open(case)
        if not 0 <= choice < len(finding.suggestions):
            raise NotFound("这条问题没有可以直接采用的改法，请改稿。")
        put = finding.suggestions[choice]
        said = f"采纳预检建议（{finding.rule}）：“{finding.quote}”改为“{put}”。"
        what = Decision(Action.FIX, Outcome.APPROVED, capacity, opinion=said)
        text = _with(case.text, finding, put)
        start = Begun(case.article.definition_id, case.definition, text)
        replace_text(session, by, case, start, what)

    return _on_finding(session, by, Action.FIX, at, {"choice": choice}, doing)


def keep(session: Session, by: Occasion, at: At, reason: str) -> Article:
    """Keep the text as it is, with a reason: what is to be answered, or a hint.

    Raises:
        OpinionRequired: no reason.
        NotPermitted: it blocks, and only the next level may over-rule it.
    """

    def doing(case: Case, capacity: Capacity, finding: Finding) -> None:
        if finding.grade is Grade.BLOCK:
            raise NotPermitted(
                "这条问题必须处理，本级不能自行保留；请改正，或申请上一级书面裁定。",
                rule="block-is-not-kept",
                help_from=_above(session, by, case),
            )
        _answer(session, by, case, finding, (Answer.KEPT, reason))
        _note(session, by, (case, capacity), Action.KEEP, finding, reason)

    return _on_finding(session, by, Action.KEEP, at, {"reason": reason}, doing)


def plead(session: Session, by: Occasion, at: At, reason: str) -> Article:
    """Ask the next level to over-rule a finding that blocks, and tell its holders.

    Raises:
        OpinionRequired: no reason.
        WrongState: it does not block, and may be kept with a reason.
    """

    def doing(case: Case, capacity: Capacity, finding: Finding) -> None:
        if finding.grade is not Grade.BLOCK:
            raise WrongState("这条问题写明理由即可保留，不必申请。", rule="no-block")
        plea = rules.reason_given(reason)
        take(session, case)
        finding.plea, finding.pleaded_by_id = plea, by.person_id
        finding.pleaded_at = by.at
        _note(session, by, (case, capacity), Action.PLEAD, finding, reason)
        _tell_above(session, by, case, finding)

    return _on_finding(session, by, Action.PLEAD, at, {"reason": reason}, doing)


def overrule(session: Session, by: Occasion, at: At, reason: str) -> Article:
    """Over-rule what blocks, in writing: the next level's holder only.

    The machine's finding, or one that a reviewer noted on the way.

    Raises:
        OpinionRequired: no reason.
        NotPermitted: not the next level, or the one who asked for it or raised it.
    """

    def doing(case: Case, capacity: Capacity, finding: Finding) -> None:
        own = (finding.pleaded_by_id, finding.raised_by_id, case.article.drafter_id)
        if by.person_id in own:
            raise NotPermitted(
                "申请人、提出人和拟稿人不能裁定自己的事，请由上一级其他人员裁定。",
                rule="not-ones-own-plea",
                help_from=_above(session, by, case),
            )
        _answer(session, by, case, finding, (Answer.OVERRULED, reason))
        _note(session, by, (case, capacity), Action.OVERRULE, finding, reason)

    return _on_finding(session, by, Action.OVERRULE, at, {"reason": reason}, doing)


def report_escaped(
    session: Session, by: Occasion, article_id: int, revision_id: int, new: NewFinding
) -> Article:
    """Put on record a fault that the public could read: it passed every proofread.

    Raises:
        WrongState: the article was never published.
    """

    def doing(case: Case, capacity: Capacity) -> None:
        if case.article.published_at is None:
            raise WrongState("稿件没有发布，问题请在审校环节提出。", rule="not-out")
        row = findings.made(by, case, new, ESCAPED)
        row.escaped, row.level = True, 0
        session.add(row)
        session.flush()
        _note(session, by, (case, capacity), Action.ESCAPED, row, new.note)

    at, values = (article_id, revision_id), dict(new.as_values())
    return on_article(session, by, Action.ESCAPED, at, values, doing)


Settling = Callable[[Case, Capacity, Finding], None]


def _on_finding(
    session: Session,
    by: Occasion,
    action: Action,
    at: At,
    values: dict[str, object],
    doing: Settling,
) -> Article:
    article_id, revision_id, finding_id = at

    def whole(case: Case, capacity: Capacity) -> None:
        row = session.get(Finding, finding_id)
        if row is None or row.article_id != case.article.id:
            raise NotFound("没有这条问题。")
        _is_open(case, row, ruled=action is Action.OVERRULE)
        doing(case, capacity, row)

    named = {"finding": finding_id, **values}
    return on_article(session, by, action, (article_id, revision_id), named, whole)


def _is_open(case: Case, row: Finding, *, ruled: bool) -> None:
    """Whether it waits to be settled so: what people raised, only to be over-ruled."""
    noted = row.noted and row.grade is Grade.BLOCK
    if not row.rule and not (ruled and noted):
        raise NotFound("没有这条预检问题；审核人提的意见由拟稿人答复。")
    if not row.is_open:
        raise WrongState("这条问题已经处理过。", rule="finding-settled")
    if row.rule and not concerns(row, level_of(case)):
        raise WrongState("这条预检问题由后面的校次处理。", rule="later-proofread")


def _with(text: Text, finding: Finding, put: str) -> Text:
    part = {TITLE: text.title, BODY: text.body}.get(finding.part)
    if part is None:
        line = f"这条问题在{finding.place}，请改好附件后重新上传。"
        raise InvalidInput({"findings": [line]})
    start, end = finding.start or 0, finding.end or 0
    if part[start:end] != finding.quote:
        raise InvalidInput({"findings": ["这一处的原文已经变了，请刷新后再看。"]})
    changed = part[:start] + put + part[end:]
    if finding.part == TITLE:
        return replace(text, title=clean_title(changed))
    return replace(text, body=clean_body(changed))


def _answer(
    session: Session,
    by: Occasion,
    case: Case,
    finding: Finding,
    said: tuple[Answer, str],
) -> None:
    reply = rules.reason_given(said[1])
    take(session, case)
    finding.answer, finding.reply = said[0], reply
    finding.answered_by_id, finding.answered_at = by.person_id, by.at
    session.flush()


def _note(
    session: Session,
    by: Occasion,
    on: tuple[Case, Capacity],
    action: Action,
    finding: Finding,
    reason: str,
) -> None:
    case, capacity = on
    details: dict[str, Plain] = {
        "finding": finding.id,
        "rule": finding.rule,
        "quote": finding.quote,
        "reason": reason.strip(),
        "revision": case.revision.number,
    }
    what = Decision(action, Outcome.APPROVED, capacity)
    note(session, by, case, what, details)


def _tell_above(session: Session, by: Occasion, case: Case, finding: Finding) -> None:
    asking = Asking(session, by, case, Action.OVERRULE)
    people = [h.person_id for h in holders_of_stage(asking, stage_above(case))]
    message = Message(
        event=f"plea:{finding.id}:{by.at.isoformat()}",
        kind=NoticeKind.URGED,
        title=f"请裁定：《{case.text.title}》有一条必须处理的预检问题申请保留",
        body=f"“{finding.quote}”（{finding.rule}）{finding.note}申请理由：{finding.plea}",
        about=("article", str(case.article.id)),
    )
    tell(session, by, message, [one for one in people if one != by.person_id])


def _above(session: Session, by: Occasion, case: Case) -> str:
    return permits.names_above(Asking(session, by, case, Action.OVERRULE))
