"""What the machine found in the furnished town, and the town's own tables."""

from __future__ import annotations

from collections.abc import Mapping

from sqlalchemy import select

from models.findings import Finding, FindingKind, Grade
from models.town_tables import EntryKind
from tests import stories
from tests.reading_machine import not_read_by_machine, read_by_machine
from tests.town import Town
from workflow.articles import noting
from workflow.articles.findings import NewFinding
from workflow.proofreading import acts as tables
from workflow.proofreading.acts import NewEntry as TableEntry

NOTED = NewFinding(FindingKind.FACT, "日期与通知不符。", "3月4日", Grade.BLOCK, "body")


def prechecked(town: Town, section: str) -> Mapping[str, int]:
    """A draft in which the machine found what blocks and what is to be answered."""
    body = f"{stories.BODY}\n我镇己完成全部整改任务。\n其它事项另行通知。"
    read_by_machine(town.session)
    article = stories.drafted(town, section=section, body=body)
    not_read_by_machine(town.session)
    found = town.session.scalars(
        select(Finding).where(Finding.article_id == article.id).order_by(Finding.id)
    )
    ids = {one.rule: one.id for one in found}
    return {"prechecked": article.id, "blocking": ids["T15"], "finding_id": ids["T08"]}


def noted(town: Town, section: str) -> Mapping[str, int]:
    """A text with the director, who noted what must be changed and was not answered."""
    article = stories.submitted(town, section=section)
    at, new = stories.revision_of(town, article), NOTED
    noting.add_finding(town.session, town.by("director"), article.id, at, new)
    found = town.session.scalars(
        select(Finding).where(Finding.article_id == article.id)
    ).one()
    return {"noted": article.id, "noted_finding": found.id}


def table_entry(town: Town) -> int:
    """One village in the town's own tables."""
    by = town.by("director")
    village = TableEntry(EntryKind.VILLAGE, "示例村", by.today, "示例登记")
    return tables.enter(town.session, by, village).id
