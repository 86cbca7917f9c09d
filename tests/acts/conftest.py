"""The town of the acts' tests, on each database."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from models.database import Database
from tests.requests_town import Desk, desk
from tests.small_town import Office, build
from tests.town import Town, found_town


@pytest.fixture
def town(database: Database) -> Iterator[Town]:
    """A founded town in an open session; what a test does is never committed."""
    with database.writing() as session:
        yield found_town(session)


@pytest.fixture
def office(database: Database) -> Iterator[Office]:
    """The small town, committed, and an open session in it."""
    small = build(database)
    with database.writing() as session:
        yield Office(session, small)


@pytest.fixture
def at(database: Database) -> Iterator[Desk]:
    """The desk of requests in an open session; nothing is committed by itself."""
    with database.writing() as session:
        yield desk(session)
