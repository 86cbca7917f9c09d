"""What the acts of an article do not carry out yet: such a rule may not be adopted.

The language of definitions is wider than what ``workflow/articles`` enforces today.  A
regulation that counts on more would be a promise nobody keeps, so it is refused with
the name of each construct, instead of being adopted and silently not followed.  Paper
cases (``sanshen process try``) play every construct.
"""

from __future__ import annotations

from collections.abc import Iterator

from workflow.process.actors import Actor
from workflow.process.clauses import ExclusiveSet, SamePersonSet
from workflow.process.definition import Act, Definition, Fault, Stage
from workflow.process.limits import Count, Limit, Silence

CODE = "not-carried-out-yet"
RELATIONS = (None, "drafter", "section_deputy", "section_head")
NOT_STAGES = ("drafting", "publish")


def not_carried_out(definition: Definition) -> tuple[Fault, ...]:
    """Every construct of this definition that acts would not enforce, with its line."""
    found = [
        *_of_the_whole(definition),
        *(fault for stage in definition.stages for fault in _of_stage(stage)),
        *_of_act(definition.publish),
        *_of_sets(definition),
    ]
    return tuple(dict.fromkeys(found))


def _of_the_whole(definition: Definition) -> Iterator[Fault]:
    parts: dict[str, object] = {
        "各渠道分别由人发布": definition.publishers,
        "发布后的登记、复核": definition.after,
        "外单位": definition.bodies,
        "集体研究与纪要": definition.collectives,
        "规定的附件": definition.attachments,
        "全程总期限": definition.limit,
        "疑问引起的专项审核": definition.doubts,
        "关键词触发": definition.triggers,
        "改用另一流程": definition.uses,
        "移交其他单位": definition.hand_over,
    }
    for name, value in parts.items():
        if value:
            yield _fault(1, name)


def _of_stage(stage: Stage) -> Iterator[Fault]:
    parts: dict[str, object] = {
        "按渠道分开的环节": stage.channels,
        "进入环节前须备齐的内容": stage.requires,
        "不许同意的情形": stage.blocks,
    }
    for name, value in parts.items():
        if value:
            yield _fault(stage.line, f"{name}（{stage.name}）")
    yield from _of_limit(stage.limit, stage.line)
    for act in stage.acts:
        yield from _of_act(act)


def _of_act(act: Act) -> Iterator[Fault]:
    if act.pauses:
        yield _fault(act.line, "暂停计时")
    if act.limit and act.kind.value != "publish":
        yield _fault(act.line, "单个事项的期限")
    if not _is_simple(act.actor):
        yield _fault(act.line, "这一类办理人")
    yield from _of_limit(act.limit, act.line)


def _is_simple(actor: Actor) -> bool:
    known = actor.relation in RELATIONS and not actor.also
    return known and not actor.body and not actor.delegable


def _of_limit(limit: Limit | None, line: int) -> Iterator[Fault]:
    if limit is None:
        return
    plain = limit.count is Count.DAYS and not limit.stated and not limit.remind_hours
    if not plain or limit.silence not in (Silence.ESCALATE, Silence.REMIND):
        yield _fault(line, "这一种期限或逾期处理")


def _of_sets(definition: Definition) -> Iterator[Fault]:
    sets: tuple[ExclusiveSet | SamePersonSet, ...] = (
        *definition.exclusive,
        *definition.same_person,
    )
    for apart in sets:
        if set(NOT_STAGES) & {*apart.stages, *apart.acts}:
            yield _fault(apart.line, "拟稿、发布列入人员约束")


def _fault(line: int, construct: str) -> Fault:
    return Fault(
        line,
        CODE,
        f"稿件办理还不能执行“{construct}”，暂不能启用，可先用事例试行。",
    )
