"""That a person opened a text: only what she opened may she sign with others at once.

When it was opened is kept; how long she looked is nobody's business.
"""

from __future__ import annotations

from collections.abc import Collection

from sqlalchemy import select
from sqlalchemy.orm import Session

from models.natural_keys import insert_missing
from models.sharing import Opening
from workflow.articles import cases
from workflow.articles.able import able
from workflow.occasion import Occasion


def opened(session: Session, by: Occasion, revision_ids: Collection[int]) -> set[int]:
    """Which of these texts the person has opened."""
    query = select(Opening.revision_id).where(
        Opening.person_id == by.person_id, Opening.revision_id.in_(revision_ids)
    )
    return set(session.scalars(query))


def wants_opening(session: Session, by: Occasion, article_id: int) -> bool:
    """Whether opening it is to be kept: she may act on it, and it is not kept yet.

    Raises:
        NotFound: no such article here.
    """
    case = cases.load(session, by.agency_id, article_id)
    if case.revision.id in opened(session, by, [case.revision.id]):
        return False
    return by.person_id in able(session, by, case)


def note_latest(session: Session, by: Occasion, article_id: int) -> None:
    """Keep that she opened the latest text of an article."""
    case = cases.load(session, by.agency_id, article_id)
    note_opening(session, by, case.revision.id)


def note_opening(session: Session, by: Occasion, revision_id: int) -> None:
    """Keep that she opened this text, once."""
    row = {
        "person_id": by.person_id,
        "revision_id": revision_id,
        "agency_id": by.agency_id,
        "opened_at": by.at,
    }
    insert_missing(session, Opening, [row])
