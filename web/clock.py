"""The only clock: everything below the screens is told the time."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime

from flask import current_app


def system_now() -> datetime:
    """The machine's time, aware, UTC."""
    return datetime.now(UTC)


def now() -> datetime:
    """The time of this request; a test puts its own clock into ``CLOCK``."""
    clock: Callable[[], datetime] = current_app.config["CLOCK"]
    return clock()
