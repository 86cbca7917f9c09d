"""Who may do an act: by post, by relation to the article, or for a body outside."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

RELATIONS: Mapping[str, str] = {
    "drafter": "拟稿人",
    "section_head": "科室负责人",
    "section_deputy": "分管负责人",
    "channel_owner": "渠道负责人",
    "drafter_head": "拟稿人所在科室负责人",
    "drafter_deputy": "拟稿人所在科室分管负责人",
}


class ActorKind(StrEnum):
    """How the person is found.

    By post, by relation to the article, either; or it is an outside body or a
    collective, whose answer a person of ours puts on record.
    """

    POST = "post"
    RELATION = "relation"
    EITHER = "either"
    BODY = "body"
    COLLECTIVE = "collective"


@dataclass(frozen=True, slots=True)
class Actor:
    """Who may do one act: a holder of any of ``posts``, or whoever has a relation.

    Args:
        kind: follows from the others.
        posts: post codes of the definition, any of which suffices.
        relation: a key of ``RELATIONS``, or none.
        quorum: how many different persons of this kind the regulation asks for in
            all; each is one act of the stage (one seat), so one signature fills one.
        also: further relations, any of which suffices.
        body: code of the outside body or collective that decides; ``posts`` and
            ``relation`` then say who puts its answer on record.
        delegable: whoever the holder has named in writing may do it too.
    """

    kind: ActorKind
    posts: tuple[str, ...] = ()
    relation: str | None = None
    quorum: int = 1
    also: tuple[str, ...] = ()
    body: str = ""
    delegable: bool = False

    @property
    def relations(self) -> tuple[str, ...]:
        """Every relation that suffices."""
        return (*([self.relation] if self.relation else ()), *self.also)

    @property
    def is_drafter(self) -> bool:
        """Whether nobody but the drafter may do it."""
        return self.relation == "drafter" and not (self.posts or self.also or self.body)
