"""The gate trusts no column: what raw SQL says lets nothing out."""

from __future__ import annotations

import json
from collections.abc import Callable

import pytest
from sqlalchemy import text
from sqlalchemy.exc import IntegrityError

from models.append_only import disarm
from models.articles import Article
from tests.stories import (
    at_deputy,
    case_of,
    cleared,
    drafted,
    publish,
    published,
    sign,
    submitted,
)
from tests.town import Town
from workflow.errors import WorkflowError, WrongState

Story = Callable[[Town], Article]


def run(town: Town, statement: str, **values: object) -> None:
    """Raw SQL past every act, seen by the next one."""
    town.session.flush()
    town.session.execute(text(statement), values)
    town.session.expire_all()


def armed_no_more(town: Town) -> None:
    town.session.flush()
    for statement in disarm(town.session.get_bind().dialect.name):
        town.session.execute(text(statement))


def refused(town: Town, article: Article) -> WorkflowError:
    with pytest.raises(WrongState) as refusal:
        publish(town, article)
    return refusal.value


@pytest.mark.parametrize("story", [drafted, submitted, at_deputy])
def test_a_state_written_by_hand_lets_nothing_out(town: Town, story: Story) -> None:
    article = story(town)

    run(town, "UPDATE articles SET state = 'cleared' WHERE id = :id", id=article.id)

    assert refused(town, article).rule == "review-before-publishing"


def test_published_by_hand_violates_the_check(town: Town) -> None:
    cleared(town)

    with pytest.raises(IntegrityError, match="published_names_who_when_what"):
        run(town, "UPDATE articles SET state = 'published'")

    town.session.rollback()


def test_a_date_by_hand_violates_the_check(town: Town) -> None:
    cleared(town)

    with pytest.raises(IntegrityError, match="only_published_has_a_date"):
        run(town, "UPDATE articles SET published_at = made_at")


def test_publishing_twice_is_refused(town: Town) -> None:
    article = published(town)

    assert "发布" in refused(town, article).message


@pytest.mark.parametrize(
    "change",
    [
        "body = body || '。'",
        "title = '换掉的标题'",
        "channels = '[\"wechat_official\"]'",
        "section_id = (SELECT max(id) FROM sections)",
        "attributes = '{}'",
        "digest = 'abc'",
    ],
)
def test_a_text_altered_by_hand_is_noticed(town: Town, change: str) -> None:
    article = cleared(town)
    armed_no_more(town)

    run(town, f"UPDATE revisions SET {change}")

    assert refused(town, article).rule == "text-tampered"


def test_altered_with_a_fitting_digest_it_has_no_signature_left(town: Town) -> None:
    article = cleared(town)
    armed_no_more(town)
    other = drafted(town, title="换掉的标题")
    values = {"this": case_of(town, article).revision.id}
    values["other"] = case_of(town, other).revision.id
    for column in ("title", "parts", "digest"):
        run(
            town,
            f"UPDATE revisions SET {column} = "
            f"(SELECT {column} FROM revisions WHERE id = :other) WHERE id = :this",
            **values,
        )

    assert refused(town, article).rule == "review-before-publishing"


COLUMNS = (
    "agency_id, article_id, revision_id, acts, outcome, returned_to, opinion, "
    "checklist, person_name, post_id, post_title, on_behalf_of_id, "
    "on_behalf_of_name, entered_at, signed_at"
)


def forge_deputy(town: Town, article: Article, digest: str, who: str) -> None:
    """A signature row of the deputy that no act wrote."""
    case = case_of(town, article)
    acts = json.dumps(sorted(case.plan.stage("deputy_review").act_ids))
    copied = COLUMNS.replace(" acts,", f" '{acts}',")
    run(
        town,
        f"INSERT INTO signatures ({COLUMNS}, seq, digest, stage, person_id) "
        f"SELECT {copied}, seq + 1, :digest, 'deputy_review', :person "
        "FROM signatures WHERE article_id = :id AND stage = 'office_review'",
        id=article.id,
        digest=digest,
        person=town.people[who].id,
    )
    run(town, "UPDATE articles SET state = 'cleared' WHERE id = :id", id=article.id)


def test_a_signature_with_a_wrong_digest_counts_for_nothing(town: Town) -> None:
    article = at_deputy(town)

    forge_deputy(town, article, "0" * 64, "deputy")

    stood = [signature.stage for signature in case_of(town, article).standing]
    assert stood == ["self_check", "office_review"]
    assert "分管负责人" in refused(town, article).message


def test_a_wrong_row_does_not_take_the_right_ones_with_it(town: Town) -> None:
    article = at_deputy(town)
    forge_deputy(town, article, "0" * 64, "deputy")
    run(town, "UPDATE articles SET state = 'deputy_review'")

    sign(town, article, "deputy")

    assert publish(town, article).state == "published"


def test_a_forged_row_of_somebody_who_signed_below_counts_for_nothing(
    town: Town,
) -> None:
    article = at_deputy(town)

    forge_deputy(town, article, case_of(town, article).revision.digest, "director")

    assert "同一人" in refused(town, article).message


def test_a_forged_row_of_the_right_person_has_left_no_trace(town: Town) -> None:
    article = at_deputy(town)

    forge_deputy(town, article, case_of(town, article).revision.digest, "deputy")

    refusal = refused(town, article)
    assert refusal.rule == "signature-without-trace"
    assert "审计管理员" in refusal.help_from
