"""The database itself refuses to change what only grows."""

from __future__ import annotations

import pytest
from sqlalchemy.exc import DBAPIError

from models.append_only import APPEND_ONLY
from models.database import Database
from tests.stories import published, written
from tests.town import found_town
from tests.trail import bending
from workflow.articles import acts
from workflow.articles.files import NewFile

SOME_COLUMN = {
    "audit_entries": "person_name = 'x'",
    "signatures": "opinion = 'x'",
    "revisions": "body = 'x'",
    "attachments": "name = 'x'",
    "blobs": "size = 0",
}


@pytest.fixture(scope="module")
def guarded(shared_database: Database) -> Database:
    """A town with something in every guarded table, committed."""
    with shared_database.writing.begin() as session:
        town = found_town(session)
        file = NewFile("附件.pdf", b"%PDF-1.4 sample")
        acts.draft(session, town.by("drafter"), written(added=[file]))
        published(town)
    return shared_database


def test_every_guarded_table_is_tried() -> None:
    assert set(SOME_COLUMN) == set(APPEND_ONLY)


@pytest.mark.parametrize("table", APPEND_ONLY)
@pytest.mark.parametrize("verb", ["UPDATE", "DELETE", "EMPTY"])
def test_the_database_refuses(guarded: Database, table: str, verb: str) -> None:
    empty = {
        "sqlite": f"REPLACE INTO {table} SELECT * FROM {table}",
        "postgresql": f"TRUNCATE {table} CASCADE",
    }
    statement = {
        "UPDATE": f"UPDATE {table} SET {SOME_COLUMN[table]}",
        "DELETE": f"DELETE FROM {table}",
        "EMPTY": empty[guarded.dialect],
    }[verb]
    with bending(guarded) as bender:
        assert bender.rows(f"SELECT * FROM {table}") != []

    with pytest.raises(DBAPIError, match="append-only"), bending(guarded) as bender:
        bender.run(statement)


def test_disarmed_it_would_have_gone_through(guarded: Database) -> None:
    with bending(guarded) as bender:
        bender.disarm()
        bender.run("UPDATE signatures SET opinion = 'x'")

        (found,) = bender.rows("SELECT DISTINCT opinion FROM signatures")

    assert found == {"opinion": "x"}
