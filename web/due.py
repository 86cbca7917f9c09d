"""The light of a due moment, in working days of this agency's calendar."""

from __future__ import annotations

from datetime import datetime

from flask import Flask, g
from flask_babel import gettext

from web import looks
from web.clock import now
from web.display import Light, full_date, light
from web.transaction import db
from workflow.agencies.questions import calendar_of
from workflow.calendar import PROVISIONAL_REMARK, WorkingCalendar, town_day
from workflow.errors import CalendarUnknown


def join(app: Flask) -> None:
    """Let templates ask for the light of a moment."""
    app.jinja_env.globals.update(due_at_light=due_at_light)


def due_at_light(due: datetime | None) -> Light:
    """Colour, shape and words for something due at a moment, as of now."""
    if due is None:
        return light(None)
    calendar = _calendar()
    if calendar is None:
        words = gettext("%(day)s到期", day=full_date(due))
        return Light("red" if now() > due else "green", "●", words)
    return _counted(calendar, due)


def _counted(calendar: WorkingCalendar, due: datetime) -> Light:
    at = now()
    left = calendar.working_days_between(town_day(at), town_day(due))
    shown = light(min(left, -1) if at > due else max(left, 0))
    if looks.language() != "zh":
        return shown
    words = calendar.plain_words(at, due).removesuffix(PROVISIONAL_REMARK)
    return Light(shown.colour, shown.shape, words)


def _calendar() -> WorkingCalendar | None:
    try:
        return calendar_of(db(), g.me.agency_id)
    except CalendarUnknown:
        return None
