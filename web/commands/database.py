"""``sanshen db``: bring the schema up to date, or say where it stands."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager

import click

from config import load
from models import migrate
from models.database import Database, open_database
from web.commands.words import say


@contextmanager
def opened() -> Iterator[Database]:
    """The database of the environment, closed again afterwards."""
    database = open_database(load(os.environ).database_url)
    try:
        yield database
    finally:
        database.close()


@contextmanager
def opened_and_current() -> Iterator[Database]:
    """The same, when its schema is the one this version needs.

    Raises:
        click.ClickException: it is not; says what to run.
    """
    with opened() as database:
        if migrate.current(database) != migrate.newest():
            raise click.ClickException(
                say(
                    "数据库结构不是本版本的，请先运行 sanshen db upgrade。",
                    "The schema is not this version's; run: sanshen db upgrade",
                )
            )
        yield database


@click.group(help=say("数据库结构。", "The database schema."))
def db() -> None:
    """See the decorator."""


@db.command("upgrade", help=say("升级到本版本。", "Bring it up to this version."))
def upgrade() -> None:
    """See the decorator."""
    with opened() as database:
        migrate.upgrade(database)
        click.echo(migrate.current(database))


@db.command("current", help=say("现在的版本。", "Say where it stands."))
def current() -> None:
    """See the decorator."""
    with opened() as database:
        click.echo(migrate.current(database) or say("（空）", "(empty)"))
