"""Patrols of the site and the accounts: columns with clocks, readings, page visits."""

from __future__ import annotations

from datetime import date, datetime
from enum import StrEnum

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, Text
from sqlalchemy import UniqueConstraint as Unique
from sqlalchemy.orm import Mapped, mapped_column

from models.base import Base, by_value
from models.inspections import CheckState


class ColumnKind(StrEnum):
    """What the national indicators ask of a column."""

    HOME = "home"
    NEWS = "news"
    NOTICE = "notice"
    OTHER = "other"
    ACCOUNT = "account"


class Half(StrEnum):
    """Which of a day's readings: two on working days, one by the duty on holidays."""

    MORNING = "morning"
    AFTERNOON = "afternoon"
    DUTY = "duty"


class PatrolColumn(Base):
    """A column of the site, its home page, or an account, with its own clock.

    ``most_days`` without anything new is too long; ``warn_days`` before that it is
    said.  ``updated_on`` is what somebody saw, where no published item tells.
    """

    __tablename__ = "patrol_columns"
    __table_args__ = (Unique("agency_id", "code"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    agency_id: Mapped[int] = mapped_column(ForeignKey("agencies.id"))
    code: Mapped[str] = mapped_column(String(60))
    name: Mapped[str] = mapped_column(String(120))
    kind: Mapped[ColumnKind] = mapped_column(by_value(ColumnKind))
    channel: Mapped[str] = mapped_column(String(60), default="")
    section_codes: Mapped[list[str]]
    address: Mapped[str] = mapped_column(String(400), default="")
    most_days: Mapped[int]
    warn_days: Mapped[int]
    exempt_until: Mapped[date | None]
    exempt_reason: Mapped[str] = mapped_column(Text, default="")
    updated_on: Mapped[date | None]
    position: Mapped[int] = mapped_column(default=0)
    open: Mapped[bool] = mapped_column(default=True)


class SiteReading(Base):
    """One reading of the site on duty (值班读网): open, done or missed."""

    __tablename__ = "site_readings"
    __table_args__ = (
        Unique("agency_id", "day", "half"),
        CheckConstraint(
            "(state = 'done') = (person_id IS NOT NULL)"
            " AND (state = 'done') = (read_at IS NOT NULL)",
            name="done_names_who_and_when",
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    agency_id: Mapped[int] = mapped_column(ForeignKey("agencies.id"))
    day: Mapped[date]
    half: Mapped[Half] = mapped_column(by_value(Half))
    opens_at: Mapped[datetime]
    due_at: Mapped[datetime]
    state: Mapped[CheckState] = mapped_column(by_value(CheckState))
    person_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"))
    read_at: Mapped[datetime | None]
    pages_open: Mapped[bool | None]
    contents_right: Mapped[bool | None]
    links_work: Mapped[bool | None]
    note: Mapped[str] = mapped_column(Text, default="")
    missed_at: Mapped[datetime | None]


class PageVisit(Base):
    """One visit to one of the agency's own addresses by the system."""

    __tablename__ = "page_visits"
    __table_args__ = (Index("ix_page_visits_agency_id_at", "agency_id", "at"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    agency_id: Mapped[int] = mapped_column(ForeignKey("agencies.id"))
    column_id: Mapped[int | None] = mapped_column(ForeignKey("patrol_columns.id"))
    address: Mapped[str] = mapped_column(String(400))
    found_on: Mapped[str] = mapped_column(String(400), default="")
    at: Mapped[datetime]
    status: Mapped[int]
    milliseconds: Mapped[int]
    opened: Mapped[bool]
    fault: Mapped[str] = mapped_column(String(200), default="")
