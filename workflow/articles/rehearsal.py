"""What a new version of the rule would mean today: its people, and what is running.

Running articles keep the version they started under; the list says what each would
have met under the new one, so that nobody adopts a rule without having looked.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from typing import TypeVar

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
from workflow.people.rules import Holder
from workflow.people.staffing import CHANNEL_POST, SECTION_POSTS, staffing
from workflow.process.definition import Definition, Fault
from workflow.process.plan import make_plan, state_name
from workflow.process.staffing import Staffing as Workforce
from workflow.process.staffing import check_staffing

MOST = 100
Key = TypeVar("Key", int, str)


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
    return check_staffing(definition, _workforce(session, by, definition))


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


def _workforce(session: Session, by: Occasion, definition: Definition) -> Workforce:
    """Who can act today, as the engine's matching asks for it."""
    staff = staffing(session, by.agency_id, town_day(by.at), by.at)
    here = rules.acting(staff.holders)
    drafters = people_with_role(session, by.agency_id, Role.DRAFTER, by.at)
    everyone = frozenset(person.id for person in drafters)
    codes = {one.id: one.code for one in sections(session, by.agency_id)}
    relations: dict[str, dict[str, frozenset[int]]] = {
        "drafter": dict.fromkeys(codes.values(), everyone),
        CHANNEL_POST: {
            code: _holding(here, CHANNEL_POST, staff.channels, code)
            for code in definition.attributes["channels"].values
        },
    }
    for relation, post in SECTION_POSTS.items():
        relations[relation] = {
            code: _holding(here, post, staff.portfolios, id_)
            for id_, code in codes.items()
        }
    posts = {
        code: frozenset(h.person_id for h in here if h.post_code == code)
        for code in definition.posts
    }
    names = {holder.person_id: holder.person_name for holder in staff.holders}
    return Workforce(posts, relations, names | {p.id: p.name for p in drafters})


def _holding(
    here: Iterable[Holder], post: str, of: Mapping[int, Collection[Key]], key: Key
) -> frozenset[int]:
    """Who is in charge of a section or a channel, in a post of this code."""
    return frozenset(
        holder.person_id
        for holder in here
        if holder.post_code == post and key in of.get(holder.post_id, ())
    )
