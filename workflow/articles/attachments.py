"""The files that belong to a revision: which they are, and their bytes."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from models.articles import Article, Attachment, Blob, Revision
from workflow.errors import NotFound


@dataclass(frozen=True, slots=True)
class AttachedFile:
    """One file of one revision; ``size`` in bytes, ``digest`` its SHA-256.

    ``kind`` is the regulation's word for what it is; empty for any other.
    """

    id: int
    name: str
    media_type: str
    digest: str
    size: int
    kind: str = ""


_COLUMNS = (
    Attachment.id,
    Attachment.name,
    Attachment.media_type,
    Attachment.digest,
    Blob.size,
    Attachment.kind,
)


def of_revision(session: Session, revision_id: int) -> list[AttachedFile]:
    """The files of a revision, in their order."""
    rows = session.execute(
        select(*_COLUMNS)
        .join(Blob, Blob.digest == Attachment.digest)
        .where(Attachment.revision_id == revision_id)
        .order_by(Attachment.position)
    )
    return [AttachedFile(*row) for row in rows]


def content(
    session: Session, agency_id: int, attachment_id: int
) -> tuple[AttachedFile, bytes]:
    """One file and its bytes, to people of the agency only.

    Raises:
        NotFound: no such file here.
    """
    row = session.execute(
        select(*_COLUMNS, Blob.content)
        .join(Blob, Blob.digest == Attachment.digest)
        .join(Revision, Revision.id == Attachment.revision_id)
        .join(Article, Article.id == Revision.article_id)
        .where(Attachment.id == attachment_id, Article.agency_id == agency_id)
    ).one_or_none()
    if row is None:
        raise NotFound("没有找到这个附件，可能不属于本单位。")
    return AttachedFile(*row[:6]), row[6]
