"""The trail (留痕): entries chained per agency, refused change by the database."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import ForeignKey, Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from models.base import Base


class AuditChain(Base):
    """The head of one agency's chain; its genesis names the digest algorithm."""

    __tablename__ = "audit_chains"

    agency_id: Mapped[int] = mapped_column(ForeignKey("agencies.id"), primary_key=True)
    alg: Mapped[str] = mapped_column(String(20))
    seq: Mapped[int]
    link: Mapped[str] = mapped_column(String(64))


class AuditEntry(Base):
    """One act, done or refused: who, as what, for whom, on what, when, from where."""

    __tablename__ = "audit_entries"
    __table_args__ = (
        UniqueConstraint("agency_id", "seq"),
        Index(
            "ix_audit_entries_agency_id_object", "agency_id", "object_kind", "object_id"
        ),
        Index("ix_audit_entries_agency_id_person_id", "agency_id", "person_id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    agency_id: Mapped[int] = mapped_column(ForeignKey("agencies.id"))
    seq: Mapped[int]
    at: Mapped[datetime]
    act: Mapped[str] = mapped_column(String(60))
    outcome: Mapped[str] = mapped_column(String(20))
    rule: Mapped[str] = mapped_column(String(80), default="")
    person_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"))
    person_name: Mapped[str] = mapped_column(String(80))
    post: Mapped[str] = mapped_column(String(120), default="")
    on_behalf_of: Mapped[str] = mapped_column(String(80), default="")
    object_kind: Mapped[str] = mapped_column(String(40))
    object_id: Mapped[str] = mapped_column(String(80))
    digest: Mapped[str] = mapped_column(String(64), default="")
    details: Mapped[dict[str, Any]]
    operation: Mapped[str] = mapped_column(String(80), default="")
    session: Mapped[str] = mapped_column(String(16), default="")
    address: Mapped[str] = mapped_column(String(64), default="")
    agent: Mapped[str] = mapped_column(String(200), default="")
    alg: Mapped[str] = mapped_column(String(20))
    leaf: Mapped[str] = mapped_column(String(64))
    link: Mapped[str] = mapped_column(String(64))
