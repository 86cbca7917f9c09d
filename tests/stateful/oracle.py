"""What may be public, told naively from what happened, without the engine."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from itertools import combinations, product

RUNGS = ("self_check", "office_review", "deputy_review", "principal_decision")
ALWAYS = RUNGS[:3]
DRAFTING, CLEARED = "drafting", "cleared"
ENDED = ("published", "withdrawn", "rejected")

# post of a rung: those who hold it as A, and those who stand in as B.
Crew = tuple[tuple[str, ...], tuple[str, ...]]
OFFICE: Crew = (("director",), ("director_b", "drafter"))
DEPUTY: dict[str, Crew] = {
    "rural": (("deputy",), ("deputy_b", "director")),
    "safety": (("deputy2",), ("deputy2_b",)),
}
PRINCIPAL: Crew = (("principal",), ("principal_b",))
PUBLISHER: Crew = (("publisher",), ("publisher_b",))


@dataclass(frozen=True)
class Content:
    """What is written: two words of text, where it belongs, how weighty it is."""

    title: str
    section: str
    importance: str
    special: bool

    @property
    def is_weighty(self) -> bool:
        """Whether the principal has to decide."""
        return self.importance == "major" or self.special

    def seen_from(self, rung: str) -> tuple[object, ...]:
        """What the signature of a rung is about: the lower two mind the text only."""
        text = (self.title, self.section)
        if rung in RUNGS[:2]:
            return text
        return (*text, self.importance, self.special)


@dataclass(frozen=True)
class Signed:
    """Somebody approved at a rung."""

    rung: str
    who: str
    content: Content


@dataclass(frozen=True)
class Returned:
    """It went back to a rung, or to the drafter."""

    to: str


@dataclass
class Story:
    """One article, as somebody who only listens would tell it."""

    id: int
    drafter: str
    content: Content
    log: list[Signed | Returned] = field(default_factory=list)
    open_findings: int = 0
    published: bool = False

    @property
    def demanded(self) -> tuple[str, ...]:
        """The rungs that this content asks for."""
        return RUNGS if self.content.is_weighty else ALWAYS

    def may_be_public(self) -> bool:
        """Each demanded rung by another person, on this content, lowest first."""
        choices = [self.good(rung) for rung in self.demanded]
        return any(_all_differ(chosen) for chosen in product(*choices))

    def good(self, rung: str) -> list[Signed]:
        """The approvals of a rung that are on this content, not returned since."""
        return [
            event
            for at, event in enumerate(self.log)
            if isinstance(event, Signed)
            and event.rung == rung
            and self._is_on_this(event)
            and not self._was_returned(rung, at)
            and self._stood_on_lower_ones(event, at)
        ]

    def _is_on_this(self, event: Signed) -> bool:
        now, then = self.content, event.content
        return now.seen_from(event.rung) == then.seen_from(event.rung)

    def _was_returned(self, rung: str, at: int) -> bool:
        order = (DRAFTING, *RUNGS)
        return any(
            isinstance(later, Returned) and order.index(later.to) <= order.index(rung)
            for later in self.log[at + 1 :]
        )

    def _stood_on_lower_ones(self, event: Signed, at: int) -> bool:
        return all(
            any(
                isinstance(below, Signed)
                and below.rung == lower
                and below.content.seen_from(lower) == event.content.seen_from(lower)
                for below in self.log[:at]
            )
            for lower in RUNGS[: RUNGS.index(event.rung)]
        )


def _all_differ(chosen: tuple[Signed, ...]) -> bool:
    return all(one.who != other.who for one, other in combinations(chosen, 2))


@dataclass
class Calendar:
    """Who is away when: rows of person, first day, last day."""

    rows: dict[int, tuple[str, date, date]] = field(default_factory=dict)

    def is_away(self, who: str, on: date) -> bool:
        """Whether the person is recorded absent on the day."""
        return any(
            name == who and first <= on <= last
            for name, first, last in self.rows.values()
        )

    def on_duty(self, crew: Crew, on: date) -> Iterator[str]:
        """A where present, B where every A is away."""
        a, b = crew
        present = [who for who in a if not self.is_away(who, on)]
        yield from present or [who for who in b if not self.is_away(who, on)]


def crew_of(rung: str, content: Content) -> Crew:
    """Who has to do with a rung of such an article."""
    crews = {"office_review": OFFICE, "principal_decision": PRINCIPAL}
    return crews.get(rung) or DEPUTY[content.section]
