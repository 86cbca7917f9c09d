"""Disclosure on request (依申请公开)."""

from __future__ import annotations

from datetime import date, datetime
from enum import StrEnum

from sqlalchemy import CheckConstraint, ForeignKey, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from models.base import Base, by_value


class ApplicantKind(StrEnum):
    """Column of the statutory table; fixed at registration (R26)."""

    NATURAL = "natural"
    BUSINESS = "business"
    RESEARCH = "research"
    NONPROFIT = "nonprofit"
    LEGAL = "legal"
    OTHER = "other"


class RequestOutcome(StrEnum):
    """The 21 outcome rows of section three of the annual report; one a request."""

    GRANTED = "granted"
    PARTIAL = "partial"
    DENY_STATE_SECRET = "deny_state_secret"  # noqa: S105 -- an outcome, no password
    DENY_LAW = "deny_law"
    DENY_SAFETY = "deny_safety"
    DENY_THIRD_PARTY = "deny_third_party"
    DENY_INTERNAL = "deny_internal"
    DENY_PROCESS = "deny_process"
    DENY_ENFORCEMENT = "deny_enforcement"
    DENY_QUERY = "deny_query"
    CANNOT_NOT_HELD = "cannot_not_held"
    CANNOT_CREATE = "cannot_create"
    CANNOT_UNCLEAR = "cannot_unclear"
    REFUSE_PETITION = "refuse_petition"
    REFUSE_REPEAT = "refuse_repeat"
    REFUSE_PUBLICATION = "refuse_publication"
    REFUSE_EXCESSIVE = "refuse_excessive"
    REFUSE_REISSUE = "refuse_reissue"
    OTHER_NO_CORRECTION = "other_no_correction"
    OTHER_NO_FEE = "other_no_fee"
    OTHER_MISC = "other_misc"


class DisclosureRequest(Base):
    """One request, from registration to its one outcome."""

    __tablename__ = "disclosure_requests"
    __table_args__ = (
        UniqueConstraint("agency_id", "year", "serial"),
        CheckConstraint(
            "(outcome IS NULL) = (answered_on IS NULL)",
            name="answered_with_an_outcome",
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    agency_id: Mapped[int] = mapped_column(ForeignKey("agencies.id"))
    year: Mapped[int]
    serial: Mapped[int]
    received_on: Mapped[date]
    way: Mapped[str] = mapped_column(String(40))
    applicant_kind: Mapped[ApplicantKind] = mapped_column(by_value(ApplicantKind))
    applicant_name: Mapped[str] = mapped_column(String(120))
    wants: Mapped[str] = mapped_column(Text)
    due_on: Mapped[date]
    outcome: Mapped[RequestOutcome | None] = mapped_column(by_value(RequestOutcome))
    answered_on: Mapped[date | None]
    answer: Mapped[str] = mapped_column(Text, default="")
    basis: Mapped[str] = mapped_column(String(300), default="")
    registered_by_id: Mapped[int] = mapped_column(ForeignKey("people.id"))
    answered_by_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"))
    registered_at: Mapped[datetime]
