"""Who holds what on one day: read once, asked many times.

A relation of the regulation (分管负责人) is resolved here into posts: the deputy of an
article is the holder of the deputy's post whose portfolio (分管) has its section.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy.orm import Session

from workflow.people import questions, rules
from workflow.people.rules import Holder
from workflow.process.definition import Act, Actor

SECTION_POSTS: Mapping[str, str] = {
    "section_deputy": "deputy_head",
    "section_head": "section_head",
}


@dataclass(frozen=True)
class Staffing:
    """Every holder of every post on a day, and which post has which sections."""

    holders: Sequence[Holder]
    portfolios: Mapping[int, set[int]]

    def of(self, actor: Actor, section_id: int) -> list[Holder]:
        """The holders, A and B, of the posts that an actor names for a section.

        The drafter is nobody's post and is not found here.
        """
        wanted = SECTION_POSTS.get(actor.relation or "")
        return [
            holder
            for holder in self.holders
            if holder.post_code in actor.posts
            or (holder.post_code == wanted and self._has(holder, section_id))
        ]

    def of_acts(self, acts: Sequence[Act], section_id: int) -> list[Holder]:
        """The holders for several acts, each holder once."""
        found: dict[tuple[int, int], Holder] = {}
        for act in acts:
            for holder in self.of(act.actor, section_id):
                found.setdefault((holder.post_id, holder.person_id), holder)
        return list(found.values())

    def acting_posts(self, person_id: int) -> list[Holder]:
        """The posts in which a person may act today: A, or B while A is away."""
        return [
            holder
            for holder in rules.acting(self.holders)
            if holder.person_id == person_id
        ]

    def _has(self, holder: Holder, section_id: int) -> bool:
        return section_id in self.portfolios.get(holder.post_id, set())


def staffing(session: Session, agency_id: int, on: date) -> Staffing:
    """Who holds what in an agency on a day."""
    return Staffing(
        questions.every_holder(session, agency_id, on),
        questions.portfolios(session, agency_id),
    )
