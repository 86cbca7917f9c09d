"""Random regulations, random offices: the engine against a naive reading."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from workflow.errors import WrongState
from workflow.process.binding import Event
from workflow.process.machine import (
    CLEARED,
    DRAFTING,
    Approve,
    Hold,
    Outcome,
    Position,
    Publish,
    Recall,
    Replan,
    Resume,
    Return,
    SendBack,
    Signature,
    Submit,
    barred,
    missing,
    place,
    possible,
    standing,
    step,
)
from workflow.process.plan import Plan, between, make_plan, targets
from workflow.process.reading import read_definition

FLAGS = ("a", "b")
PARTS = ("title", "body", "attributes.a", "attributes.b")
KINDS = ("proofread", "review", "sign_off")
CONDITIONS = ("", "a", "b", "not a", "a or b", "a and not b")


@dataclass(frozen=True)
class Rung:
    """What the test itself knows of one stage, apart from the engine."""

    id: str
    kinds: tuple[str, ...]
    when: str
    second_when: str
    how: str
    seats: int
    free_of: frozenset[str]
    returns: frozenset[int]

    def acts(self, facts: dict[str, bool]) -> list[str]:
        if not _true(self.when, facts):
            return []
        ids = []
        for number, kind in enumerate(self.kinds):
            if number and not _true(self.second_when, facts):
                continue
            name = f"{self.id}.{kind}"
            several = range(1, self.seats + 1)
            ids += [f"{name}.{n}" for n in several] if self.seats > 1 else [name]
        return ids

    def toml(self, below: Sequence[str]) -> str:
        second = f', when = "{self.second_when}"' if self.second_when else ""
        acts = ", ".join(
            f'{{ kind = "{kind}"{second if number else ""} }}'
            for number, kind in enumerate(self.kinds)
        )
        count = f", count = {self.seats}" if self.seats > 1 else ""
        back = [name for n, name in enumerate(below) if n in self.returns]
        lines = [
            "[[stages]]",
            f'id = "{self.id}"',
            f'name = "{self.id}"',
            f"acts = [{acts}]",
            f'actor = {{ any_of = ["p"]{count} }}',
            f"independent_of = {sorted(self.free_of)}",
            f"returns_to = {['drafting', *back]}",
        ]
        if self.when:
            lines.append(f'when = "{self.when}"')
        if self.how != "series":
            lines.append(f"{self.how} = true")
        return "\n".join(lines)


@dataclass(frozen=True)
class Rule:
    rungs: tuple[Rung, ...]
    apart: tuple[str, ...]
    together: tuple[str, ...]

    def toml(self) -> str:
        ids = [rung.id for rung in self.rungs]
        head = '[process]\nid = "r"\nnumber = 1\ntitle = "示例"\nissuer = "示例"\n'
        flags = "".join(
            f'[attributes.{name}]\nlabel = "{name}"\ntype = "flag"\n' for name in FLAGS
        )
        stages = [rung.toml(ids[:n]) for n, rung in enumerate(self.rungs)]
        sets = [
            f'[[{kind}]]\nid = "s"\nstages = {list(members)}\n'
            for kind, members in (
                ("exclusive", self.apart),
                ("same_person", self.together),
            )
            if len(members) > 1
        ]
        end = '[publish]\nactor = { post = "p" }\n'
        posts = '[posts]\np = "岗位"\n'
        return "\n".join([head, posts, flags, *stages, end, *sets])

    def allows(
        self, facts: dict[str, bool], history: list[Event], text: dict[str, str]
    ) -> bool:
        """The naive oracle: read the rule aloud and look for each signature."""
        signer: dict[str, int] = {}
        for rank, rung in enumerate(self.rungs):
            demanded = rung.acts(facts)
            for act in demanded:
                counts = [
                    event
                    for event in history
                    if isinstance(event, Signature)
                    and act in event.acts
                    and (rung.how != "joint" or set(demanded) <= event.acts)
                    and self._untouched(event, rung, text)
                    and not self._returned(event, rank, history)
                ]
                if not counts:
                    return False
                signer[act] = counts[-1].person
        return self._persons_fit(signer)

    def _untouched(self, event: Signature, rung: Rung, text: dict[str, str]) -> bool:
        return all(event.parts[p] == text[p] for p in text if p not in rung.free_of)

    def _returned(self, event: Signature, rank: int, history: list[Event]) -> bool:
        ids = [DRAFTING, *(rung.id for rung in self.rungs)]
        return any(
            isinstance(other, Return)
            and other.seq > event.seq
            and ids.index(other.to) <= rank + 1
            and ids[rank + 1] not in other.kept
            for other in history
        )

    def _persons_fit(self, signer: dict[str, int]) -> bool:
        by_rung = {
            rung.id: {who for act, who in signer.items() if act.startswith(rung.id)}
            for rung in self.rungs
        }
        people = [who for member in self.apart for who in by_rung[member]]
        shared = {who for member in self.together for who in by_rung[member]}
        bound = len(self.together) > 1
        return (
            (len(self.apart) < 2 or len(people) == len(set(people)))
            and (not bound or len(shared) <= 1)
            and self._seats_fit(signer)
        )

    def _seats_fit(self, signer: dict[str, int]) -> bool:
        seats: dict[str, list[int]] = {}
        for act, who in signer.items():
            stage, kind, *seat = act.split(".")
            if seat:
                seats.setdefault(f"{stage}.{kind}", []).append(who)
        return all(len(who) == len(set(who)) for who in seats.values())


def _true(text: str, facts: dict[str, bool]) -> bool:
    return not text or bool(eval(text, dict(facts)))  # noqa: S307


@st.composite
def rungs(draw: st.DrawFn, number: int) -> Rung:
    kinds = draw(st.integers(1, 3))
    how = draw(st.sampled_from(["series", "parallel", "joint"]))
    return Rung(
        id=f"s{number}",
        kinds=KINDS[:kinds],
        when=draw(st.sampled_from(CONDITIONS)) if number else "",
        second_when=draw(st.sampled_from(CONDITIONS[:3])) if kinds > 1 else "",
        how=how,
        seats=1 if how == "joint" else draw(st.sampled_from([1, 1, 2])),
        free_of=frozenset(draw(st.sets(st.sampled_from(PARTS), max_size=3))),
        returns=draw(st.frozensets(st.integers(0, 3))),
    )


@st.composite
def rules(draw: st.DrawFn) -> Rule:
    count = draw(st.integers(2, 4))
    chosen = tuple(draw(rungs(number)) for number in range(count))
    ids = [rung.id for rung in chosen]
    return Rule(
        chosen,
        tuple(draw(st.lists(st.sampled_from(ids), unique=True, max_size=3))),
        tuple(draw(st.lists(st.sampled_from(ids), unique=True, max_size=2))),
    )


events = st.tuples(
    st.sampled_from(
        ["approve"] * 10
        + ["edit"] * 3
        + ["refile", "back", "hold", "recall", "publish"]
    ),
    st.integers(0, 7),
    st.integers(1, 4),
)


@dataclass
class Office:
    """An office working on one article strictly by the book."""

    rule: Rule
    facts: dict[str, bool] = field(default_factory=lambda: dict.fromkeys(FLAGS, False))
    text: dict[str, str] = field(default_factory=lambda: dict.fromkeys(PARTS, "0"))
    history: list[Event] = field(default_factory=list)
    position: Position = field(default_factory=lambda: Position(DRAFTING))
    published: bool = False

    def __post_init__(self) -> None:
        self.definition = read_definition(self.rule.toml())
        self.whole = dict.fromkeys(self.definition.parts, "0")

    @property
    def plan(self) -> Plan:
        return make_plan(self.definition, self.facts)

    @property
    def parts(self) -> dict[str, str]:
        return {**self.whole, **self.text}

    @property
    def stood(self) -> tuple[Signature, ...]:
        return standing(self.plan, self.history, self.parts)

    def act(self, name: str, choice: int, person: int) -> None:
        if self.position.state == DRAFTING:
            self.position = step(self.plan, self.position, Submit())
            self.replan()
        {
            "approve": self.approve,
            "edit": self.edit,
            "refile": self.refile,
            "back": self.back,
            "hold": self.hold,
            "recall": self.recall,
            "publish": self.publish,
        }[name](choice, person)

    def approve(self, choice: int, person: int) -> None:
        if "approve" not in possible(self.plan, self.position):
            return
        planned = self.plan.stage(self.position.state)
        left = [a.id for a in planned.acts if a.id not in self.position.done]
        if planned.stage.joint:
            acts = frozenset(left)
        elif planned.stage.parallel:
            acts = frozenset({left[choice % len(left)]})
        else:
            acts = frozenset(left[: 1 + choice % len(left)])
        stage = self.position.state
        if barred(self.plan, self.stood, person, stage, acts):
            return
        self.position = step(self.plan, self.position, Approve(acts))
        seq = len(self.history)
        self.history.append(Signature(seq, stage, acts, person, self.parts))

    def edit(self, choice: int, person: int) -> None:
        self.text[("title", "body")[choice % 2]] = str(person % 2)
        self.replan()

    def refile(self, choice: int, person: int) -> None:
        flag = FLAGS[choice % 2]
        self.facts[flag] = not self.facts[flag]
        self.text[f"attributes.{flag}"] = str(self.facts[flag])
        self.replan()

    def replan(self) -> None:
        now = place(self.plan, self.stood)
        outcome = Replan(now.state, now.done, now.ahead)
        self.position = step(self.plan, self.position, outcome)

    def back(self, choice: int, person: int) -> None:
        allowed = targets(self.plan, self.position.state)
        to, at = allowed[choice % len(allowed)], self.position.state
        direct = choice > 3
        self.position = step(self.plan, self.position, SendBack(to, direct=direct))
        alone = between(self.plan, to, at) if direct else ()
        kept = frozenset(item.stage.id for item in alone)
        self.history.append(Return(len(self.history), to, kept))

    def hold(self, choice: int, person: int) -> None:
        outcome: Outcome = Resume() if self.position.held else Hold()
        self.position = step(self.plan, self.position, outcome)

    def recall(self, choice: int, person: int) -> None:
        if "recall" in possible(self.plan, self.position):
            self.position = step(self.plan, self.position, Recall())
            self.history.append(Return(len(self.history), DRAFTING))

    def publish(self, choice: int, person: int) -> None:
        if choice > 1:
            return
        try:
            after = step(self.plan, self.position, Publish())
        except WrongState:
            return
        assert after.state == "published"
        assert self.rule.allows(self.facts, self.history, self.parts)
        self.published = True


few = settings(
    max_examples=100, deadline=None, suppress_health_check=[HealthCheck.too_slow]
)


@few
@given(rules(), st.lists(events, min_size=30, max_size=45))
def test_the_machine_and_the_signatures_always_agree(
    rule: Rule, days: list[tuple[str, int, int]]
) -> None:
    office = Office(rule)
    for day in days:
        office.act(*day)
        if office.published:
            break
        here, there = office.position, place(office.plan, office.stood)
        if here.state != DRAFTING:
            assert (here.state, here.done, here.ahead) == (
                there.state,
                there.done,
                there.ahead,
            )
        publishable = not missing(office.plan, office.stood)
        assert publishable is (there.state == CLEARED)
        assert publishable is rule.allows(office.facts, office.history, office.parts)


forged = st.tuples(
    st.integers(0, 3), st.integers(0, 6), st.integers(1, 3), st.integers(0, 3)
)


@few
@given(
    rules(),
    st.lists(forged, max_size=30),
    st.booleans(),
    st.booleans(),
)
def test_no_heap_of_signatures_is_publishable_that_the_rule_refuses(
    rule: Rule, heap: list[tuple[int, int, int, int]], a: bool, b: bool
) -> None:
    office = Office(rule, facts={"a": a, "b": b})
    for rung, mask, person, version in heap:
        stage = office.definition.stages[rung % len(rule.rungs)]
        if mask == 0:
            office.history.append(Return(len(office.history), stage.id))
            continue
        some = frozenset(act.id for n, act in enumerate(stage.acts) if mask >> n & 1)
        acts = some or frozenset(act.id for act in stage.acts)
        text = {**office.parts, "title": str(version // 3)}
        seq = len(office.history)
        office.history.append(Signature(seq, stage.id, acts, person, text))
    if not missing(office.plan, office.stood):
        assert rule.allows(office.facts, office.history, office.parts)
