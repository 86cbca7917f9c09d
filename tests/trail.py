"""The trail as a test looks at it, and the drill of somebody who bends it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from sqlalchemy import select, text

from models import append_only
from models.audit import AuditEntry
from models.database import Database
from tests.town import Town
from workflow.audit.questions import FirstBad, verify


@dataclass(frozen=True)
class Bender:
    """Somebody with the database's own password and no respect for triggers."""

    database: Database

    def disarm(self) -> None:
        """Drop every trigger that guards the tables that only grow."""
        with self.database.engine.begin() as connection:
            for statement in append_only.disarm(self.database.dialect):
                connection.execute(text(statement))

    def run(self, statement: str, **values: object) -> None:
        """Run raw SQL in a transaction of its own."""
        with self.database.engine.begin() as connection:
            connection.execute(text(statement), values)

    def first_bad(self) -> FirstBad | None:
        """What the verifier says afterwards."""
        with self.database.reading() as session:
            return verify(session).first_bad


def trail(town: Town) -> list[AuditEntry]:
    """Every committed entry of the town, oldest first."""
    query = select(AuditEntry).where(AuditEntry.agency_id == town.agency.id)
    return list(town.session.scalars(query.order_by(AuditEntry.seq)))


def commit(town: Town) -> int:
    """End the act's transaction as the web does; gives the length of the trail."""
    town.session.commit()
    return len(trail(town))


def details_of(entry: AuditEntry) -> Mapping[str, object]:
    """The details of an entry as plain values."""
    return entry.details
