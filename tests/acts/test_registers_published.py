from __future__ import annotations

from tests.stories import cleared, published, revision_of
from tests.town import Town
from workflow.articles import acts
from workflow.reports.questions import annual_report, records_behind
from workflow.reports.report import Cell


def counted(town: Town) -> dict[str, Cell]:
    report = annual_report(town.session, town.agency.id, 2024)
    return dict(report.published[0].by_column)


def test_what_is_not_published_does_not_count(town: Town) -> None:
    cleared(town)

    assert counted(town) == {}


def test_an_article_on_two_channels_counts_once(town: Town) -> None:
    article = published(town, channels=["website", "wechat_official"])
    another = published(town)

    assert counted(town) == {"工作动态": 2}
    records = records_behind(town.session, town.agency.id, 2024, "published.工作动态")
    assert [record.id for record in records] == [article.id, another.id]


def test_what_is_withdrawn_within_the_year_does_not_count(town: Town) -> None:
    article = published(town)
    town.later(days=1)
    by, revision = town.by("publisher"), revision_of(town, article)
    acts.withdraw(town.session, by, article.id, revision, "示例：内容有误。")

    assert counted(town) == {}
