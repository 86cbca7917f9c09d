"""What a regulation says, as plain values: stages, acts, actors, limits, constraints.

Nothing here decides anything; ``reading.py`` makes these from a definition file,
``plan.py`` and ``machine.py`` use them.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum

from workflow.errors import DefinitionRefused
from workflow.process.conditions import Attribute, Condition

TEXT_PARTS = ("title", "body", "attachments", "section", "channels")

RELATIONS: Mapping[str, str] = {
    "drafter": "拟稿人",
    "section_head": "科室负责人",
    "section_deputy": "分管负责人",
    "channel_owner": "渠道负责人",
}


class ActKind(StrEnum):
    """What a person does to an article; the whole list."""

    PROOFREAD = "proofread"
    REVIEW = "review"
    SPECIAL_REVIEW = "special_review"
    CONSULT = "consult"
    SIGN_OFF = "sign_off"
    DECIDE = "decide"
    FINALISE = "finalise"
    READ_ALOUD = "read_aloud"
    PUBLISH = "publish"
    POST_CHECK = "post_check"


ACT_NAMES: Mapping[ActKind, str] = {
    ActKind.PROOFREAD: "校对",
    ActKind.REVIEW: "审核",
    ActKind.SPECIAL_REVIEW: "专项审核",
    ActKind.CONSULT: "征求意见",
    ActKind.SIGN_OFF: "签发",
    ActKind.DECIDE: "审定",
    ActKind.FINALISE: "定版",
    ActKind.READ_ALOUD: "诵读",
    ActKind.PUBLISH: "发布",
    ActKind.POST_CHECK: "发布后复核",
}


class LimitUnit(StrEnum):
    """In what a limit is counted; the regulation's 日 and 工作日 are not the same."""

    HOURS = "hours"
    CALENDAR_DAYS = "calendar_days"
    WORKING_DAYS = "working_days"


UNIT_NAMES: Mapping[LimitUnit, str] = {
    LimitUnit.HOURS: "小时",
    LimitUnit.CALENDAR_DAYS: "日",
    LimitUnit.WORKING_DAYS: "个工作日",
}


class Silence(StrEnum):
    """What happens at the limit when nobody acted; never an approval."""

    ESCALATE = "escalate"
    REMIND = "remind"


class ActorKind(StrEnum):
    """How the person is found: by post, by relation to the article, or either."""

    POST = "post"
    RELATION = "relation"
    EITHER = "either"


@dataclass(frozen=True, slots=True)
class CheckItem:
    """One line of a rung's checklist; every line is answered before approving."""

    id: str
    text: str
    basis: str = ""


@dataclass(frozen=True, slots=True)
class Actor:
    """Who may do one act: a holder of any of ``posts``, or whoever has ``relation``.

    Args:
        kind: follows from the two below.
        posts: post codes of the definition, any of which suffices.
        relation: a key of ``RELATIONS``, or none.
        quorum: how many different persons of this kind the regulation asks for in
            all; each is one act of the stage (one seat), so one signature fills one.
    """

    kind: ActorKind
    posts: tuple[str, ...] = ()
    relation: str | None = None
    quorum: int = 1


@dataclass(frozen=True, slots=True)
class Limit:
    """How long a rung or the publishing may take, from the moment it is reached.

    Args:
        amount: at least 1, counted in ``unit``.
        unit: unit of ``amount``.
        urgent: amount for urgent articles, counted in ``urgent_unit``; ``None``:
            urgency changes nothing here.
        urgent_unit: unit of ``urgent``.
        silence: what happens when the limit passes.
        note: where the figure comes from, when not from the regulation.
    """

    amount: int
    unit: LimitUnit
    urgent: int | None = None
    urgent_unit: LimitUnit = LimitUnit.WORKING_DAYS
    silence: Silence = Silence.ESCALATE
    note: str = ""


@dataclass(frozen=True, slots=True)
class Act:
    """One thing one person does, and signs.

    Args:
        id: unique in the definition; what signatures name.
        kind: which act it is.
        actor: who may do it.
        when: demanded only when this holds; always when ``None``.
        basis: the sentence of the regulation; empty when silent.
        note: the reading chosen where the regulation is silent.
        limit: publishing only; the acts of a stage share the stage's limit.
        line: where the definition file says it.
    """

    id: str
    kind: ActKind
    actor: Actor
    when: Condition | None = None
    basis: str = ""
    note: str = ""
    limit: Limit | None = None
    line: int = field(default=0, compare=False)


@dataclass(frozen=True, slots=True)
class Stage:
    """One rung of the ladder.

    Args:
        id: unique in the definition; the state an article is in while it waits here.
        name: what the screens call it, in Chinese.
        acts: done when all that are demanded are done; in this order unless parallel.
        when: climbed only when this holds; always when ``None``.
        basis: the sentence of the regulation; empty when silent.
        note: the reading chosen where the regulation is silent.
        joint: one person does all the acts with one signature.
        parallel: the acts may be done in any order.
        depends_on: the parts of the text a signature here is about; a change of
            another part does not void it.
        checklist: what is answered before approving.
        limit: from the moment the rung is reached.
        returns_to: where it may be sent back to (stage ids, ``drafting``).
        line: where the definition file says it.
    """

    id: str
    name: str
    acts: tuple[Act, ...]
    when: Condition | None
    basis: str
    note: str
    joint: bool
    parallel: bool
    depends_on: frozenset[str]
    checklist: tuple[CheckItem, ...]
    limit: Limit | None
    returns_to: tuple[str, ...]
    line: int = field(default=0, compare=False)


@dataclass(frozen=True, slots=True)
class ExclusiveSet:
    """Members (stages and single acts) of which no two are signed by one person."""

    id: str
    basis: str
    stages: tuple[str, ...] = ()
    acts: tuple[str, ...] = ()
    note: str = ""
    line: int = field(default=0, compare=False)


@dataclass(frozen=True, slots=True)
class SamePersonSet:
    """Members (stages and single acts) that are all signed by one person."""

    id: str
    basis: str
    stages: tuple[str, ...] = ()
    acts: tuple[str, ...] = ()
    note: str = ""
    line: int = field(default=0, compare=False)


@dataclass(frozen=True, slots=True)
class Importance:
    """Which attribute says that a matter is major, and who may change it on the way.

    Any reviewer may raise it; only a level above the one that raised it may lower it
    (the last level its own).  See ``plan.may_lower``.
    """

    attribute: str
    raised: str
    basis: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True)
class Urgency:
    """Which value of which attribute makes the urgent limits apply."""

    attribute: str
    urgent: str


@dataclass(frozen=True, slots=True)
class Definition:
    """One numbered version of one regulation.

    Args:
        posts: post code to Chinese title.
        attributes: declared facts by name; ``section`` and ``channels`` are always in.
        stages: the ladder, lowest rung first.
        publish: who publishes; its own limit.
        digest: SHA-256 of the source text, hexadecimal.
    """

    id: str
    number: int
    title: str
    issuer: str
    posts: Mapping[str, str]
    attributes: Mapping[str, Attribute]
    stages: tuple[Stage, ...]
    publish: Act
    exclusive: tuple[ExclusiveSet, ...]
    same_person: tuple[SamePersonSet, ...]
    importance: Importance | None
    urgency: Urgency | None
    digest: str

    @property
    def parts(self) -> tuple[str, ...]:
        """Every part of a revision that a signature can be about."""
        own = (item.part for item in self.attributes.values())
        return (*TEXT_PARTS, *(part for part in own if part not in TEXT_PARTS))

    def stage(self, stage_id: str) -> Stage:
        """The stage of this id; ``KeyError`` when there is none."""
        for stage in self.stages:
            if stage.id == stage_id:
                return stage
        raise KeyError(stage_id)

    def rank(self, stage_id: str) -> int:
        """How high the stage stands: 0 is the lowest; ``drafting`` is -1."""
        order = [stage.id for stage in self.stages]
        return order.index(stage_id) if stage_id in order else -1

    def actor_name(self, actor: Actor) -> str:
        """Who may act, in Chinese: 党政办主任或分管负责人."""
        titles = [self.posts[post] for post in actor.posts]
        if actor.relation:
            titles.insert(0, RELATIONS[actor.relation])
        return "或".join(titles)


@dataclass(frozen=True, slots=True)
class Fault:
    """One thing wrong with a definition.

    Args:
        line: of the definition file, from 1.
        code: short and stable.
        message: one Chinese sentence.
        path: the shortest way to the trouble, one Chinese step each; may be empty.
    """

    line: int
    code: str
    message: str
    path: tuple[str, ...] = ()


class DefinitionFaults(DefinitionRefused):
    """Everything wrong with a definition, at once, each with its line."""

    rule = "definition-refused"
    message = "流程定义有错误，不能启用。"

    def __init__(self, faults: Sequence[Fault] = ()) -> None:
        self.faults = tuple(sorted(faults, key=lambda fault: fault.line))
        lines = [f"第{fault.line}行：{fault.message}" for fault in self.faults]
        super().__init__({"definition": lines})
