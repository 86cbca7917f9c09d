"""Databases that a bench makes for itself and removes; nobody's data is touched."""

from __future__ import annotations

import secrets
import shutil
from collections.abc import Iterator
from contextlib import AbstractContextManager, ExitStack, contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Protocol

import click
from sqlalchemy import Engine, text
from sqlalchemy.engine import URL, make_url
from sqlalchemy.exc import DBAPIError

from models import migrate
from models.database import Database, open_database
from web.commands.words import say

POSTGRES_SETTINGS = ("fsync", "synchronous_commit", "full_page_writes")
SYNCHRONOUS = ("off", "normal", "full", "extra")


class Scratch(Protocol):
    """A place where databases are made for one bench."""

    def fresh(self) -> Database:
        """A new database with every table and no row."""

    def twin(self, of: Database) -> Database:
        """A copy of a database, equal in every row, sequence and setting."""


def scratch_at(url: str) -> AbstractContextManager[Scratch]:
    """A scratch place beside the database that ``url`` names, gone afterwards.

    Args:
        url: of SQLite: files in a new folder beside that file (in the system's
            temporary folder when it names none); of PostgreSQL: new databases on
            that server.
    """
    parsed = make_url(url)
    if parsed.get_backend_name() == "sqlite":
        return _in_a_folder(parsed.database)
    return _on_a_server(parsed)


def durability_of(database: Database) -> str:
    """What the database itself says of when a commit is on the disk."""
    with database.engine.connect() as connection:
        if database.dialect == "sqlite":
            mode = connection.execute(text("PRAGMA journal_mode")).scalar_one()
            level = connection.execute(text("PRAGMA synchronous")).scalar_one()
            return f"journal_mode={mode}, synchronous={SYNCHRONOUS[level]}"
        return ", ".join(
            f"{name}={connection.execute(text(f'SHOW {name}')).scalar_one()}"
            for name in POSTGRES_SETTINGS
        )


class _Folder:
    def __init__(self, folder: Path, cleaning: ExitStack) -> None:
        self._folder, self._cleaning, self._made = folder, cleaning, 0

    def fresh(self) -> Database:
        database = self._open(self._next())
        migrate.upgrade(database)
        return database

    def twin(self, of: Database) -> Database:
        of.close()  # the last connection brings the write-ahead log into the file
        copy = self._next()
        shutil.copyfile(str(of.engine.url.database), copy)
        return self._open(copy)

    def _next(self) -> Path:
        self._made += 1
        return self._folder / f"bench-{self._made}.sqlite"

    def _open(self, path: Path) -> Database:
        database = open_database(f"sqlite:///{path.as_posix()}")
        self._cleaning.callback(database.close)
        return database


class _Server:
    def __init__(self, url: URL, administrator: Engine, cleaning: ExitStack) -> None:
        self._url, self._administrator, self._cleaning = url, administrator, cleaning

    def fresh(self) -> Database:
        database = self._make("template0")
        migrate.upgrade(database)
        return database

    def twin(self, of: Database) -> Database:
        of.close()  # a database in use cannot be copied
        return self._make(str(of.engine.url.database))

    def _make(self, template: str) -> Database:
        name = f"sanshen_bench_{secrets.token_hex(6)}"
        self._run(f'CREATE DATABASE "{name}" TEMPLATE "{template}"')
        self._cleaning.callback(self._run, f'DROP DATABASE IF EXISTS "{name}"')
        url = self._url.set(database=name).render_as_string(hide_password=False)
        database = open_database(url)
        self._cleaning.callback(database.close)
        return database

    def _run(self, statement: str) -> None:
        try:
            with self._administrator.connect() as connection:
                connection.execute(text(statement))
        except DBAPIError as fault:
            raise click.ClickException(
                say(
                    f"不能在这台数据库服务器上建立临时库：{fault.orig}",
                    f"cannot make a temporary database on this server: {fault.orig}",
                )
            ) from fault


@contextmanager
def _in_a_folder(beside: str | None) -> Iterator[Scratch]:
    parent = Path(beside).parent if beside and beside != ":memory:" else None
    if parent is not None:
        parent.mkdir(parents=True, exist_ok=True)
    with (
        TemporaryDirectory(prefix="sanshen-bench-", dir=parent) as folder,
        ExitStack() as cleaning,
    ):
        yield _Folder(Path(folder), cleaning)


@contextmanager
def _on_a_server(url: URL) -> Iterator[Scratch]:
    opened = open_database(url.render_as_string(hide_password=False))
    administrator = opened.engine.execution_options(isolation_level="AUTOCOMMIT")
    with ExitStack() as cleaning:
        cleaning.callback(opened.close)
        yield _Server(url, administrator, cleaning)
