"""Visiting the agencies' own pages once an hour, while nothing is locked."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import UTC, datetime

from models.database import Database
from workflow.agencies.questions import agency, every_agency
from workflow.occasion import Occasion
from workflow.operations import first_time, was_done
from workflow.patrols import acts as patrols
from workflow.patrols import questions as patrol_questions
from workflow.patrols.rules import Page

Visit = Callable[[Sequence[Page], datetime], list[patrols.Visited]]


def visit_pages(database: Database, at: datetime, visit: Visit) -> list[str]:
    """Visit each agency's own pages once an hour; nothing is locked meanwhile.

    Args:
        at: the moment, aware.
        visit: opens the pages and their links, says what it found; never raises.

    Returns:
        One Chinese line for each agency where something was wrong.
    """
    hour = at.astimezone(UTC).replace(minute=0, second=0, microsecond=0)
    operation = f"duty site.visits {hour:%Y-%m-%dT%H:%MZ}"
    with database.reading() as session:
        wanted = {
            id_: patrol_questions.pages_to_visit(session, id_)
            for id_ in every_agency(session)
            if not was_done(session, id_, operation)
        }
    lines = []
    for id_, pages in wanted.items():
        found = visit(pages, at) if pages else []
        by = Occasion(id_, None, at.astimezone(UTC), operation)
        lines += _keep_visits(database, by, found)
    return lines


def _keep_visits(
    database: Database, by: Occasion, found: Sequence[patrols.Visited]
) -> list[str]:
    if not found:
        return []
    with database.writing.begin() as session:
        if first_time(session, by, "site.visits", {}) is not None:
            return []
        wrong = patrols.record_visits(session, by, found)
        name = agency(session, by.agency_id).name
    return [f"{name} 网页访问：{wrong} 处打不开"] if wrong else []
