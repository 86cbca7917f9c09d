"""The clauses of a regulation as people read them."""

from __future__ import annotations

from collections.abc import Iterator

from workflow.process.definition import (
    ACT_NAMES,
    UNIT_NAMES,
    ActKind,
    Definition,
    Limit,
    Stage,
)
from workflow.process.limits import SILENCE_NAMES, Count, Silence

_ENDS = {"drafting": "拟稿", "publish": "发布"}


def limit_words(definition: Definition, limit: Limit) -> str:
    """A limit in words: 2个工作日，急件4小时."""
    told = _amount(limit.amount, UNIT_NAMES[limit.unit])
    urgency = definition.urgency
    if limit.urgent is not None and urgency is not None:
        name = definition.attributes[urgency.attribute].told(urgency.urgent)
        told += f"，{name}{_amount(limit.urgent, UNIT_NAMES[limit.urgent_unit])}"
    if limit.stated:
        told += "，报送人写明时限的从其时限"
    if limit.count is Count.MOMENTS:
        told += "（从时刻到时刻计）"
    if limit.silence is not Silence.ESCALATE:
        told += f"；{SILENCE_NAMES[limit.silence]}"
    return told


def _amount(amount: int, unit: str) -> str:
    return f"{amount}{unit}" if amount else "当日"


def stage_clause_lines(definition: Definition, stage: Stage) -> Iterator[str]:
    """What belongs to one stage besides its acts."""
    for act in stage.acts:
        if act.limit is not None:
            told = limit_words(definition, act.limit)
            pauses = "，其间其他期限暂停" if act.pauses else ""
            yield f"{ACT_NAMES[act.kind]}期限：{told}{pauses}"
    for need in stage.requires:
        when = f"（仅当{need.when.words()}）" if need.when else ""
        yield f"须先具备：{_part(definition, need.part)}{when}"
    for block in stage.blocks:
        yield f"{block.when.words()}时不得同意：{block.text}"


def _part(definition: Definition, part: str) -> str:
    head, _, name = part.partition(".")
    if head == "attachments" and name:
        return definition.attachments[name]
    if head == "attributes":
        return definition.attributes[name].label
    names = {"title": "标题", "body": "正文", "attachments": "附件"}
    return names.get(part) or definition.attributes[part].label


def clause_lines(definition: Definition) -> Iterator[str]:
    """What stands beside the ladder: afterwards, constraints, doubts, minimums."""
    for act in definition.after:
        who = definition.actor_name(act.actor)
        limit = f"，{limit_words(definition, act.limit)}" if act.limit else ""
        yield f"发布后：{who}{ACT_NAMES[act.kind]}{limit}"
    for apart in definition.exclusive:
        members = _members(definition, apart.stages, apart.acts)
        yield f"{'同一人兼办时提醒' if apart.warns else '不得为同一人'}：{members}"
    for together in definition.same_person:
        members = _members(definition, together.stages, together.acts)
        yield f"须为同一人：{members}"
    yield from _counts(definition)
    yield from _elsewhere(definition)


def _counts(definition: Definition) -> Iterator[str]:
    for least in definition.minimums:
        when = f"{least.when.words()}的稿件" if least.when else "每件"
        yield f"{when}至少{least.number}次{ACT_NAMES[ActKind(least.kind)]}"
    if definition.limit is not None:
        yield f"全流程期限：{limit_words(definition, definition.limit)}"
    if definition.doubts is not None:
        label = definition.attributes[definition.doubts.attribute].label
        yield f"审核中可以存疑：{label}"


def _elsewhere(definition: Definition) -> Iterator[str]:
    for use in definition.uses:
        yield f"{use.when.words()}的稿件改用流程“{use.process}”"
    for item in definition.triggers:
        label = definition.attributes[item.attribute].label
        yield f"文中有关键词（{len(item.words)}个）时标为“{label}”"


def _members(
    definition: Definition, stages: tuple[str, ...], acts: tuple[str, ...]
) -> str:
    names = [_ENDS.get(stage) or definition.stage(stage).name for stage in stages]
    names.extend(
        f"{stage.name}的{ACT_NAMES[act.kind]}"
        for stage in definition.stages
        for act in stage.acts
        if act.id in acts
    )
    return "、".join(names)
