"""Random regulations, people and acts: nothing goes out that a naive reading forbids.

The oracle knows the regulation as the test made it up, and a log of who did what to
which text; it knows nothing of plans, positions or machines.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from workflow.calendar import TOWN_TIME
from workflow.errors import WorkflowError
from workflow.process.binding import Return, Signature
from workflow.process.reading import read_definition
from workflow.process.scenario.acts import perform
from workflow.process.scenario.doing import Doing
from workflow.process.scenario.office import Office, Person
from workflow.process.scenario.reading import read_scenarios
from workflow.process.scenario.running import Running, begin
from workflow.process.scenario.script import Paper, Step
from workflow.process.scenario.ticking import mark, tick

CHANNELS = ("web", "chat")
POSTS = ("p0", "p1", "p2", "p3")
START = datetime(2024, 3, 4, 9, 0, tzinfo=TOWN_TIME)
HEAD = """\
[process]
id = "random"
number = 1
title = "随机示例"
issuer = "示例单位"

[posts]
p0 = "甲"
p1 = "乙"
p2 = "丙"
p3 = "丁"

[bodies]
outside = "外单位"

[channels]
web = "网站"
chat = "微信"

[attributes.flag]
label = "标记"
type = "flag"

[publish]
actor = { post = "p0" }
"""
EVERYBODY = "\n".join(
    f'[[people]]\nname = "{name}"\nposts = {list(posts)}\n'.replace("'", '"')
    for name, posts in (
        ("一", ("p0", "p1")),
        ("二", ("p1", "p2")),
        ("三", ("p2", "p3")),
        ("四", ("p3", "p0")),
    )
)
CALENDAR = read_scenarios('title = "x"\nscenarios = []').calendar


@dataclass(frozen=True)
class Rung:
    """One stage as the test means it: its acts, each with the posts that may sign."""

    id: str
    how: str
    posts: tuple[str, ...]
    when: str
    channel: str
    deemed: bool

    @property
    def acts(self) -> dict[str, frozenset[str]]:
        name = f"{self.id}.review"
        if self.deemed:
            return {f"{self.id}.consult": frozenset({"p0"})}
        if self.how == "any_of":
            return {name: frozenset(self.posts)}
        each = enumerate(self.posts, start=1)
        if self.how in ("all_of", "in_sequence"):
            return {f"{name}.{n}": frozenset({post}) for n, post in each}
        return {f"{name}.{n}": frozenset(self.posts) for n in (1, 2)}

    @property
    def toml(self) -> str:
        named = ", ".join(f'"{post}"' for post in self.posts)
        way = "any_of" if self.how == "two_of" else self.how
        count = ", count = 2" if self.how == "two_of" else ""
        act = f'{{ kind = "review", actor = {{ {way} = [{named}]{count} }} }}'
        if self.deemed:
            act = (
                '{ kind = "consult", actor = { body = "outside", recorded_by = "p0" }, '
                'limit = { amount = 1, unit = "hours", silence = "deemed_approved", '
                'basis = "视为同意" } }'
            )
        lines = [f'[[stages]]\nid = "{self.id}"\nname = "{self.id}"\nacts = [{act}]']
        if self.when:
            lines.append(f'when = "{self.when}"')
        if self.channel:
            lines.append(f'channels = ["{self.channel}"]')
        return "\n".join(lines)

    def applies(self, flag: bool, channel: str) -> bool:
        wanted = {"": True, "flag": flag, "not flag": not flag}[self.when]
        return wanted and self.channel in ("", channel)


@dataclass
class Oracle:
    """Every signature and return, with the text it was on, as told by the log."""

    rungs: Sequence[Rung]
    apart: tuple[int, ...]
    posts: dict[int, tuple[str, ...]]
    returns: list[tuple[int, int]] = field(default_factory=list)
    signed: list[tuple[int, str, int, tuple[str, bool]]] = field(default_factory=list)
    read: int = 1

    def listen(self, running: Running) -> None:
        names = [rung.id for rung in self.rungs]
        text = (running.body, running.facts["flag"] is True)
        for event in running.history[self.read :]:
            if isinstance(event, Return):
                rank = names.index(event.to) if event.to in names else -1
                self.returns.append((event.seq, rank))
            elif isinstance(event, Signature) and event.stage != "publish":
                for act in event.acts:
                    self.signed.append((event.seq, act, event.person, text))
        self.read = len(running.history)

    def forbids(self, running: Running, channel: str) -> str:
        text = (running.body, running.facts["flag"] is True)
        people: dict[int, set[int]] = {}
        for rank, rung in enumerate(self.rungs):
            if rung.applies(text[1], channel):
                seats = {act: self._signer(rank, act, text) for act in rung.acts}
                for trouble in self._of_rung(rung, seats):
                    return trouble
                found = {person for person in seats.values() if person is not None}
                people[rank] = set() if rung.deemed else found
        together = [people[rank] for rank in self.apart if rank in people]
        if sum(map(len, together)) > len(set().union(*together)):
            return "two rungs that exclude each other are one person's"
        return ""

    def _of_rung(self, rung: Rung, seats: dict[str, int | None]) -> Iterator[str]:
        signers = list(seats.values())
        if None in signers:
            yield f"{rung.id} is not signed"
        elif len(set(signers)) < len(signers):
            yield f"{rung.id} is signed twice by one"
        for act, person in seats.items():
            if person is not None and not self._may(rung, act, person):
                yield f"{act} is signed by a stranger"

    def _signer(self, rank: int, act: str, text: tuple[str, bool]) -> int | None:
        last = max((seq for seq, to in self.returns if to <= rank), default=0)
        found = [
            person
            for seq, name, person, on in self.signed
            if name == act and on == text and seq > last
        ]
        return found[-1] if found else None

    def _may(self, rung: Rung, act: str, person: int) -> bool:
        if person == 0:
            return rung.deemed
        return bool(rung.acts[act] & set(self.posts[person]))


def rungs() -> st.SearchStrategy[list[Rung]]:
    made = st.builds(
        Rung,
        id=st.just("x"),
        how=st.sampled_from(["any_of", "all_of", "in_sequence", "two_of"]),
        posts=st.lists(st.sampled_from(POSTS), min_size=2, max_size=2, unique=True).map(
            tuple
        ),
        when=st.sampled_from(["", "", "flag", "not flag"]),
        channel=st.sampled_from(["", "", *CHANNELS]),
        deemed=st.sampled_from([False, False, False, True]),
    )
    several = st.lists(made, min_size=1, max_size=4)
    return several.map(
        lambda found: [
            Rung(f"s{n}", r.how, r.posts, r.when, r.channel, r.deemed)
            for n, r in enumerate(found)
        ]
    )


def doings() -> st.SearchStrategy[list[tuple[str, str, int]]]:
    verbs = ["approve"] * 8 + ["publish"] * 3
    verbs += ["send_back", "edit", "set", "submit", "publish_web", "publish_chat"]
    one = st.tuples(
        st.sampled_from(verbs), st.sampled_from("一二三四"), st.integers(0, 90)
    )
    return st.lists(one, min_size=10, max_size=45)


def whole(made: Sequence[Rung], apart: tuple[int, ...]) -> str:
    text = HEAD + "\n\n".join(rung.toml for rung in made)
    if len(apart) > 1:
        named = ", ".join(f'"s{rank}"' for rank in apart)
        text += f'\n\n[[exclusive]]\nid = "apart"\nstages = [{named}]\n'
    return text


def step_of(verb: str, who: str, number: int) -> Step:
    kind, _, channel = verb.partition("_") if "publish" in verb else (verb, "", "")
    given: dict[str, tuple[str, ...]] = {"reason": ("示例理由",)}
    if channel:
        given["channels"] = (channel,)
    if verb == "send_back":
        given["to"] = (f"s{number % 3}",) if number % 2 else ("drafting",)
    if verb == "edit":
        given["body"] = (f"第{number % 2}稿",)
    facts = {"flag": bool(number % 2)} if verb == "set" else {}
    return Step(None, who, kind, "", given, facts, "", "", {}, 0)


def article(channels: frozenset[str], office: Office, text: str) -> Running:
    paper = Paper("a", "示例", "第0稿", "一", "", channels, {}, frozenset())
    return begin(paper, read_definition(text), office, CALENDAR)


def office() -> Office:
    case = (
        '\n[[scenarios]]\nname = "x"\narticle = { title = "x", drafter = "一" }\n'
        'steps = [{ at = "2024-03-04" }]\n'
    )
    return read_scenarios(f'title = "x"\n{EVERYBODY}{case}').scenarios[0].office


@settings(max_examples=200, deadline=None, suppress_health_check=list(HealthCheck))
@given(
    made=rungs(),
    apart=st.lists(st.integers(0, 3), max_size=3, unique=True),
    channels=st.sampled_from([frozenset({"web"}), frozenset(CHANNELS)]),
    acts=doings(),
)
def test_nothing_goes_out_that_a_naive_reading_forbids(
    made: list[Rung],
    apart: list[int],
    channels: frozenset[str],
    acts: list[tuple[str, str, int]],
) -> None:
    kept = tuple(rank for rank in apart if rank < len(made))
    people: tuple[Person, ...] = office().people
    running = article(channels, office(), whole(made, kept))
    chosen = kept if len(kept) > 1 else ()
    oracle = Oracle(made, chosen, {person.id: person.posts for person in people})
    at = START
    for verb, who, number in [("submit", "一", 0), *acts]:
        at += timedelta(minutes=number)
        tick_safely(running, at)
        oracle.listen(running)
        before = out(running)
        do_safely(running, step_of(verb, who, number), at)
        oracle.listen(running)
        for channel in out(running) - before:
            assert oracle.forbids(running, channel) == ""


def out(running: Running) -> frozenset[str]:
    if running.position.state == "published":
        return running.paper.channels
    return running.position.released


def do_safely(running: Running, step: Step, at: datetime) -> None:
    """Refusals are answers; whatever else is raised is a failure of the test."""
    with suppress(WorkflowError):
        perform(Doing(running, step, at))
        mark(running, at)


def tick_safely(running: Running, at: datetime) -> None:
    with suppress(WorkflowError):
        tick(running, at)
