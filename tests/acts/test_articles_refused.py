"""What an act on an article refuses: twice, too late, elsewhere, badly typed."""

from __future__ import annotations

from typing import Any

import pytest
from sqlalchemy import func, select

from models.articles import Revision
from models.releases import Release
from tests.stories import (
    approved,
    cleared,
    drafted,
    publish,
    published,
    revision_of,
    submitted,
    written,
)
from tests.town import Town, found_town
from workflow.articles import acts
from workflow.articles.acts import Return
from workflow.errors import (
    InvalidInput,
    NotFound,
    NotPermitted,
    OperationReused,
    OpinionRequired,
    Superseded,
    WrongState,
)


def test_the_same_operation_again_gives_the_same_answer(town: Town) -> None:
    by = town.by("drafter", "twice")

    first = acts.draft(town.session, by, written())
    second = acts.draft(town.session, by, written())

    assert first.id == second.id
    assert town.session.scalar(select(func.count(Revision.id))) == 1


def test_one_operation_id_for_two_things_is_refused(town: Town) -> None:
    acts.draft(town.session, town.by("drafter", "reused"), written())

    with pytest.raises(OperationReused):
        acts.draft(
            town.session, town.by("drafter", "reused"), written(title="另一篇稿件")
        )


def test_a_revision_that_is_not_the_latest_is_superseded(town: Town) -> None:
    article = drafted(town)
    old = revision_of(town, article)
    acts.revise(
        town.session, town.by("drafter"), article.id, old, written(title="新标题")
    )

    with pytest.raises(Superseded, match="第2稿"):
        acts.submit(
            town.session, town.by("drafter"), article.id, old, approved(town, article)
        )


def test_another_agency_does_not_find_it(town: Town) -> None:
    other = found_town(town.session, "other-town")
    article = drafted(town)
    revision = revision_of(town, article)

    with pytest.raises(NotFound):
        acts.recall(other.session, other.by("drafter"), article.id, revision)


def test_only_the_publishing_post_lets_it_out(town: Town) -> None:
    article = cleared(town)

    for who in ("drafter", "director", "deputy", "principal"):
        with pytest.raises(NotPermitted):
            publish(town, article, who)


def test_it_goes_out_once_on_every_channel_with_one_digest(town: Town) -> None:
    article = published(town, channels=["wechat_official", "website"])

    released = town.session.scalars(select(Release)).all()

    assert {r.channel for r in released} == {"wechat_official", "website"}
    assert {r.digest for r in released} == {article.published_digest}


def test_withdrawing_takes_down_every_channel_and_keeps_the_record(town: Town) -> None:
    article = published(town, channels=["wechat_official", "website"])
    revision = revision_of(town, article)
    with pytest.raises(OpinionRequired):
        acts.withdraw(town.session, town.by("deputy"), article.id, revision, "")

    acts.withdraw(town.session, town.by("deputy"), article.id, revision, "数据有误")

    assert article.state == "withdrawn"
    assert article.published_digest
    released = town.session.scalars(select(Release))
    assert all(r.taken_down_at for r in released)


def test_a_return_goes_only_where_the_regulation_lets_it(town: Town) -> None:
    article = submitted(town)
    revision = revision_of(town, article)

    with pytest.raises(WrongState, match="不能退回到"):
        acts.send_back(
            town.session,
            town.by("director"),
            article.id,
            revision,
            Return("principal_decision", "理由"),
        )


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"title": "  "}, "title"),
        ({"title": "长" * 121}, "title"),
        ({"body": "\n\n"}, "body"),
        ({"body": "字" * 100_001}, "body"),
        ({"body": "坏\ud800字"}, "body"),
        ({"section": "nowhere"}, "section"),
        ({"channels": []}, "channels"),
        ({"channels": ["tv"]}, "channels"),
        ({"attributes": {"importance": "enormous"}}, "importance"),
    ],
)
def test_what_cannot_be_taken_is_named_beside_its_field(
    town: Town, changes: dict[str, Any], field: str
) -> None:
    with pytest.raises(InvalidInput) as refused:
        drafted(town, **changes)

    assert field in refused.value.fields


def test_all_faults_are_told_at_once(town: Town) -> None:
    with pytest.raises(InvalidInput) as refused:
        drafted(town, title="", body="", channels=[])

    assert set(refused.value.fields) == {"title", "body", "channels"}
