"""What boards should show and what hangs there; plans of rounds, who is on duty."""

from __future__ import annotations

from datetime import date, datetime
from enum import StrEnum

from sqlalchemy import ForeignKey, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from models.base import Base, by_value
from models.inspections import UnitKind


class Cycle(StrEnum):
    """How often a plan has every board looked at."""

    DAILY = "daily"
    WEEKLY = "weekly"
    MONTHLY = "monthly"
    QUARTERLY = "quarterly"


class DutyDays(StrEnum):
    """On which days a daily patrol is due."""

    WORKDAYS = "workdays"
    EVERY_DAY = "every_day"
    ROSTER = "roster"


class Frequency(StrEnum):
    """How often an item of the disclosure catalogue is shown anew."""

    MONTHLY = "monthly"
    QUARTERLY = "quarterly"
    HALF_YEARLY = "half_yearly"
    YEARLY = "yearly"
    ON_CHANGE = "on_change"
    EVENT = "event"


class InspectionPlan(Base):
    """A plan of rounds as it holds from ``since`` to ``until``, both included.

    A change closes the row and opens the next, so that a scheduler that catches up
    follows the plan that held on the day.
    """

    __tablename__ = "inspection_plans"
    __table_args__ = (UniqueConstraint("agency_id", "code", "since"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    agency_id: Mapped[int] = mapped_column(ForeignKey("agencies.id"))
    code: Mapped[str] = mapped_column(String(20))
    name: Mapped[str] = mapped_column(String(80))
    cycle: Mapped[Cycle] = mapped_column(by_value(Cycle))
    days: Mapped[DutyDays] = mapped_column(by_value(DutyDays))
    ways: Mapped[list[str]]
    since: Mapped[date]
    until: Mapped[date | None]
    made_by_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"))


class DutyDay(Base):
    """Who is on duty on a day; holidays (``holiday``) have a turn of their own."""

    __tablename__ = "duty_days"
    __table_args__ = (UniqueConstraint("agency_id", "day"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    agency_id: Mapped[int] = mapped_column(ForeignKey("agencies.id"))
    day: Mapped[date]
    holiday: Mapped[bool]
    person_id: Mapped[int] = mapped_column(ForeignKey("people.id"))
    drawn_at: Mapped[datetime]
    changed_at: Mapped[datetime | None]


class DisclosureItem(Base):
    """An item of the village disclosure catalogue (村务公开目录), editable.

    ``due_days``: days after the period ends by which its sheet must hang.
    """

    __tablename__ = "disclosure_items"
    __table_args__ = (UniqueConstraint("agency_id", "code"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    agency_id: Mapped[int] = mapped_column(ForeignKey("agencies.id"))
    code: Mapped[str] = mapped_column(String(60))
    section: Mapped[str] = mapped_column(String(60))
    title: Mapped[str] = mapped_column(String(200))
    unit_kind: Mapped[UnitKind | None] = mapped_column(by_value(UnitKind))
    frequency: Mapped[Frequency] = mapped_column(by_value(Frequency))
    due_days: Mapped[int]
    basis: Mapped[str] = mapped_column(Text, default="")
    position: Mapped[int] = mapped_column(default=0)
    open: Mapped[bool] = mapped_column(default=True)


class Sheet(Base):
    """A sheet on a board: an item's sheet of one period, or a published article.

    ``seen_on`` is the day on which somebody first said that it hangs there.
    """

    __tablename__ = "sheets"
    __table_args__ = (
        UniqueConstraint("board_id", "item_id", "period"),
        UniqueConstraint("board_id", "article_id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    agency_id: Mapped[int] = mapped_column(ForeignKey("agencies.id"))
    board_id: Mapped[int] = mapped_column(ForeignKey("boards.id"))
    item_id: Mapped[int | None] = mapped_column(ForeignKey("disclosure_items.id"))
    article_id: Mapped[int | None] = mapped_column(ForeignKey("articles.id"))
    period: Mapped[date]
    seen_on: Mapped[date]
    check_id: Mapped[int | None] = mapped_column(ForeignKey("checks.id"))
    person_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"))


class InspectionSetting(Base):
    """What an agency decides about its boards; what it did not decide is built in.

    ``limits``: kind of fault to amount and unit, as ``3 working_days`` or ``at_once``.
    """

    __tablename__ = "inspection_settings"

    agency_id: Mapped[int] = mapped_column(ForeignKey("agencies.id"), primary_key=True)
    limits: Mapped[dict[str, str]]
    look_back_days: Mapped[int]
    raise_after_days: Mapped[int]
    show_days: Mapped[int]
    changed_at: Mapped[datetime]
