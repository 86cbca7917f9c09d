"""What a reviewer raised about a text, and what the drafter answered, one by one."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy import bindparam, select
from sqlalchemy.orm import Session

from models.findings import Answer, Finding, FindingKind, Grade
from workflow.articles.cases import Case
from workflow.articles.stops import level_of
from workflow.errors import InvalidInput, NotFound
from workflow.occasion import Occasion

NOTE_MAX = 1000
QUOTE_MAX = 500
_OPEN = (
    select(Finding)
    .where(
        Finding.article_id == bindparam("article"),
        Finding.answer.is_(None),
        Finding.rule == "",
        Finding.escaped.is_(False),
    )
    .order_by(Finding.id)
)


@dataclass(frozen=True, slots=True)
class NewFinding:
    """Something to be put right.

    Args:
        quote: the words it is about, as they stand in the body; empty: the whole.
        note: what is wrong, in the reviewer's words.
        grade: how much it matters; each is answered all the same.
    """

    kind: FindingKind
    note: str
    quote: str = ""
    grade: Grade = Grade.WARN

    def as_values(self) -> dict[str, str]:
        """For the operation id."""
        return {
            "kind": self.kind,
            "note": self.note,
            "quote": self.quote,
            "grade": self.grade,
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
        session.add(made(by, case, new, number))


def open_of(session: Session, article_id: int) -> list[Finding]:
    """What people raised and nobody has answered yet, oldest first."""
    return list(session.scalars(_OPEN, {"article": article_id}))


def all_of(session: Session, article_id: int) -> list[Finding]:
    """Everything people ever raised about the article, oldest first."""
    query = select(Finding).where(Finding.article_id == article_id, Finding.rule == "")
    return list(session.scalars(query.order_by(Finding.id)))


def answer_all(
    session: Session, by: Occasion, case: Case, replies: Mapping[int, Reply]
) -> None:
    """Answer several findings; none is answered if one answer cannot be taken.

    Raises:
        NotFound: not an open finding of this article.
        InvalidInput: kept without a reason.
    """
    waiting = {finding.id: finding for finding in open_of(session, case.article.id)}
    for finding_id, reply in replies.items():
        if finding_id not in waiting:
            raise NotFound("没有这条意见，或已经答复过。")
        _answer(waiting[finding_id], by, reply)


def _answer(finding: Finding, by: Occasion, reply: Reply) -> None:
    text = reply.text.strip()
    if reply.answer is Answer.KEPT and not text:
        line = "不采纳意见须写明理由。"
        raise InvalidInput({f"reply-{finding.id}": [line]})
    finding.answer = reply.answer
    finding.reply = text[:NOTE_MAX]
    finding.answered_by_id = by.person_id
    finding.answered_at = by.at


def made(by: Occasion, case: Case, new: NewFinding, number: int) -> Finding:
    """The row of a person's finding, tied to its span of this revision.

    Args:
        number: of the line it was typed on, for the faults beside it.

    Raises:
        InvalidInput: no note, or a quote that does not stand in the text.
    """
    note, quote = new.note.strip(), new.quote.strip()
    if not note:
        raise InvalidInput({f"finding-{number}": ["请写明这条意见的内容。"]})
    if len(note) > NOTE_MAX or len(quote) > QUOTE_MAX:
        line = f"意见最多{NOTE_MAX}字，摘引最多{QUOTE_MAX}字。"
        raise InvalidInput({f"finding-{number}": [line]})
    start = _place(case, quote, number)
    return Finding(
        agency_id=by.agency_id,
        article_id=case.article.id,
        revision_id=case.revision.id,
        stage=case.article.state,
        kind=new.kind,
        grade=new.grade,
        level=level_of(case),
        quote=quote,
        start=start,
        end=None if start is None else start + len(quote),
        note=note,
        raised_by_id=by.person_id,
        raised_at=by.at,
    )


def _place(case: Case, quote: str, number: int) -> int | None:
    if not quote or quote in case.text.title:
        return None
    start = case.text.body.find(quote)
    if start < 0:
        line = f"摘引“{quote[:20]}”不在现在的正文里，请照原文摘引。"
        raise InvalidInput({f"finding-{number}": [line]})
    return start
