"""Two revisions of one article beside each other, everything named in words."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from models.agencies import Section
from models.articles import Article, Revision
from workflow.articles.cases import Case, text_of
from workflow.articles.difference import Difference, ValueChange, difference
from workflow.articles.questions import my_last_signature
from workflow.articles.runs import Run
from workflow.errors import NotFound


@dataclass(frozen=True, slots=True)
class Worded:
    """A fact that changed, as people say it."""

    label: str
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class Comparison:
    """What changed from one revision to another.

    Args:
        channels: the channels by name, each added, removed or the same.
        values: section and attributes that changed, in words.
    """

    old: Revision
    new: Revision
    found: Difference
    channels: tuple[Run, ...]
    values: tuple[Worded, ...]


def compare(session: Session, case: Case, old: int, new: int) -> Comparison:
    """Two revisions by their numbers (第n稿).

    Raises:
        NotFound: the article has no revision of that number.
    """
    before, after = (_revision(session, case.article, n) for n in (old, new))
    found = difference(text_of(session, before), text_of(session, after))
    names = case.definition.attributes["channels"]
    channels = tuple(
        Run(run.kind, names.named(frozenset({run.text})), run.strong)
        for run in found.channels
    )
    values = tuple(_worded(session, case, value) for value in found.values)
    return Comparison(before, after, found, channels, values)


def seen_before(session: Session, case: Case, person_id: int) -> Revision | None:
    """The revision that this person last signed or sent back, if ever."""
    mine = my_last_signature(case, person_id)
    return session.get_one(Revision, mine.revision_id) if mine else None


def changes_since(session: Session, case: Case, seen: Revision) -> int:
    """In how many places the present text differs from one seen before."""
    if seen.id == case.revision.id:
        return 0
    return difference(text_of(session, seen), case.text).count


def _revision(session: Session, article: Article, number: int) -> Revision:
    found = session.scalars(
        select(Revision).where(
            Revision.article_id == article.id, Revision.number == number
        )
    ).one_or_none()
    if found is None:
        raise NotFound(f"这篇稿件没有第{number}稿。", subject=article.id)
    return found


def _worded(session: Session, case: Case, value: ValueChange) -> Worded:
    if value.name == "section":
        before, after = (
            _section(session, case, str(code)) for code in (value.before, value.after)
        )
        return Worded("栏目", before, after)
    attribute = case.definition.attributes[value.name]
    before, after = attribute.named(value.before), attribute.named(value.after)
    return Worded(attribute.label, before, after)


def _section(session: Session, case: Case, code: str) -> str:
    query = select(Section.name).where(
        Section.agency_id == case.article.agency_id, Section.code == code
    )
    return session.scalars(query).one()
