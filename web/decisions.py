"""What a person may decide about a text, in the office's words, ready to be drawn."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from flask_babel import gettext

from workflow.actions import Action
from workflow.articles.questions import OpenAct
from workflow.process.definition import ActKind


@dataclass(frozen=True, slots=True)
class Decision:
    """One button.

    Args:
        what: the last part of its address.
        words: on the button; after: said when it is done.
        says: what follows from it, in one sentence.
        reason: whether a written reason is demanded.
        ends: whether it cannot be taken back.
        stays: whether the text is still hers afterwards.
    """

    what: str
    words: str
    after: str
    says: str = ""
    reason: bool = False
    ends: bool = False
    stays: bool = False


MAIN: Mapping[Action, Decision] = {
    Action.SIGN: Decision("sign", "同意", "已同意"),
    Action.SEND_BACK: Decision("send-back", "退回", "已退回"),
    Action.PUBLISH: Decision("publish", "发布", "已发布"),
    Action.OBJECT: Decision("object", "提出异议", "已提出异议", reason=True),
    Action.DOUBT: Decision(
        "doubt", "提请专项审核", "已提请专项审核", reason=True, stays=True
    ),
}
MORE: Mapping[Action, Decision] = {
    Action.HOLD: Decision(
        "hold",
        "暂存待用",
        "已暂存待用",
        "暂不往下走，留在本级，随时可以恢复办理。",
        reason=True,
    ),
    Action.RESUME: Decision(
        "resume", "恢复办理", "已恢复办理", "从暂存的地方接着办。", stays=True
    ),
    Action.RAISE: Decision(
        "raise",
        "提为重大事项",
        "已提为重大事项",
        "须再经单位主要负责人审定；已有的签字按流程规定保留或重签。",
        reason=True,
        stays=True,
    ),
    Action.LOWER: Decision(
        "lower",
        "取消重大事项",
        "已取消重大事项",
        "按一般事项办理，只有比提出者更高的一级可以取消。",
        reason=True,
        stays=True,
    ),
    Action.RECALL: Decision(
        "recall",
        "收回",
        "已收回",
        "他人尚未办理时，拿回来再改；自查签字作废。",
        stays=True,
    ),
    Action.REJECT: Decision(
        "reject",
        "不予采用",
        "已定为不予采用",
        "到此了结，不能恢复；记录保留。",
        reason=True,
        ends=True,
    ),
    Action.WITHDRAW: Decision(
        "withdraw",
        "撤稿",
        "已撤稿",
        "停止办理；已发布的从各渠道撤下。不能恢复，记录保留。",
        reason=True,
        ends=True,
    ),
}
# What the button says where 同意 would be wrong.
SIGNING: Mapping[ActKind | None, str] = {
    ActKind.REGISTER: "登记",
    ActKind.FILE: "归档备案",
    ActKind.POST_CHECK: "复核无误",
}
BY_ADDRESS = {decision.what: decision for decision in (*MAIN.values(), *MORE.values())}


def signing_words(kind: ActKind | None) -> str:
    """What the button of signing says where 同意 would be wrong; else nothing."""
    return gettext(SIGNING[kind]) if kind in SIGNING else ""


@dataclass(frozen=True, slots=True)
class Closed:
    """Some buttons that are not this person's, why, and who can help."""

    words: str
    why: str
    basis: str
    help_from: str


@dataclass(frozen=True, slots=True)
class Choices:
    """What the foot bar shows.

    Args:
        main: by the last part of their address: sign, send-back, publish.
        edits: whether she may change the text; answers, submits: likewise.
    """

    main: Mapping[str, Decision]
    more: tuple[Decision, ...]
    closed: tuple[Closed, ...]
    edits: bool
    answers: bool
    submits: bool

    @property
    def any(self) -> bool:
        """Whether there is a button of this form at all."""
        return bool(self.main or self.more)


def choices(acts: Mapping[Action, OpenAct]) -> Choices:
    """The buttons that work for this person, and why the others do not."""
    mine = {action for action, act in acts.items() if act.allowed}
    return Choices(
        main={d.what: d for action, d in MAIN.items() if action in mine},
        more=tuple(d for action, d in MORE.items() if action in mine),
        closed=tuple(_closed(acts.values())),
        edits=Action.REVISE in mine,
        answers=Action.ANSWER in mine,
        submits=Action.SUBMIT in mine,
    )


def _closed(acts: Iterable[OpenAct]) -> Iterable[Closed]:
    """Refusals with the same sentence are said once, with all the buttons named."""
    told: dict[tuple[str, str, str], list[str]] = {}
    for act in acts:
        decision = MAIN.get(act.action) or MORE.get(act.action)
        if act.refusal is not None and decision is not None:
            key = (act.refusal.message, act.refusal.basis, act.refusal.help_from)
            told.setdefault(key, []).append(gettext(decision.words))
    for (why, basis, help_from), words in told.items():
        yield Closed("、".join(words), why, basis, help_from)
