"""Fixtures: every act is tested on SQLite and on PostgreSQL, each test on its own.

The tables are made once a run, in a template; each test gets a copy of it.
"""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from itertools import count
from pathlib import Path

import pytest

from models.database import Database
from tests.missing import cannot_run
from tests.postgres import PostgresMissing, PostgresServer, running_server
from tests.schema import make_tables, open_engine

SQLITE, POSTGRESQL = "sqlite", "postgresql"
BOTH = [SQLITE, pytest.param(POSTGRESQL, marks=pytest.mark.postgres)]
TEMPLATE = "sanshen_template"
numbers = count(1)


@pytest.fixture(scope="session")
def postgres_server() -> Iterator[PostgresServer]:
    """The run's PostgreSQL server; one for each worker."""
    try:
        with running_server() as server:
            yield server
    except PostgresMissing as missing:
        cannot_run(str(missing))


@pytest.fixture(scope="session")
def sqlite_template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An SQLite file with every table and no row."""
    path = tmp_path_factory.mktemp("template") / "template.sqlite"
    make_tables(f"sqlite:///{path}")
    path.touch()
    return path


@pytest.fixture(scope="session")
def postgres_template(postgres_server: PostgresServer) -> str:
    """The name of a PostgreSQL database with every table and no row."""
    make_tables(postgres_server.create(TEMPLATE))
    return TEMPLATE


@pytest.fixture
def sqlite_url(sqlite_template: Path, tmp_path: Path) -> str:
    """A fresh SQLite file with every table."""
    path = tmp_path / "sanshen.sqlite"
    shutil.copyfile(sqlite_template, path)
    return f"sqlite:///{path}"


@pytest.fixture
def postgres_url(
    postgres_server: PostgresServer, postgres_template: str
) -> Iterator[str]:
    """A fresh PostgreSQL database with every table."""
    name = f"test_{next(numbers)}"
    yield postgres_server.create(name, postgres_template)
    postgres_server.drop(name)


@pytest.fixture
def empty_postgres_url(postgres_server: PostgresServer) -> Iterator[str]:
    """A fresh PostgreSQL database without any table (for migrations)."""
    name = f"empty_{next(numbers)}"
    yield postgres_server.create(name)
    postgres_server.drop(name)


@pytest.fixture(params=BOTH)
def database_url(request: pytest.FixtureRequest) -> str:
    """The address of a fresh database with every table: SQLite, then PostgreSQL."""
    fixture = {SQLITE: "sqlite_url", POSTGRESQL: "postgres_url"}[request.param]
    return str(request.getfixturevalue(fixture))


@pytest.fixture(params=BOTH)
def empty_database_url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """The address of a database without any table: SQLite, then PostgreSQL."""
    if request.param == SQLITE:
        return f"sqlite:///{tmp_path / 'empty.sqlite'}"
    return str(request.getfixturevalue("empty_postgres_url"))


@pytest.fixture
def database(database_url: str) -> Iterator[Database]:
    """A fresh database with every table: SQLite, then PostgreSQL."""
    opened = open_engine(database_url)
    yield opened
    opened.close()


@pytest.fixture(scope="module", params=BOTH)
def shared_database(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Database]:
    """One database for all tests of a module, which take back what they write."""
    if request.param == SQLITE:
        path = tmp_path_factory.mktemp("shared") / "sanshen.sqlite"
        shutil.copyfile(request.getfixturevalue("sqlite_template"), path)
        url = f"sqlite:///{path}"
    else:
        server = request.getfixturevalue("postgres_server")
        template = request.getfixturevalue("postgres_template")
        url = server.create(f"shared_{next(numbers)}", template)
    opened = open_engine(url)
    yield opened
    opened.close()
