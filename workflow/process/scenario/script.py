"""A paper case: people, articles, what they do when, and what is to be expected."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

from workflow.calendar import WorkingCalendar
from workflow.process.conditions import Value
from workflow.process.definition import DefinitionFaults
from workflow.process.scenario.office import Office

Said = tuple[str, ...]


class ScenarioFaults(DefinitionFaults):
    """Everything that cannot be read in a file of paper cases, with its line."""

    rule = "scenario-refused"
    message = "事例文件有错误，不能试行。"


@dataclass(frozen=True, slots=True)
class Paper:
    """The article of a paper case, as it is first written."""

    id: str
    title: str
    body: str
    drafter: str
    section: str
    channels: frozenset[str]
    attributes: Mapping[str, str | bool | tuple[str, ...]]
    attachments: frozenset[str]
    needed_by: datetime | None = None


@dataclass(frozen=True, slots=True)
class Step:
    """One line: somebody does something, or time passes; then what is expected.

    Args:
        at: the moment; ``None``: the same as the step before.
        who: who acts; empty when only time passes or something is only looked at.
        do: the verb, see ``VERBS``.
        article: which of the articles; empty: the first.
        given: what the verb needs, by key: ``act``, ``to``, ``reason`` …
        facts: attributes to set, for ``set``.
        refused: the rule that refuses it; empty: it is done.
        because: what the refusal says, in part.
        expect: what is true afterwards, by key, see ``EXPECTATIONS``.
        line: in the file.
    """

    at: datetime | None
    who: str
    do: str
    article: str
    given: Mapping[str, Said]
    facts: Mapping[str, Value]
    refused: str
    because: str
    expect: Mapping[str, Said | Mapping[str, Said]]
    line: int


@dataclass(frozen=True, slots=True)
class Scenario:
    """One paper case from beginning to end."""

    name: str
    basis: str
    office: Office
    papers: tuple[Paper, ...]
    steps: tuple[Step, ...]
    line: int


@dataclass(frozen=True, slots=True)
class Script:
    """A file of paper cases."""

    title: str
    calendar: WorkingCalendar
    scenarios: tuple[Scenario, ...]


@dataclass(frozen=True, slots=True)
class Mismatch:
    """One thing that came otherwise than expected."""

    scenario: str
    step: int
    line: int
    what: str
    expected: str
    came: str

    @property
    def told(self) -> str:
        """In one Chinese sentence."""
        return (
            f"“{self.scenario}”第{self.step}步：{self.what}应为“{self.expected}”，"
            f"实为“{self.came}”。"
        )


@dataclass(frozen=True, slots=True)
class Report:
    """What came of playing a file."""

    played: int = 0
    steps: int = 0
    mismatches: tuple[Mismatch, ...] = field(default_factory=tuple)

    @property
    def as_expected(self) -> bool:
        """Whether everything came as the file says."""
        return not self.mismatches


VERBS: Mapping[str, str] = {
    "submit": "提交",
    "approve": "办理（审核、校对、签发、登记等）",
    "send_back": "退回",
    "object": "专项审核提出异议",
    "doubt": "存疑，要求专项审核",
    "hold": "暂存待用",
    "resume": "恢复办理",
    "reject": "不予采用",
    "edit": "改稿",
    "set": "改动属性",
    "publish": "发布",
    "withdraw": "撤稿",
    "recall": "收回",
}

EXPECTATIONS: Mapping[str, str] = {
    "state": "稿件所处环节",
    "plan": "本稿要经过的环节",
    "may_act": "现在可以办理的人",
    "tasks": "每一事项现在可以由谁办理",
    "open": "现在可以办理的事项",
    "missing": "发布前还欠的事项",
    "signed": "现在有效的签字",
    "released": "已发布的渠道",
    "releasable": "可以发布的渠道",
    "cancelled": "这一步撤销的任务",
    "entries": "这一步的记录",
    "trail": "全部记录",
    "late": "已逾期的事项",
    "due": "到期时间",
    "warned": "这一步的提醒",
    "nobody": "无人能办的事项",
    "register": "登记簿中的标题",
    "unstaffed": "人手问题",
    "process": "所用流程",
    "facts": "稿件属性",
}
