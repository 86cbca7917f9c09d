"""What anybody may say about a board: its code, and the reports."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, Text
from sqlalchemy import UniqueConstraint as Unique
from sqlalchemy.orm import Mapped, mapped_column

from models.base import Base, by_value
from models.inspections import FaultKind


class ReportDecision(StrEnum):
    """What an inspector made of a report; none yet while it waits."""

    ACCEPTED = "accepted"
    DISMISSED = "dismissed"


class BoardCode(Base):
    """The code on the label of a board (二维码); never used for another board."""

    __tablename__ = "board_codes"
    __table_args__ = (Unique("code"), Unique("board_id"))

    id: Mapped[int] = mapped_column(primary_key=True)
    agency_id: Mapped[int] = mapped_column(ForeignKey("agencies.id"))
    board_id: Mapped[int] = mapped_column(ForeignKey("boards.id"))
    code: Mapped[str] = mapped_column(String(12))
    made_at: Mapped[datetime]


class PublicReport(Base):
    """What somebody without an account said about a board.

    No name, number, address or photo is asked for or kept.  ``receipt`` is what the
    person may look up afterwards.
    """

    __tablename__ = "public_reports"
    __table_args__ = (
        Unique("receipt"),
        CheckConstraint(
            "(decision IS NULL) = (decided_at IS NULL)"
            " AND (decision IS NULL) = (decided_by_id IS NULL)"
            " AND (decision IS NULL OR (decision = 'accepted') ="
            " (fault_id IS NOT NULL))",
            name="decided_names_who_and_when",
        ),
        Index("ix_public_reports_agency_id_decision", "agency_id", "decision"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    agency_id: Mapped[int] = mapped_column(ForeignKey("agencies.id"))
    board_id: Mapped[int] = mapped_column(ForeignKey("boards.id"), index=True)
    receipt: Mapped[str] = mapped_column(String(12))
    kind: Mapped[FaultKind] = mapped_column(by_value(FaultKind))
    note: Mapped[str] = mapped_column(Text, default="")
    received_at: Mapped[datetime]
    decision: Mapped[ReportDecision | None] = mapped_column(by_value(ReportDecision))
    reason: Mapped[str] = mapped_column(Text, default="")
    decided_at: Mapped[datetime | None]
    decided_by_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"))
    fault_id: Mapped[int | None] = mapped_column(ForeignKey("faults.id"))
