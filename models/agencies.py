"""Agencies and what belongs to one: sections (栏目), calendars, processes."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import ForeignKey, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from models.base import Base


class Agency(Base):
    """A government body; agencies form a tree (county, town, village)."""

    __tablename__ = "agencies"

    id: Mapped[int] = mapped_column(primary_key=True)
    parent_id: Mapped[int | None] = mapped_column(ForeignKey("agencies.id"))
    code: Mapped[str] = mapped_column(String(40), unique=True)
    name: Mapped[str] = mapped_column(String(200))
    level: Mapped[str] = mapped_column(String(40))
    region: Mapped[str] = mapped_column(String(200), default="")
    is_sample: Mapped[bool] = mapped_column(default=False)
    made_at: Mapped[datetime]


class Section(Base):
    """A column of the site (栏目); ``report_column`` groups it in the annual report."""

    __tablename__ = "sections"
    __table_args__ = (UniqueConstraint("agency_id", "code"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    agency_id: Mapped[int] = mapped_column(ForeignKey("agencies.id"))
    code: Mapped[str] = mapped_column(String(60))
    name: Mapped[str] = mapped_column(String(120))
    report_column: Mapped[str] = mapped_column(String(120))
    position: Mapped[int] = mapped_column(default=0)
    open: Mapped[bool] = mapped_column(default=True)


class CalendarYear(Base):
    """Public holidays and swap days (调休) of one year, as the notice has them."""

    __tablename__ = "calendar_years"
    __table_args__ = (UniqueConstraint("agency_id", "year"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    agency_id: Mapped[int] = mapped_column(ForeignKey("agencies.id"))
    year: Mapped[int]
    source: Mapped[str] = mapped_column(String(300))
    off: Mapped[list[str]]
    work: Mapped[list[str]]
    entered_at: Mapped[datetime]


class ProcessDefinition(Base):
    """One numbered version of a regulation; running articles keep theirs.

    ``successor`` is the definition of the agency that it hands over to, as it was when
    this one was adopted; ``beside`` says that it is only used by another one, so that
    no article starts under it by itself.
    """

    __tablename__ = "process_definitions"
    __table_args__ = (UniqueConstraint("agency_id", "code", "number"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    agency_id: Mapped[int] = mapped_column(ForeignKey("agencies.id"))
    code: Mapped[str] = mapped_column(String(60))
    number: Mapped[int]
    title: Mapped[str] = mapped_column(String(300))
    source: Mapped[str] = mapped_column(Text)
    digest: Mapped[str] = mapped_column(String(64))
    adopted_at: Mapped[datetime]
    adopted_by_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"))
    successor: Mapped[str] = mapped_column(Text, default="")
    beside: Mapped[bool] = mapped_column(default=False)


class Operation(Base):
    """An act that was done under a client-made id, and what it answered."""

    __tablename__ = "operations"

    agency_id: Mapped[int] = mapped_column(ForeignKey("agencies.id"), primary_key=True)
    id: Mapped[str] = mapped_column(String(80), primary_key=True)
    act: Mapped[str] = mapped_column(String(60))
    person_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"))
    fingerprint: Mapped[str] = mapped_column(String(64))
    answer: Mapped[dict[str, Any]]
    at: Mapped[datetime]


class Counter(Base):
    """The last number given out of a series, so that numbers have no gap or twin."""

    __tablename__ = "counters"

    agency_id: Mapped[int] = mapped_column(ForeignKey("agencies.id"), primary_key=True)
    series: Mapped[str] = mapped_column(String(60), primary_key=True)
    year: Mapped[int] = mapped_column(primary_key=True)
    last: Mapped[int]
