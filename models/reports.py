"""Registers behind section two of the annual report, and the report itself."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum

from sqlalchemy import (
    CheckConstraint,
    ForeignKey,
    Index,
    Numeric,
    String,
    Text,
    UniqueConstraint,
)
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
    published_at: Mapped[str] = mapped_column(String(300), default="")
    repealed_by: Mapped[str] = mapped_column(String(300), default="")


class SupervisionKind(StrEnum):
    """What 条例第五十条第（四）项 wants told of a 人民政府."""

    ASSESSMENT = "assessment"
    PUBLIC_REVIEW = "public_review"
    ACCOUNTABILITY = "accountability"


class Supervision(Base):
    """One assessment, public review or accountability, and how it was put right.

    Args (columns that need a word):
        by_whom: the organ or the people who judged.
        problem: what was found wanting; empty when nothing was.
        mended_on, mended_how: the rectification (整改); both or neither.
    """

    __tablename__ = "supervisions"
    __table_args__ = (
        CheckConstraint(
            "(mended_on IS NULL) = (mended_how = '')", name="mended_with_its_day"
        ),
        Index("ix_supervisions_agency_id_dated", "agency_id", "dated"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    agency_id: Mapped[int] = mapped_column(ForeignKey("agencies.id"))
    kind: Mapped[SupervisionKind] = mapped_column(by_value(SupervisionKind))
    dated: Mapped[date]
    by_whom: Mapped[str] = mapped_column(String(120))
    title: Mapped[str] = mapped_column(String(300))
    result: Mapped[str] = mapped_column(String(300))
    problem: Mapped[str] = mapped_column(Text, default="")
    source: Mapped[str] = mapped_column(String(300))
    mended_on: Mapped[date | None]
    mended_how: Mapped[str] = mapped_column(Text, default="")
    entered_by_id: Mapped[int] = mapped_column(ForeignKey("people.id"))
    entered_at: Mapped[datetime]


class ReportOrigin(StrEnum):
    """Where a report came from: made here, or an earlier one taken in as published."""

    MADE = "made"
    TAKEN_IN = "taken_in"


class AnnualReport(Base):
    """One year's report: the office's own words, and the figures it went out with.

    Args (columns that need a word):
        own: slot code to the office's own paragraphs.
        reasons: what needs a word of explanation, to that word.
        figures: the report as it was handed in, in the schema of ``report check``.
        words: the whole prose it was handed in with, for likeness next year.
        carried: ids of the requests it carried out, as texts.
        article_id: the article that climbs the ladder; what is published is frozen.
    """

    __tablename__ = "annual_reports"
    __table_args__ = (UniqueConstraint("agency_id", "year"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    agency_id: Mapped[int] = mapped_column(ForeignKey("agencies.id"))
    year: Mapped[int]
    origin: Mapped[ReportOrigin] = mapped_column(by_value(ReportOrigin))
    version: Mapped[int] = mapped_column(default=1)
    own: Mapped[dict[str, str]]
    reasons: Mapped[dict[str, str]]
    figures: Mapped[str] = mapped_column(Text, default="")
    words: Mapped[str] = mapped_column(Text, default="")
    carried: Mapped[list[str]]
    article_id: Mapped[int | None] = mapped_column(ForeignKey("articles.id"))
    written_by_id: Mapped[int] = mapped_column(ForeignKey("people.id"))
    written_at: Mapped[datetime]


class ReportAmendment(Base):
    """A figure of a published report put right: what stood, what stands, why."""

    __tablename__ = "report_amendments"

    id: Mapped[int] = mapped_column(primary_key=True)
    agency_id: Mapped[int] = mapped_column(ForeignKey("agencies.id"))
    report_id: Mapped[int] = mapped_column(ForeignKey("annual_reports.id"), index=True)
    cell: Mapped[str] = mapped_column(String(120))
    before: Mapped[str] = mapped_column(String(40))
    after: Mapped[str] = mapped_column(String(40))
    reason: Mapped[str] = mapped_column(Text)
    person_id: Mapped[int] = mapped_column(ForeignKey("people.id"))
    at: Mapped[datetime]
