"""What a regulation says, as plain values: stages, acts, actors, limits, constraints.

Nothing here decides anything; ``reading.py`` makes these from a definition file,
``plan.py`` and ``machine.py`` use them.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum

from workflow.errors import DefinitionRefused
from workflow.process.actors import RELATIONS, Actor, ActorKind
from workflow.process.clauses import (
    Block,
    Doubts,
    ExclusiveSet,
    HandOver,
    Importance,
    Minimum,
    Requirement,
    SamePersonSet,
    Trigger,
    Urgency,
    Uses,
)
from workflow.process.conditions import Attribute, Condition
from workflow.process.limits import UNIT_NAMES, Limit, LimitUnit, Silence

__all__ = [
    "ACT_NAMES",
    "RELATIONS",
    "TEXT_PARTS",
    "UNIT_NAMES",
    "Act",
    "ActKind",
    "Actor",
    "ActorKind",
    "CheckItem",
    "Definition",
    "DefinitionFaults",
    "ExclusiveSet",
    "Fault",
    "Importance",
    "Limit",
    "LimitUnit",
    "SamePersonSet",
    "Silence",
    "Stage",
    "Urgency",
]

TEXT_PARTS = ("title", "body", "attachments", "section", "channels")
MEANING = "meaning"
OUTCOMES = ("approve", "send_back", "hold", "reject")


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
    REGISTER = "register"
    PUBLISH = "publish"
    POST_CHECK = "post_check"
    FILE = "file"


ACT_NAMES: Mapping[ActKind, str] = {
    ActKind.PROOFREAD: "校对",
    ActKind.REVIEW: "审核",
    ActKind.SPECIAL_REVIEW: "专项审核",
    ActKind.CONSULT: "征求意见",
    ActKind.SIGN_OFF: "签发",
    ActKind.DECIDE: "审定",
    ActKind.FINALISE: "定版",
    ActKind.READ_ALOUD: "诵读",
    ActKind.REGISTER: "登记",
    ActKind.PUBLISH: "发布",
    ActKind.POST_CHECK: "发布后复核",
    ActKind.FILE: "归档备案",
}


@dataclass(frozen=True, slots=True)
class CheckItem:
    """One line of a rung's checklist; every line is answered before approving."""

    id: str
    text: str
    basis: str = ""


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
        limit: its own, beside the limit of its stage.
        line: where the definition file says it.
        follows: acts of the same stage that come before it, when they are demanded.
        pauses: while it is open the limits of its stage and of the whole stand still.
    """

    id: str
    kind: ActKind
    actor: Actor
    when: Condition | None = None
    basis: str = ""
    note: str = ""
    limit: Limit | None = None
    line: int = field(default=0, compare=False)
    follows: frozenset[str] = frozenset()
    pauses: bool = False

    @property
    def is_deemed(self) -> bool:
        """Whether silence counts as consent here, because the regulation says so."""
        limit = self.limit
        return limit is not None and limit.silence is Silence.DEEMED_APPROVED


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
        channels: only for the release on these; for every channel when empty.
        requires: what must be there before it opens.
        blocks: what forbids approving here.
        objection_to: where an objection of a special review leads.
        outcomes: which of ``OUTCOMES`` are its to choose.
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
    channels: frozenset[str] = frozenset()
    requires: tuple[Requirement, ...] = ()
    blocks: tuple[Block, ...] = ()
    objection_to: str = "drafting"
    outcomes: frozenset[str] = frozenset(OUTCOMES)

    def beside(self, other: Stage) -> bool:
        """Whether they are for different channels, so neither waits for the other."""
        if not self.channels or not other.channels:
            return False
        return not self.channels & other.channels


@dataclass(frozen=True, slots=True)
class Definition:
    """One numbered version of one regulation.

    Args:
        posts: post code to Chinese title.
        attributes: declared facts by name; ``section`` and ``channels`` are always in.
        stages: the ladder, lowest rung first.
        publish: who publishes; its own limit.
        digest: SHA-256 of the source text, hexadecimal.
        publishers: who publishes on single channels, by channel, instead.
        after: what is done once it is out (登记、归档、复核).
        bodies: outside bodies by code; ``collectives``: ours that decide together.
        attachments: kinds of attachment by code.
        limit: for the whole chain, from submitting to publishing.
        warnings: what is allowed but has to be known, each with its line.
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
    publishers: Mapping[str, Act] = field(default_factory=dict)
    after: tuple[Act, ...] = ()
    bodies: Mapping[str, str] = field(default_factory=dict)
    collectives: Mapping[str, str] = field(default_factory=dict)
    attachments: Mapping[str, str] = field(default_factory=dict)
    limit: Limit | None = None
    doubts: Doubts | None = None
    minimums: tuple[Minimum, ...] = ()
    triggers: tuple[Trigger, ...] = ()
    uses: tuple[Uses, ...] = ()
    hand_over: HandOver | None = None
    warnings: tuple[Fault, ...] = ()

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
        titles = [RELATIONS[relation] for relation in actor.relations]
        titles.extend(self.posts[post] for post in actor.posts)
        named = "或".join(titles)
        if actor.delegable:
            named += "（或其书面指定的人）"
        if not actor.body:
            return named
        body = {**self.bodies, **self.collectives}[actor.body]
        return f"{body}（由{named}记载）"

    def act(self, act_id: str) -> Act:
        """The act of this id, publishing and afterwards too; ``KeyError`` if none."""
        for act in self.every_act:
            if act.id == act_id:
                return act
        raise KeyError(act_id)

    @property
    def outsiders(self) -> frozenset[str]:
        """The acts that an outside body or a collective decides, not one person."""
        acts = (act for stage in self.stages for act in stage.acts)
        return frozenset(act.id for act in acts if act.actor.body)

    @property
    def binds_meaning(self) -> bool:
        """Whether some signature is about the meaning, not about the wording."""
        return any(MEANING in stage.depends_on for stage in self.stages)

    @property
    def every_act(self) -> tuple[Act, ...]:
        """Every act of the stages, of publishing and of what comes after it."""
        mine = (act for stage in self.stages for act in stage.acts)
        return (*mine, self.publish, *self.publishers.values(), *self.after)

    @property
    def releases_apart(self) -> bool:
        """Whether it may be out on one channel while another still waits."""
        return self.splits_channels or bool(self.publishers)

    @property
    def splits_channels(self) -> bool:
        """Whether some stages are for single channels only."""
        return any(stage.channels for stage in self.stages)


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
