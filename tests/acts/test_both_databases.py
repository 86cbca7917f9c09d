from sqlalchemy import inspect, text

from models.database import Database
from tests.schema import open_engine


def test_each_test_writes_in_a_database_of_its_own(database: Database) -> None:
    with database.engine.begin() as connection:
        connection.execute(text("CREATE TABLE only_here (id INTEGER PRIMARY KEY)"))
        connection.execute(text("INSERT INTO only_here VALUES (1)"))

    assert inspect(database.engine).has_table("only_here")


def test_what_another_test_wrote_is_not_there(database: Database) -> None:
    assert not inspect(database.engine).has_table("only_here")
    with database.engine.begin() as connection:
        connection.execute(text("CREATE TABLE only_here (id INTEGER PRIMARY KEY)"))


def test_an_empty_database_has_no_table(empty_database_url: str) -> None:
    opened = open_engine(empty_database_url)

    assert inspect(opened.engine).get_table_names() == []
    opened.close()


def test_both_kinds_are_what_they_say(database: Database, database_url: str) -> None:
    assert database_url.startswith(database.dialect)
