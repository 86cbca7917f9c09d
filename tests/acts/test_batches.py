"""Approving routine texts together: opened, never major, all of them or none."""

from __future__ import annotations

from collections.abc import Sequence

import pytest
from sqlalchemy import select

from models.articles import Article
from models.audit import AuditEntry
from models.signatures import Signature
from tests.stories import all_yes, drafted, revision_of, submit, submitted
from tests.town import Town
from workflow.articles import acts, batches, consultations, openings, tasks
from workflow.articles.approvals import Approval
from workflow.errors import (
    ChecklistOpen,
    InvalidInput,
    NotPermitted,
    Superseded,
)


def opened(town: Town, who: str, *articles: Article) -> None:
    for article in articles:
        openings.note_latest(town.session, town.by(who), article.id)


def together(town: Town, who: str, articles: Sequence[Article]) -> list[Article]:
    chosen = [(one.id, revision_of(town, one)) for one in articles]
    given = Approval(all_yes(town, articles[0]), "同意")
    by = town.by(who)
    return batches.approve_together(town.session, by, chosen, given)


def signatures(town: Town) -> int:
    return len(town.session.scalars(select(Signature)).all())


def why_not(town: Town, who: str) -> list[str]:
    by = town.by(who)
    found = batches.batches(town.session, by, tasks.desk(town.session, by))
    return [row.why_not for batch in found for row in batch.rows]


def test_each_text_gets_its_own_signature_and_entry(town: Town) -> None:
    two = [submitted(town), submitted(town)]
    assert why_not(town, "director") == [batches.WHY_NOT["unopened"]] * 2
    opened(town, "director", *two)
    assert why_not(town, "director") == ["", ""]
    before = signatures(town)
    chosen = [(one.id, revision_of(town, one)) for one in two]
    given, by = Approval(all_yes(town, two[0]), "同意"), town.by("director", "once")
    for _ in range(2):
        done = batches.approve_together(town.session, by, chosen, given)
        assert [one.state for one in done] == ["deputy_review"] * 2
        assert signatures(town) == before + 2
    town.session.commit()
    signs = select(AuditEntry).where(
        AuditEntry.act == "article.sign",
        AuditEntry.person_id == town.people["director"].id,
    )
    assert len(town.session.scalars(signs).all()) == 2


def test_what_was_not_opened_is_not_signed_and_then_nothing_is(town: Town) -> None:
    seen, unseen = submitted(town), submitted(town)
    opened(town, "director", seen)
    before = signatures(town)
    with pytest.raises(InvalidInput) as refused:
        together(town, "director", [seen, unseen])
    assert "还没有打开看过" in refused.value.fields["articles"][0]
    assert signatures(town) == before
    opened(town, "deputy", unseen)
    with pytest.raises(InvalidInput):
        together(town, "director", [seen, unseen])


def test_a_new_text_must_be_opened_anew(town: Town) -> None:
    article = submitted(town)
    opened(town, "director", article)
    acts.raise_importance(
        town.session,
        town.by("director"),
        article.id,
        revision_of(town, article),
        "事关全镇",
    )
    assert why_not(town, "director") == [batches.WHY_NOT["weighty"]]
    opened(town, "director", article)
    with pytest.raises(InvalidInput) as major:
        together(town, "director", [article])
    assert "重大" in major.value.fields["articles"][0]


@pytest.mark.parametrize(
    "facts", [{"importance": "major"}, {"special": True}], ids=["major", "special"]
)
def test_nothing_that_is_major_or_special_is_ever_in_a_batch(
    town: Town, facts: dict[str, object]
) -> None:
    article = submit(town, drafted(town, attributes=facts))
    opened(town, "director", article)
    with pytest.raises(InvalidInput):
        together(town, "director", [article])


def test_an_open_question_keeps_a_text_out(town: Town) -> None:
    asked = submitted(town)
    opened(town, "director", asked)
    consultations.consult(
        town.session,
        town.by("director"),
        asked.id,
        revision_of(town, asked),
        town.people["colleague"].id,
        "属实？",
    )
    assert why_not(town, "director") == [batches.WHY_NOT["shared"]]


def test_who_may_not_sign_one_signs_none(town: Town) -> None:
    two = [submitted(town), submitted(town)]
    opened(town, "deputy", *two)
    opened(town, "director_b", *two)
    for who in ("deputy", "director_b", "drafter"):
        with pytest.raises((NotPermitted, InvalidInput)):
            together(town, who, two)
    assert why_not(town, "deputy") == []


def test_the_checklist_is_answered_and_the_texts_are_those_that_were_read(
    town: Town,
) -> None:
    article = submitted(town)
    opened(town, "director", article)
    at = [(article.id, revision_of(town, article))]
    with pytest.raises(ChecklistOpen):
        batches.approve_together(
            town.session, town.by("director"), at, Approval({}, "")
        )
    old = [(article.id, revision_of(town, article) + 99)]
    given = Approval(all_yes(town, article), "")
    with pytest.raises(Superseded):
        batches.approve_together(town.session, town.by("director"), old, given)
    for none in ([], [*at, *at]):
        with pytest.raises(InvalidInput):
            batches.approve_together(town.session, town.by("director"), none, given)
