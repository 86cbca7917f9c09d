"""The schema: made by migrations, equal to the tables of the code, undone again."""

from __future__ import annotations

from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import inspect, select, text

from models import migrate
from models.database import open_database
from models.findings import Finding, FindingKind
from models.tables import metadata
from tests.stories import sent_back, submitted
from tests.town import found_town
from workflow.articles.findings import NewFinding

# an agency with a board, a check, and two faults: one open, one put right
BEFORE = (
    "INSERT INTO agencies (id, code, name, level, region, is_sample, made_at)"
    " VALUES (1, 'a', '示例镇', 'town', '', true, '2024-01-01 00:00:00')",
    "INSERT INTO people (id, agency_id, name, entered_on)"
    " VALUES (1, 1, '示例', '2024-01-01')",
    "INSERT INTO units (id, agency_id, code, name, kind, position, open)"
    " VALUES (1, 1, 'u', '示例村', 'village', 1, true)",
    "INSERT INTO boards (id, unit_id, name, place, since, open)"
    " VALUES (1, 1, '示例栏', '', '2024-01-01', true)",
    "INSERT INTO checks (id, agency_id, plan, board_id, period, opens_at, due_at,"
    " state, note) VALUES (1, 1, 'weekly', 1, '2024-01-01', '2024-01-01 00:00:00',"
    " '2024-01-05 00:00:00', 'open', '')",
    "INSERT INTO faults (id, agency_id, check_id, board_id, kind, note, found_at)"
    " VALUES (1, 1, 1, 1, 'dirty', '', '2024-01-02 00:00:00')",
    "INSERT INTO faults (id, agency_id, check_id, board_id, kind, note, found_at,"
    " fixed_at, fixed_seen_by_id) VALUES (2, 1, 1, 1, 'empty', '',"
    " '2024-01-02 00:00:00', '2024-01-03 00:00:00', 1)",
)


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


def test_faults_of_before_keep_what_is_known_of_them(empty_database_url: str) -> None:
    database = open_database(empty_database_url)
    migrate.upgrade(database, "0005")
    with database.engine.begin() as connection:
        for statement in BEFORE:
            connection.execute(text(statement))

    migrate.upgrade(database)

    with database.engine.begin() as connection:
        told = "SELECT id, state, source, ladder, closed_at IS NULL FROM faults"
        rows = sorted(tuple(row) for row in connection.execute(text(told)))
    assert [row[:4] for row in rows] == [
        (1, "notified", "check", 0),
        (2, "closed", "check", 0),
    ]
    assert [bool(row[4]) for row in rows] == [True, False]
    database.close()
