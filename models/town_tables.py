"""The town's own tables of the pre-check: names, words, what is let through."""

from __future__ import annotations

from datetime import date, datetime
from enum import StrEnum

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from models.base import Base, by_value
from models.findings import Grade


class EntryKind(StrEnum):
    """What an entry of the town's tables is."""

    LEADER = "leader"
    VILLAGE = "village"
    UNIT = "unit"
    AREA_CODE = "area_code"
    WORD = "word"
    ALLOWED = "allowed"


class TownEntry(Base):
    """One dated entry; who made and who ended it, when and why, stays on record.

    Args:
        text: the name, the wrong word, or the words that are let through.
        more: a leader's post, the right word, or the one rule that lets through.
        rank: place in the order of precedence.
        grade: how hard a word of the town's own list stops the flow.
        since: first day on which it holds; ``until``: the last one, or open.
    """

    __tablename__ = "town_entries"
    __table_args__ = (
        CheckConstraint(
            "(ended_at IS NULL) = (until IS NULL)"
            " AND (ended_at IS NULL) = (ended_by_id IS NULL)",
            name="ended_names_who_and_when",
        ),
        CheckConstraint("length(reason) > 0", name="reason_given"),
        Index("ix_town_entries_agency_id_kind", "agency_id", "kind"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    agency_id: Mapped[int] = mapped_column(ForeignKey("agencies.id"))
    kind: Mapped[EntryKind] = mapped_column(by_value(EntryKind))
    text: Mapped[str] = mapped_column(String(120))
    more: Mapped[str] = mapped_column(String(120), default="")
    rank: Mapped[int] = mapped_column(default=0)
    grade: Mapped[Grade] = mapped_column(by_value(Grade), default=Grade.WARN)
    since: Mapped[date]
    reason: Mapped[str] = mapped_column(Text)
    entered_by_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"))
    entered_at: Mapped[datetime]
    until: Mapped[date | None]
    ended_by_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"))
    ended_at: Mapped[datetime | None]
    end_reason: Mapped[str] = mapped_column(Text, default="")


class TownTables(Base):
    """The number of an agency's tables; each change of an entry raises it."""

    __tablename__ = "town_tables"

    agency_id: Mapped[int] = mapped_column(
        ForeignKey("agencies.id"), primary_key=True, autoincrement=False
    )
    version: Mapped[int]
