"""Numbers without gap or twin: the last of a series is a row that is counted up."""

from __future__ import annotations

from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Session

from models.agencies import Counter


def next_number(session: Session, agency_id: int, series: str, year: int) -> int:
    """The next number of a series in a year, from 1.

    Two who ask at once get different numbers: the row is locked until the commit.
    """
    postgres = session.get_bind().dialect.name == "postgresql"
    insert = postgresql.insert if postgres else sqlite.insert
    statement = (
        insert(Counter)
        .values(agency_id=agency_id, series=series, year=year, last=1)
        .on_conflict_do_update(
            index_elements=["agency_id", "series", "year"],
            set_={"last": Counter.last + 1},
        )
        .returning(Counter.last)
    )
    return session.execute(statement).scalar_one()
