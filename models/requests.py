"""Disclosure on request (依申请公开): the register and what happened to each request.

Who asked stands apart from what was asked (``models/request_files.py``), so that the
figures outlive the personal data.
"""

from __future__ import annotations

from datetime import date, datetime
from enum import StrEnum

from sqlalchemy import (
    CheckConstraint,
    ForeignKey,
    Index,
    String,
    Text,
    UniqueConstraint,
)
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


class Channel(StrEnum):
    """How a request came in; it decides the day of receipt (条例第三十一条)."""

    IN_PERSON = "in_person"
    SIGNED_POST = "signed_post"
    LETTER = "letter"
    INTERNET = "internet"
    FAX = "fax"
    ORAL = "oral"


class RequestState(StrEnum):
    """Where a request stands; a cache of its events for lists and compare-and-set."""

    ARRIVED = "arrived"
    REGISTERED = "registered"
    CORRECTING = "correcting"
    EXPLAINING = "explaining"
    REVIEWING = "reviewing"
    CONSULTING = "consulting"
    FEE_PENDING = "fee_pending"
    DECIDING = "deciding"
    DECIDED = "decided"
    CLOSED = "closed"


class RequestEventKind(StrEnum):
    """What may happen to a request; the clock is a fold over these."""

    ARRIVED = "arrived"
    REGISTERED = "registered"
    ASSIGNED = "assigned"
    CORRECTION_ASKED = "correction_asked"
    CORRECTED = "corrected"
    REASONS_ASKED = "reasons_asked"
    REASONS_ACCEPTED = "reasons_accepted"
    REASONS_REFUSED = "reasons_refused"
    CONSULTED = "consulted"
    OPINION = "opinion"
    EXTENSION_APPROVED = "extension_approved"
    EXTENDED = "extended"
    POSTPONED = "postponed"
    FEE_ASKED = "fee_asked"
    PAID = "paid"
    PROPOSED = "proposed"
    REOPENED = "reopened"
    DECIDED = "decided"
    SERVED = "served"
    LETTER_SERVED = "letter_served"
    REACHED = "reached"
    LAPSED_CORRECTION = "lapsed_correction"
    LAPSED_FEE = "lapsed_fee"
    WITHDRAWN = "withdrawn"
    MADE_PUBLIC = "made_public"
    AMENDED = "amended"


class DisclosureRequest(Base):
    """One request, from its arrival to its one outcome.

    Args (columns that need a word):
        arrived_at: when it came in; ``confirmed_on``: when both sides confirmed it.
        received_on: day 0 of the law (条例第三十一条); none until it is confirmed.
        answered_on: the day of the decision: of signing, of the lapse, of withdrawing;
            the annual report counts by it.
        served_on: the day on which the answer was served (posted, when by post).
        article_id: the reply, an article that climbs the ladder; ``proposed``: the
            outcome it proposes; ``outcome`` is set when it is signed.
        receipt_mark: SHA-256 of the applicant's receipt code; the code is not kept.
        keep_until: until when who asked is kept; then it is erased.
    """

    __tablename__ = "disclosure_requests"
    __table_args__ = (
        UniqueConstraint("agency_id", "year", "serial"),
        UniqueConstraint("receipt_mark"),
        CheckConstraint(
            "(outcome IS NULL) = (answered_on IS NULL)",
            name="answered_with_an_outcome",
        ),
        CheckConstraint(
            "answered_on IS NULL OR (received_on IS NOT NULL"
            " AND answered_on >= received_on)",
            name="answered_after_receipt",
        ),
        CheckConstraint(
            "state = 'arrived' OR (received_on IS NOT NULL"
            " AND applicant_kind IS NOT NULL AND serial IS NOT NULL)",
            name="registered_with_day_and_kind",
        ),
        CheckConstraint(
            "state <> 'closed' OR outcome IS NOT NULL", name="closed_with_an_outcome"
        ),
        Index("ix_disclosure_requests_agency_id_state", "agency_id", "state"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    agency_id: Mapped[int] = mapped_column(ForeignKey("agencies.id"))
    year: Mapped[int | None]
    serial: Mapped[int | None]
    state: Mapped[RequestState] = mapped_column(by_value(RequestState))
    version: Mapped[int] = mapped_column(default=1)
    channel: Mapped[Channel] = mapped_column(by_value(Channel))
    arrived_at: Mapped[datetime]
    confirmed_on: Mapped[date | None]
    received_on: Mapped[date | None]
    applicant_kind: Mapped[ApplicantKind | None] = mapped_column(
        by_value(ApplicantKind)
    )
    wants: Mapped[str] = mapped_column(Text)
    supply: Mapped[str] = mapped_column(String(60), default="")
    due_on: Mapped[date | None]
    handler_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"))
    handling_unit: Mapped[str] = mapped_column(String(120), default="")
    article_id: Mapped[int | None] = mapped_column(ForeignKey("articles.id"))
    proposed: Mapped[str | None] = mapped_column(String(40))
    outcome: Mapped[RequestOutcome | None] = mapped_column(by_value(RequestOutcome))
    basis: Mapped[str] = mapped_column(String(300), default="")
    note: Mapped[str] = mapped_column(Text, default="")
    answered_on: Mapped[date | None]
    answered_by_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"))
    served_on: Mapped[date | None]
    registered_by_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"))
    registered_at: Mapped[datetime | None]
    public_article_id: Mapped[int | None] = mapped_column(ForeignKey("articles.id"))
    receipt_mark: Mapped[str | None] = mapped_column(String(64))
    keep_until: Mapped[date | None]


class RequestEvent(Base):
    """One thing that happened to a request, on its legal date; rows only grow.

    Args (columns that need a word):
        on: the date that counts in law; ``at``: when it was recorded.
        days: working days granted or asked for; ``until``: a day set.
        letter_id: the letter it belongs to.
        note: what was said; no personal data belongs here.
    """

    __tablename__ = "request_events"
    __table_args__ = (UniqueConstraint("request_id", "seq"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    agency_id: Mapped[int] = mapped_column(ForeignKey("agencies.id"))
    request_id: Mapped[int] = mapped_column(ForeignKey("disclosure_requests.id"))
    seq: Mapped[int]
    kind: Mapped[RequestEventKind] = mapped_column(by_value(RequestEventKind))
    on: Mapped[date]
    days: Mapped[int] = mapped_column(default=0)
    until: Mapped[date | None]
    letter_id: Mapped[int | None] = mapped_column(ForeignKey("request_letters.id"))
    note: Mapped[str] = mapped_column(Text, default="")
    person_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"))
    at: Mapped[datetime]


class RequestAmendment(Base):
    """A figure put right after closing: what stood there, what stands now, and why."""

    __tablename__ = "request_amendments"

    id: Mapped[int] = mapped_column(primary_key=True)
    agency_id: Mapped[int] = mapped_column(ForeignKey("agencies.id"))
    request_id: Mapped[int] = mapped_column(
        ForeignKey("disclosure_requests.id"), index=True
    )
    before: Mapped[str] = mapped_column(String(40))
    after: Mapped[str] = mapped_column(String(40))
    reason: Mapped[str] = mapped_column(Text)
    person_id: Mapped[int] = mapped_column(ForeignKey("people.id"))
    at: Mapped[datetime]
