"""What one approval asks of the database: little, and never a walk through a table."""

from __future__ import annotations

import pytest

from models.database import Database
from tests.stories import approved, revision_of, submitted
from tests.town import Town
from web.commands.benches.replaying import Sent, recorded
from workflow.articles import acts

# Claim, case, files, signatures, holders, portfolios, findings, name, signature,
# holidays, compare-and-set; the trail's three come with the commit.
MOST = 11


@pytest.fixture
def asked(town: Town, database: Database) -> list[Sent]:
    """What signing alone asked, before the commit."""
    article = submitted(town)
    revision, approval = revision_of(town, article), approved(town, article)
    town.session.expunge_all()
    with recorded(database) as sent:
        by = town.by("director")
        acts.sign(town.session, by, article.id, revision, approval)
    return sent


def test_an_approval_asks_little(asked: list[Sent]) -> None:
    assert len(asked) <= MOST, [one.statement for one in asked]


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
def test_an_approval_walks_through_no_table(town: Town, asked: list[Sent]) -> None:
    connection = town.session.connection()
    plans = [
        row[3]
        for one in asked
        for row in connection.exec_driver_sql(
            f"EXPLAIN QUERY PLAN {one.statement}", one.parameters
        )
    ]

    assert any(plan.startswith("SEARCH articles") for plan in plans)
    assert [plan for plan in plans if plan.startswith("SCAN")] == []
