"""One blueprint a file; a new screen is a new file and a line here."""

from __future__ import annotations

from flask import Flask

from web.screens import (
    absences,
    access,
    articles,
    attachments,
    definitions,
    drafts,
    front,
    leader,
    ledger,
    people,
    posts,
    sections,
    tasks,
    timeline,
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
    articles.screen,
    timeline.screen,
    definitions.screen,
)


def register(app: Flask) -> None:
    """Hang every screen into the application."""
    for blueprint in BLUEPRINTS:
        app.register_blueprint(blueprint)
