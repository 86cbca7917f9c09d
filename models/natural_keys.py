"""Rows that come into being once by their natural key, alike on both databases."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from sqlalchemy import inspect
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Session

from models.agencies import Counter
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
    keys = inspect(table).primary_key
    insert = _insert(session, table).values(list(rows)).on_conflict_do_nothing()
    return len(session.execute(insert.returning(*keys)).all())


def next_number(session: Session, agency_id: int, series: str, year: int) -> int:
    """The next number of a series in a year: 1, 2, 3 … without gap or twin.

    Of two transactions that ask, the second waits for the first.
    """
    first = {"agency_id": agency_id, "series": series, "year": year, "last": 1}
    keys = (Counter.agency_id, Counter.series, Counter.year)
    insert = (
        _insert(session, Counter)
        .values(first)
        .on_conflict_do_update(index_elements=keys, set_={"last": Counter.last + 1})
        .returning(Counter.last)
        .execution_options(populate_existing=True)
    )
    return session.scalars(insert).one()


def _insert(session: Session, table: type[Base]) -> postgresql.Insert | sqlite.Insert:
    is_postgresql = session.get_bind().dialect.name == "postgresql"
    return postgresql.insert(table) if is_postgresql else sqlite.insert(table)
