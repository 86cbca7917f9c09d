"""Clocks: the limits that run on an article beside that of its one stage."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import ForeignKey, Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from models.base import Base


class ArticleClock(Base):
    """One limit on one article, from when it was reached until it is left.

    Args:
        key: id of the stage or act, ``publish``, ``publish.<channel>`` or ``whole``.
        stood: seconds for which it has stood still while an outsider was asked.
        standing_since: since when it stands still, if it does.
        due_at: when it runs out; ``None`` while it stands still.
        reminded_at: when its holders were reminded, where the regulation says so.
        spoken_at: when it was acted upon that it ran out.
        ended_at: when what it measures was done or left.
    """

    __tablename__ = "article_clocks"
    __table_args__ = (
        UniqueConstraint("article_id", "key", "opened_at"),
        Index("ix_article_clocks_agency_id_ended_at", "agency_id", "ended_at"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    agency_id: Mapped[int] = mapped_column(ForeignKey("agencies.id"))
    article_id: Mapped[int] = mapped_column(ForeignKey("articles.id"))
    key: Mapped[str] = mapped_column(String(120))
    opened_at: Mapped[datetime]
    stood: Mapped[int] = mapped_column(default=0)
    standing_since: Mapped[datetime | None]
    due_at: Mapped[datetime | None]
    reminded_at: Mapped[datetime | None]
    spoken_at: Mapped[datetime | None]
    ended_at: Mapped[datetime | None]
