"""One blueprint a file; a new screen is a new file and a line here."""

from __future__ import annotations

from flask import Flask

from web.screens import access, front, registers, reports, requests, rounds, trail

BLUEPRINTS = (
    front.screen,
    access.screen,
    rounds.screen,
    requests.screen,
    registers.screen,
    reports.screen,
    trail.screen,
)


def register(app: Flask) -> None:
    """Hang every screen into the application."""
    for blueprint in BLUEPRINTS:
        app.register_blueprint(blueprint)
