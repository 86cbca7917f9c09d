"""The trail as a test looks at it, and the drill of somebody who bends it."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, select, text
from sqlalchemy.orm import Session

from models import append_only
from models.audit import AuditEntry
from models.database import Database
from tests.town import Town
from workflow.audit.questions import FirstBad, verify


@dataclass(frozen=True)
class Bender:
    """Somebody with the database's own password and no respect for triggers."""

    connection: Connection

    @property
    def dialect(self) -> str:
        """``sqlite`` or ``postgresql``."""
        return self.connection.dialect.name

    def disarm(self) -> None:
        """Drop every trigger that guards the tables that only grow."""
        for statement in append_only.disarm(self.dialect):
            self.run(statement)

    def run(self, statement: str, **values: object) -> None:
        """Run raw SQL."""
        self.connection.execute(text(statement), values)

    def rows(self, query: str) -> list[dict[str, Any]]:
        """What raw SQL finds."""
        found = self.connection.execute(text(query)).mappings()
        return [dict(row) for row in found]

    def first_bad(self) -> FirstBad | None:
        """What the verifier says now."""
        with Session(self.connection) as session:
            return verify(session).first_bad


@contextmanager
def bending(database: Database) -> Iterator[Bender]:
    """Bend as much as you like: nothing of it is committed."""
    with database.engine.connect() as connection, connection.begin() as begun:
        yield Bender(connection)
        begun.rollback()


def trail(town: Town) -> list[AuditEntry]:
    """Every committed entry of the town, oldest first."""
    query = select(AuditEntry).where(AuditEntry.agency_id == town.agency.id)
    return list(town.session.scalars(query.order_by(AuditEntry.seq)))


def commit(town: Town) -> int:
    """End the act's transaction as the web does; gives the length of the trail."""
    town.session.commit()
    return len(trail(town))
