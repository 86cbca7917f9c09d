"""Rounds over the village boards: units, boards, checks, faults."""

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


class UnitKind(StrEnum):
    """A village shows 村务公开, a residents' committee 居务公开."""

    VILLAGE = "village"
    RESIDENTS = "residents"


class CheckState(StrEnum):
    """A slot is open, done or missed; never silently absent."""

    OPEN = "open"
    DONE = "done"
    MISSED = "missed"


class CheckWay(StrEnum):
    """How the board was looked at; the record must say which."""

    ON_SITE = "on_site"
    PHOTO = "photo"
    REMOTE = "remote"


class FaultKind(StrEnum):
    """The nine faults that board checks really find."""

    NO_BOARD = "no_board"
    EMPTY = "empty"
    DIRTY = "dirty"
    DAMAGED = "damaged"
    STALE = "stale"
    NO_FINANCE_PAGE = "no_finance_page"
    BADLY_PASTED = "badly_pasted"
    COVERED = "covered"
    BADLY_PLACED = "badly_placed"


class Unit(Base):
    """A village or residents' committee."""

    __tablename__ = "units"
    __table_args__ = (UniqueConstraint("agency_id", "code"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    agency_id: Mapped[int] = mapped_column(ForeignKey("agencies.id"))
    code: Mapped[str] = mapped_column(String(20))
    name: Mapped[str] = mapped_column(String(80))
    kind: Mapped[UnitKind] = mapped_column(by_value(UnitKind))
    position: Mapped[int]
    open: Mapped[bool] = mapped_column(default=True)


class Board(Base):
    """A notice board (公开栏) of a unit; rounds from ``since`` on include it."""

    __tablename__ = "boards"

    id: Mapped[int] = mapped_column(primary_key=True)
    unit_id: Mapped[int] = mapped_column(ForeignKey("units.id"), index=True)
    name: Mapped[str] = mapped_column(String(120))
    place: Mapped[str] = mapped_column(String(200), default="")
    since: Mapped[date]
    open: Mapped[bool] = mapped_column(default=True)


class Check(Base):
    """One slot of a plan: this board, in this period; natural key, opened once."""

    __tablename__ = "checks"
    __table_args__ = (
        UniqueConstraint("plan", "board_id", "period"),
        CheckConstraint(
            "(state = 'done') = (logged_at IS NOT NULL)"
            " AND (state = 'done') = (inspector_id IS NOT NULL)"
            " AND (state = 'done') = (way IS NOT NULL)",
            name="done_names_who_when_how",
        ),
        Index("ix_checks_agency_id_period_state", "agency_id", "period", "state"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    agency_id: Mapped[int] = mapped_column(ForeignKey("agencies.id"))
    plan: Mapped[str] = mapped_column(String(20))
    board_id: Mapped[int] = mapped_column(ForeignKey("boards.id"), index=True)
    period: Mapped[date]
    opens_at: Mapped[datetime]
    due_at: Mapped[datetime]
    state: Mapped[CheckState] = mapped_column(by_value(CheckState))
    way: Mapped[CheckWay | None] = mapped_column(by_value(CheckWay))
    inspector_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"))
    looked_at: Mapped[datetime | None]
    logged_at: Mapped[datetime | None]
    note: Mapped[str] = mapped_column(Text, default="")
    missed_at: Mapped[datetime | None]


class Fault(Base):
    """One thing wrong with a board, and when it was put right."""

    __tablename__ = "faults"
    __table_args__ = (Index("ix_faults_board_id_fixed_at", "board_id", "fixed_at"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    agency_id: Mapped[int] = mapped_column(ForeignKey("agencies.id"))
    check_id: Mapped[int] = mapped_column(ForeignKey("checks.id"), index=True)
    board_id: Mapped[int] = mapped_column(ForeignKey("boards.id"))
    kind: Mapped[FaultKind] = mapped_column(by_value(FaultKind))
    note: Mapped[str] = mapped_column(Text, default="")
    photo_digest: Mapped[str | None] = mapped_column(ForeignKey("blobs.digest"))
    put_right_by: Mapped[date | None]
    found_at: Mapped[datetime]
    fixed_at: Mapped[datetime | None]
    fixed_seen_by_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"))
