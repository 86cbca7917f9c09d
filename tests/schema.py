"""The one place where the tests learn how a database is opened and its tables made."""

from __future__ import annotations

from models import migrate
from models.database import Database, open_database


def open_engine(url: str) -> Database:
    """The database that the tests and the product use for this address."""
    return open_database(url)


def make_tables(url: str) -> None:
    """Make every table in the empty database at ``url``, once a run for each kind."""
    database = open_database(url)
    migrate.upgrade(database)
    database.close()
