"""Inserting what a natural key does not find yet, alike on both databases."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from sqlalchemy import inspect
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Session

from models.base import Base


def insert_missing(
    session: Session, table: type[Base], rows: Sequence[Mapping[str, object]]
) -> int:
    """Insert the rows whose unique keys are not there yet; how many were new.

    Of two transactions that insert the same row, the second waits for the first and
    then inserts nothing.
    """
    if not rows:
        return 0
    postgres = session.get_bind().dialect.name == "postgresql"
    insert = postgresql.insert if postgres else sqlite.insert
    statement = insert(table).values(list(rows)).on_conflict_do_nothing()
    keys = inspect(table).primary_key
    return len(session.execute(statement.returning(*keys)).all())
