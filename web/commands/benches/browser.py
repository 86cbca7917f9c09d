"""The director at a browser: signed in once, then one request for each approval."""

from __future__ import annotations

import re
import secrets
from pathlib import Path

import click

from config import Settings
from models.database import Database
from web.app import create_app
from web.commands.benches.office import Office, Task
from web.commands.words import say

_TOKEN = re.compile(r'name="csrf_token"[^>]*value="([^"]+)"')
SEE_OTHER = 303


class Director:
    """Sends the forms that the screens send, through the whole application."""

    def __init__(self, office: Office, database: Database) -> None:
        settings = Settings(
            database_url=database.engine.url.render_as_string(hide_password=False),
            secret_key=secrets.token_hex(32),
            var=Path(),
        )
        self._app = create_app(settings)
        self._app.config["CLOCK"] = lambda: office.at
        self._client = self._app.test_client()
        self._token = self._token_on("/login")
        self._send("/login", {"login": office.login, "password": office.password})
        self._token = self._token_on("/password")

    def approve(self, task: Task) -> None:
        """Post 同意 for one article.

        Raises:
            click.ClickException: the application did not take it.
        """
        checklist = task.approval.checklist.items()
        form = {f"check-{line}": answer for line, answer in checklist}
        form["opinion"] = task.approval.opinion
        form["revision"] = str(task.revision_id)
        form["operation"] = secrets.token_hex(16)
        self._send(f"/articles/{task.article_id}/sign", form)

    def read_on(self) -> None:
        """Open the page that the last answer leads to, as every browser does."""
        self._client.get(self._next)

    def leave(self) -> None:
        """Close what the application opened."""
        database: Database = self._app.extensions["database"]
        database.close()

    def _token_on(self, address: str) -> str:
        page = self._client.get(address).get_data(as_text=True)
        found = _TOKEN.search(page)
        return found.group(1) if found else ""

    def _send(self, address: str, form: dict[str, str]) -> None:
        answer = self._client.post(address, data={**form, "csrf_token": self._token})
        if answer.status_code != SEE_OTHER:
            status = f"{address}: {answer.status_code}"
            raise click.ClickException(
                say(f"网站没有受理：{status}", f"the site did not take it: {status}")
            )
        self._next = answer.location
