"""What was said by telephone about a text, and whether it was signed since.

Only questions here; ``telephone.py`` has the act.  An instruction is an open defect
(缺补签) until the leader who gave it signs that very text with her own name; nothing
else closes it: neither publication by other means, nor withdrawal, nor a stand-in.
(three-reviews.md section 9, urgent path.)
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import ColumnElement, and_, func, select
from sqlalchemy.orm import Session

from models.articles import Article, Revision
from models.signatures import Outcome, Signature
from models.telephone import TelephoneInstruction
from workflow.articles.cases import Case
from workflow.articles.questions import StoryLine, stage_name
from workflow.calendar import TOWN_TIME

OPEN_WORDS = "登记电话指示（缺补签）"
SUPPLIED_WORDS = "登记电话指示（已补签）"


@dataclass(frozen=True, slots=True)
class Instruction:
    """One instruction, the number of the draft, and the signature that supplied it."""

    row: TelephoneInstruction
    number: int
    signed: Signature | None

    @property
    def open(self) -> bool:
        """Whether the signature is still missing."""
        return self.signed is None


@dataclass(frozen=True, slots=True)
class Defect:
    """An instruction whose signature is missing, with its article."""

    row: TelephoneInstruction
    number: int
    article: Article


def instructions(session: Session, case: Case) -> list[Instruction]:
    """Every instruction about an article, oldest first."""
    query = (
        select(TelephoneInstruction, Revision.number)
        .join(Revision, Revision.id == TelephoneInstruction.revision_id)
        .where(TelephoneInstruction.article_id == case.article.id)
        .order_by(TelephoneInstruction.id)
    )
    return [
        Instruction(row, number, supplied(row, case.signatures))
        for row, number in session.execute(query)
    ]


def lines(session: Session, case: Case) -> list[StoryLine]:
    """The same for the story of an article: when it was written down, by whom."""
    return [_line(case, one) for one in instructions(session, case)]


def _line(case: Case, one: Instruction) -> StoryLine:
    row, said_at = one.row, one.row.said_at.astimezone(TOWN_TIME)
    when = f"{said_at.month}月{said_at.day}日 {said_at:%H:%M}"
    return StoryLine(
        at=row.recorded_at,
        name=row.recorded_by_name,
        post="",
        on_behalf_of="",
        act=OPEN_WORDS if one.open else SUPPLIED_WORDS,
        stage=stage_name(case, row.stage),
        opinion=f"{row.leader_name}（{row.post_title}）{when}电话：{row.words}",
        revision=one.number,
        waited_from=None,
    )


def supplied(
    row: TelephoneInstruction, signatures: Sequence[Signature]
) -> Signature | None:
    """The first later signature of the leader herself on the very same text."""
    found = (
        one
        for one in signatures
        if one.outcome is Outcome.APPROVED
        and one.person_id == row.leader_id
        and one.digest == row.digest
        and one.seq > row.after_seq
    )
    return next(found, None)


def open_defects(session: Session, agency_id: int, limit: int) -> list[Defect]:
    """The instructions of an agency that were never signed, oldest first."""
    query = (
        select(TelephoneInstruction, Revision.number, Article)
        .join(Revision, Revision.id == TelephoneInstruction.revision_id)
        .join(Article, Article.id == TelephoneInstruction.article_id)
        .where(TelephoneInstruction.agency_id == agency_id, ~_is_supplied())
        .order_by(TelephoneInstruction.id)
        .limit(limit)
    )
    return [Defect(*row) for row in session.execute(query)]


def count_open(session: Session, agency_id: int) -> int:
    """How many instructions of an agency were never signed."""
    query = select(func.count(TelephoneInstruction.id)).where(
        TelephoneInstruction.agency_id == agency_id, ~_is_supplied()
    )
    return session.execute(query).scalar_one()


def has_open_defect() -> ColumnElement[bool]:
    """Whether an article has one, as a condition on the table of articles."""
    mine = and_(TelephoneInstruction.article_id == Article.id, ~_is_supplied())
    return select(TelephoneInstruction.id).where(mine).exists()


def _is_supplied() -> ColumnElement[bool]:
    signed = select(Signature.id).where(
        Signature.article_id == TelephoneInstruction.article_id,
        Signature.outcome == Outcome.APPROVED,
        Signature.person_id == TelephoneInstruction.leader_id,
        Signature.digest == TelephoneInstruction.digest,
        Signature.seq > TelephoneInstruction.after_seq,
    )
    return signed.correlate(TelephoneInstruction).exists()
