"""Who can act on an article: present, in the post, not barred by what she signed."""

from __future__ import annotations

from datetime import date

from sqlalchemy.orm import Session

from workflow.articles.cases import Case
from workflow.articles.desks import able_to, acting_in, everything_open
from workflow.articles.drafts import PUBLICATION
from workflow.articles.permits import current_stage
from workflow.calendar import town_moment
from workflow.occasion import Occasion
from workflow.people.staffing import NOON, Staffing, asks_for_more, staffing
from workflow.process.machine import CLEARED
from workflow.process.staffing import left_without_people

PUBLISHING = "发布"


def able(
    session: Session, by: Occasion, case: Case, on: date | None = None
) -> set[int]:
    """The persons who may act now: at an open rung, or to let it out.

    Args:
        on: the day asked about; today when left out.
    """
    if _is_signed_reply(case):
        return set()
    staff = _staffing(session, by, case, on or by.today)
    return {
        person
        for _, act in everything_open(case)
        for person in able_to(staff, case, act)
    }


def stuck(session: Session, by: Occasion, case: Case, on: date) -> tuple[str, ...]:
    """The names of the rungs of a running article that nobody is left for on a day.

    Exclusive rungs are matched with different persons, not counted.
    """
    if _is_signed_reply(case):
        return ()
    staff = _staffing(session, by, case, on)
    if case.article.state == CLEARED:
        open_ = everything_open(case)
        someone = all(acting_in(staff, case, act) for _, act in open_)
        return () if someone else (PUBLISHING,)
    here = current_stage(case)
    if here is None:
        return ()
    ids = case.plan.ids
    owed = {id_: _owed(staff, case, id_) for id_ in ids[ids.index(here.id) :]}
    return left_without_people(case.plan, here.id, owed)


def _is_signed_reply(case: Case) -> bool:
    """A reply to an applicant waits for nobody who publishes: it is served."""
    article = case.article
    return article.state == CLEARED and article.purpose != PUBLICATION


def _owed(staff: Staffing, case: Case, stage_id: str) -> dict[str, frozenset[int]]:
    signed = case.position.done | case.position.ahead
    return {
        act.id: frozenset(able_to(staff, case, act))
        for act in case.plan.stage(stage_id).acts
        if act.id not in signed
    }


def _staffing(session: Session, by: Occasion, case: Case, on: date) -> Staffing:
    if on not in case.staffings:
        at = by.at if on == by.today else town_moment(on, NOON)
        whole = asks_for_more(case.definition.every_act)
        case.staffings[on] = staffing(session, by.agency_id, on, at, whole=whole)
    return case.staffings[on]
