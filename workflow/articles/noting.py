"""Findings noted on the way: added by who has the text in hand, taken back by her.

The text stays where it is.  What is graded as to be put right stops every signature,
the reviewer's own too, until it is answered, taken back or over-ruled; the rest goes
along, is seen by the next level, and is answered by the drafter.
"""

from __future__ import annotations

from sqlalchemy.orm import Session

from models.articles import Article
from models.findings import Finding, Grade
from models.notices import NoticeKind
from models.signatures import Outcome
from workflow.actions import Action
from workflow.articles import filed_texts, findings, permits, rules
from workflow.articles.cases import Case
from workflow.articles.checked_parts import FILE, ReadFile
from workflow.articles.desks import Asking
from workflow.articles.doing import on_article
from workflow.articles.findings import Fields, NewFinding
from workflow.articles.moves import Decision, note, take
from workflow.audit.acts import Plain
from workflow.errors import NotFound, NotPermitted, WrongState
from workflow.notices.acts import Message, tell
from workflow.occasion import Occasion
from workflow.people import rules as people
from workflow.people.questions import name_of
from workflow.people.rules import Capacity

At = tuple[int, int, int]
BESIDE = Fields("noted-note", "noted-quote")


def add_finding(
    session: Session, by: Occasion, article_id: int, revision_id: int, new: NewFinding
) -> Article:
    """Note something to be put right, tied to its span, without sending it back.

    Raises:
        NotPermitted: she has not the text in hand, or it is her own text.
        WrongState: it is published or ended.
        InvalidInput: no note, or the words do not stand there.
    """

    def doing(case: Case, capacity: Capacity) -> None:
        rules.text_is_open(case)
        _not_the_drafters_own(session, by, case)
        row = findings.made(by, case, new, BESIDE, _files(session, by, case, new))
        row.noted = True
        take(session, case)
        session.add(row)
        session.flush()
        _note(session, by, (case, capacity), Action.ADD_FINDING, row)
        _tell_drafter(session, by, case, row)

    at, values = (article_id, revision_id), dict(new.as_values())
    return on_article(session, by, Action.ADD_FINDING, at, values, doing)


def withdraw_finding(session: Session, by: Occasion, at: At, reason: str) -> Article:
    """Take back what one noted oneself, with a reason, while nobody has answered it.

    Args:
        at: ids of the article, of the revision that was read, and of the finding.

    Raises:
        OpinionRequired: no reason.
        NotPermitted: somebody else noted it.
        WrongState: it is settled, or came with a return.
    """
    article_id, revision_id, finding_id = at

    def doing(case: Case, capacity: Capacity) -> None:
        row = _open(session, case, finding_id)
        _is_hers(session, by, case, row)
        because = rules.reason_given(reason)
        take(session, case)
        row.withdrawn_at, row.withdrawn_because = by.at, because
        _note(session, by, (case, capacity), Action.WITHDRAW_FINDING, row, because)

    named: dict[str, object] = {"finding": finding_id, "reason": reason}
    where = (article_id, revision_id)
    return on_article(session, by, Action.WITHDRAW_FINDING, where, named, doing)


def _files(
    session: Session, by: Occasion, case: Case, new: NewFinding
) -> list[ReadFile]:
    in_a_file = new.part.startswith(FILE)
    return filed_texts.of(session, by, case.text.files) if in_a_file else []


def _not_the_drafters_own(session: Session, by: Occasion, case: Case) -> None:
    if by.person_id != case.article.drafter_id:
        return
    stage = permits.current_stage(case)
    asking = Asking(session, by, case, Action.ADD_FINDING)
    found = permits.holders_of_stage(asking, stage) if stage else []
    others = [one for one in found if one.person_id != by.person_id]
    raise NotPermitted(
        "自己起草的稿件请直接改稿，不用给自己提意见。",
        rule="drafter-corrects",
        help_from=people.names(others) if others else "",
    )


def _open(session: Session, case: Case, finding_id: int) -> Finding:
    row = session.get(Finding, finding_id)
    if row is None or row.article_id != case.article.id or row.raised_by_id is None:
        raise NotFound("没有这条意见。")
    if not row.is_open:
        raise WrongState("这条意见已经答复或撤回。", rule="finding-settled")
    if not row.noted:
        raise WrongState(
            "退回时提的意见由拟稿人答复，不能撤回。",
            rule="returned-is-answered",
            help_from=f"拟稿人 {case.drafter.name}",
        )
    return row


def _is_hers(session: Session, by: Occasion, case: Case, row: Finding) -> None:
    if row.raised_by_id == by.person_id:
        return
    who = f"{name_of(session, row.raised_by_id)}（撤回）"
    helpers = [who, f"拟稿人 {case.drafter.name}（答复）"]
    if row.grade is Grade.BLOCK:
        asking = Asking(session, by, case, Action.OVERRULE)
        helpers.append(f"{permits.names_above(asking)}（裁定）")
    raise NotPermitted(
        "意见由提出的人自己撤回。",
        rule="not-your-finding",
        help_from="、".join(helpers),
    )


def _note(
    session: Session,
    by: Occasion,
    on: tuple[Case, Capacity],
    action: Action,
    row: Finding,
    reason: str = "",
) -> None:
    case, capacity = on
    details: dict[str, Plain] = {
        "finding": row.id,
        "kind": row.kind.value,
        "grade": row.grade.value,
        "part": row.part,
        "start": row.start,
        "quote": row.quote,
        "note": row.note,
        "revision": case.revision.number,
    }
    if reason:
        details["reason"] = reason
    note(session, by, case, Decision(action, Outcome.APPROVED, capacity), details)


def _tell_drafter(session: Session, by: Occasion, case: Case, row: Finding) -> None:
    """Once for each draft: the rest she sees beside the text."""
    message = Message(
        event=f"noted:{case.article.id}:{case.revision.number}",
        kind=NoticeKind.URGED,
        title=f"请答复：《{case.text.title}》有审校意见",
        body=f"“{row.quote}”：{row.note}" if row.quote else row.note,
        about=("article", str(case.article.id)),
    )
    tell(session, by, message, [case.article.drafter_id])
