"""Registers behind section two of the annual report."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum

from sqlalchemy import ForeignKey, Index, Numeric, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from models.base import Base, by_value


class RegisterKind(StrEnum):
    """Which register an entry belongs to (条例 article 20)."""

    RULES = "rules"
    NORMATIVE = "normative"
    LICENSING = "licensing"
    PUNISHMENT = "punishment"
    COERCION = "coercion"
    FEES = "fees"


class RegisterEntry(Base):
    """One decision or document, with its source; the report counts these rows."""

    __tablename__ = "register_entries"
    __table_args__ = (
        UniqueConstraint("agency_id", "kind", "number"),
        Index("ix_register_entries_agency_id_kind_dated", "agency_id", "kind", "dated"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    agency_id: Mapped[int] = mapped_column(ForeignKey("agencies.id"))
    kind: Mapped[RegisterKind] = mapped_column(by_value(RegisterKind))
    number: Mapped[str] = mapped_column(String(120))
    title: Mapped[str] = mapped_column(String(300))
    dated: Mapped[date]
    repealed_on: Mapped[date | None]
    amount_yuan: Mapped[Decimal | None] = mapped_column(Numeric(16, 2))
    source: Mapped[str] = mapped_column(String(300))
    entered_by_id: Mapped[int] = mapped_column(ForeignKey("people.id"))
    entered_at: Mapped[datetime]
