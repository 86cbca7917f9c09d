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
    handling,
    leader,
    ledger,
    notices,
    people,
    phrases,
    posts,
    registers,
    reports,
    requests,
    rounds,
    sections,
    supervisions,
    tasks,
    timeline,
    tokens,
    trail,
)

BLUEPRINTS = (
    front.screen,
    access.screen,
    tasks.screen,
    notices.screen,
    phrases.screen,
    tokens.screen,
    drafts.screen,
    articles.screen,
    handling.screen,
    timeline.screen,
    attachments.screen,
    ledger.screen,
    leader.screen,
    rounds.screen,
    requests.screen,
    registers.screen,
    supervisions.screen,
    reports.screen,
    trail.screen,
    definitions.screen,
    people.screen,
    posts.screen,
    sections.screen,
    absences.screen,
)


def register(app: Flask) -> None:
    """Hang every screen into the application."""
    for blueprint in BLUEPRINTS:
        app.register_blueprint(blueprint)
