"""For the furnished town: a question that is open, a signer added, a text opened."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from sqlalchemy import select

from models.people import Holding, Post, Slot
from models.sharing import AddedSigner, Consultation
from tests import stories
from tests.town import Town
from workflow.articles import consultations, openings, signers, telephone


def of_shared(town: Town, section: str) -> Mapping[str, int]:
    """One article with a question that is open, one with a signer who was added.

    On the latter the deputy has given an instruction by telephone.
    """
    session = town.session
    routine = stories.submitted(town, section=section)
    openings.note_latest(session, town.by("director"), routine.id)
    asked = stories.submitted(town, section=section)
    read, whom = stories.revision_of(town, asked), town.people["drafter"].id
    by = town.by("director")
    consultations.consult(session, by, asked.id, read, whom, "数字是否属实？")
    more = stories.at_deputy(town, section=section)
    read, post = stories.revision_of(town, more), _post(town, "principal")
    signers.add_signer(session, town.by("deputy"), more.id, read, post, "事关全镇")
    deputy = town.people["deputy"].id
    said = telephone.Said(deputy, town.at, "先发预警，回来补签。")
    telephone.record_call(session, town.by("director"), more.id, read, said)
    helper = town.people["inspector"].id
    session.add(
        Holding(
            post_id=_post(town, "publisher"),
            person_id=helper,
            slot=Slot.A,
            since=date(2024, 1, 1),
        )
    )
    session.flush()
    questions = select(Consultation.id).where(Consultation.article_id == asked.id)
    added = select(AddedSigner.id).where(AddedSigner.article_id == more.id)
    return {
        "shared": asked.id,
        "signed_more": more.id,
        "consultation_id": session.scalars(questions).one(),
        "signer_id": session.scalars(added).one(),
        "helper_id": helper,
        "deputy_id": deputy,
    }


def _post(town: Town, code: str) -> int:
    query = select(Post.id).where(Post.agency_id == town.agency.id, Post.code == code)
    found = town.session.scalars(query.order_by(Post.id)).first()
    assert found is not None
    return found
