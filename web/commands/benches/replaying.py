"""What the driver was asked, written down, and asked again of an equal database.

The replay is valid because the two databases were equal row by row before, so that the
identical statement with the identical parameters does the identical thing; that it did
is compared afterwards.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from sqlalchemy import event, select
from sqlalchemy.engine.interfaces import DBAPICursor

from models.base import Base
from models.database import Database

BEGINNINGS = ("BEGIN", "BEGIN IMMEDIATE")


@dataclass(frozen=True, slots=True)
class Sent:
    """One statement as the driver got it."""

    statement: str
    parameters: Any
    many: bool

    @property
    def begins(self) -> bool:
        """Whether it only begins the transaction."""
        return self.statement in BEGINNINGS


@contextmanager
def recorded(database: Database) -> Iterator[list[Sent]]:
    """Every statement that goes through this engine meanwhile, in order."""
    sent: list[Sent] = []

    def note(
        _connection: object,
        _cursor: object,
        statement: str,
        parameters: Any,
        _context: object,
        many: bool,  # noqa: FBT001 -- the signature is SQLAlchemy's
    ) -> None:
        sent.append(Sent(statement, parameters, many))

    event.listen(database.engine, "before_cursor_execute", note)
    try:
        yield sent
    finally:
        event.remove(database.engine, "before_cursor_execute", note)


class BareDriver:
    """One connection of ``sqlite3`` or ``psycopg`` itself, open all the time."""

    def __init__(self, database: Database) -> None:
        self._pooled = database.engine.raw_connection()
        self._connection: Any = self._pooled.driver_connection

    def replay(self, sent: list[Sent]) -> None:
        """Run one recorded transaction; the driver begins it as it was begun."""
        for one in sent:
            cursor: DBAPICursor = self._connection.cursor()
            if one.many:
                cursor.executemany(one.statement, one.parameters)
            else:
                cursor.execute(one.statement, one.parameters)
            if cursor.description is not None:
                cursor.fetchall()
            cursor.close()
        self._connection.commit()

    def close(self) -> None:
        """Give the connection back."""
        self._pooled.close()


def differing_tables(one: Database, other: Database) -> list[str]:
    """The tables whose rows are not equal, value by value."""
    return [
        name
        for name in sorted(Base.metadata.tables)
        if _rows(one, name) != _rows(other, name)
    ]


def _rows(database: Database, name: str) -> list[tuple[object, ...]]:
    table = Base.metadata.tables[name]
    query = select(table).order_by(*table.primary_key.columns)
    with database.engine.connect() as connection:
        return [tuple(row) for row in connection.execute(query)]
