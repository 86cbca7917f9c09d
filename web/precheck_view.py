"""The machine's findings on a page: read before it is shown, and asked for."""

from __future__ import annotations

from flask import request
from sqlalchemy.orm import Session

from web.transaction import apart, peek
from workflow.articles import prechecked
from workflow.articles.cases import Case
from workflow.articles.prechecked import Prechecked
from workflow.occasion import Occasion


def read_before_showing(by: Occasion, article_id: int) -> None:
    """Read a text that was not read today, in a short transaction of its own."""
    if request.method != "GET":
        return
    if peek(lambda session: prechecked.wants_reading(session, by, article_id)):
        apart(lambda session: prechecked.read_again(session, by, article_id))


def of(session: Session, by: Occasion, case: Case) -> Prechecked:
    """What the machine said, for this person."""
    return prechecked.prechecked(session, by, case)
