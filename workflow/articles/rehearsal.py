"""What a new version of the rule would mean today: its people, and what is running.

Running articles keep the version they started under; the list says what each would
have met under the new one, so that nobody adopts a rule without having looked.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from sqlalchemy import ColumnElement, and_, func, select
from sqlalchemy.orm import Session

from models.articles import Article
from models.people import Role
from workflow.agencies.questions import sections
from workflow.articles import cases
from workflow.articles.cases import Case
from workflow.articles.tasks import ENDED
from workflow.calendar import town_day
from workflow.errors import InvalidInput
from workflow.occasion import Occasion
from workflow.people import rules
from workflow.people.questions import people_with_role
from workflow.people.staffing import SECTION_POSTS, staffing
from workflow.process.definition import Actor, Definition, Fault
from workflow.process.plan import make_plan, state_name
from workflow.process.staffing import Staffing, check_staffing

MOST = 100


@dataclass(frozen=True, slots=True)
class Touched:
    """One running article, and how its ladder would differ under the new version.

    Args:
        number: of the version that it keeps.
        added: stages it would have to climb besides; dropped: those it would not.
        misfit: why it could not run under the new version at all; empty when it could.
    """

    article: Article
    stage: str
    drafter: str
    number: int
    added: tuple[str, ...] = ()
    dropped: tuple[str, ...] = ()
    misfit: str = ""

    @property
    def differs(self) -> bool:
        """Whether its way would be another one."""
        return bool(self.added or self.dropped or self.misfit)


def running(session: Session, by: Occasion) -> int:
    """How many articles are on their way, drafts too."""
    query = select(func.count()).select_from(Article).where(_on_their_way(by))
    return session.execute(query).scalar_one()


def touched(session: Session, by: Occasion, definition: Definition) -> list[Touched]:
    """The running articles, newest first, at most ``MOST``."""
    query = select(Article).where(_on_their_way(by)).order_by(Article.id.desc())
    return [
        _touched(cases.of(session, article), definition)
        for article in session.scalars(query.limit(MOST))
    ]


def missing_people(
    session: Session, by: Occasion, definition: Definition
) -> tuple[Fault, ...]:
    """For which class of article somebody is missing today, and who."""
    named = {a.relation for a in _actors(definition)} - {None, "drafter"}
    if named - SECTION_POSTS.keys():
        return ()
    return check_staffing(definition, _workforce(session, by))


def _on_their_way(by: Occasion) -> ColumnElement[bool]:
    return and_(Article.agency_id == by.agency_id, Article.state.not_in(ENDED))


def _touched(case: Case, definition: Definition) -> Touched:
    before = {item.stage.name: None for item in case.plan.stages}
    known = {
        name: value
        for name, value in case.plan.facts.items()
        if name in definition.attributes
    }
    about = (
        case.article,
        state_name(case.definition, case.article.state),
        case.drafter.name,
        case.definition.number,
    )
    try:
        plan = make_plan(definition, known)
    except InvalidInput as refusal:
        told = "".join(line for lines in refusal.fields.values() for line in lines)
        return Touched(*about, misfit=told)
    after = {item.stage.name: None for item in plan.stages}
    added = tuple(name for name in after if name not in before)
    return Touched(*about, added, tuple(name for name in before if name not in after))


def _actors(definition: Definition) -> Iterator[Actor]:
    for stage in definition.stages:
        yield from (act.actor for act in stage.acts)
    yield definition.publish.actor


def _workforce(session: Session, by: Occasion) -> Staffing:
    today = town_day(by.at)
    staff = staffing(session, by.agency_id, today)
    here = rules.acting(staff.holders)
    posts: dict[str, frozenset[int]] = {}
    for holder in here:
        known = posts.get(holder.post_code, frozenset())
        posts[holder.post_code] = known | {holder.person_id}
    drafters = people_with_role(session, by.agency_id, Role.DRAFTER, by.at)
    everyone = frozenset(person.id for person in drafters)
    relations: dict[str, dict[str, frozenset[int]]] = {"drafter": {}}
    for section in sections(session, by.agency_id):
        relations["drafter"][section.code] = everyone
        for relation, post in SECTION_POSTS.items():
            relations.setdefault(relation, {})[section.code] = frozenset(
                holder.person_id
                for holder in here
                if holder.post_code == post
                and section.id in staff.portfolios.get(holder.post_id, set())
            )
    names = {holder.person_id: holder.person_name for holder in staff.holders}
    names.update((person.id, person.name) for person in drafters)
    return Staffing(posts, relations, names)
