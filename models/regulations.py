"""A regulation while it is being written; in force it is a ``ProcessDefinition``."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import ForeignKey, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from models.base import Base


class RuleDraft(Base):
    """What one person has written of the next version, sound or not.

    Args:
        source: the definition, as typed; ``cases``: the paper cases to try it on.
    """

    __tablename__ = "rule_drafts"

    agency_id: Mapped[int] = mapped_column(
        ForeignKey("agencies.id"), primary_key=True, autoincrement=False
    )
    person_id: Mapped[int] = mapped_column(
        ForeignKey("people.id"), primary_key=True, autoincrement=False
    )
    source: Mapped[str] = mapped_column(Text)
    cases: Mapped[str] = mapped_column(Text, default="")
    digest: Mapped[str] = mapped_column(String(64))
    saved_at: Mapped[datetime]
