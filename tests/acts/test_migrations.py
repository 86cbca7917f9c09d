"""The schema: made by migrations, equal to the tables of the code, undone again."""

from __future__ import annotations

from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import inspect

from models import migrate
from models.database import open_database
from models.tables import metadata


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
