"""The schema: made by migrations, equal to the tables of the code, undone again."""

from __future__ import annotations

from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import inspect, select

from models import migrate
from models.database import open_database
from models.findings import Finding, FindingKind
from models.tables import metadata
from tests.stories import sent_back, submitted
from tests.town import found_town
from workflow.articles.findings import NewFinding


def test_the_migrations_make_exactly_the_tables_of_the_code(
    empty_database_url: str,
) -> None:
    database = open_database(empty_database_url)
    migrate.upgrade(database)

    with database.engine.connect() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True})
        assert compare_metadata(context, metadata) == []
    assert migrate.current(database) == migrate.newest()
    database.close()


def test_every_migration_can_be_taken_back(empty_database_url: str) -> None:
    database = open_database(empty_database_url)
    migrate.upgrade(database)

    migrate.downgrade(database)

    assert inspect(database.engine).get_table_names() == ["alembic_version"]
    migrate.upgrade(database)
    database.close()


def test_a_finding_comes_through_the_migration_of_its_table(
    empty_database_url: str,
) -> None:
    database = open_database(empty_database_url)
    migrate.upgrade(database)
    with database.writing.begin() as session:
        town = found_town(session)
        typo = NewFinding(FindingKind.TYPO, "应为“备耕”", "春耕备耕")
        sent_back(town, submitted(town), "director", raised=(typo,))

    migrate.downgrade(database, "0004")
    migrate.upgrade(database)

    with database.reading() as session:
        (kept,) = session.scalars(select(Finding))
        assert (kept.note, kept.quote) == ("应为“备耕”", "春耕备耕")
        assert (kept.suggestions, kept.grade, kept.escaped) == ([], "warn", False)
    database.close()
