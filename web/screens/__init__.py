"""One blueprint a file; a new screen is a new file and a line here."""

from __future__ import annotations

from flask import Flask

from web.screens import (
    absences,
    access,
    articles,
    attachments,
    boards,
    catalogue,
    definitions,
    drafts,
    entries,
    faults,
    front,
    handling,
    leader,
    ledger,
    notices,
    patrols,
    people,
    phrases,
    plans,
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
    trainings,
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
    entries.screen,
    faults.screen,
    boards.screen,
    catalogue.screen,
    plans.screen,
    patrols.screen,
    trainings.screen,
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
