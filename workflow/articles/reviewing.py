"""What the review screen asks: header, checklist, earlier opinions, files."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.orm import Session

from models.agencies import Section
from models.people import Role
from models.signatures import Outcome, Signature
from workflow.actions import Action
from workflow.agencies.questions import agency, calendar_of
from workflow.articles.able import able
from workflow.articles.cases import Case
from workflow.articles.desks import Asking, hers, stage_of
from workflow.articles.permits import current_stage
from workflow.articles.questions import holders_now, stage_name
from workflow.calendar import town_day
from workflow.occasion import Occasion
from workflow.people import rules as people
from workflow.people.questions import roles_of
from workflow.process.definition import CheckItem


@dataclass(frozen=True, slots=True)
class Header:
    """The line that stands above every text under review.

    Args:
        number: as people write it, ``2024-0012``.
        shows_due: whether this person is shown the limit: once it has passed, only
            those who can act and the leaders are.
        importance: 一般事项 or 重大事项, empty where the regulation knows none.
        rung: which rung it stands at, from 1; 0 when at none.
    """

    number: str
    agency: str
    importance: str
    is_major: bool
    section: str
    state: str
    rung: int
    rungs: int
    holders: str
    shows_due: bool


@dataclass(frozen=True, slots=True)
class Fact:
    """One declared attribute of the text, in words."""

    label: str
    value: str


def header(session: Session, by: Occasion, case: Case) -> Header:
    """Class, rung, holder, limit and number."""
    article = case.article
    importance, is_major = _importance(case)
    rungs = case.plan.ids
    return Header(
        number=f"{article.year}-{article.serial:04d}",
        agency=agency(session, article.agency_id).name,
        importance=importance,
        is_major=is_major,
        section=section_of(session, case),
        state=stage_name(case, article.state),
        rung=rungs.index(article.state) + 1 if article.state in rungs else 0,
        rungs=len(rungs),
        holders=holders_now(session, by, case),
        shows_due=_shows_due(session, by, case),
    )


def _shows_due(session: Session, by: Occasion, case: Case) -> bool:
    due = case.article.due_at
    if due is None or by.at <= due or by.person_id in able(session, by, case):
        return True
    return Role.LEADER in roles_of(session, by.person_id or 0, by.at)


def section_of(session: Session, case: Case) -> str:
    """The name of the present text's section."""
    return session.get_one(Section, case.revision.section_id).name


def facts(session: Session, case: Case) -> list[Fact]:
    """Section, channels and every declared attribute, as people say them."""
    declared = case.definition.attributes
    channels = declared["channels"].named(frozenset(case.text.channels))
    found = [Fact("栏目", section_of(session, case)), Fact("渠道", channels)]
    for name, value in case.text.attributes.items():
        attribute = declared[name]
        found.append(Fact(attribute.label, attribute.named(value)))
    return found


def checklist(case: Case) -> tuple[CheckItem, ...]:
    """The lines to answer at the rung where the article stands."""
    stage = current_stage(case)
    return stage.checklist if stage else ()


def checklist_for(session: Session, by: Occasion, case: Case) -> tuple[CheckItem, ...]:
    """The lines to answer at the stages whose acts are this person's now."""
    mine = hers(Asking(session, by, case, Action.SIGN))
    stages = dict.fromkeys(stage_of(case, act) for act in mine)
    found = [s for s in case.definition.stages if s.id in stages]
    return tuple(item for s in found for item in s.checklist) or checklist(case)


def opinions(case: Case) -> list[Signature]:
    """What others decided before, newest first."""
    return list(reversed(case.signatures))


def waited(
    session: Session, agency_id: int, since: datetime | None, at: datetime
) -> int | None:
    """How many working days something waited; ``None`` when it did not wait."""
    if since is None:
        return None
    calendar = calendar_of(session, agency_id)
    return calendar.working_days_between(town_day(since), town_day(at))


def publishing_holders(session: Session, by: Occasion, case: Case) -> str:
    """Who lets it out today."""
    asking = Asking(session, by, case, Action.PUBLISH)
    found = asking.staffing.of(case.definition.publish.actor, case.revision.section_id)
    return people.names(found)


def publication(case: Case) -> Signature | None:
    """The act of letting it out, when it was."""
    found = [s for s in case.signatures if s.outcome is Outcome.PUBLISHED]
    return found[-1] if found else None


def _importance(case: Case) -> tuple[str, bool]:
    rule = case.definition.importance
    if rule is None:
        return "", False
    value = case.text.attributes.get(rule.attribute, "")
    words = case.definition.attributes[rule.attribute].told(value)
    return words, value == rule.raised
