"""What people change in a paper case: the text, its attributes, the doubts raised."""

from __future__ import annotations

from workflow.errors import NotPermitted, WrongState
from workflow.process.binding import Signature
from workflow.process.conditions import Value
from workflow.process.plan import complete, may_lower, state_name
from workflow.process.scenario.doing import Doing, at_the_desk
from workflow.process.scenario.requirements import reason_given
from workflow.process.scenario.running import Running, trigger
from workflow.process.states import CLEARED, DRAFTING


def edit(doing: Doing) -> None:
    """Change the text; signatures that depend on what changed fall."""
    running, given = doing.running, doing.step.given
    _may_change(doing)
    _not_out(running)
    before = (running.title, running.body)
    running.title = "".join(given.get("title", (running.title,)))
    running.body = "".join(given.get("body", (running.body,)))
    if "attachments" in given:
        running.attachments = frozenset(given["attachments"])
    minor = "minor" in given
    if before != (running.title, running.body) and not minor:
        running.meaning += 1
    labels = trigger(running)
    doing.note("改稿（文字性修改）" if minor else "改稿")
    for label in labels:
        doing.warn(f"文中有关键词，已标为“{label}”")
    _replan(doing)


def set_facts(doing: Doing) -> None:
    """Change attributes; the plan is made anew, and what still counts stays."""
    running = doing.running
    stage = _may_change(doing)
    complete(running.definition, doing.step.facts)
    for name, value in doing.step.facts.items():
        _may_set(doing, name, value, stage)
        running.facts[name] = value
        attribute = running.definition.attributes[name]
        doing.note(f"将“{attribute.label}”改为“{attribute.named(value)}”")
    _replan(doing)


def raise_doubt(doing: Doing) -> None:
    """Call subjects in question; their special reviews open, in parallel.

    Raises:
        WrongState: the regulation knows no doubts, or not at this stage.
    """
    running, rule = doing.running, doing.running.definition.doubts
    if rule is None:
        raise WrongState("本制度没有规定存疑后的专项审核。", rule="no-doubts")
    stage, _ = at_the_desk(doing)
    if rule.raised_at and (stage is None or stage.stage.id not in rule.raised_at):
        raise WrongState(
            "这一环节不能提出专项审核。", rule="no-doubts", basis=rule.basis
        )
    reason = reason_given(doing.step.given)
    subjects = frozenset(doing.step.given.get("subjects", ()))
    before = running.facts[rule.attribute]
    now = subjects | (before if isinstance(before, frozenset) else frozenset())
    complete(running.definition, {rule.attribute: now})
    running.facts[rule.attribute] = now
    named = running.definition.attributes[rule.attribute].named(subjects)
    doing.note(f"存疑，要求专项审核（{named}）：{reason}")
    _replan(doing)


def _may_change(doing: Doing) -> str:
    """The stage at which she may change it; ``drafting`` for the drafter's own desk."""
    running = doing.running
    mine = doing.person.name == running.paper.drafter
    if running.position.state in (DRAFTING, CLEARED) and mine:
        return DRAFTING
    if running.position.state == DRAFTING:
        raise NotPermitted("稿件在拟稿人手上，别人不能改。", rule="not-the-drafter")
    stage, _ = at_the_desk(doing)
    return stage.stage.id if stage else CLEARED


def _not_out(running: Running) -> None:
    if running.position.released:
        named = running.definition.attributes["channels"].named(
            running.position.released
        )
        raise WrongState(
            f"已在“{named}”发布，各渠道内容须一致，不能再改；需要更正请先撤回。",
            rule="already-released",
        )


def _may_set(doing: Doing, name: str, value: Value, stage: str) -> None:
    running = doing.running
    before = running.facts[name]
    rule, doubts = running.definition.importance, running.definition.doubts
    if rule is not None and name == rule.attribute and value != before:
        higher = rule.weight(value) > rule.weight(before)
        _may_weigh(running, stage, raised=higher)
    removed = isinstance(before, frozenset) and isinstance(value, frozenset)
    if doubts is not None and name == doubts.attribute and removed:
        _keeps_doubts(running, before, value)
    for item in running.definition.triggers:
        hit = any(word in f"{running.title}{running.body}" for word in item.words)
        if item.attribute == name and hit and value != item.value:
            raise WrongState("文中有关键词，这一标记不能取消。", rule="trigger-stays")


def _may_weigh(running: Running, stage: str, *, raised: bool) -> None:
    if raised:
        running.raised_at = stage
        return
    handed_in = running.position.state != DRAFTING or _was_handed_in(running)
    if handed_in and not may_lower(running.definition, running.raised_at, stage):
        at = state_name(running.definition, running.raised_at)
        raise WrongState(
            f"这是“{at}”提出的，须由更高一级（或制度指定的环节）才能取消。",
            rule="only-a-level-above-lowers",
        )


def _was_handed_in(running: Running) -> bool:
    return any(isinstance(item, Signature) and item.seq for item in running.history)


def _keeps_doubts(running: Running, before: Value, value: Value) -> None:
    handed_in = running.position.state != DRAFTING or _was_handed_in(running)
    if not isinstance(before, frozenset) or not isinstance(value, frozenset):
        return
    if handed_in and not before <= value:
        raise WrongState("提出过的疑问须由专项审核回答，不能取消。", rule="doubt-stays")


def _replan(doing: Doing) -> None:
    """Find its place again, and say which signatures fell."""
    running = doing.running
    before = running.position.state
    fallen = running.replace()
    if fallen and before != DRAFTING:
        doing.note(f"须重新办理：{'、'.join(fallen)}")
    if before != running.position.state:
        now = state_name(running.definition, running.position.state)
        running.note(doing.at, f"重新排定环节，现在是“{now}”")
