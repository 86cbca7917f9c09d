"""Who holds what on one day: read once, asked many times.

A relation of the regulation (分管负责人) is resolved here into posts: the deputy of an
article is the holder of the deputy's post whose portfolio (分管) has its section.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime, time

from sqlalchemy.orm import Session

from models.people import Slot
from workflow.calendar import town_moment
from workflow.people import mandates, questions, rules
from workflow.people.mandates import Mandate
from workflow.people.rules import Holder
from workflow.process.definition import Act, Actor

SECTION_POSTS: Mapping[str, str] = {
    "section_deputy": "deputy_head",
    "section_head": "section_head",
    "drafter_deputy": "deputy_head",
    "drafter_head": "section_head",
}
CHANNEL_POST = "channel_owner"
OFFICE_POST = "office_director"
NOON = time(12)


@dataclass(frozen=True, slots=True)
class Matter:
    """What decides who is related to an article.

    Args:
        section_id: of its section.
        drafter_id: who wrote it; ``None`` where that is not known.
        channels: on which it goes out, as far as the act is about them; ``None``:
            whichever.
    """

    section_id: int
    drafter_id: int | None = None
    channels: frozenset[str] | None = None


@dataclass(frozen=True)
class Staffing:
    """Every holder of every post on a day, and which post has which sections.

    Args:
        channels: post id to the channels it is in charge of.
        workplaces: person id to the section in which she works.
        mandates: who was named in writing, by whom, for which post.
    """

    holders: Sequence[Holder]
    portfolios: Mapping[int, set[int]]
    channels: Mapping[int, set[str]] = field(default_factory=dict)
    workplaces: Mapping[int, int] = field(default_factory=dict)
    mandates: Sequence[Mandate] = ()

    def of(self, actor: Actor, about: Matter | int) -> list[Holder]:
        """The holders, A and B, of the posts that an actor names for an article.

        The drafter is nobody's post and is not found here.

        Args:
            about: the article, or only the id of its section.
        """
        matter = about if isinstance(about, Matter) else Matter(about)
        found = [one for one in self.holders if self._is_meant(one, actor, matter)]
        if actor.delegable:
            found.extend(self._named_by(found))
        return found

    def of_acts(self, acts: Sequence[Act], about: Matter | int) -> list[Holder]:
        """The holders for several acts, each holder once."""
        found: dict[tuple[int, int], Holder] = {}
        for act in acts:
            for holder in self.of(act.actor, about):
                found.setdefault((holder.post_id, holder.person_id), holder)
        return list(found.values())

    def acting_posts(self, person_id: int) -> list[Holder]:
        """The posts in which a person may act today: A, or B while A is away."""
        return [
            holder
            for holder in rules.acting(self.holders)
            if holder.person_id == person_id
        ]

    @property
    def everybody(self) -> list[Holder]:
        """Every holder, and whoever was named by one of them."""
        return [*self.holders, *self._named_by(self.holders)]

    def mandated_posts(self, person_id: int) -> list[Holder]:
        """The posts whose work a person was named for in writing."""
        named = self._named_by(self.holders)
        return [one for one in named if one.person_id == person_id and not one.absent]

    def _is_meant(self, holder: Holder, actor: Actor, matter: Matter) -> bool:
        if holder.post_code in actor.posts:
            return True
        return any(self._is_related(holder, name, matter) for name in actor.relations)

    def _is_related(self, holder: Holder, relation: str, matter: Matter) -> bool:
        if relation == CHANNEL_POST:
            mine = self.channels.get(holder.post_id, set())
            wanted = mine if matter.channels is None else mine & matter.channels
            return holder.post_code == CHANNEL_POST and bool(wanted)
        if holder.post_code != SECTION_POSTS.get(relation):
            return False
        section: int | None = matter.section_id
        if relation.startswith("drafter_"):
            section = self.workplaces.get(matter.drafter_id or 0)
        return section in self.portfolios.get(holder.post_id, set())

    def _named_by(self, holders: Iterable[Holder]) -> Iterator[Holder]:
        a_holders = [one for one in holders if one.slot is Slot.A]
        for given in self.mandates:
            for holder in a_holders:
                if (holder.post_id, holder.person_id) == (given.post_id, given.by_id):
                    yield replace(
                        holder,
                        person_id=given.to_id,
                        person_name=given.to_name,
                        slot=Slot.B,
                        absent=given.to_absent,
                        named_by_id=holder.person_id,
                        named_by_name=holder.person_name,
                    )


def staffing(
    session: Session,
    agency_id: int,
    on: date,
    at: datetime | None = None,
    *,
    whole: bool = True,
) -> Staffing:
    """Who holds what in an agency on a day.

    Args:
        at: the moment for what was given in writing; the noon of the day if left out.
        whole: also who keeps which channel, who works where, who was named in writing;
            a regulation that asks for none of these is spared the questions.
    """
    holders = questions.every_holder(session, agency_id, on)
    sections = questions.portfolios(session, agency_id)
    if not whole:
        return Staffing(holders, sections)
    moment = at or town_moment(on, NOON)
    return Staffing(
        holders,
        sections,
        mandates.channels_kept(session, agency_id),
        mandates.workplaces(session, agency_id),
        mandates.in_force(session, agency_id, on, moment),
    )


def asks_for_more(acts: Iterable[Act]) -> bool:
    """Whether these acts ask for more than posts and portfolios."""
    return any(
        act.actor.delegable
        or any(name not in PLAIN_RELATIONS for name in act.actor.relations)
        for act in acts
    )


PLAIN_RELATIONS = ("drafter", "section_head", "section_deputy")
