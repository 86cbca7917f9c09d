"""How often somebody knocks at a door that is open to anyone."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from models.base import Base


class DoorKnock(Base):
    """How many came under one key since one moment, whichever node took them.

    ``key`` names a door and an address as a keyed hash that changes every day, or a
    door and an agency; rows older than two days are deleted.
    """

    __tablename__ = "door_knocks"
    __table_args__ = (UniqueConstraint("key", "since"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    key: Mapped[str] = mapped_column(String(100))
    since: Mapped[datetime] = mapped_column(index=True)
    count: Mapped[int]
