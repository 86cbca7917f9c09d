"""Letting a text out on its channels, and taking it down again."""

from __future__ import annotations

from collections.abc import Iterable

from sqlalchemy import update
from sqlalchemy.orm import Session

from models.releases import Release
from workflow.articles.cases import Case
from workflow.occasion import Occasion


def let_out(
    session: Session, by: Occasion, case: Case, digest: str, channels: Iterable[str]
) -> None:
    """One release for each channel: the same text everywhere (信息同源)."""
    for channel in sorted(channels):
        release = Release(
            agency_id=by.agency_id,
            article_id=case.article.id,
            revision_id=case.revision.id,
            channel=channel,
            digest=digest,
            released_at=by.at,
            released_by_id=by.person_id,
        )
        session.add(release)


def take_down(session: Session, by: Occasion, case: Case) -> None:
    """Mark every release of the article that is still out."""
    session.execute(
        update(Release)
        .where(Release.article_id == case.article.id, Release.taken_down_at.is_(None))
        .values(taken_down_at=by.at, taken_down_by_id=by.person_id)
    )


def who_when_what(by: Occasion, digest: str) -> dict[str, object]:
    """What the article keeps of its publication; the time is the act's, not typed."""
    return {
        "published_at": by.at,
        "published_by_id": by.person_id,
        "published_digest": digest,
    }
