"""直达 and 逐级: a direct return leaves alone what was signed between."""

from __future__ import annotations

import pytest

from models.articles import Article
from tests.stories import (
    at_principal,
    case_of,
    publish,
    revision_of,
    sign,
    submit,
    written,
)
from tests.town import Town
from workflow.articles import acts, questions
from workflow.articles.acts import Return
from workflow.errors import NotPermitted, WrongState

MAJOR = {"importance": "major"}


def back(town: Town, article: Article, to: str, *, direct: bool) -> Article:
    """The principal sends it back."""
    town.later(hours=0.1)
    given = Return(to, "请核实日期。", direct=direct)
    by, revision = town.by("principal"), revision_of(town, article)
    return acts.send_back(town.session, by, article.id, revision, given)


def revise(town: Town, article: Article, **changes: object) -> None:
    new = written(attributes=MAJOR, **changes)
    by, revision = town.by("drafter"), revision_of(town, article)
    acts.revise(town.session, by, article.id, revision, new)


def test_step_by_step_every_rung_signs_again(town: Town) -> None:
    article = back(town, at_principal(town), "drafting", direct=False)
    assert submit(town, article).state == "office_review"
    assert sign(town, article, "director").state == "deputy_review"


def test_directly_it_comes_straight_back_when_nothing_was_changed(town: Town) -> None:
    article = back(town, at_principal(town), "drafting", direct=True)
    assert article.state == "drafting"
    assert submit(town, article).state == "principal_decision"
    assert sign(town, article, "principal").state == "cleared"
    assert publish(town, article).state == "published"
    told = [line.act for line in questions.story(town.session, case_of(town, article))]
    assert "退回至“拟稿”（直达）" in told


def test_a_change_is_seen_again_by_everybody_who_answers_for_it(town: Town) -> None:
    article = back(town, at_principal(town), "drafting", direct=True)
    revise(town, article, title="另一标题")
    assert submit(town, article).state == "office_review"
    with pytest.raises(WrongState):
        publish(town, article)
    assert sign(town, article, "director").state == "deputy_review"
    assert sign(town, article, "deputy").state == "principal_decision"


def test_back_to_a_rung_that_rung_signs_again_and_the_next_stands(town: Town) -> None:
    article = back(town, at_principal(town), "office_review", direct=True)
    assert article.state == "office_review"
    with pytest.raises(NotPermitted):
        sign(town, article, "deputy")
    assert sign(town, article, "director").state == "principal_decision"


def test_the_one_who_sent_it_back_signs_again_herself(town: Town) -> None:
    article = back(town, at_principal(town), "office_review", direct=True)
    sign(town, article, "director")
    missing = [one.stage for one in _open(town, article)]
    assert missing == ["主要负责人审定"]
    back(town, article, "office_review", direct=False)
    sign(town, article, "director")
    assert article.state == "deputy_review"


def _open(town: Town, article: Article) -> list[questions.Condition]:
    case = case_of(town, article)
    found = questions.why_publishable(town.session, town.by("director"), case)
    return [one for one in found if not one.met]
