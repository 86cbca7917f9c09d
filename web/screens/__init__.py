"""One blueprint a file; a new screen is a new file and a line here."""

from __future__ import annotations

from flask import Flask

from web.screens import (
    absences,
    access,
    attachments,
    drafts,
    front,
    leader,
    ledger,
    people,
    posts,
    sections,
    tasks,
)

BLUEPRINTS = (
    front.screen,
    access.screen,
    tasks.screen,
    drafts.screen,
    attachments.screen,
    ledger.screen,
    leader.screen,
    people.screen,
    posts.screen,
    sections.screen,
    absences.screen,
)


def register(app: Flask) -> None:
    """Hang every screen into the application."""
    for blueprint in BLUEPRINTS:
        app.register_blueprint(blueprint)
