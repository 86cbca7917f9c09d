"""Small definitions (sample data) for the tests of the engine."""

from __future__ import annotations

from importlib.resources import files

from workflow.process.definition import Definition, DefinitionFaults, Fault
from workflow.process.reading import read_definition

SMALL = """\
[process]
id = "small"
number = 1
title = "示例流程"
issuer = "示例镇"

[posts]
chief = "主任"
deputy = "副镇长"
clerk = "录入员"

[channels]
website = "网站"
wechat = "公众号"

[attributes.importance]
label = "重要程度"
values = { ordinary = "一般", major = "重大" }

[attributes.special]
label = "特殊情况"
type = "flag"

[importance]
attribute = "importance"
raised = "major"

[[stages]]
id = "check"
name = "自查"
joint = true
actor = { relation = "drafter" }
acts = [{ kind = "proofread" }, { kind = "review" }]
independent_of = ["attributes.importance"]

[[stages]]
id = "chief_review"
name = "主任审核"
basis = "主任审核后再校对。"
actor = { post = "chief" }
acts = [{ kind = "review" }, { kind = "proofread" }]
limit = { amount = 2, unit = "working_days" }

[[stages]]
id = "decision"
name = "领导审定"
basis = "重大事项由领导审定。"
when = 'importance == "major" or special'
actor = { post = "deputy" }
acts = [{ kind = "decide" }]

[publish]
actor = { post = "clerk" }

[[exclusive]]
id = "apart"
basis = "各级不得为同一人。"
stages = ["check", "chief_review", "decision"]
"""


def small() -> Definition:
    return read_definition(SMALL)


def jiangkou() -> Definition:
    return read_definition(jiangkou_text())


def jiangkou_text() -> str:
    source = files("config") / "processes" / "jiangkou.toml"
    return source.read_text(encoding="utf-8")


def changed(*swaps: tuple[str, str]) -> str:
    """The small definition with each old text swapped, which must be there once."""
    text = SMALL
    for old, new in swaps:
        assert text.count(old) == 1, f"{old!r} stands {text.count(old)} times"
        text = text.replace(old, new)
    return text


def faults_of(text: str) -> tuple[Fault, ...]:
    try:
        read_definition(text)
    except DefinitionFaults as refused:
        return refused.faults
    return ()


def line_of(text: str, marker: str) -> int:
    lines = text.splitlines()
    return next(n for n, line in enumerate(lines, start=1) if marker in line)
