"""People, their accounts and sessions, posts with A and B holders, absences."""

from __future__ import annotations

from datetime import date, datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from models.base import Base, by_value


class Role(StrEnum):
    """Which screens a person may enter; what she may sign follows from her posts."""

    DRAFTER = "drafter"
    REVIEWER = "reviewer"
    PUBLISHER = "publisher"
    INSPECTOR = "inspector"
    REGISTRAR = "registrar"
    LEADER = "leader"
    READER = "reader"
    SYSTEM_ADMINISTRATOR = "system_administrator"
    SECURITY_ADMINISTRATOR = "security_administrator"
    AUDIT_ADMINISTRATOR = "audit_administrator"


class Slot(StrEnum):
    """A is the holder of the post, B stands in while A is away (AB岗)."""

    A = "A"
    B = "B"


class Person(Base):
    """A natural person; stays in the record after leaving."""

    __tablename__ = "people"

    id: Mapped[int] = mapped_column(primary_key=True)
    agency_id: Mapped[int] = mapped_column(ForeignKey("agencies.id"), index=True)
    name: Mapped[str] = mapped_column(String(80))
    entered_on: Mapped[date]
    left_on: Mapped[date | None]


class Account(Base):
    """How one person signs in; never shared, never handed over."""

    __tablename__ = "accounts"

    person_id: Mapped[int] = mapped_column(ForeignKey("people.id"), primary_key=True)
    login: Mapped[str] = mapped_column(String(60), unique=True)
    password_hash: Mapped[str] = mapped_column(String(300))
    must_change: Mapped[bool] = mapped_column(default=False)
    failures: Mapped[int] = mapped_column(default=0)
    failing_since: Mapped[datetime | None]
    locked_until: Mapped[datetime | None]
    changed_at: Mapped[datetime]


class LoginSession(Base):
    """A signed-in browser; the cookie holds a random id, here stands its hash."""

    __tablename__ = "login_sessions"

    mark: Mapped[str] = mapped_column(String(64), primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("people.id"), index=True)
    started_at: Mapped[datetime]
    seen_at: Mapped[datetime]
    ended_at: Mapped[datetime | None]
    end_reason: Mapped[str] = mapped_column(String(40), default="")
    address: Mapped[str] = mapped_column(String(64), default="")
    agent: Mapped[str] = mapped_column(String(200), default="")


class RoleGrant(Base):
    """A role given to a person, by whom, from when until when."""

    __tablename__ = "role_grants"
    __table_args__ = (Index("ix_role_grants_person_id_role", "person_id", "role"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("people.id"))
    role: Mapped[Role] = mapped_column(by_value(Role))
    granted_by_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"))
    since: Mapped[datetime]
    until: Mapped[datetime | None]


class Post(Base):
    """A post (岗位); ``code`` is the word that the regulation's definition uses."""

    __tablename__ = "posts"

    id: Mapped[int] = mapped_column(primary_key=True)
    agency_id: Mapped[int] = mapped_column(ForeignKey("agencies.id"), index=True)
    code: Mapped[str] = mapped_column(String(60))
    title: Mapped[str] = mapped_column(String(120))
    open: Mapped[bool] = mapped_column(default=True)


class Holding(Base):
    """Who holds a post, as A or as B, from when until when."""

    __tablename__ = "holdings"
    __table_args__ = (Index("ix_holdings_post_id_slot", "post_id", "slot"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    post_id: Mapped[int] = mapped_column(ForeignKey("posts.id"))
    person_id: Mapped[int] = mapped_column(ForeignKey("people.id"), index=True)
    slot: Mapped[Slot] = mapped_column(by_value(Slot, 4))
    since: Mapped[date]
    until: Mapped[date | None]
    given_by_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"))


class Portfolio(Base):
    """A section that a deputy's post is in charge of (分管)."""

    __tablename__ = "portfolios"
    __table_args__ = (UniqueConstraint("post_id", "section_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    post_id: Mapped[int] = mapped_column(ForeignKey("posts.id"))
    section_id: Mapped[int] = mapped_column(ForeignKey("sections.id"), index=True)


class ChannelKeeping(Base):
    """A channel that a post is in charge of (渠道负责人)."""

    __tablename__ = "channel_keepings"
    __table_args__ = (UniqueConstraint("post_id", "channel"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    post_id: Mapped[int] = mapped_column(ForeignKey("posts.id"))
    channel: Mapped[str] = mapped_column(String(60))


class Workplace(Base):
    """In which section (科室) a person works; from it follow her head and deputy."""

    __tablename__ = "workplaces"

    person_id: Mapped[int] = mapped_column(
        ForeignKey("people.id"), primary_key=True, autoincrement=False
    )
    section_id: Mapped[int] = mapped_column(ForeignKey("sections.id"))


class Delegation(Base):
    """A holder named somebody in writing who may do the work of her post too."""

    __tablename__ = "delegations"
    __table_args__ = (
        CheckConstraint("since <= until", name="moments_in_order"),
        Index("ix_delegations_agency_id_until", "agency_id", "until"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    agency_id: Mapped[int] = mapped_column(ForeignKey("agencies.id"))
    post_id: Mapped[int] = mapped_column(ForeignKey("posts.id"))
    by_id: Mapped[int] = mapped_column(ForeignKey("people.id"))
    to_id: Mapped[int] = mapped_column(ForeignKey("people.id"))
    since: Mapped[datetime]
    until: Mapped[datetime]
    document: Mapped[str] = mapped_column(String(300))
    recorded_at: Mapped[datetime]
    ended_at: Mapped[datetime | None]


class Absence(Base):
    """A recorded, approved absence; only then may B act for A."""

    __tablename__ = "absences"
    __table_args__ = (
        CheckConstraint("first_day <= last_day", name="days_in_order"),
        Index("ix_absences_person_id_first_day", "person_id", "first_day"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    agency_id: Mapped[int] = mapped_column(ForeignKey("agencies.id"))
    person_id: Mapped[int] = mapped_column(ForeignKey("people.id"))
    first_day: Mapped[date]
    last_day: Mapped[date]
    reason: Mapped[str] = mapped_column(String(300))
    approved_by_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"))
    recorded_at: Mapped[datetime]
    cancelled_at: Mapped[datetime | None]


class Preference(Base):
    """How one person likes the screens: language, large type."""

    __tablename__ = "preferences"

    person_id: Mapped[int] = mapped_column(ForeignKey("people.id"), primary_key=True)
    values: Mapped[dict[str, Any]]
