"""Releases: which revision went out on which channel, when, by whom."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import ForeignKey, Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from models.base import Base


class Release(Base):
    """One article on one channel."""

    __tablename__ = "releases"
    __table_args__ = (
        UniqueConstraint("article_id", "channel", "revision_id"),
        Index("ix_releases_agency_id_released_at", "agency_id", "released_at"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    agency_id: Mapped[int] = mapped_column(ForeignKey("agencies.id"))
    article_id: Mapped[int] = mapped_column(ForeignKey("articles.id"))
    revision_id: Mapped[int] = mapped_column(ForeignKey("revisions.id"))
    channel: Mapped[str] = mapped_column(String(60))
    digest: Mapped[str] = mapped_column(String(64))
    released_at: Mapped[datetime]
    released_by_id: Mapped[int] = mapped_column(ForeignKey("people.id"))
    taken_down_at: Mapped[datetime | None]
    taken_down_by_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"))
