"""What a reviewer raised about a text, and what the drafter answered, one by one."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy import bindparam, select
from sqlalchemy.orm import Session

from models.articles import Revision
from models.findings import Answer, Finding, FindingKind, Grade
from workflow.articles.cases import Case
from workflow.articles.checked_parts import ReadFile
from workflow.articles.spans import Span, Words, span_of
from workflow.articles.stops import level_of
from workflow.articles.text import READ_PARTS
from workflow.errors import InvalidInput, NotFound, NotPermitted
from workflow.occasion import Occasion

NOTE_MAX = 1000
QUOTE_MAX = 500
_OPEN = (
    select(Finding)
    .where(
        Finding.article_id == bindparam("article"),
        Finding.still_open(),
        Finding.rule == "",
        Finding.escaped.is_(False),
    )
    .order_by(Finding.id)
)


@dataclass(frozen=True, slots=True)
class NewFinding:
    """Something to be put right.

    Args:
        quote: the words it is about, as they stand there; empty: the whole.
        note: what is wrong, in the reviewer's words.
        grade: how much it matters; each is answered all the same.
        part, which: see ``spans.Words``.
    """

    kind: FindingKind
    note: str
    quote: str = ""
    grade: Grade = Grade.WARN
    part: str = ""
    which: int = 0

    def as_values(self) -> dict[str, str | int]:
        """For the operation id."""
        return {
            "kind": self.kind,
            "note": self.note,
            "quote": self.quote,
            "grade": self.grade,
            "part": self.part,
            "which": self.which,
        }


@dataclass(frozen=True, slots=True)
class Reply:
    """The answer to one finding; keeping a text as it is needs a reason."""

    answer: Answer
    text: str = ""

    def as_values(self) -> dict[str, str]:
        """For the operation id."""
        return {"answer": self.answer, "text": self.text}


def raise_all(
    session: Session, by: Occasion, case: Case, raised: Sequence[NewFinding]
) -> None:
    """Keep the findings of a return, each tied to its span of this revision.

    Raises:
        InvalidInput: no note, or a quote that does not stand in the text.
    """
    for number, new in enumerate(raised, 1):
        name = f"finding-{number}"
        session.add(made(by, case, new, Fields(name, name)))


def open_of(session: Session, article_id: int) -> list[Finding]:
    """What people raised and nobody has answered yet, oldest first."""
    return list(session.scalars(_OPEN, {"article": article_id}))


def all_of(session: Session, article_id: int) -> list[Finding]:
    """Everything people ever raised about the article, oldest first."""
    query = select(Finding).where(Finding.article_id == article_id, Finding.rule == "")
    return list(session.scalars(query.order_by(Finding.id)))


def noted_by(session: Session, by: Occasion, case: Case) -> list[Finding]:
    """What this person noted on the way and nobody has answered."""
    waiting = open_of(session, case.article.id)
    return [one for one in waiting if one.noted and one.raised_by_id == by.person_id]


def answerable(session: Session, by: Occasion, case: Case) -> list[Finding]:
    """Of what is open, what this person may answer if the text lets her."""
    waiting = open_of(session, case.article.id)
    return [one for one in waiting if _why_not(by, case, one) is None]


def answer_all(
    session: Session, by: Occasion, case: Case, replies: Mapping[int, Reply]
) -> None:
    """Answer several findings; none is answered if one answer cannot be taken.

    Raises:
        NotFound: not an open finding of this article.
        NotPermitted: one's own, or one that blocks and is the drafter's to answer.
        InvalidInput: kept without a reason, or put right where nothing was changed.
    """
    waiting = {finding.id: finding for finding in open_of(session, case.article.id)}
    for finding_id, reply in replies.items():
        if finding_id not in waiting:
            raise NotFound("没有这条意见，或已经答复过。")
        finding = waiting[finding_id]
        refusal = _why_not(by, case, finding)
        if refusal is not None:
            raise refusal
        if reply.answer is Answer.FIXED and finding.noted:
            _something_was_changed(session, case, finding)
        _answer(finding, by, reply)


def _why_not(by: Occasion, case: Case, finding: Finding) -> NotPermitted | None:
    """Why it is not this person who answers; returned ones whoever has the text."""
    drafter = f"拟稿人 {case.drafter.name}"
    if not finding.noted or by.person_id == case.article.drafter_id:
        return None
    if by.person_id == finding.raised_by_id:
        return NotPermitted(
            "自己提的意见不能自己答复：由拟稿人答复，或写明理由撤回。",
            rule="not-ones-own-finding",
            help_from=drafter,
        )
    if finding.grade is Grade.BLOCK:
        return NotPermitted(
            "“必须改”的意见由拟稿人答复，或由上一级书面裁定。",
            rule="drafter-answers",
            help_from=drafter,
        )
    return None


def _something_was_changed(session: Session, case: Case, finding: Finding) -> None:
    """Whether what a proofread looks at is other than when it was noted."""
    then = session.get_one(Revision, finding.revision_id).parts
    now = case.revision.parts
    if any(then.get(part) != now.get(part) for part in READ_PARTS):
        return
    line = "提出以后稿件还没有改动，不能答“已改正”；请先改稿，或写明不采纳的理由。"
    field = f"reply-{finding.id}"
    raise InvalidInput({field: [line]}, rule="nothing-was-changed")


def _answer(finding: Finding, by: Occasion, reply: Reply) -> None:
    text, field = reply.text.strip(), f"reply-{finding.id}"
    if reply.answer not in (Answer.FIXED, Answer.KEPT):
        raise InvalidInput({field: ["只能答复“已改正”或“不采纳”。"]})
    if reply.answer is Answer.KEPT and not text:
        raise InvalidInput({field: ["不采纳意见须写明理由。"]})
    finding.answer = reply.answer
    finding.reply = text[:NOTE_MAX]
    finding.answered_by_id = by.person_id
    finding.answered_at = by.at


@dataclass(frozen=True, slots=True)
class Fields:
    """The fields of a form beside which faults in a new finding are told."""

    note: str
    quote: str


def made(
    by: Occasion,
    case: Case,
    new: NewFinding,
    beside: Fields,
    files: Sequence[ReadFile] = (),
) -> Finding:
    """The row of a person's finding, tied to its span of this revision.

    Args:
        files: what was read in the attachments, where one of them is meant.

    Raises:
        InvalidInput: no note, or a quote that does not stand in the text.
    """
    note, quote = new.note.strip(), new.quote.strip()
    if not note:
        raise InvalidInput({beside.note: ["请写明这条意见的内容。"]})
    if len(note) > NOTE_MAX or len(quote) > QUOTE_MAX:
        line = f"意见最多{NOTE_MAX}字，摘引最多{QUOTE_MAX}字。"
        raise InvalidInput({beside.note: [line]})
    words = Words(quote, new.part, new.which)
    span = span_of(words, case.text, files, beside.quote)
    return Finding(
        **_where(case, span, quote),
        agency_id=by.agency_id,
        kind=new.kind,
        grade=new.grade,
        note=note,
        raised_by_id=by.person_id,
        raised_at=by.at,
    )


def _where(case: Case, span: Span, quote: str) -> dict[str, object]:
    return {
        "article_id": case.article.id,
        "revision_id": case.revision.id,
        "stage": case.article.state,
        "level": level_of(case),
        "quote": quote,
        "part": span.part,
        "place": span.place,
        "key": span.key,
        "start": span.start,
        "end": None if span.start is None else span.start + len(quote),
    }
