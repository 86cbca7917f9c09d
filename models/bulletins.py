"""Bulletins (通报): the period, the cut-off, and the numbers as they were then."""

from __future__ import annotations

from datetime import date, datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from models.base import Base, by_value


class BulletinCycle(StrEnum):
    """How long a time a bulletin covers."""

    MONTH = "month"
    QUARTER = "quarter"


class Bulletin(Base):
    """One bulletin of one period.  Its figures are written once and never changed.

    ``figures`` holds each number with the ids of the records behind it; ``digest`` is
    the SHA-256 of their canonical JSON.  The text lives in the article, which climbs
    the ladder like any other.  ``edition`` counts drafts of one period: a new one may
    be drafted when the article of the one before is at an end without being published.
    """

    __tablename__ = "bulletins"
    __table_args__ = (UniqueConstraint("agency_id", "cycle", "period", "edition"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    agency_id: Mapped[int] = mapped_column(ForeignKey("agencies.id"))
    cycle: Mapped[BulletinCycle] = mapped_column(by_value(BulletinCycle))
    period: Mapped[date]
    edition: Mapped[int] = mapped_column(default=1)
    cutoff_at: Mapped[datetime]
    figures: Mapped[dict[str, Any]]
    digest: Mapped[str] = mapped_column(String(64))
    article_id: Mapped[int] = mapped_column(ForeignKey("articles.id"), index=True)
    drafted_by_id: Mapped[int] = mapped_column(ForeignKey("people.id"))
    drafted_at: Mapped[datetime]
