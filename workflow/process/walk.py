"""Walking every reachable state of a definition, with the real machine.

A state is what can matter later: the kind of article, the position, and which acts'
signatures still count.  Texts are not kept: a signature either counts or not, and a
change of a part makes those that depend on it not count.  (Taking a change back only
leads to states that were already met before it.)  Parts on which the same stages
depend are interchangeable, so one of each sort is changed.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from workflow.process.binding import Signature, missing, place
from workflow.process.cases import Answer, Cluster
from workflow.process.channels import (
    open_acts,
    open_stages,
    owner,
    releasable,
    signed_at,
)
from workflow.process.conditions import Value
from workflow.process.definition import Definition
from workflow.process.machine import possible, step
from workflow.process.plan import (
    Plan,
    PlannedStage,
    between,
    make_plan,
    state_name,
    targets,
)
from workflow.process.states import (
    CLEARED,
    DRAFTING,
    OUTCOME_NAMES,
    PUBLISHED,
    REJECTED,
    WITHDRAWN,
    Approve,
    Hold,
    Outcome,
    Position,
    Publish,
    Recall,
    Reject,
    Replan,
    Resume,
    SendBack,
    Submit,
    Withdraw,
)

MOST_STATES = 60_000
_ENDS = frozenset({PUBLISHED, WITHDRAWN, REJECTED})


@dataclass(frozen=True, slots=True)
class Spot:
    """One state of the walk."""

    answer: Answer
    position: Position
    signed: frozenset[str]


@dataclass(frozen=True, slots=True)
class Trouble:
    """A state that should not be, and the shortest way there in Chinese."""

    code: str
    path: tuple[str, ...]


@dataclass
class Walk:
    """One walk over the kinds of article of one cluster, the others held fixed.

    Args:
        definition: what is walked.
        cluster: whose attributes change on the way.
        pinned: the facts of the other clusters.
        most: how many states are looked at before giving up.
    """

    definition: Definition
    cluster: Cluster
    pinned: Mapping[str, Value]
    most: int = MOST_STATES
    came: dict[Spot, tuple[Spot, str] | None] = field(default_factory=dict)
    leads: dict[Spot, set[Spot]] = field(default_factory=dict)
    plans: dict[Answer, Plan] = field(default_factory=dict)
    placed: dict[tuple[Answer, frozenset[str]], Position] = field(default_factory=dict)

    def run(self) -> Trouble | None:
        """Walk; the first trouble met is the one with the shortest path."""
        self.plans = {
            answer: make_plan(self.definition, {**self.pinned, **facts})
            for answer, facts in self.cluster.examples.items()
        }
        waiting = deque(Spot(a, Position(DRAFTING), frozenset()) for a in self.plans)
        self.came = dict.fromkeys(waiting)
        while waiting and len(self.came) <= self.most:
            spot = waiting.popleft()
            for name, after in self._onward(spot):
                self.leads.setdefault(after, set()).add(spot)
                if after not in self.came:
                    self.came[after] = (spot, name)
                    waiting.append(after)
                    if self._is_unsafe(spot, after):
                        return Trouble("unsafe-publish", self._path(after))
        if waiting:
            return Trouble("too-many-states", ())
        return self._stranded()

    def _onward(self, spot: Spot) -> Iterator[tuple[str, Spot]]:
        if spot.position.state in _ENDS:
            return
        plan = self.plans[spot.answer]
        for outcome in _outcomes(plan, spot.position):
            after = step(plan, spot.position, outcome)
            signed = _signed(plan, spot, outcome)
            if isinstance(outcome, Submit) and signed:
                after = self._placed(spot.answer, after, signed)
            yield self._named(outcome, spot), Spot(spot.answer, after, signed)
        yield from self._edits(spot)
        yield from self._refiled(spot)

    def _edits(self, spot: Spot) -> Iterator[tuple[str, Spot]]:
        for part in _sorts_of_parts(self.definition):
            yield f"改动{part}", self._changed(spot, part, spot.answer)

    def _refiled(self, spot: Spot) -> Iterator[tuple[str, Spot]]:
        for change in self.cluster.changes:
            if change.before == spot.answer:
                attribute = self.definition.attributes[change.attribute]
                after = self._changed(spot, attribute.part, change.after)
                yield f"改动{attribute.label}", after

    def _changed(self, spot: Spot, part: str, answer: Answer) -> Spot:
        signed = frozenset(
            act.id
            for stage in self.definition.stages
            if part not in stage.depends_on
            for act in stage.acts
            if act.id in spot.signed
        )
        if spot.position.state == DRAFTING:
            return Spot(answer, spot.position, signed)
        return Spot(answer, self._placed(answer, spot.position, signed), signed)

    def _placed(
        self, answer: Answer, position: Position, signed: frozenset[str]
    ) -> Position:
        """Where it stands by the signatures that count."""
        plan, key = self.plans[answer], (answer, signed)
        if key not in self.placed:
            self.placed[key] = place(plan, signatures(plan, signed))
        now = self.placed[key]
        return step(plan, position, Replan(now.state, now.done, now.ahead))

    def _is_unsafe(self, before: Spot, spot: Spot) -> bool:
        """Whether something goes out here that is not wholly signed."""
        plan = self.plans[spot.answer]
        if spot.position.state == PUBLISHED:
            owed = plan.stages
            gate = missing(plan, signatures(plan, spot.signed))
            return not _acts_of(owed) <= spot.signed or bool(gate)
        fresh = spot.position.released - before.position.released
        return any(self._leaks(plan, spot, channel) for channel in fresh)

    def _leaks(self, plan: Plan, spot: Spot, channel: str) -> bool:
        owed = tuple(
            item
            for item in plan.stages
            if not item.stage.channels or channel in item.stage.channels
        )
        gate = missing(plan, signatures(plan, spot.signed), channel)
        return not _acts_of(owed) <= spot.signed or bool(gate)

    def _stranded(self) -> Trouble | None:
        """A state from which nothing can be published any more, though not ended."""
        hopeful = {spot for spot in self.came if spot.position.state == PUBLISHED}
        waiting = list(hopeful)
        while waiting:
            before = self.leads.get(waiting.pop(), set()) - hopeful
            hopeful |= before
            waiting.extend(before)
        for spot in self.came:
            if spot not in hopeful and spot.position.state not in _ENDS:
                return Trouble("stranded", self._path(spot))
        return None

    def _path(self, spot: Spot) -> tuple[str, ...]:
        steps: list[str] = []
        before = self.came[spot]
        while before is not None:
            steps.append(before[1])
            before = self.came[before[0]]
        return tuple(reversed(steps))

    def _named(self, outcome: Outcome, spot: Spot) -> str:
        if isinstance(outcome, Approve):
            return f"{self._stage_of(outcome, spot)}：同意"
        if isinstance(outcome, SendBack):
            how = "（直达）" if outcome.direct else ""
            return f"退回{state_name(self.definition, outcome.to)}{how}"
        if isinstance(outcome, Publish) and outcome.channels:
            named = self.definition.attributes["channels"].named(outcome.channels)
            return f"发布到{named}"
        return OUTCOME_NAMES[type(outcome).__name__.lower()]

    def _stage_of(self, outcome: Approve, spot: Spot) -> str:
        item = owner(self.plans[spot.answer], min(outcome.acts))
        state = item.stage.id if item else spot.position.state
        return state_name(self.definition, state)


def _acts_of(items: Iterable[PlannedStage]) -> frozenset[str]:
    return frozenset[str]().union(*(item.act_ids for item in items))


def signatures(plan: Plan, signed: frozenset[str]) -> tuple[Signature, ...]:
    """Signatures that count, on these acts, by persons as different as may be.

    Stages and acts that must be one person's share one; a joint stage has one
    signature.
    """
    people = _people(plan.definition)
    found: list[Signature] = []
    for planned in plan.stages:
        mine = planned.act_ids & signed
        groups = [mine] if planned.stage.joint else [frozenset({a}) for a in mine]
        for group in filter(None, groups):
            person = people[min(group)]
            found.append(Signature(len(found), planned.stage.id, group, person, {}))
    return tuple(found)


def _people(definition: Definition) -> dict[str, int]:
    people: dict[str, int] = {}
    for number, stage in enumerate(definition.stages):
        for seat, act in enumerate(stage.acts):
            people[act.id] = number * 1000 + (0 if stage.joint else seat)
    for together in definition.same_person:
        members = [
            act.id
            for stage in definition.stages
            for act in stage.acts
            if stage.id in together.stages or act.id in together.acts
        ]
        one = min(people[act] for act in members)
        old = {people[act] for act in members}
        people = {act: one if p in old else p for act, p in people.items()}
    return people


def _outcomes(plan: Plan, position: Position) -> Iterator[Outcome]:
    open_now = frozenset(possible(plan, position))
    plain: dict[str, Outcome] = {
        "submit": Submit(),
        "hold": Hold(),
        "resume": Resume(),
        "reject": Reject(),
        "publish": Publish(),
        "withdraw": Withdraw(),
        "recall": Recall(),
    }
    if position.state != CLEARED:
        del plain["publish"]
    yield from (outcome for name, outcome in plain.items() if name in open_now)
    if "publish" in open_now and plan.definition.splits_channels:
        out = sorted(releasable(plan, position))
        yield from (Publish(frozenset({channel})) for channel in out)
    if "send_back" in open_now:
        yield from _returns(plan, position)
    if "approve" in open_now:
        yield from _approvals(plan, position)


def _returns(plan: Plan, position: Position) -> Iterator[SendBack]:
    for to in targets(plan, position.state):
        yield SendBack(to)
        if not plan.definition.splits_channels and _is_far(plan, position, to):
            yield SendBack(to, direct=True)
    for item in open_stages(plan, position):
        if item.stage.id != position.state:
            found = targets(plan, item.stage.id)
            yield from (SendBack(to, item.stage.id) for to in found)


def _is_far(plan: Plan, position: Position, to: str) -> bool:
    """Whether there is a stage between, so that 直达 and 逐级 are not the same."""
    return bool(between(plan, to, position.state))


def _approvals(plan: Plan, position: Position) -> Iterator[Approve]:
    signed = signed_at(plan, position)
    for item in open_stages(plan, position):
        if item.stage.joint:
            yield Approve(item.act_ids - signed)
    joint = _acts_of(i for i in plan.stages if i.stage.joint)
    for act in open_acts(plan, position):
        if act.id not in joint:
            yield Approve(frozenset({act.id}))


def _signed(plan: Plan, spot: Spot, outcome: Outcome) -> frozenset[str]:
    definition, signed = plan.definition, spot.signed
    if isinstance(outcome, Approve):
        return signed | outcome.acts
    if isinstance(outcome, Recall):
        return frozenset()
    if not isinstance(outcome, SendBack):
        return signed
    below = definition.stages[: max(definition.rank(outcome.to), 0)]
    kept = frozenset(act.id for stage in below for act in stage.acts)
    if outcome.direct:
        kept |= _acts_of(between(plan, outcome.to, spot.position.state))
    return signed & kept


def _sorts_of_parts(definition: Definition) -> tuple[str, ...]:
    sorts: dict[frozenset[str], str] = {}
    for part in definition.parts:
        who = frozenset(s.id for s in definition.stages if part in s.depends_on)
        sorts.setdefault(who, part)
    return tuple(part for who, part in sorts.items() if who)
