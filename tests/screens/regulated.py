"""An office under any regulation, with accounts, so that its people sign in."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from flask import Flask

from config import Settings
from models.database import open_database
from models.people import Account
from tests.acts.paper_office import LONG_AGO, RealOffice, sections_of, settle
from tests.schema import make_tables
from tests.small_town import PASSWORD, Clock
from tests.web_client import Browserlike
from web.app import create_app
from workflow.articles import acts, cases
from workflow.articles.acts import Approval
from workflow.articles.drafts import Draft
from workflow.calendar import TOWN_TIME
from workflow.people import passwords
from workflow.process.reading import read_definition
from workflow.process.scenario.reading import read_scenarios

MORNING = datetime(2024, 3, 4, 9, 0, tzinfo=TOWN_TIME)


@dataclass
class Regulated:
    """The application and its people, who sign in as ``p1``, ``p2`` …"""

    app: Flask
    clock: Clock
    agency: int
    ids: dict[str, int]
    section: str

    def at(self, name: str) -> Browserlike:
        """A browser in which this person has signed in."""
        browser = Browserlike(self.app)
        browser.sign_in(f"p{self.ids[name]}", PASSWORD)
        return browser

    @contextmanager
    def office(self) -> Iterator[RealOffice]:
        """The office in a transaction of its own, a while later."""
        self.clock.at += timedelta(minutes=10)
        with self.app.extensions["database"].writing.begin() as session:
            office = RealOffice(session, self.agency)
            office.ids.update(self.ids)
            yield office

    def handed_in(self, drafter: str, **changes: Any) -> int:
        """An article by this person, handed in; its id."""
        plain = Draft("示例稿件", "示例正文。", self.section, ["website"])
        with self.office() as office:
            by = office.by(drafter, self.clock.at)
            written = replace(plain, **changes)
            article = acts.draft(office.session, by, written)
            case = cases.of(office.session, article)
            at = (article.id, case.revision.id)
            by = office.by(drafter, self.clock.at)
            acts.submit(office.session, by, *at, Approval({}))
            return article.id

    def signed(self, article: int, *names: str) -> None:
        """They approve, one after another."""
        for name in names:
            with self.office() as office:
                case = cases.load(office.session, self.agency, article)
                items = [i for s in case.definition.stages for i in s.checklist]
                said = Approval({item.id: "yes" for item in items})
                by, at = office.by(name, self.clock.at), (article, case.revision.id)
                acts.sign(office.session, by, *at, said)

    def state(self, article: int) -> str:
        """Where it stands."""
        with self.office() as office:
            return cases.load(office.session, self.agency, article).article.state

    def revision(self, article: int) -> int:
        """The revision that a form names."""
        with self.office() as office:
            return cases.load(office.session, self.agency, article).revision.id


def open_office(path: Path, definition: str, cases_: str, section: str) -> Regulated:
    """Found the office of a file of paper cases under a definition."""
    url = f"sqlite:///{path.as_posix()}"
    make_tables(url)
    database = open_database(url)
    script = read_scenarios(cases_)
    sections = sections_of(read_definition(definition)) | {section}
    with database.writing.begin() as session:
        people = script.scenarios[0].office
        office = settle(session, people, script.calendar, [definition], sections)
        ids = {name: person.id for name, person in office.people.items()}
        kept = passwords.hashed(PASSWORD)
        for person_id in ids.values():
            session.add(
                Account(
                    person_id=person_id,
                    login=f"p{person_id}",
                    password_hash=kept,
                    changed_at=LONG_AGO,
                )
            )
        agency = office.agency_id
    database.close()
    made = create_app(Settings(database_url=url, secret_key="k" * 32))
    made.testing = True
    clock = Clock(MORNING)
    made.config["CLOCK"] = clock
    return Regulated(made, clock, agency, ids, section)
