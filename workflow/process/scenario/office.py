"""The people of a paper case: who holds what, who is away, who stands in for whom."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime

from workflow.process.actors import RELATIONS, Actor
from workflow.process.staffing import Staffing


@dataclass(frozen=True, slots=True)
class Person:
    """One person of the paper case.

    Args:
        id: from 1; ``name`` is what the file calls her.
        section: where she works.
        posts: held as A.
        heads: sections of which she is the head; ``oversees``: 分管; ``keeps``:
            channels she is in charge of.
        b_for: names of those whose B she is, in all their posts.
    """

    id: int
    name: str
    section: str = ""
    posts: tuple[str, ...] = ()
    heads: tuple[str, ...] = ()
    oversees: tuple[str, ...] = ()
    keeps: tuple[str, ...] = ()
    b_for: tuple[str, ...] = ()
    line: int = field(default=0, compare=False)


@dataclass(frozen=True, slots=True)
class Absence:
    """A person is away from ``first`` to ``last``; perhaps somebody was named."""

    person: str
    first: datetime
    last: datetime
    stand_in: str = ""


@dataclass(frozen=True, slots=True)
class Delegation:
    """``by`` has named ``to`` in writing for one post or relation."""

    by: str
    to: str
    post: str
    first: datetime
    last: datetime


@dataclass(frozen=True, slots=True)
class Matter:
    """What decides who is related to an article."""

    drafter: Person
    section: str
    channels: frozenset[str]


@dataclass(frozen=True, slots=True)
class Capacity:
    """In what capacity somebody may act.

    Args:
        person: who acts.
        instead_of: whose work it is, when she stands in; empty otherwise.
        how: 代理 or 受托; empty when it is her own post.
    """

    person: Person
    instead_of: str = ""
    how: str = ""

    @property
    def told(self) -> str:
        """The name as it stands on record: 王三代李二."""
        if not self.instead_of:
            return self.person.name
        return f"{self.person.name}{self.how}{self.instead_of}"


@dataclass(frozen=True, slots=True)
class Office:
    """Everybody, with absences and delegations."""

    people: tuple[Person, ...]
    absences: tuple[Absence, ...] = ()
    delegations: tuple[Delegation, ...] = ()

    def person(self, name: str) -> Person:
        """The person of this name; ``KeyError`` when there is none."""
        for person in self.people:
            if person.name == name:
                return person
        raise KeyError(name)

    def absence(self, person: Person, at: datetime) -> Absence | None:
        """Her absence at this moment, if she is away."""
        for absence in self.absences:
            if absence.person == person.name and absence.first <= at <= absence.last:
                return absence
        return None

    def own(self, actor: Actor, matter: Matter) -> tuple[Person, ...]:
        """Whose work it is, absent or not."""
        return tuple(p for p in self.people if _holds(p, actor, matter))

    def capacities(
        self, actor: Actor, matter: Matter, at: datetime
    ) -> tuple[Capacity, ...]:
        """Who may do it now: the holders who are here, and who stands in.

        B acts only while A is away, and only one step far; where both are away there
        is nobody.
        """
        found: dict[int, Capacity] = {}
        for holder in self.own(actor, matter):
            for capacity in self._for(holder, actor, at):
                found.setdefault(capacity.person.id, capacity)
        return tuple(found.values())

    def _for(self, holder: Person, actor: Actor, at: datetime) -> Iterator[Capacity]:
        if not actor.is_drafter or self.absence(holder, at) is None:
            yield from self._here_or_b(holder, at)
        if actor.delegable:
            yield from self._delegates(holder, actor, at)

    def _delegates(
        self, holder: Person, actor: Actor, at: datetime
    ) -> Iterator[Capacity]:
        for given in self.delegations:
            fits = given.post in (*actor.posts, *actor.relations)
            if given.by == holder.name and fits and given.first <= at <= given.last:
                to = self.person(given.to)
                if self.absence(to, at) is None:
                    yield Capacity(to, holder.name, "受托代")

    def staffing(self, at: datetime) -> Staffing:
        """Who can act at this moment, absences and stand-ins applied."""
        posts = {post for person in self.people for post in person.posts}
        names = {person.id: person.name for person in self.people}
        held = {
            post: self._acting([p for p in self.people if post in p.posts], at)
            for post in posts
        }
        return Staffing(held, dict(self._relations(at)), names, self._named(at))

    def _named(self, at: datetime) -> dict[str, frozenset[int]]:
        """Who has been named in writing for which post or relation."""
        found: dict[str, frozenset[int]] = {}
        for given in self.delegations:
            if given.first <= at <= given.last:
                to = frozenset({self.person(given.to).id})
                found[given.post] = found.get(given.post, frozenset()) | to
        return found

    def _relations(
        self, at: datetime
    ) -> Iterator[tuple[str, dict[str, frozenset[int]]]]:
        keys = {k for p in self.people for k in (p.section, *p.heads, *p.oversees) if k}
        channels = {key for person in self.people for key in person.keeps}
        for relation in RELATIONS:
            wanted = channels if relation == "channel_owner" else keys
            yield relation, {key: self._related(relation, key, at) for key in wanted}

    def _related(self, relation: str, key: str, at: datetime) -> frozenset[int]:
        if relation == "drafter":
            here = (p for p in self.people if p.section == key)
            return frozenset(p.id for p in here if self.absence(p, at) is None)
        found = [p for p in self.people if key in _field(p, relation)]
        return self._acting(found, at)

    def _acting(self, holders: list[Person], at: datetime) -> frozenset[int]:
        found = (c for holder in holders for c in self._here_or_b(holder, at))
        return frozenset(capacity.person.id for capacity in found)

    def _here_or_b(self, holder: Person, at: datetime) -> Iterator[Capacity]:
        absence = self.absence(holder, at)
        if absence is None:
            yield Capacity(holder)
            return
        named = [p for p in self.people if p.name == absence.stand_in]
        bs = named or [p for p in self.people if holder.name in p.b_for]
        here = (p for p in bs if self.absence(p, at) is None)
        yield from (Capacity(p, holder.name, "代") for p in here)


def _holds(person: Person, actor: Actor, matter: Matter) -> bool:
    if any(post in person.posts for post in actor.posts):
        return True
    return any(_is_related(person, name, matter) for name in actor.relations)


def _is_related(person: Person, relation: str, matter: Matter) -> bool:
    if relation == "drafter":
        return person.id == matter.drafter.id
    if relation == "channel_owner":
        return bool(matter.channels & frozenset(person.keeps))
    key = matter.section
    if relation in ("drafter_head", "drafter_deputy"):
        key = matter.drafter.section
    return key in _field(person, relation)


def _field(person: Person, relation: str) -> tuple[str, ...]:
    if relation == "channel_owner":
        return person.keeps
    return person.heads if relation.endswith("_head") else person.oversees
