"""Articles (稿件), their revisions, attachments and the text still being typed."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import (
    CheckConstraint,
    ForeignKey,
    Index,
    LargeBinary,
    String,
    Text,
    UniqueConstraint,
)
from sqlalchemy.orm import Mapped, mapped_column

from models.base import Base


class Article(Base):
    """One item on its way to the public.

    ``state`` is a cache of the fold of signatures for lists and for the
    compare-and-set; nothing is ever published because of it.  ``open_acts`` is another:
    what may be signed now, as ``,one,two,``, for lists where one state is not enough.
    ``needed_by``: until when the drafter of an urgent text said it is needed.
    ``purpose`` is ``publication``, or ``reply`` for the answer to one applicant: that
    is signed like any text and never published.
    """

    __tablename__ = "articles"
    __table_args__ = (
        UniqueConstraint("agency_id", "year", "serial"),
        CheckConstraint(
            "state <> 'published' OR (published_at IS NOT NULL"
            " AND published_by_id IS NOT NULL AND published_digest IS NOT NULL)",
            name="published_names_who_when_what",
        ),
        CheckConstraint(
            "published_at IS NULL OR state IN ('published', 'withdrawn')",
            name="only_published_has_a_date",
        ),
        Index("ix_articles_agency_id_state_due_at", "agency_id", "state", "due_at"),
        Index("ix_articles_agency_id_id", "agency_id", "id"),
        Index("ix_articles_agency_id_due_at", "agency_id", "due_at"),
        Index(
            "ix_articles_agency_id_published_at_section_id",
            "agency_id",
            "published_at",
            "section_id",
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    agency_id: Mapped[int] = mapped_column(ForeignKey("agencies.id"))
    year: Mapped[int]
    serial: Mapped[int]
    definition_id: Mapped[int] = mapped_column(ForeignKey("process_definitions.id"))
    drafter_id: Mapped[int] = mapped_column(ForeignKey("people.id"), index=True)
    section_id: Mapped[int] = mapped_column(ForeignKey("sections.id"), index=True)
    purpose: Mapped[str] = mapped_column(String(20), default="publication")
    title: Mapped[str] = mapped_column(String(300))
    importance: Mapped[str] = mapped_column(String(40), default="")
    state: Mapped[str] = mapped_column(String(60))
    held: Mapped[bool] = mapped_column(default=False)
    version: Mapped[int] = mapped_column(default=1)
    revision_number: Mapped[int] = mapped_column(default=1)
    made_at: Mapped[datetime]
    submitted_at: Mapped[datetime | None]
    entered_at: Mapped[datetime]
    due_at: Mapped[datetime | None]
    published_at: Mapped[datetime | None]
    published_by_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"))
    published_digest: Mapped[str | None] = mapped_column(String(64))
    withdrawn_at: Mapped[datetime | None]
    open_acts: Mapped[str] = mapped_column(Text, default="")
    needed_by: Mapped[datetime | None]


class Revision(Base):
    """One saved text; never changed afterwards (the database refuses it).

    ``meaning`` is the digest of the wording whose meaning it still has, where the
    regulation tells a change of wording from one of meaning.
    """

    __tablename__ = "revisions"
    __table_args__ = (UniqueConstraint("article_id", "number"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    article_id: Mapped[int] = mapped_column(ForeignKey("articles.id"))
    number: Mapped[int]
    title: Mapped[str] = mapped_column(String(300))
    body: Mapped[str] = mapped_column(Text)
    section_id: Mapped[int] = mapped_column(ForeignKey("sections.id"))
    channels: Mapped[list[str]]
    attributes: Mapped[dict[str, Any]]
    parts: Mapped[dict[str, str]]
    digest: Mapped[str] = mapped_column(String(64))
    meaning: Mapped[str] = mapped_column(String(64), default="")
    author_id: Mapped[int] = mapped_column(ForeignKey("people.id"))
    author_stage: Mapped[str] = mapped_column(String(60))
    reason: Mapped[str] = mapped_column(Text, default="")
    made_at: Mapped[datetime]


class Blob(Base):
    """The bytes of a file, kept once under their SHA-256."""

    __tablename__ = "blobs"

    digest: Mapped[str] = mapped_column(String(64), primary_key=True)
    size: Mapped[int]
    content: Mapped[bytes] = mapped_column(LargeBinary)


class Attachment(Base):
    """A file that belongs to one revision; ``kind`` is the regulation's word for it."""

    __tablename__ = "attachments"
    __table_args__ = (UniqueConstraint("revision_id", "position"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    revision_id: Mapped[int] = mapped_column(ForeignKey("revisions.id"))
    position: Mapped[int]
    name: Mapped[str] = mapped_column(String(255))
    media_type: Mapped[str] = mapped_column(String(120))
    digest: Mapped[str] = mapped_column(ForeignKey("blobs.digest"))
    kind: Mapped[str] = mapped_column(String(60), default="")


class WorkingCopy(Base):
    """What somebody has typed and not yet saved as a revision (autosave)."""

    __tablename__ = "working_copies"
    __table_args__ = (Index("ix_working_copies_person_id", "person_id"),)

    id: Mapped[str] = mapped_column(String(80), primary_key=True)
    agency_id: Mapped[int] = mapped_column(ForeignKey("agencies.id"))
    person_id: Mapped[int] = mapped_column(ForeignKey("people.id"))
    article_id: Mapped[int | None] = mapped_column(ForeignKey("articles.id"))
    fields: Mapped[dict[str, Any]]
    saved_at: Mapped[datetime]
