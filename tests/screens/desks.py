"""The town of ``tests/town.py`` with accounts, so that its people sign in."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import timedelta

from flask import Flask

from models.agencies import Agency
from models.database import Database
from models.people import Account, Person, Role, RoleGrant
from tests.small_town import PASSWORD, Clock
from tests.town import MORNING, Town, found_town
from tests.web_client import Browserlike
from workflow.people import passwords


@dataclass
class Desks:
    """The application, its clock, and whose id is whose."""

    app: Flask
    clock: Clock
    agency: int
    ids: dict[str, int] = field(default_factory=dict)

    @property
    def database(self) -> Database:
        opened: Database = self.app.extensions["database"]
        return opened

    def at(self, who: str) -> Browserlike:
        """A browser in which this person has signed in."""
        browser = Browserlike(self.app)
        browser.sign_in(who, PASSWORD)
        return browser

    @contextmanager
    def town(self) -> Iterator[Town]:
        """The town in a transaction of its own, committed at the end."""
        with self.database.writing.begin() as session:
            agency = session.get_one(Agency, self.agency)
            people = {
                who: session.get_one(Person, key) for who, key in self.ids.items()
            }
            yield Town(session, agency, people, at=self.clock.at)

    def make(self, story: Callable[[Town], object]) -> int:
        """Bring an article to where a test wants it; its id."""
        with self.town() as town:
            made = story(town)
            found = getattr(made, "id", 0)
            self.clock.at = max(self.clock.at, town.at)
        return int(found)


def settle(database: Database, words: str = PASSWORD) -> tuple[int, dict[str, int]]:
    """Found the town and give everybody an account; agency id and people's ids."""
    with database.writing.begin() as session:
        town = found_town(session)
        leader = town.people["principal"].id
        since = MORNING - timedelta(days=60)
        session.add(RoleGrant(person_id=leader, role=Role.LEADER, since=since))
        kept = passwords.hashed(words)
        for who, person in town.people.items():
            session.add(
                Account(
                    person_id=person.id,
                    login=who,
                    password_hash=kept,
                    changed_at=since,
                )
            )
        return town.agency.id, {who: person.id for who, person in town.people.items()}
