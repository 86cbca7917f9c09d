"""The application over the furnished town, put back to the start as often as wished."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path
from typing import Any

from flask import Flask
from sqlalchemy import text

from config import Settings
from models.database import Database, open_database
from models.tables import metadata
from tests.furnished_town import ROLES, furnish
from tests.small_town import MONDAY, PASSWORD, Clock
from tests.web_client import Browserlike
from web.app import create_app

COOKIE = "sanshen"
AFTERNOON = MONDAY + timedelta(hours=8)
Rows = dict[str, list[str]]


class House:
    """Everybody is signed in once; ``fresh()`` gives a new copy of the database.

    Args:
        folder: an empty folder for the database files.
    """

    def __init__(self, folder: Path) -> None:
        self._kept, self._copy = folder / "kept.sqlite", folder / "copy.sqlite"
        self.ids = furnish(self._kept)
        url = f"sqlite:///{self._kept.as_posix()}"
        self.app: Flask = create_app(Settings(database_url=url, secret_key="k" * 32))
        self.app.testing = True
        self.clock = Clock(AFTERNOON)
        self.app.config["CLOCK"] = self.clock
        self._cookies = {login: self._signed_in(login) for login in ROLES}
        self.marks = self._marks()
        self.fresh()

    @property
    def database(self) -> Database:
        """The copy that is open now."""
        opened: Database = self.app.extensions["database"]
        return opened

    def fresh(self) -> None:
        """Put everything back as it was, the clock too."""
        self.database.close()
        for left in self._copy.parent.glob(f"{self._copy.name}*"):
            left.unlink()
        self._copy.write_bytes(self._kept.read_bytes())
        self.app.extensions["database"] = open_database(
            f"sqlite:///{self._copy.as_posix()}"
        )
        self.clock.at = AFTERNOON

    def at(self, login: str) -> Browserlike:
        """A browser in which this person has signed in; nobody without a name."""
        browser = Browserlike(self.app)
        if login:
            cookie, browser._token = self._cookies[login]
            browser.http.set_cookie(COOKIE, cookie)
        else:
            browser.get("/login")
        return browser

    def cookie(self, login: str) -> str:
        """The cookie of this person's session, for a real browser."""
        return self._cookies[login][0]

    def rows(self, *but: str) -> Rows:
        """Every row of every table, apart from some tables."""
        with self.database.reading() as session:
            return {
                name: sorted(map(repr, session.execute(text(f"select * from {name}"))))
                for name in metadata.tables
                if name not in but
            }

    def _signed_in(self, login: str) -> tuple[str, str]:
        browser = Browserlike(self.app)
        browser.sign_in(login, PASSWORD)
        browser.get("/password")
        cookie = browser.http.get_cookie(COOKIE)
        assert cookie is not None
        return cookie.value, browser._token

    def _marks(self) -> dict[str, str]:
        """The short mark of everybody's session, by login."""
        asked = text(
            "select login, mark from login_sessions"
            " join accounts on accounts.person_id = login_sessions.person_id"
        )
        with self.database.reading() as session:
            rows: list[Any] = list(session.execute(asked))
        return {login: mark[:16] for login, mark in rows}
