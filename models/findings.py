"""Findings (审校意见): what a reviewer raised about a text, and the answer."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from models.base import Base, by_value


class FindingKind(StrEnum):
    """What is wrong, in the words of the review rules."""

    TYPO = "typo"
    OMISSION = "omission"
    NAME = "name"
    WORDING = "wording"
    PUNCTUATION = "punctuation"
    FACT = "fact"
    LAYOUT = "layout"
    SENSITIVE = "sensitive"
    SECRECY = "secrecy"
    PRIVACY = "privacy"
    OTHER = "other"


class Answer(StrEnum):
    """What the drafter did about it."""

    FIXED = "fixed"
    KEPT = "kept"


class Finding(Base):
    """One thing to be put right, tied to a span of a revision or to the whole."""

    __tablename__ = "findings"
    __table_args__ = (
        CheckConstraint(
            "(answer IS NULL) = (answered_at IS NULL)"
            " AND (answer IS NULL) = (answered_by_id IS NULL)",
            name="answer_names_who_and_when",
        ),
        CheckConstraint(
            "answer <> 'kept' OR length(reply) > 0", name="kept_has_reason"
        ),
        Index("ix_findings_article_id_answer", "article_id", "answer"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    agency_id: Mapped[int] = mapped_column(ForeignKey("agencies.id"))
    article_id: Mapped[int] = mapped_column(ForeignKey("articles.id"))
    revision_id: Mapped[int] = mapped_column(ForeignKey("revisions.id"))
    stage: Mapped[str] = mapped_column(String(60))
    kind: Mapped[FindingKind] = mapped_column(by_value(FindingKind))
    quote: Mapped[str] = mapped_column(String(500), default="")
    start: Mapped[int | None]
    end: Mapped[int | None]
    note: Mapped[str] = mapped_column(Text)
    raised_by_id: Mapped[int] = mapped_column(ForeignKey("people.id"))
    raised_at: Mapped[datetime]
    answer: Mapped[Answer | None] = mapped_column(by_value(Answer))
    reply: Mapped[str] = mapped_column(Text, default="")
    answered_by_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"))
    answered_at: Mapped[datetime | None]
