from sqlalchemy import Engine, inspect, text

from tests.schema import open_engine


def test_each_test_writes_in_a_database_of_its_own(database: Engine) -> None:
    with database.begin() as connection:
        connection.execute(text("CREATE TABLE only_here (id INTEGER PRIMARY KEY)"))
        connection.execute(text("INSERT INTO only_here VALUES (1)"))

    assert inspect(database).has_table("only_here")


def test_what_another_test_wrote_is_not_there(database: Engine) -> None:
    assert not inspect(database).has_table("only_here")
    with database.begin() as connection:
        connection.execute(text("CREATE TABLE only_here (id INTEGER PRIMARY KEY)"))


def test_an_empty_database_has_no_table(empty_database_url: str) -> None:
    engine = open_engine(empty_database_url)

    assert inspect(engine).get_table_names() == []
    engine.dispose()


def test_both_kinds_are_what_they_say(database: Engine, database_url: str) -> None:
    assert database_url.startswith(database.dialect.name)
