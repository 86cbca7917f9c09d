"""What happened to a text, whether it may go out, and its approval sheet."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from flask import Flask

from models.database import Database
from tests import stories
from tests.reviewing_town import build_at, stage, take_over, told
from tests.small_town import Clock
from tests.web_client import Browserlike
from workflow.articles import acts

SignIn = Callable[[str], Browserlike]


@pytest.fixture(scope="module")
def town_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """In place of the town without a regulation."""
    path = tmp_path_factory.mktemp("timeline") / "town.sqlite"
    build_at(path)
    return path


@pytest.fixture
def database(app: Flask, clock: Clock) -> Database:
    """The town's, some hours after its stories were told."""
    clock.move(hours=5)
    found: Database = app.extensions["database"]
    return found


def returned_and_rewritten(database: Database) -> int:
    """Signed by the director, returned by the deputy a day later, rewritten."""
    with stage(database) as town:
        article = stories.at_deputy(town, section="farming")
        town.later(days=1)
        stories.sent_back(town, article, "deputy", reason="请核对参会人数。")
        read = stories.revision_of(town, article)
        new = stories.written(section="farming", body="改过的正文。")
        acts.revise(town.session, town.by("drafter"), article.id, read, new)
        return article.id


def test_the_story_says_who_did_what_in_which_post_and_how_long_it_waited(
    database: Database, signed_in: SignIn
) -> None:
    page = signed_in("drafter").get(
        f"/articles/{returned_and_rewritten(database)}/timeline"
    )
    assert page.h1[0].startswith("办理经过：")
    assert "示例副镇长 副镇长 退回至“拟稿”" in " ".join(page.text.split())
    assert "请核对参会人数。" in page.text
    assert "等了 1 个工作日" in page.text
    assert "改成第2稿" in page.text


def test_the_next_rung_and_those_after_it_are_outlined(
    database: Database, signed_in: SignIn
) -> None:
    article = told(database, "submitted")
    text = " ".join(
        signed_in("drafter").get(f"/articles/{article}/timeline").text.split()
    )
    assert "下一步 党政办审核校对 党政办主任 示例主任" in text
    assert "以后 分管负责人审签 副镇长 示例副镇长" in text
    assert "最后 发布 信息发布岗 示例发布" in text


def test_nothing_comes_after_publication(database: Database, signed_in: SignIn) -> None:
    article = told(database, "published")
    page = signed_in("drafter").get(f"/articles/{article}/timeline")
    assert "下一步" not in page.text


def test_the_matrix_says_on_which_draft_each_signature_stands(
    database: Database, signed_in: SignIn
) -> None:
    article = returned_and_rewritten(database)
    page = signed_in("drafter").get(f"/articles/{article}/timeline?as=matrix")
    assert "第2稿" in page.text
    assert page.text.count("已失效") == 2 + 1  # two signatures, and the hint
    assert "↩ 退回" in page.text
    standing = signed_in("drafter").get(
        f"/articles/{told(database, 'cleared')}/timeline?as=matrix"
    )
    assert standing.text.count("✓ 已签") == 3


@pytest.mark.parametrize(
    ("story", "verdict"),
    [
        ("submitted", "还不能发布：缺 2 级签字。"),
        ("cleared", "各级签字齐全，签的都是现在这一稿，可以发布。"),
        ("published", "发布。"),
    ],
)
def test_why_says_each_condition_and_the_sentence_it_comes_from(
    database: Database, signed_in: SignIn, story: str, verdict: str
) -> None:
    page = signed_in("publisher").get(f"/articles/{told(database, story)}/why")
    assert verdict in page.text
    assert "拟稿人员负责对稿件进行通篇校对" in page.text
    assert "未经审核校对的信息、文稿一律不准发布" in page.text


def test_why_says_that_a_signature_was_voided_by_a_later_change(
    database: Database, signed_in: SignIn
) -> None:
    article = returned_and_rewritten(database)
    page = signed_in("drafter").get(f"/articles/{article}/why")
    assert "曾在第1稿上签字，后来改稿或退回，已失效" in page.text


def test_the_sheet_names_each_level_with_opinion_and_date(
    database: Database, signed_in: SignIn
) -> None:
    article = told(database, "published")
    page = signed_in("deputy").get(f"/articles/{article}/sheet")
    assert page.h1 == ["示例镇人民政府信息发布审批单"]
    for words in ("2024-0001", "示例拟稿", "示例主任", "示例副镇长", "示例发布"):
        assert words in page.text
    assert "2024年3月4日" in page.text


def test_who_signs_for_whom_is_said_everywhere(
    database: Database, signed_in: SignIn
) -> None:
    """The director is B of the deputy's post; another signed the office's rung."""
    with stage(database) as town:
        take_over(town, "office_director", "registrar")
        article = stories.sign(
            town, stories.submitted(town, section="farming"), "registrar"
        )
        town.away("deputy", days=3)
        made = stories.sign(town, article, "director").id
    browser = signed_in("drafter")
    for address in ("", "/timeline", "/why", "/sheet"):
        page = browser.get(f"/articles/{made}{address}")
        assert "代 示例副镇长" in " ".join(page.text.split()), address


@pytest.mark.parametrize("page", ["timeline", "why", "sheet"])
def test_reading_is_not_posting(
    database: Database, signed_in: SignIn, page: str
) -> None:
    browser = signed_in("director")
    browser.post(f"/articles/{told(database, 'submitted')}/{page}", status=405)
