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
    """The nine faults that board checks really find, and two that cannot wait."""

    NO_BOARD = "no_board"
    EMPTY = "empty"
    DIRTY = "dirty"
    DAMAGED = "damaged"
    STALE = "stale"
    NO_FINANCE_PAGE = "no_finance_page"
    BADLY_PASTED = "badly_pasted"
    COVERED = "covered"
    BADLY_PLACED = "badly_placed"
    WRONG_STATEMENT = "wrong_statement"
    PERSONAL_DATA = "personal_data"


class FaultState(StrEnum):
    """Where the rectification (整改) of a fault stands; closed is 销号."""

    FOUND = "found"
    NOTIFIED = "notified"
    ACKNOWLEDGED = "acknowledged"
    RECTIFYING = "rectifying"
    REPORTED = "reported"
    RECHECKED = "rechecked"
    RETURNED = "returned"
    CLOSED = "closed"
    EXEMPTED = "exempted"


class FaultSource(StrEnum):
    """How a fault came to be known."""

    CHECK = "check"
    REMOTE = "remote"
    PUBLIC = "public"


class EntryOutcome(StrEnum):
    """What became of an entry that a phone sent.

    ``recorded`` filled its slot; ``second`` came to a slot that somebody had filled;
    ``late`` reached us after the slot was over; ``extra`` belongs to no slot.
    """

    RECORDED = "recorded"
    SECOND = "second"
    LATE = "late"
    EXTRA = "extra"


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
    """A notice board (公开栏) of a unit; rounds from ``since`` on include it.

    ``sections`` are the parts of the village disclosure catalogue that it shows; empty
    is all of them.
    """

    __tablename__ = "boards"

    id: Mapped[int] = mapped_column(primary_key=True)
    unit_id: Mapped[int] = mapped_column(ForeignKey("units.id"), index=True)
    name: Mapped[str] = mapped_column(String(120))
    place: Mapped[str] = mapped_column(String(200), default="")
    since: Mapped[date]
    open: Mapped[bool] = mapped_column(default=True)
    sections: Mapped[list[str]] = mapped_column(default=list)


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
    """One thing wrong with a board, and how far its rectification is.

    ``version`` and ``state`` are what an act compares and sets.  ``ladder`` is the step
    reached (0 none, 1 remind, 2 urge, 3 bulletin, 4 talk), ``repeat_of_id`` the same
    fault found on this board before, within the look-back.
    """

    __tablename__ = "faults"
    __table_args__ = (
        CheckConstraint(
            "state <> 'closed' OR (fixed_at IS NOT NULL AND closed_at IS NOT NULL"
            " AND (fixer_id IS NULL OR fixer_id <> fixed_seen_by_id))",
            name="closed_by_another",
        ),
        Index("ix_faults_board_id_state", "board_id", "state"),
        Index("ix_faults_agency_id_state", "agency_id", "state"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    agency_id: Mapped[int] = mapped_column(ForeignKey("agencies.id"))
    check_id: Mapped[int | None] = mapped_column(ForeignKey("checks.id"), index=True)
    board_id: Mapped[int] = mapped_column(ForeignKey("boards.id"))
    item_id: Mapped[int | None] = mapped_column(ForeignKey("disclosure_items.id"))
    kind: Mapped[FaultKind] = mapped_column(by_value(FaultKind))
    source: Mapped[FaultSource] = mapped_column(by_value(FaultSource))
    note: Mapped[str] = mapped_column(Text, default="")
    photo_digest: Mapped[str | None] = mapped_column(ForeignKey("blobs.digest"))
    state: Mapped[FaultState] = mapped_column(by_value(FaultState))
    version: Mapped[int] = mapped_column(default=1)
    put_right_by: Mapped[date | None]
    found_at: Mapped[datetime]
    late_since: Mapped[datetime | None]
    ladder: Mapped[int] = mapped_column(default=0)
    repeat_of_id: Mapped[int | None] = mapped_column(ForeignKey("faults.id"))
    fixer_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"))
    fixer_name: Mapped[str] = mapped_column(String(80), default="")
    after_digest: Mapped[str | None] = mapped_column(ForeignKey("blobs.digest"))
    fixed_at: Mapped[datetime | None]
    fixed_seen_by_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"))
    closed_at: Mapped[datetime | None]
    closed_by_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"))
