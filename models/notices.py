"""What people are told: in-trays, what is to leave the system, which limits spoke."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import ForeignKey, Index, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from models.base import Base, by_value


class NoticeKind(StrEnum):
    """Why somebody is told."""

    REMINDER = "reminder"
    MORNING = "morning"
    ALERT = "alert"
    BRIEF = "brief"
    HANDOVER = "handover"
    AB_LIST = "ab_list"
    URGED = "urged"
    CIRCULATED = "circulated"


class Notice(Base):
    """One message in one person's in-tray, once for each event."""

    __tablename__ = "notices"
    __table_args__ = (
        UniqueConstraint("person_id", "event"),
        Index("ix_notices_person_id_read_at", "person_id", "read_at"),
        Index("ix_notices_agency_id_object", "agency_id", "object_kind", "object_id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    agency_id: Mapped[int] = mapped_column(ForeignKey("agencies.id"))
    person_id: Mapped[int] = mapped_column(ForeignKey("people.id"))
    event: Mapped[str] = mapped_column(String(160))
    kind: Mapped[NoticeKind] = mapped_column(by_value(NoticeKind))
    title: Mapped[str] = mapped_column(String(400))
    body: Mapped[str] = mapped_column(Text, default="")
    object_kind: Mapped[str] = mapped_column(String(40), default="")
    object_id: Mapped[str] = mapped_column(String(80), default="")
    made_by_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"))
    made_at: Mapped[datetime]
    read_at: Mapped[datetime | None]


class Outgoing(Base):
    """Something that is to leave the system; its key lets nothing leave twice."""

    __tablename__ = "outbox"
    __table_args__ = (
        UniqueConstraint("agency_id", "key"),
        Index("ix_outbox_sent_at_id", "sent_at", "id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    agency_id: Mapped[int] = mapped_column(ForeignKey("agencies.id"))
    key: Mapped[str] = mapped_column(String(200))
    payload: Mapped[dict[str, Any]]
    made_at: Mapped[datetime]
    sent_at: Mapped[datetime | None]
    next_at: Mapped[datetime]
    attempts: Mapped[int] = mapped_column(default=0)


class Reminder(Base):
    """A step of the clock of one visit of one stage that has been told."""

    __tablename__ = "reminders"
    __table_args__ = (UniqueConstraint("article_id", "entered_at", "step"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    agency_id: Mapped[int] = mapped_column(ForeignKey("agencies.id"))
    article_id: Mapped[int] = mapped_column(ForeignKey("articles.id"))
    entered_at: Mapped[datetime]
    step: Mapped[str] = mapped_column(String(20))
    told_at: Mapped[datetime]
