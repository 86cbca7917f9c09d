"""Where an article can stand, and what can be done to it there."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TypeAlias

DRAFTING = "drafting"
CLEARED = "cleared"
PUBLISHED = "published"
WITHDRAWN = "withdrawn"
REJECTED = "rejected"

STATE_NAMES: Mapping[str, str] = {
    DRAFTING: "拟稿",
    CLEARED: "待发布",
    PUBLISHED: "已发布",
    WITHDRAWN: "已撤稿",
    REJECTED: "不予采用",
}


@dataclass(frozen=True, slots=True)
class Position:
    """Where an article stands on its ladder.

    Args:
        state: one of the constants above, or the id of a planned stage.
        done: ids of the acts already done at the present stage.
        held: put aside (待用); only resuming, sending back, rejecting and
            withdrawing are possible.
        ahead: ids of acts at higher stages that are done and still count, because a
            change of the text voided only lower ones, or because they are another
            channel's.
        released: channels on which it is out already while others wait.
    """

    state: str
    done: frozenset[str] = frozenset()
    held: bool = False
    ahead: frozenset[str] = frozenset()
    released: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Submit:
    """The drafter hands it in."""


@dataclass(frozen=True, slots=True)
class Approve:
    """One person signs these acts of one open stage."""

    acts: frozenset[str]


@dataclass(frozen=True, slots=True)
class SendBack:
    """Back to a stage or to drafting; what was signed from there on is void.

    Args:
        to: a stage id or ``drafting``.
        at: the open stage that sends it back, when several are open.
        direct: what was signed between is left alone (直达): as long as the text they
            signed is the same, it comes straight back to who sent it.
    """

    to: str
    at: str = ""
    direct: bool = False


@dataclass(frozen=True, slots=True)
class Hold:
    """Put aside for later use (待用)."""


@dataclass(frozen=True, slots=True)
class Resume:
    """Taken up again."""


@dataclass(frozen=True, slots=True)
class Reject:
    """Not to be used; an end."""


@dataclass(frozen=True, slots=True)
class Publish:
    """It goes out: on these channels, or on all when none is named."""

    channels: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Withdraw:
    """Taken back for good, before or after it went out; an end."""


@dataclass(frozen=True, slots=True)
class Recall:
    """The drafter takes it back before anyone else has acted; counts as a return."""


@dataclass(frozen=True, slots=True)
class Replan:
    """The text or its facts changed on the way; ``to`` is what ``place`` says."""

    to: str
    done: frozenset[str] = frozenset()
    ahead: frozenset[str] = frozenset()


Outcome: TypeAlias = (
    Submit
    | Approve
    | SendBack
    | Hold
    | Resume
    | Reject
    | Publish
    | Withdraw
    | Recall
    | Replan
)

OUTCOME_NAMES: Mapping[str, str] = {
    "submit": "提交",
    "approve": "同意",
    "send_back": "退回",
    "hold": "暂存待用",
    "resume": "恢复办理",
    "reject": "不予采用",
    "publish": "发布",
    "withdraw": "撤稿",
    "recall": "收回",
    "replan": "重新排定环节",
}
