"""Differences in words, findings in their place, and who was first."""

from __future__ import annotations

import pytest

from models.articles import Article
from models.findings import FindingKind
from tests.stories import (
    BODY,
    approved,
    case_of,
    revision_of,
    sent_back,
    sign,
    submitted,
    written,
)
from tests.town import Town
from workflow.articles import acts, comparison, questions, raised
from workflow.articles.comparison import Worded
from workflow.articles.findings import NewFinding
from workflow.articles.first_come import first_come
from workflow.articles.runs import Kind
from workflow.errors import NotFound, NotPermitted, OperationReused, Superseded

TYPO = NewFinding(FindingKind.TYPO, "应为“备耕”", "春耕备耕")
WHOLE = NewFinding(FindingKind.LAYOUT, "通篇排版")


def rewritten(town: Town, **changes: object) -> Article:
    """Sent back by the director and saved anew."""
    article = submitted(town)
    sent_back(town, article, "director", raised=(TYPO, WHOLE))
    read = revision_of(town, article)
    new = written(**changes)
    acts.revise(town.session, town.by("drafter"), article.id, read, new)
    return article


def test_what_stands_beside_the_body_is_compared_in_words(town: Town) -> None:
    article = rewritten(
        town,
        section="safety",
        channels=["website", "notice_board"],
        attributes={"importance": "major", "special": True},
    )
    found = comparison.compare(town.session, case_of(town, article), 1, 2)
    assert found.values == (
        Worded("栏目", "乡村振兴", "安全生产"),
        Worded("重要程度", "一般事项", "重大事项"),
        Worded("特殊情况", "否", "是"),
    )
    assert [(one.kind, one.text) for one in found.channels] == [
        (Kind.ADDED, "信息公开栏"),
        (Kind.SAME, "政府网站"),
    ]
    assert found.found.count == 4


def test_a_draft_that_is_not_there_is_not_found(town: Town) -> None:
    article = submitted(town)
    with pytest.raises(NotFound):
        comparison.compare(town.session, case_of(town, article), 1, 2)


def test_what_changed_since_one_signed_is_counted(town: Town) -> None:
    article = rewritten(town, body=BODY.replace("3月4日", "3月5日"))
    case, director = case_of(town, article), town.people["director"].id
    seen = comparison.seen_before(town.session, case, director)
    assert seen is not None
    assert comparison.changes_since(town.session, case, seen) == 1
    assert comparison.changes_since(town.session, case, case.revision) == 0
    deputy = town.people["deputy"].id
    assert comparison.seen_before(town.session, case, deputy) is None


def test_an_open_finding_is_placed_where_its_words_stand_now(town: Town) -> None:
    article = rewritten(town, body=f"新加的一段。\n{BODY}")
    typo, whole = raised.raised(
        town.session, town.by("drafter"), case_of(town, article)
    )
    text = case_of(town, article).text.body
    assert text[typo.start : typo.end] == "春耕备耕"
    assert (whole.start, whole.end) == (None, None)
    assert typo.by == "示例director"
    assert typo.answered_by == ""


def test_a_finding_whose_words_are_gone_stands_nowhere(town: Town) -> None:
    article = rewritten(town, body="全都改写了。")
    found = raised.raised(town.session, town.by("drafter"), case_of(town, article))
    assert [one.start for one in found] == [None, None]


def test_the_slower_one_is_told_who_was_faster(town: Town) -> None:
    article = submitted(town)
    seen = len(questions.story(town.session, case_of(town, article)))
    read, said = revision_of(town, article), approved(town, article)
    sign(town, article, "director")
    with (
        pytest.raises(Superseded, match=r"示例director（党政办主任）已于.*：同意"),
        first_come(town.session, town.by("director"), article.id, seen),
    ):
        acts.sign(town.session, town.by("director"), article.id, read, said)


def test_who_was_never_allowed_is_told_so(town: Town) -> None:
    article = submitted(town)
    seen = len(questions.story(town.session, case_of(town, article)))
    read, said = revision_of(town, article), approved(town, article)
    with (
        pytest.raises(NotPermitted, match="党政办主任"),
        first_come(town.session, town.by("deputy"), article.id, seen),
    ):
        acts.sign(town.session, town.by("deputy"), article.id, read, said)


def test_an_operation_used_for_something_else_stays_what_it_is(town: Town) -> None:
    article = submitted(town)
    read, said = revision_of(town, article), approved(town, article)
    by = town.by("director", "the-same")
    acts.hold(town.session, by, article.id, read, "等通知")
    with (
        pytest.raises(OperationReused),
        first_come(town.session, by, article.id, 0),
    ):
        acts.sign(town.session, by, article.id, read, said)
