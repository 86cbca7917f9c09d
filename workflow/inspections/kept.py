"""Keeping a photo: its bytes once under their digest, without what they tell more."""

from __future__ import annotations

from sqlalchemy.orm import Session

from models.articles import Blob
from models.natural_keys import insert_missing
from workflow.inspections.photos import photo_digest, without_metadata


def keep(session: Session, photo: bytes | None) -> str | None:
    """The digest under which the cleaned photo is kept; nothing for no photo.

    Raises:
        InvalidInput: neither JPEG nor PNG, too large, or broken off.
    """
    if photo is None:
        return None
    clean = without_metadata(photo)
    digest = photo_digest(clean)
    blob = {"digest": digest, "size": len(clean), "content": clean}
    insert_missing(session, Blob, [blob])
    return digest
