"""Signatures: one person's decision at one rung, on one revision, never changed."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum

from sqlalchemy import (
    CheckConstraint,
    ForeignKey,
    Index,
    String,
    Text,
    UniqueConstraint,
)
from sqlalchemy.orm import Mapped, mapped_column

from models.base import Base, by_value


class Outcome(StrEnum):
    """What a person decided about a text."""

    APPROVED = "approved"
    RETURNED = "returned"
    HELD = "held"
    RESUMED = "resumed"
    REJECTED = "rejected"
    RECALLED = "recalled"
    RAISED = "raised"
    LOWERED = "lowered"
    PUBLISHED = "published"
    WITHDRAWN = "withdrawn"
    OBJECTED = "objected"
    DOUBTED = "doubted"


class Signature(Base):
    """Who decided what, when, in which post (and for whom), on which digest.

    Whether it still counts is computed from the present text, never stored.  Nobody
    signed (``person_id`` is null) only where the regulation says what silence means:
    then the system noted it.

    ``particulars`` is what an answer names beside an opinion: the day and the minutes
    of a meeting, the number of a reply, the named delegate's mandate.
    """

    __tablename__ = "signatures"
    __table_args__ = (
        UniqueConstraint("article_id", "seq"),
        CheckConstraint(
            "outcome NOT IN ('returned', 'held', 'rejected', 'lowered', 'withdrawn',"
            " 'objected', 'doubted') OR length(opinion) > 0",
            name="reason_where_it_is_demanded",
        ),
        CheckConstraint(
            "person_id IS NOT NULL OR outcome IN ('approved', 'objected')",
            name="nobody_only_where_silence_speaks",
        ),
        Index("ix_signatures_person_id_signed_at", "person_id", "signed_at"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    agency_id: Mapped[int] = mapped_column(ForeignKey("agencies.id"))
    article_id: Mapped[int] = mapped_column(ForeignKey("articles.id"))
    seq: Mapped[int]
    revision_id: Mapped[int] = mapped_column(ForeignKey("revisions.id"))
    digest: Mapped[str] = mapped_column(String(64))
    stage: Mapped[str] = mapped_column(String(60))
    acts: Mapped[list[str]]
    outcome: Mapped[Outcome] = mapped_column(by_value(Outcome))
    returned_to: Mapped[str] = mapped_column(String(60), default="")
    opinion: Mapped[str] = mapped_column(Text, default="")
    checklist: Mapped[dict[str, str]]
    particulars: Mapped[dict[str, str]]
    person_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"))
    person_name: Mapped[str] = mapped_column(String(80))
    post_id: Mapped[int | None] = mapped_column(ForeignKey("posts.id"))
    post_title: Mapped[str] = mapped_column(String(120), default="")
    on_behalf_of_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"))
    on_behalf_of_name: Mapped[str] = mapped_column(String(80), default="")
    entered_at: Mapped[datetime]
    signed_at: Mapped[datetime]
