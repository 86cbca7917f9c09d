"""One blueprint a file; a new screen is a new file and a line here."""

from __future__ import annotations

from flask import Flask

from web.screens import (
    absences,
    access,
    articles,
    asking,
    attachments,
    batches,
    calendars,
    definitions,
    drafts,
    front,
    handling,
    leader,
    ledger,
    letters,
    notices,
    people,
    phrases,
    posts,
    registers,
    regulation,
    remedies,
    reports,
    requests,
    rounds,
    sections,
    sharing,
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
    batches.screen,
    notices.screen,
    phrases.screen,
    tokens.screen,
    drafts.screen,
    articles.screen,
    handling.screen,
    sharing.screen,
    timeline.screen,
    attachments.screen,
    ledger.screen,
    leader.screen,
    rounds.screen,
    requests.screen,
    letters.screen,
    asking.screen,
    remedies.screen,
    registers.screen,
    supervisions.screen,
    reports.screen,
    trail.screen,
    definitions.screen,
    regulation.screen,
    calendars.screen,
    people.screen,
    posts.screen,
    sections.screen,
    absences.screen,
)


def register(app: Flask) -> None:
    """Hang every screen into the application."""
    for blueprint in BLUEPRINTS:
        app.register_blueprint(blueprint)
