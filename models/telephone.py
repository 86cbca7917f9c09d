"""What a leader who was away said by telephone, as a named person wrote it down."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import ForeignKey, Index, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from models.base import Base


class TelephoneInstruction(Base):
    """One instruction about one text, never changed; it is no signature.

    Whether its signature was supplied is not kept here: it is found among the
    signatures.

    Args:
        digest: of the revision that was spoken about.
        stage: the stage at which the leader's signature was demanded.
        after_seq: the last decision on the article when it was written down; only a
            later signature supplies it.
    """

    __tablename__ = "telephone_instructions"
    __table_args__ = (
        Index("ix_telephone_instructions_article_id", "article_id"),
        Index("ix_telephone_instructions_agency_id", "agency_id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    agency_id: Mapped[int] = mapped_column(ForeignKey("agencies.id"))
    article_id: Mapped[int] = mapped_column(ForeignKey("articles.id"))
    revision_id: Mapped[int] = mapped_column(ForeignKey("revisions.id"))
    digest: Mapped[str] = mapped_column(String(64))
    stage: Mapped[str] = mapped_column(String(60))
    after_seq: Mapped[int]
    leader_id: Mapped[int] = mapped_column(ForeignKey("people.id"))
    leader_name: Mapped[str] = mapped_column(String(80))
    post_title: Mapped[str] = mapped_column(String(120))
    said_at: Mapped[datetime]
    words: Mapped[str] = mapped_column(Text)
    recorded_by_id: Mapped[int] = mapped_column(ForeignKey("people.id"))
    recorded_by_name: Mapped[str] = mapped_column(String(80))
    recorded_at: Mapped[datetime]
