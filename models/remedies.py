"""Reviews (行政复议) and suits (行政诉讼): section four of the annual report."""

from __future__ import annotations

from datetime import date, datetime
from enum import StrEnum

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from models.base import Base, by_value


class RemedyKind(StrEnum):
    """Group of section four."""

    REVIEW = "review"
    SUIT_DIRECT = "suit_direct"
    SUIT_AFTER_REVIEW = "suit_after_review"


class RemedyResult(StrEnum):
    """How it ended; while it has not, it counts as pending (尚未审结)."""

    UPHELD = "upheld"
    CORRECTED = "corrected"
    OTHER = "other"


class Remedy(Base):
    """One review or suit, linked to a request or to none (不履行).

    It is independent of the request's outcome: a granted request too may be reviewed.

    Args (columns that need a word):
        body: who decides: the reviewing organ or the court.
        new_answer_by: a new answer was ordered by that day; a follow-up on the same
            request, never a new one.
    """

    __tablename__ = "request_remedies"
    __table_args__ = (
        CheckConstraint(
            "(result IS NULL) = (result_on IS NULL)", name="settled_with_a_day"
        ),
        CheckConstraint(
            "result_on IS NULL OR result_on >= received_on", name="settled_afterwards"
        ),
        CheckConstraint(
            "(kind = 'suit_after_review') = (review_id IS NOT NULL)",
            name="suit_after_a_review",
        ),
        Index("ix_request_remedies_agency_id_received_on", "agency_id", "received_on"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    agency_id: Mapped[int] = mapped_column(ForeignKey("agencies.id"))
    request_id: Mapped[int | None] = mapped_column(
        ForeignKey("disclosure_requests.id"), index=True
    )
    kind: Mapped[RemedyKind] = mapped_column(by_value(RemedyKind))
    review_id: Mapped[int | None] = mapped_column(ForeignKey("request_remedies.id"))
    number: Mapped[str] = mapped_column(String(80), default="")
    body: Mapped[str] = mapped_column(String(120))
    matter: Mapped[str] = mapped_column(Text, default="")
    received_on: Mapped[date]
    result: Mapped[RemedyResult | None] = mapped_column(by_value(RemedyResult))
    result_on: Mapped[date | None]
    result_note: Mapped[str] = mapped_column(Text, default="")
    new_answer_by: Mapped[date | None]
    new_answered_on: Mapped[date | None]
    recorded_by_id: Mapped[int] = mapped_column(ForeignKey("people.id"))
    recorded_at: Mapped[datetime]
