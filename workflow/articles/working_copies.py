"""What somebody has typed and not saved yet: kept every few seconds, lost never.

Keeping a working copy is no act on the article: no revision, no trail entry, nobody but
its author sees it.  A window that does not know the newest text may not write over it.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Select, delete, select
from sqlalchemy.orm import Session

from models.articles import Article, WorkingCopy
from workflow.errors import InvalidInput, NotFound
from workflow.occasion import Occasion

Fields = Mapping[str, Sequence[str]]
NAME = re.compile(r"[0-9a-z]{1,40}")
FIELD = re.compile(r"[A-Za-z0-9_-]{1,60}")
FIELDS_MAX = 300
CHARACTERS_MAX = 400_000
NEW_COPIES_MAX = 20


@dataclass(frozen=True, slots=True)
class Typed:
    """What a window sends to be kept.

    Args:
        name: of the copy, made by the window's page; digits and small letters.
        article_id: ``None`` while the article was never saved.
        revision_id: the revision on which the text was typed.
        sequence: the number of the copy that this window knows; 0 for none.
        fields: what stands in each field; a group of boxes has several values.
    """

    name: str
    article_id: int | None
    revision_id: int | None
    sequence: int
    fields: Fields


@dataclass(frozen=True, slots=True)
class Kept:
    """A working copy as its author finds it again."""

    name: str
    article_id: int | None
    revision_id: int | None
    sequence: int
    fields: Fields
    saved_at: datetime


def keep(session: Session, by: Occasion, typed: Typed) -> Kept | None:
    """Keep it, unless another window has kept a newer text: then ``None``.

    Raises:
        InvalidInput: a name or a size that no page of ours sends.
        NotFound: no such article here.
    """
    _check(session, by, typed)
    row = session.get(WorkingCopy, _key(by, typed.name), with_for_update=True)
    if typed.sequence != (_sequence(row) if row else 0):
        return None
    if row is None:
        row = WorkingCopy(id=_key(by, typed.name), agency_id=by.agency_id)
        row.person_id = by.person_id or 0
        session.add(row)
    row.article_id, row.saved_at = typed.article_id, by.at
    row.fields = {
        "sequence": typed.sequence + 1,
        "revision": typed.revision_id,
        "typed": {name: list(values) for name, values in typed.fields.items()},
    }
    session.flush()
    _forget_the_oldest(session, by)
    return _kept(row)


def mine(session: Session, by: Occasion, article_id: int | None) -> Kept | None:
    """My newest working copy of an article, or of one that was never saved."""
    query = _mine(by, article_id).limit(1)
    row = session.scalars(query).one_or_none()
    return _kept(row) if row else None


def discard(session: Session, by: Occasion, name: str) -> None:
    """Remove a copy of mine: its text was saved, or is not wanted any more."""
    session.execute(delete(WorkingCopy).where(WorkingCopy.id == _key(by, name)))


def discard_all(session: Session, by: Occasion, article_id: int) -> None:
    """Remove every copy of mine of one article, now that its text was saved."""
    session.execute(
        delete(WorkingCopy).where(
            WorkingCopy.person_id == by.person_id, WorkingCopy.article_id == article_id
        )
    )


def _mine(by: Occasion, article_id: int | None) -> Select[WorkingCopy]:
    query = select(WorkingCopy).where(
        WorkingCopy.person_id == by.person_id, WorkingCopy.article_id == article_id
    )
    return query.order_by(WorkingCopy.saved_at.desc(), WorkingCopy.id)


def _check(session: Session, by: Occasion, typed: Typed) -> None:
    size = sum(len(v) for values in typed.fields.values() for v in values)
    names = all(map(FIELD.fullmatch, typed.fields))
    fits = size <= CHARACTERS_MAX and len(typed.fields) <= FIELDS_MAX
    if not (NAME.fullmatch(typed.name) and names and fits):
        raise InvalidInput({"body": ["内容过长或格式不对，没有自动保存。"]})
    if typed.article_id is None:
        return
    article = session.get(Article, typed.article_id)
    if article is None or article.agency_id != by.agency_id:
        raise NotFound("没有找到这篇稿件，可能不属于本单位。")


def _forget_the_oldest(session: Session, by: Occasion) -> None:
    rows = session.scalars(_mine(by, None)).all()
    for row in rows[NEW_COPIES_MAX:]:
        session.delete(row)


def _key(by: Occasion, name: str) -> str:
    return f"{by.person_id}-{name}"[:80]


def _sequence(row: WorkingCopy) -> int:
    return int(row.fields["sequence"])


def _kept(row: WorkingCopy) -> Kept:
    return Kept(
        name=row.id.partition("-")[2],
        article_id=row.article_id,
        revision_id=row.fields["revision"],
        sequence=_sequence(row),
        fields=row.fields["typed"],
        saved_at=row.saved_at,
    )
