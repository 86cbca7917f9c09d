"""Who may read an applicant's name, and who may register and answer."""

from __future__ import annotations

from sqlalchemy.orm import Session

from models.people import Role
from workflow.occasion import Occasion
from workflow.people.permit import has_role


def is_registrar(session: Session, by: Occasion) -> bool:
    """Whether this person registers and answers requests, and so reads names."""
    return has_role(session, by, Role.REGISTRAR)
