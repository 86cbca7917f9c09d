"""A person's stock phrases (常用语): put into an opinion by a click, never by itself.

An opinion that fills itself in is no opinion; so a phrase is only ever offered.
"""

from __future__ import annotations

from sqlalchemy import delete, func, select
from sqlalchemy.orm import Session

from models.handling import Phrase
from models.natural_keys import insert_missing
from workflow.errors import InvalidInput, NotFound
from workflow.occasion import Occasion
from workflow.operations import once

LONGEST = 200
MOST = 20


def phrases(session: Session, by: Occasion) -> list[Phrase]:
    """The phrases of this person, in the order they were kept."""
    query = select(Phrase).where(
        Phrase.person_id == by.person_id, Phrase.agency_id == by.agency_id
    )
    return list(session.scalars(query.order_by(Phrase.id)))


def keep(session: Session, by: Occasion, words: str) -> bool:
    """Keep a phrase; whether it was new.

    Raises:
        InvalidInput: empty, too long, or there are too many already.
    """
    if not 0 < len(words) <= LONGEST:
        raise InvalidInput({"words": [f"常用语须填写，最多{LONGEST}个字。"]})

    def doing() -> tuple[bool, dict[str, bool]]:
        _check_room(session, by)
        row = {
            "agency_id": by.agency_id,
            "person_id": by.person_id,
            "words": words,
            "made_at": by.at,
        }
        new = insert_missing(session, Phrase, [row]) == 1
        return new, {"new": new}

    asked = {"words": words}
    return once(session, by, "keep_phrase", asked, doing, lambda a: bool(a["new"]))


def drop(session: Session, by: Occasion, phrase_id: int) -> bool:
    """Drop one of one's own phrases.

    Raises:
        NotFound: no such phrase of this person.
    """
    mine = delete(Phrase).where(
        Phrase.id == phrase_id,
        Phrase.person_id == by.person_id,
        Phrase.agency_id == by.agency_id,
    )

    def doing() -> tuple[bool, dict[str, bool]]:
        if session.execute(mine.returning(Phrase.id)).first() is None:
            raise NotFound("没有找到这条常用语。")
        return True, {}

    asked = {"phrase": phrase_id}
    return once(session, by, "drop_phrase", asked, doing, lambda _: True)


def _check_room(session: Session, by: Occasion) -> None:
    query = select(func.count(Phrase.id)).where(Phrase.person_id == by.person_id)
    if session.execute(query).scalar_one() >= MOST:
        raise InvalidInput({"words": [f"常用语最多{MOST}条，请先删去不用的。"]})
