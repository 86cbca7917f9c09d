"""Trainings: planned, held, who came, with what material; quarters without one."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import ForeignKey, Index, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from models.base import Base


class Training(Base):
    """One training; ``held_on`` is empty while it is only planned."""

    __tablename__ = "trainings"
    __table_args__ = (
        Index("ix_trainings_agency_id_planned_on", "agency_id", "planned_on"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    agency_id: Mapped[int] = mapped_column(ForeignKey("agencies.id"))
    topic: Mapped[str] = mapped_column(String(200))
    planned_on: Mapped[date]
    place: Mapped[str] = mapped_column(String(120), default="")
    trainer: Mapped[str] = mapped_column(String(120), default="")
    held_on: Mapped[date | None]
    note: Mapped[str] = mapped_column(Text, default="")
    material_name: Mapped[str] = mapped_column(String(255), default="")
    material_digest: Mapped[str | None] = mapped_column(ForeignKey("blobs.digest"))
    made_by_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"))
    made_at: Mapped[datetime]
    recorded_at: Mapped[datetime | None]


class Attendance(Base):
    """Somebody who came: by her account, or by name where she has none."""

    __tablename__ = "training_attendances"
    __table_args__ = (UniqueConstraint("training_id", "name"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    training_id: Mapped[int] = mapped_column(ForeignKey("trainings.id"))
    person_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"))
    name: Mapped[str] = mapped_column(String(80))
    unit: Mapped[str] = mapped_column(String(80), default="")


class TrainingGap(Base):
    """A quarter that ended without a training: itself a finding."""

    __tablename__ = "training_gaps"
    __table_args__ = (UniqueConstraint("agency_id", "year", "quarter"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    agency_id: Mapped[int] = mapped_column(ForeignKey("agencies.id"))
    year: Mapped[int]
    quarter: Mapped[int]
    found_at: Mapped[datetime]
    reason: Mapped[str] = mapped_column(Text, default="")
    answered_by_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"))
    answered_at: Mapped[datetime | None]
