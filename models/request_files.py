"""What belongs to a request and is personal: who asks, what she handed in; letters.

Level L2 (personal) and kept apart from the register, so that it can be erased when its
time is over (个人信息保护法第十九条、第四十七条) while the figures stay.
"""

from __future__ import annotations

from datetime import date, datetime
from enum import StrEnum

from sqlalchemy import ForeignKey, LargeBinary, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from models.base import Base, by_value


class LetterKind(StrEnum):
    """The procedural documents and the replies, one template each."""

    REGISTRATION = "registration"
    RECEIPT = "receipt"
    CORRECTION = "correction"
    REASONS = "reasons"
    EXTENSION = "extension"
    POSTPONEMENT = "postponement"
    THIRD_PARTY = "third_party"
    THIRD_PARTY_CONFIRM = "third_party_confirm"
    CONSULT_NOTICE = "consult_notice"
    THIRD_PARTY_TOLD = "third_party_told"
    CO_PRODUCER = "co_producer"
    ASSIST = "assist"
    FEE = "fee"
    NO_CORRECTION = "no_correction"
    NO_FEE = "no_fee"
    WITHDRAWAL = "withdrawal"
    REPLY_GRANTED = "reply_granted"
    REPLY_PARTIAL = "reply_partial"
    REPLY_DENIED = "reply_denied"
    REPLY_QUERY = "reply_query"
    REPLY_NOT_HELD = "reply_not_held"
    REPLY_CANNOT = "reply_cannot"
    REPLY_PETITION = "reply_petition"
    REPLY_REPEAT = "reply_repeat"
    REPLY_PUBLICATION = "reply_publication"
    REPLY_EXCESSIVE = "reply_excessive"
    REPLY_REISSUE = "reply_reissue"


class ServiceMethod(StrEnum):
    """How a letter is served (国办公开办函〔2016〕235号): never by a courier."""

    DIRECT = "direct"
    ENTRUSTED = "entrusted"
    POST = "post"


class Applicant(Base):
    """Who asked; L2.  Erased as a whole row when ``keep_until`` has passed.

    Args (columns that need a word):
        identity: what proved the identity; ``identity_tail``: its last four characters.
            The whole number is not kept.
    """

    __tablename__ = "request_applicants"

    request_id: Mapped[int] = mapped_column(
        ForeignKey("disclosure_requests.id"), primary_key=True
    )
    agency_id: Mapped[int] = mapped_column(ForeignKey("agencies.id"))
    name: Mapped[str] = mapped_column(String(120))
    identity: Mapped[str] = mapped_column(String(60), default="")
    identity_tail: Mapped[str] = mapped_column(String(4), default="")
    contact: Mapped[str] = mapped_column(String(120), default="")
    address: Mapped[str] = mapped_column(String(300), default="")


class RequestFile(Base):
    """A file the applicant handed in; L2, or L3 when it proves the identity.

    Its bytes stand here and not among the blobs, which nobody may delete.
    """

    __tablename__ = "request_files"

    id: Mapped[int] = mapped_column(primary_key=True)
    agency_id: Mapped[int] = mapped_column(ForeignKey("agencies.id"))
    request_id: Mapped[int] = mapped_column(
        ForeignKey("disclosure_requests.id"), index=True
    )
    name: Mapped[str] = mapped_column(String(255))
    media_type: Mapped[str] = mapped_column(String(120))
    size: Mapped[int]
    proves_identity: Mapped[bool] = mapped_column(default=False)
    content: Mapped[bytes] = mapped_column(LargeBinary)


class LetterTemplate(Base):
    """One version of the office's own Word template; the newest of a kind is used."""

    __tablename__ = "letter_templates"
    __table_args__ = (UniqueConstraint("agency_id", "kind", "number"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    agency_id: Mapped[int] = mapped_column(ForeignKey("agencies.id"))
    kind: Mapped[LetterKind] = mapped_column(by_value(LetterKind))
    number: Mapped[int]
    content: Mapped[bytes] = mapped_column(LargeBinary)
    person_id: Mapped[int] = mapped_column(ForeignKey("people.id"))
    at: Mapped[datetime]


class Letter(Base):
    """One numbered document of a request, and how it was served.

    Args (columns that need a word):
        addressee: a third party or another organ; empty when it is the applicant; L2.
        fields: what was written into the template; no name of the applicant.
        served_on: the day that counts for the organ: of posting, when by post.
        reached_on: the day on which the addressee had it in hand.
        digest: of the signed text, for a reply.
    """

    __tablename__ = "request_letters"
    __table_args__ = (UniqueConstraint("agency_id", "series", "year", "serial"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    agency_id: Mapped[int] = mapped_column(ForeignKey("agencies.id"))
    request_id: Mapped[int] = mapped_column(
        ForeignKey("disclosure_requests.id"), index=True
    )
    kind: Mapped[LetterKind] = mapped_column(by_value(LetterKind))
    series: Mapped[str] = mapped_column(String(20))
    year: Mapped[int]
    serial: Mapped[int]
    addressee: Mapped[str] = mapped_column(String(120), default="")
    fields: Mapped[dict[str, str]]
    body: Mapped[str] = mapped_column(Text, default="")
    digest: Mapped[str] = mapped_column(String(64), default="")
    template_id: Mapped[int | None] = mapped_column(ForeignKey("letter_templates.id"))
    issued_on: Mapped[date]
    issued_by_id: Mapped[int] = mapped_column(ForeignKey("people.id"))
    method: Mapped[ServiceMethod | None] = mapped_column(by_value(ServiceMethod))
    served_on: Mapped[date | None]
    reached_on: Mapped[date | None]
