"""One step of the sample year: an act, at a moment, by a person, under one id.

Ids are made from what the step is, so that a year that was broken off goes on where it
stopped: a step whose id is known is not done again.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.orm import Session

from models.agencies import Operation
from models.database import Database
from workflow.articles.cases import Case
from workflow.occasion import Occasion
from workflow.sample_year.settling import Cast

Doing = Callable[[Session, Occasion, Case], object]


@dataclass(frozen=True, slots=True)
class Step:
    """Something that is done in the sample year.

    Args:
        login: who does it; nobody is the system itself.
        operation: its id, the same in every run.
        doing: the act; called with a session and the occasion.
    """

    at: datetime
    login: str | None
    operation: str
    doing: Callable[[Session, Occasion], object]


def play(database: Database, cast: Cast, steps: Iterable[Step]) -> Iterator[Step]:
    """Do every step that was not done, each in a transaction of its own, in order."""
    for step in sorted(steps, key=lambda step: step.at):
        with database.writing.begin() as session:
            if session.get(Operation, (cast.agency_id, step.operation)) is None:
                by = cast.occasion(step.login, step.at, step.operation)
                step.doing(session, by)
        yield step


def answer_of(session: Session, by: Occasion, operation: str) -> int:
    """The id of the row that an earlier step made."""
    found = session.get_one(Operation, (by.agency_id, operation))
    return int(found.answer["id"])
