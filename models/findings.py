"""Findings (审校意见): what the machine or a person raised, and how it was settled."""

from __future__ import annotations

from datetime import date, datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import (
    CheckConstraint,
    ColumnElement,
    ForeignKey,
    Index,
    String,
    Text,
    UniqueConstraint,
    and_,
)
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


class Grade(StrEnum):
    """How hard a finding stops the flow."""

    BLOCK = "block"
    WARN = "warn"
    HINT = "hint"


class Answer(StrEnum):
    """What became of it.

    Put right; kept as it is with a reason; over-ruled in writing by the next level; or
    no longer raised, since a table changed and not the text.
    """

    FIXED = "fixed"
    KEPT = "kept"
    OVERRULED = "overruled"
    LAPSED = "lapsed"


class Finding(Base):
    """One thing to be put right, tied to a span of a revision or to the whole.

    A person raised it (``raised_by_id``), or a rule of the machine did (``rule``).
    ``key`` knows a machine's finding again after an edit elsewhere.  ``level`` is the
    proofread (1, 2, 3) that caught it, 0 where that is not known; ``escaped`` ones were
    found when the public could read them.  ``part`` is ``title``, ``body`` or
    ``file:`` and the digest of an attachment; ``place`` says where in words.
    ``noted``: raised by who had the text in hand, without a return; who raised it may
    take it back with a reason (``withdrawn_at``), which is no answer and counts for
    nobody.
    """

    __tablename__ = "findings"
    __table_args__ = (
        CheckConstraint(
            "(answer IS NULL) = (answered_at IS NULL)"
            " AND (answer IS NULL) = (answered_by_id IS NULL)",
            name="answer_names_who_and_when",
        ),
        CheckConstraint(
            "answer NOT IN ('kept', 'overruled') OR length(reply) > 0",
            name="kept_has_reason",
        ),
        CheckConstraint(
            "(rule = '') = (raised_by_id IS NOT NULL)", name="person_or_rule"
        ),
        Index("ix_findings_article_id_answer", "article_id", "answer"),
        Index("ix_findings_agency_id_raised_at", "agency_id", "raised_at"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    agency_id: Mapped[int] = mapped_column(ForeignKey("agencies.id"))
    article_id: Mapped[int] = mapped_column(ForeignKey("articles.id"))
    revision_id: Mapped[int] = mapped_column(ForeignKey("revisions.id"))
    stage: Mapped[str] = mapped_column(String(60))
    kind: Mapped[FindingKind] = mapped_column(by_value(FindingKind))
    grade: Mapped[Grade] = mapped_column(by_value(Grade), default=Grade.WARN)
    quote: Mapped[str] = mapped_column(String(500), default="")
    start: Mapped[int | None]
    end: Mapped[int | None]
    part: Mapped[str] = mapped_column(String(80), default="body")
    place: Mapped[str] = mapped_column(String(200), default="")
    note: Mapped[str] = mapped_column(Text)
    rule: Mapped[str] = mapped_column(String(12), default="")
    key: Mapped[str] = mapped_column(String(80), default="")
    levels: Mapped[str] = mapped_column(String(3), default="")
    level: Mapped[int] = mapped_column(default=0)
    escaped: Mapped[bool] = mapped_column(default=False)
    suggestions: Mapped[list[str]] = mapped_column(default=list)
    raised_by_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"))
    raised_at: Mapped[datetime]
    plea: Mapped[str] = mapped_column(Text, default="")
    pleaded_by_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"))
    pleaded_at: Mapped[datetime | None]
    answer: Mapped[Answer | None] = mapped_column(by_value(Answer))
    reply: Mapped[str] = mapped_column(Text, default="")
    answered_by_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"))
    answered_at: Mapped[datetime | None]
    noted: Mapped[bool] = mapped_column(default=False)
    withdrawn_at: Mapped[datetime | None]
    withdrawn_because: Mapped[str] = mapped_column(Text, default="")

    @property
    def is_open(self) -> bool:
        """Whether it still waits: neither answered nor taken back."""
        return self.answer is None and self.withdrawn_at is None

    @classmethod
    def still_open(cls) -> ColumnElement[bool]:
        """``is_open`` as a condition of a query."""
        return and_(cls.answer.is_(None), cls.withdrawn_at.is_(None))


class Precheck(Base):
    """That the machine read a revision on a day, with which tables.

    Args:
        packaged: digest of the tables that come with the product.
        town_version: number of the town's own tables.
        silent: rules that said nothing because the town's table is empty.
        unread: one sentence for each attachment whose text could not be read.
    """

    __tablename__ = "prechecks"
    __table_args__ = (
        UniqueConstraint("revision_id", "on", "packaged", "town_version"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    agency_id: Mapped[int] = mapped_column(ForeignKey("agencies.id"))
    article_id: Mapped[int] = mapped_column(ForeignKey("articles.id"), index=True)
    revision_id: Mapped[int] = mapped_column(ForeignKey("revisions.id"))
    on: Mapped[date]
    packaged: Mapped[str] = mapped_column(String(64))
    town_version: Mapped[int]
    chars: Mapped[int]
    silent: Mapped[list[str]]
    unread: Mapped[list[str]]
    at: Mapped[datetime]


class FileText(Base):
    """The text of an attachment, read once under the digest of its bytes.

    Args:
        reader: version of the reader, so that a better one reads again.
        content: the text; ``places`` (offset, words) and ``hidden`` content beside it.
        fault: why nothing could be read, in one sentence; empty when it could.
    """

    __tablename__ = "file_texts"

    digest: Mapped[str] = mapped_column(ForeignKey("blobs.digest"), primary_key=True)
    reader: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    content: Mapped[dict[str, Any]]
    fault: Mapped[str] = mapped_column(String(300), default="")
    read_at: Mapped[datetime]
