"""One article of a paper case on its way: its text, its history, where it stands."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta

from workflow.calendar import TOWN_TIME, WorkingCalendar
from workflow.process.binding import Event, Signature, barred, place, standing
from workflow.process.channels import open_acts, owner, releasable
from workflow.process.conditions import Value
from workflow.process.definition import MEANING, Act, Definition
from workflow.process.machine import step
from workflow.process.plan import Plan, make_plan, publisher
from workflow.process.scenario.office import Capacity, Matter, Office
from workflow.process.scenario.script import Paper
from workflow.process.states import CLEARED, DRAFTING, PUBLISHED, Position, Replan

SYSTEM = 0


@dataclass(frozen=True, slots=True)
class Line:
    """One line of the trail."""

    at: datetime
    text: str

    @property
    def told(self) -> str:
        """With its moment, in town time."""
        return f"{self.at.astimezone(TOWN_TIME):%Y-%m-%d %H:%M} {self.text}"


@dataclass
class Running:
    """An article, and everything that happened to it.

    Args:
        facts: attribute values; the section and the channels among them.
        meaning: counts the changes that were not of wording only.
        opened: when each open stage, act or publishing was reached.
        pauses: how long each limit stood still.
        pausing: since when an outsider has been asked, if one is.
        told: limits of which a reminder or a lateness is on record.
    """

    paper: Paper
    definition: Definition
    office: Office
    calendar: WorkingCalendar
    facts: dict[str, Value]
    title: str
    body: str
    attachments: frozenset[str]
    meaning: int = 0
    position: Position = field(default_factory=lambda: Position(DRAFTING))
    history: list[Event] = field(default_factory=list)
    trail: list[Line] = field(default_factory=list)
    raised_at: str = DRAFTING
    opened: dict[str, datetime] = field(default_factory=dict)
    pauses: dict[str, timedelta] = field(default_factory=dict)
    pausing: datetime | None = None
    told: set[tuple[str, str]] = field(default_factory=set)
    late: list[str] = field(default_factory=list)
    warned: list[str] = field(default_factory=list)
    registered: list[str] = field(default_factory=list)
    planned: tuple[dict[str, Value], Plan] | None = None

    @property
    def plan(self) -> Plan:
        """What it must climb as it is now; made anew when a fact has changed."""
        if self.planned is None or self.planned[0] != self.facts:
            self.planned = dict(self.facts), make_plan(self.definition, self.facts)
        return self.planned[1]

    @property
    def parts(self) -> dict[str, str]:
        """The digest of each part of the text."""
        own = {
            attribute.part: _said(self.facts[name])
            for name, attribute in self.definition.attributes.items()
        }
        files = _said(self.attachments)
        bare = {"title": self.title, "body": self.body, "attachments": files}
        meaning = {MEANING: str(self.meaning)}
        return {k: _digest(v) for k, v in {**own, **bare, **meaning}.items()}

    @property
    def stood(self) -> tuple[Signature, ...]:
        """The signatures that count for the text as it is."""
        return standing(self.plan, self.history, self.parts)

    @property
    def signed_ever(self) -> tuple[Signature, ...]:
        """Every signature of its life, returned rounds too."""
        return tuple(item for item in self.history if isinstance(item, Signature))

    def matter(self, act: Act) -> Matter:
        """Who is related to it, for the channels that the act is for."""
        channels = self.plan.channels
        stage = owner(self.plan, act.id)
        if stage is not None and stage.stage.channels:
            channels &= stage.stage.channels
        section = self.facts["section"]
        drafter = self.office.person(self.paper.drafter)
        return Matter(drafter, section if isinstance(section, str) else "", channels)

    def holders(self, act: Act, at: datetime) -> tuple[Capacity, ...]:
        """Who may do the act by post or relation, whatever was signed before."""
        return self.office.capacities(act.actor, self.matter(act), at)

    def eligible(self, act: Act, at: datetime) -> tuple[Capacity, ...]:
        """Those of the holders whom no constraint on persons bars."""
        return tuple(
            capacity
            for capacity in self.holders(act, at)
            if not self.is_barred(capacity.person.id, act)
        )

    def is_barred(self, person: int, act: Act) -> bool:
        """Whether a constraint keeps this person from this act."""
        return barring(self, person, act) is not None

    def tasks(self, at: datetime) -> dict[str, tuple[Capacity, ...]]:
        """Every act that may be done now, with whoever may do it."""
        plan = self.plan
        found = {
            act.id: self.eligible(act, at) for act in open_acts(plan, self.position)
        }
        if self.position.held:
            return {}
        found.update(self._publishing(plan, at))
        if self.position.state == PUBLISHED:
            left = [act for act in plan.duties if act.id not in self.position.done]
            found.update((act.id, self.eligible(act, at)) for act in left)
        return found

    def _publishing(self, plan: Plan, at: datetime) -> dict[str, tuple[Capacity, ...]]:
        if self.position.state == CLEARED and not plan.definition.publishers:
            return {"publish": self.eligible(plan.definition.publish, at)}
        channels = releasable(plan, self.position)
        if not (plan.definition.splits_channels or plan.definition.publishers):
            return {}
        return {
            f"publish.{channel}": self.eligible(publisher(plan, channel), at)
            for channel in sorted(channels)
        }

    def note(self, at: datetime, text: str) -> None:
        """Write a line of the trail."""
        self.trail.append(Line(at, text))

    def sign(self, capacity: Capacity | None, acts: frozenset[str]) -> None:
        """Put a signature on the text as it is; the system's when nobody gave it."""
        stage = owner(self.plan, min(acts))
        self.history.append(
            Signature(
                len(self.history) + 1,
                stage.stage.id if stage else self.position.state,
                acts,
                capacity.person.id if capacity else SYSTEM,
                self.parts,
                deemed=capacity is None,
            )
        )

    def sign_publishing(self, capacity: Capacity) -> None:
        """Put on record who published, for the constraints on persons."""
        published, seq = frozenset({"publish"}), len(self.history) + 1
        person = capacity.person.id
        self.history.append(Signature(seq, "publish", published, person, {}))

    def replace(self) -> tuple[str, ...]:
        """Find its place again after a change; the acts whose signatures fell."""
        plan, stood = self.plan, self.stood
        before = _signed(self.signed_ever)
        if self.position.state == DRAFTING:
            return ()
        now = place(plan, stood)
        outcome = Replan(now.state, now.done, now.ahead)
        self.position = step(plan, self.position, outcome)
        return tuple(sorted(before - _signed(stood)))


def begin(
    paper: Paper, definition: Definition, office: Office, calendar: WorkingCalendar
) -> Running:
    """The article as it lies on the drafter's desk."""
    facts = _facts(paper, definition)
    running = Running(
        paper,
        definition,
        office,
        calendar,
        facts,
        paper.title,
        paper.body,
        paper.attachments,
    )
    trigger(running)
    drafter = office.person(paper.drafter)
    drafted = Signature(0, DRAFTING, frozenset({DRAFTING}), drafter.id, {})
    running.history.append(drafted)
    return running


def _facts(paper: Paper, definition: Definition) -> dict[str, Value]:
    facts: dict[str, Value] = {
        name: item.default for name, item in definition.attributes.items()
    }
    facts.update(section=paper.section, channels=paper.channels)
    facts.update(
        (name, frozenset(value) if isinstance(value, tuple) else value)
        for name, value in paper.attributes.items()
    )
    return facts


def trigger(running: Running) -> tuple[str, ...]:
    """Set the attributes whose words stand in the text; their labels."""
    text = f"{running.title}\n{running.body}"
    labels = []
    for item in running.definition.triggers:
        hit = any(word in text for word in item.words)
        if hit and running.facts[item.attribute] != item.value:
            running.facts[item.attribute] = item.value
            labels.append(running.definition.attributes[item.attribute].label)
    return tuple(labels)


def barring(running: Running, person: int, act: Act) -> str | None:
    """The id of the constraint that keeps a person from an act, if one does."""
    stage = owner(running.plan, act.id)
    stage_id = stage.stage.id if stage else act.id
    acts = frozenset({act.id})
    if stage is not None and stage.stage.joint:
        acts = stage.act_ids
    once = [replace(item, parts={}) for item in running.signed_ever]
    bar = barred(running.plan, once, person, stage_id, acts)
    return bar.id if bar else None


def _signed(items: Iterable[Signature]) -> frozenset[str]:
    return frozenset(act for item in items for act in item.acts)


def _said(value: Value) -> str:
    if isinstance(value, frozenset):
        return "、".join(sorted(value))
    return str(value)


def _digest(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()
