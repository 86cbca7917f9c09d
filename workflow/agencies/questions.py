"""What people ask about agencies and their sections."""

from __future__ import annotations

from sqlalchemy import select
from sqlalchemy.orm import Session

from models.agencies import Agency, Section
from workflow.errors import NotFound


def is_founded(session: Session) -> bool:
    """Whether there is any agency yet."""
    return session.scalars(select(Agency.id).limit(1)).first() is not None


def sections(session: Session, agency_id: int) -> list[Section]:
    """The sections of an agency in their order."""
    query = select(Section).where(Section.agency_id == agency_id)
    return list(session.scalars(query.order_by(Section.position, Section.id)))


def section(session: Session, agency_id: int, section_id: int) -> Section:
    """One section of this agency.

    Raises:
        NotFound: no such section here.
    """
    found = session.get(Section, section_id)
    if found is None or found.agency_id != agency_id:
        raise NotFound("没有找到这个栏目。")
    return found
