"""Who can act on an article: present, in the post, not barred by what she signed."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from sqlalchemy.orm import Session

from workflow.articles.cases import Case
from workflow.articles.drafts import PUBLICATION
from workflow.articles.permits import current_stage
from workflow.occasion import Occasion
from workflow.people import rules
from workflow.people.staffing import Staffing, staffing
from workflow.process import machine
from workflow.process.definition import Act
from workflow.process.machine import CLEARED
from workflow.process.staffing import left_without_people

PUBLISHING = "发布"


def able(
    session: Session, by: Occasion, case: Case, on: date | None = None
) -> set[int]:
    """The persons who may act now at the rung where the article stands.

    Args:
        on: the day asked about; today when left out.
    """
    staff = _staffing(session, by, case, on or by.today)
    stage = current_stage(case)
    if stage is not None:
        acts = stage.acts
        return set().union(*(_for_act(staff, case, stage.id, act) for act in acts))
    if _is_to_be_published(case):
        return set(_acting(staff, case, case.definition.publish))
    return set()


def stuck(session: Session, by: Occasion, case: Case, on: date) -> tuple[str, ...]:
    """The names of the rungs of a running article that nobody is left for on a day.

    Exclusive rungs are matched with different persons, not counted.
    """
    staff = _staffing(session, by, case, on)
    if _is_to_be_published(case):
        publishers = _acting(staff, case, case.definition.publish)
        return () if publishers else (PUBLISHING,)
    here = current_stage(case)
    if here is None:
        return ()
    ids = case.plan.ids
    owed = {id_: _owed(staff, case, id_) for id_ in ids[ids.index(here.id) :]}
    return left_without_people(case.plan, here.id, owed)


def _is_to_be_published(case: Case) -> bool:
    """Cleared and for the public; a signed reply to an applicant waits for nobody."""
    article = case.article
    return article.state == CLEARED and article.purpose == PUBLICATION


def _owed(staff: Staffing, case: Case, stage_id: str) -> dict[str, frozenset[int]]:
    signed = case.position.done | case.position.ahead
    return {
        act.id: frozenset(_for_act(staff, case, stage_id, act))
        for act in case.plan.stage(stage_id).acts
        if act.id not in signed
    }


def _for_act(staff: Staffing, case: Case, stage_id: str, act: Act) -> set[int]:
    return {
        person
        for person in _acting(staff, case, act)
        if machine.barred(case.plan, case.signed_ever, person, stage_id) is None
    }


def _acting(staff: Staffing, case: Case, act: Act) -> Sequence[int]:
    if act.actor.relation == "drafter" and not act.actor.posts:
        return [case.article.drafter_id]
    holders = staff.of(act.actor, case.revision.section_id)
    return [holder.person_id for holder in rules.acting(holders)]


def _staffing(session: Session, by: Occasion, case: Case, on: date) -> Staffing:
    if on not in case.staffings:
        case.staffings[on] = staffing(session, by.agency_id, on)
    return case.staffings[on]
