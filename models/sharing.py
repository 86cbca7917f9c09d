"""How the signing of one text is shared: handed on, asked about, signed by more.

None of these rows lets anything out; the last three only add to what is demanded.
"""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import ForeignKey, Index, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from models.base import Base


class Transfer(Base):
    """One person asked another who may act too to do it instead (转办).

    It is for one visit of one stage (``entered_at``); who may act is not changed by it.
    """

    __tablename__ = "transfers"
    __table_args__ = (Index("ix_transfers_article_id", "article_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    agency_id: Mapped[int] = mapped_column(ForeignKey("agencies.id"))
    article_id: Mapped[int] = mapped_column(ForeignKey("articles.id"))
    entered_at: Mapped[datetime]
    stage: Mapped[str] = mapped_column(String(60))
    from_id: Mapped[int] = mapped_column(ForeignKey("people.id"))
    to_id: Mapped[int] = mapped_column(ForeignKey("people.id"))
    reason: Mapped[str] = mapped_column(Text)
    made_at: Mapped[datetime]


class Consultation(Base):
    """Somebody inside the office is asked for an opinion; it comes back (征求意见).

    Open until it is answered or taken back; ``ended_by_id`` says who did which.
    """

    __tablename__ = "consultations"
    __table_args__ = (
        Index("ix_consultations_article_id", "article_id"),
        Index("ix_consultations_person_id_ended_at", "person_id", "ended_at"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    agency_id: Mapped[int] = mapped_column(ForeignKey("agencies.id"))
    article_id: Mapped[int] = mapped_column(ForeignKey("articles.id"))
    revision_id: Mapped[int] = mapped_column(ForeignKey("revisions.id"))
    stage: Mapped[str] = mapped_column(String(60))
    asked_by_id: Mapped[int] = mapped_column(ForeignKey("people.id"))
    person_id: Mapped[int] = mapped_column(ForeignKey("people.id"))
    question: Mapped[str] = mapped_column(Text)
    asked_at: Mapped[datetime]
    answer: Mapped[str] = mapped_column(Text, default="")
    ended_at: Mapped[datetime | None]
    ended_by_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"))


class AddedSigner(Base):
    """A post whose signature is demanded besides those of the regulation (加签).

    Demanded until somebody takes it away again (减签) before it was given.
    """

    __tablename__ = "added_signers"
    __table_args__ = (Index("ix_added_signers_article_id", "article_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    agency_id: Mapped[int] = mapped_column(ForeignKey("agencies.id"))
    article_id: Mapped[int] = mapped_column(ForeignKey("articles.id"))
    stage: Mapped[str] = mapped_column(String(60))
    post_id: Mapped[int] = mapped_column(ForeignKey("posts.id"))
    added_by_id: Mapped[int] = mapped_column(ForeignKey("people.id"))
    reason: Mapped[str] = mapped_column(Text)
    added_at: Mapped[datetime]
    removed_at: Mapped[datetime | None]
    removed_by_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"))
    removed_because: Mapped[str] = mapped_column(Text, default="")


class AddedSignature(Base):
    """The signature of an added signer on one text, never changed."""

    __tablename__ = "added_signatures"
    __table_args__ = (UniqueConstraint("signer_id", "revision_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    agency_id: Mapped[int] = mapped_column(ForeignKey("agencies.id"))
    article_id: Mapped[int] = mapped_column(ForeignKey("articles.id"), index=True)
    signer_id: Mapped[int] = mapped_column(ForeignKey("added_signers.id"))
    revision_id: Mapped[int] = mapped_column(ForeignKey("revisions.id"))
    digest: Mapped[str] = mapped_column(String(64))
    opinion: Mapped[str] = mapped_column(Text, default="")
    person_id: Mapped[int] = mapped_column(ForeignKey("people.id"))
    person_name: Mapped[str] = mapped_column(String(80))
    post_title: Mapped[str] = mapped_column(String(120), default="")
    on_behalf_of_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"))
    on_behalf_of_name: Mapped[str] = mapped_column(String(80), default="")
    signed_at: Mapped[datetime]


class Opening(Base):
    """That a person opened one text; only what she opened may she sign in a batch."""

    __tablename__ = "openings"

    person_id: Mapped[int] = mapped_column(
        ForeignKey("people.id"), primary_key=True, autoincrement=False
    )
    revision_id: Mapped[int] = mapped_column(
        ForeignKey("revisions.id"), primary_key=True, autoincrement=False
    )
    agency_id: Mapped[int] = mapped_column(ForeignKey("agencies.id"))
    opened_at: Mapped[datetime]
