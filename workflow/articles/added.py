"""What is demanded besides the regulation: the posts that were added (加签).

Only questions here; ``signers.py`` has the acts.  An added signature is on one text and
counts for that text only; it adds to what the regulation demands and replaces nothing.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from sqlalchemy import ColumnElement, select
from sqlalchemy.orm import Session

from models.articles import Article, Revision
from models.people import Person, Post
from models.sharing import AddedSignature, AddedSigner, Consultation
from workflow.articles.cases import Case, added_act, definition_of
from workflow.process.definition import Definition
from workflow.process.machine import CLEARED


@dataclass(frozen=True, slots=True)
class Demand:
    """One added signer, and her signature on the present text, if it is there.

    Args:
        by: name of who added the post.
    """

    row: AddedSigner
    post_code: str
    post_title: str
    by: str
    signature: AddedSignature | None

    @property
    def act(self) -> str:
        """What a signature of hers is called where persons are kept apart."""
        return added_act(self.row.id)

    @property
    def open(self) -> bool:
        """Whether it is still owed."""
        return self.row.removed_at is None and self.signature is None


def demands(session: Session, case: Case) -> list[Demand]:
    """Every post that was added to an article, removed ones too, oldest first."""
    query = (
        select(AddedSigner, Post.code, Post.title, Person.name)
        .join(Post, Post.id == AddedSigner.post_id)
        .join(Person, Person.id == AddedSigner.added_by_id)
        .where(AddedSigner.article_id == case.article.id)
        .order_by(AddedSigner.id)
    )
    rows = session.execute(query).all()
    if not rows:
        return []
    signed = {
        one.signer_id: one
        for one in signatures(session, case.article.id)
        if one.revision_id == case.revision.id and one.digest == case.revision.digest
    }
    return [
        Demand(row, code, title, name, signed.get(row.id))
        for row, code, title, name in rows
    ]


def owed(session: Session, case: Case, stage: str = "") -> list[Demand]:
    """Those still to sign the present text: of one stage, or of all."""
    return [
        one
        for one in demands(session, case)
        if one.open and (not stage or one.row.stage == stage)
    ]


def signatures(session: Session, article_id: int) -> list[AddedSignature]:
    """Every signature that an added signer gave, on whatever text, oldest first."""
    query = select(AddedSignature).where(AddedSignature.article_id == article_id)
    return list(session.scalars(query.order_by(AddedSignature.id)))


def is_up(definition: Definition, state: str, stage: str) -> bool:
    """Whether an article in this state has come to a stage, or past it."""
    return state == CLEARED or definition.rank(state) >= definition.rank(stage) >= 0


def waiting_for(
    session: Session, agency_id: int, person_id: int, posts: Iterable[int]
) -> set[int]:
    """The articles on which a person is asked, or has to sign as one who was added.

    Args:
        posts: the posts in which she may act today.
    """
    asked = select(Consultation.article_id).where(
        Consultation.agency_id == agency_id,
        Consultation.person_id == person_id,
        Consultation.ended_at.is_(None),
    )
    found = set(session.scalars(asked))
    return found | _to_sign(session, agency_id, frozenset(posts))


def _to_sign(session: Session, agency_id: int, posts: frozenset[int]) -> set[int]:
    if not posts:
        return set()
    query = (
        select(Article.id, Article.definition_id, Article.state, AddedSigner.stage)
        .join(AddedSigner, AddedSigner.article_id == Article.id)
        .where(
            AddedSigner.agency_id == agency_id,
            AddedSigner.post_id.in_(posts),
            AddedSigner.removed_at.is_(None),
            ~_signed_now(),
        )
    )
    return {
        article
        for article, definition, state, stage in session.execute(query)
        if is_up(definition_of(session, definition), state, stage)
    }


def _signed_now() -> ColumnElement[bool]:
    """Whether the added signer has signed the latest revision."""
    signed = (
        select(AddedSignature.signer_id)
        .join(Revision, Revision.id == AddedSignature.revision_id)
        .where(
            AddedSignature.signer_id == AddedSigner.id,
            Revision.number == Article.revision_number,
        )
    )
    return signed.exists()
