"""What happened to a fault, step by step, and where else it was seen."""

from __future__ import annotations

from datetime import date, datetime
from enum import StrEnum

from sqlalchemy import ForeignKey, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from models.base import Base, by_value
from models.inspections import CheckWay, EntryOutcome, FaultState


class FaultAct(StrEnum):
    """Everything that happens to a fault; the last three change no state."""

    FIND = "find"
    NOTIFY = "notify"
    ACKNOWLEDGE = "acknowledge"
    START = "start"
    REPORT = "report"
    PUT_RIGHT = "put_right"
    RETURN = "return"
    CLOSE = "close"
    EXEMPT = "exempt"
    LATE = "late"
    RAISE = "raise"
    SEE_AGAIN = "see_again"


class FaultStep(Base):
    """One thing that happened to a fault; only grows.

    ``who`` is the person of the village or unit, who has no account; ``person_id`` is
    who put it on record, nobody for the system.
    """

    __tablename__ = "fault_steps"
    __table_args__ = (UniqueConstraint("fault_id", "number"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    agency_id: Mapped[int] = mapped_column(ForeignKey("agencies.id"))
    fault_id: Mapped[int] = mapped_column(ForeignKey("faults.id"))
    number: Mapped[int]
    act: Mapped[FaultAct] = mapped_column(by_value(FaultAct))
    state: Mapped[FaultState] = mapped_column(by_value(FaultState))
    at: Mapped[datetime]
    person_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"))
    who: Mapped[str] = mapped_column(String(80), default="")
    note: Mapped[str] = mapped_column(Text, default="")
    photo_digest: Mapped[str | None] = mapped_column(ForeignKey("blobs.digest"))
    put_right_by: Mapped[date | None]
    ladder: Mapped[int] = mapped_column(default=0)


class FaultSighting(Base):
    """A later check that saw a fault which was still open."""

    __tablename__ = "fault_sightings"
    __table_args__ = (UniqueConstraint("check_id", "fault_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    agency_id: Mapped[int] = mapped_column(ForeignKey("agencies.id"))
    check_id: Mapped[int] = mapped_column(ForeignKey("checks.id"))
    fault_id: Mapped[int] = mapped_column(ForeignKey("faults.id"), index=True)
    seen_at: Mapped[datetime]


class CheckEntry(Base):
    """A look at a board as a phone sent it, under an id that the phone made.

    ``noted_at`` is what the phone's clock said, ``received_at`` what ours did.
    """

    __tablename__ = "check_entries"
    __table_args__ = (UniqueConstraint("agency_id", "entry_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    agency_id: Mapped[int] = mapped_column(ForeignKey("agencies.id"))
    entry_id: Mapped[str] = mapped_column(String(36))
    receipt: Mapped[str] = mapped_column(String(40))
    person_id: Mapped[int] = mapped_column(ForeignKey("people.id"))
    board_id: Mapped[int] = mapped_column(ForeignKey("boards.id"), index=True)
    check_id: Mapped[int | None] = mapped_column(ForeignKey("checks.id"), index=True)
    outcome: Mapped[EntryOutcome] = mapped_column(by_value(EntryOutcome))
    way: Mapped[CheckWay] = mapped_column(by_value(CheckWay))
    all_well: Mapped[bool]
    note: Mapped[str] = mapped_column(Text, default="")
    faults: Mapped[list[str]]
    noted_at: Mapped[datetime]
    received_at: Mapped[datetime]


class CountedCheck(Base):
    """A slot that was filled by a look logged in another slot of the same board.

    What was looked at once is not asked for again by every plan.
    """

    __tablename__ = "counted_checks"

    check_id: Mapped[int] = mapped_column(ForeignKey("checks.id"), primary_key=True)
    from_id: Mapped[int] = mapped_column(ForeignKey("checks.id"), index=True)
