"""What is owed once a text is out is listed until it is done, with who may do it."""

from __future__ import annotations

from models.articles import Article
from tests.stories import case_of, cleared, publish, revision_of
from tests.town import JIANGKOU, Town
from workflow.agencies import acts as agencies
from workflow.articles import acts, afterwards, tasks
from workflow.articles.afterwards import Owed
from workflow.articles.approvals import Approval
from workflow.occasion import Occasion

AFTER = """
[[after]]
id = "check"
kind = "post_check"
actor = { post = "office_director" }
limit = { amount = 1, unit = "working_days" }

[[after]]
id = "filing"
kind = "file"
actor = { relation = "drafter" }
"""
RULE = JIANGKOU.read_text("utf-8").replace("number = 1\n", "number = 2\n", 1) + AFTER


def released(town: Town, **changes: object) -> Article:
    system = Occasion(town.agency.id, None, town.at, "with-duties")
    agencies.adopt_definition(town.session, system, RULE)
    town.later(hours=0.1)
    return publish(town, cleared(town, **changes))


def owed(town: Town, who: str) -> dict[int, tuple[Owed, ...]]:
    desk = tasks.desk(town.session, town.by(who))
    found = afterwards.unfinished(town.session, desk)
    return {one.article.id: one.owed for one in found}


def do(town: Town, article: Article, who: str, act: str) -> None:
    by, at = town.by(who), revision_of(town, article)
    acts.sign(town.session, by, article.id, at, Approval({}, act=act))


def test_each_duty_is_listed_with_who_may_do_it_until_it_is_done(town: Town) -> None:
    article = released(town)
    (check, filing) = owed(town, "director")[article.id]
    assert "示例director" in check.who
    assert (check.mine, filing.mine) == (True, False)
    assert check.due_at is not None
    assert "拟稿人 示例drafter" in filing.who
    assert [one.mine for one in owed(town, "drafter")[article.id]] == [False, True]
    do(town, article, "director", "check")
    (left,) = owed(town, "director")[article.id]
    assert left == filing
    do(town, article, "drafter", "filing")
    assert owed(town, "director") == {}


def test_what_is_withdrawn_owes_nothing_any_more(town: Town) -> None:
    article = released(town)
    at = revision_of(town, article)
    acts.withdraw(town.session, town.by("publisher"), article.id, at, "有误")
    assert owed(town, "director") == {}


def test_a_rule_without_duties_has_none(town: Town) -> None:
    article = publish(town, cleared(town))
    desk = tasks.desk(town.session, town.by("director"))
    assert not afterwards.has_duties(desk)
    assert owed(town, "director") == {}
    assert case_of(town, article).article.published_at is not None
