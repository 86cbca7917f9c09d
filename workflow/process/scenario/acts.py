"""What people do in a paper case: each verb loads, permits, moves and records."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from datetime import datetime

from workflow.errors import NotPermitted, WrongState
from workflow.process.binding import Return, doubtful, missing
from workflow.process.channels import owner
from workflow.process.definition import ACT_NAMES, Act, ActKind
from workflow.process.machine import step
from workflow.process.plan import (
    OBJECTING,
    PlannedStage,
    between,
    publisher,
    state_name,
)
from workflow.process.scenario.changes import edit, raise_doubt, set_facts
from workflow.process.scenario.doing import Doing, at_the_desk, drafts
from workflow.process.scenario.office import Capacity
from workflow.process.scenario.requirements import (
    act_meant,
    checklist_done,
    complete_for,
    not_blocked,
    permit,
    reason_given,
    record_complete,
    stated_in_time,
)
from workflow.process.scenario.running import Running
from workflow.process.states import (
    DRAFTING,
    PUBLISHED,
    Approve,
    Hold,
    Outcome,
    Publish,
    Recall,
    Reject,
    Resume,
    SendBack,
    Submit,
    Withdraw,
)


def perform(doing: Doing) -> None:
    """Do what the step says, or raise why not."""
    _ACTS[doing.step.do](doing)


def _submit(doing: Doing) -> None:
    running = doing.running
    drafts(doing)
    stated_in_time(running, doing.at)
    complete_for(running, running.plan.first)
    running.position = step(running.plan, running.position, Submit())
    running.replace()
    doing.note("提交")


def _approve(doing: Doing) -> None:
    running, wanted = doing.running, "".join(doing.step.given.get("act", ()))
    if running.position.held:
        step(running.plan, running.position, Approve(frozenset()))
    act = act_meant(running, doing.person, wanted, doing.at)
    capacity = permit(running, doing.person, act, doing.at)
    record_complete(act, doing.step.given)
    stage = owner(running.plan, act.id)
    if stage is None:
        _do_duty(doing, act, capacity)
        return
    checklist_done(stage, doing.step.given)
    not_blocked(running, stage)
    acts = _signed_together(running, stage, act)
    after = step(running.plan, running.position, Approve(acts))
    _opens(running, stage, after.state)
    running.sign(capacity, acts)
    running.position = after
    doing.note(_signed_words(doing, stage, act), capacity)
    _warn(doing)
    if act.kind is ActKind.REGISTER:
        running.registered.append(running.title)


def _signed_together(running: Running, stage: PlannedStage, act: Act) -> frozenset[str]:
    if not stage.stage.joint:
        return frozenset({act.id})
    signed = running.position.done | running.position.ahead
    return stage.act_ids - signed


def _opens(running: Running, stage: PlannedStage, state: str) -> None:
    """What the next stage requires is there, if this signature opens it."""
    if state != stage.stage.id and running.plan.has(state):
        complete_for(running, running.plan.stage(state))


def _signed_words(doing: Doing, stage: PlannedStage, act: Act) -> str:
    given = doing.step.given
    kinds = stage.acts if stage.stage.joint else (act,)
    what = "并".join(ACT_NAMES[item.kind] for item in kinds)
    words = f"{stage.stage.name}：{what}，同意"
    if act.actor.body:
        words += f"（{doing.running.definition.actor_name(act.actor)}）"
    for key, label in (
        ("minutes", "纪要"),
        ("met_on", "会议日期"),
        ("document", "复函"),
    ):
        if given.get(key):
            words += f"，{label}{''.join(given[key])}"
    opinion = "".join(given.get("opinion", ()))
    return f"{words}；意见：{opinion}" if opinion else words


def _warn(doing: Doing) -> None:
    running = doing.running
    last = running.history[-1]
    for conflict in doubtful(running.plan, running.signed_ever):
        if conflict.signature is last:
            doing.warn(f"{doing.person.name}一人兼办，请留意：{conflict.constraint.id}")


def _do_duty(doing: Doing, act: Act, capacity: Capacity) -> None:
    running = doing.running
    outcome = Approve(frozenset({act.id}))
    running.position = step(running.plan, running.position, outcome)
    if act.kind is ActKind.REGISTER:
        running.registered.append(running.title)
    doing.note(f"发布后：{ACT_NAMES[act.kind]}", capacity)


def _send_back(doing: Doing) -> None:
    running = doing.running
    stage, capacity = at_the_desk(doing)
    reason = reason_given(doing.step.given)
    to = _target(doing)
    at = stage.stage.id if stage else ""
    direct = "direct" in doing.step.given
    alone = between(running.plan, to, running.position.state) if direct else ()
    _return(doing, SendBack(to, at, direct), alone)
    name = state_name(running.definition, to)
    how = "（直达）" if direct else ""
    doing.note(f"退回{name}{how}：{reason}", capacity)


def _target(doing: Doing) -> str:
    wanted = "".join(doing.step.given.get("to", (DRAFTING,)))
    named = {stage.name: stage.id for stage in doing.running.definition.stages}
    return {**named, "拟稿": DRAFTING}.get(wanted, wanted)


def _return(doing: Doing, outcome: SendBack, alone: Iterable[PlannedStage]) -> None:
    running = doing.running
    running.position = step(running.plan, running.position, outcome)
    kept = frozenset(item.stage.id for item in alone)
    running.history.append(Return(len(running.history) + 1, outcome.to, kept))


def _object(doing: Doing) -> None:
    running, wanted = doing.running, "".join(doing.step.given.get("act", ()))
    act = act_meant(running, doing.person, wanted, doing.at)
    capacity = permit(running, doing.person, act, doing.at)
    stage = owner(running.plan, act.id)
    if stage is None or act.kind not in OBJECTING:
        raise WrongState(
            "只有专项审核和征求意见可以提出异议；其他请退回。", rule="no-objection"
        )
    reason = reason_given(doing.step.given)
    objected(running, doing.at, stage, f"{capacity.told}提出异议：{reason}")


def objected(running: Running, at: datetime, stage: PlannedStage, words: str) -> None:
    """An objection leads where the regulation says, and ends the other requests."""
    to = stage.stage.objection_to
    outcome = SendBack(to, stage.stage.id)
    running.position = step(running.plan, running.position, outcome)
    running.history.append(Return(len(running.history) + 1, to))
    name = state_name(running.definition, to)
    running.note(at, f"{stage.stage.name}：{words}，转{name}")


def _hold(doing: Doing) -> None:
    _put(doing, Hold(), "暂存待用")


def _reject(doing: Doing) -> None:
    _put(doing, Reject(), "不予采用")


def _put(doing: Doing, outcome: Outcome, words: str) -> None:
    _, capacity = at_the_desk(doing)
    reason = reason_given(doing.step.given)
    doing.running.position = step(doing.running.plan, doing.running.position, outcome)
    doing.note(f"{words}：{reason}", capacity)


def _resume(doing: Doing) -> None:
    _, capacity = at_the_desk(doing)
    doing.running.position = step(doing.running.plan, doing.running.position, Resume())
    doing.note("恢复办理", capacity)


def _publish(doing: Doing) -> None:
    running, plan = doing.running, doing.running.plan
    channels = frozenset(doing.step.given.get("channels", ()))
    _nothing_owed(running, channels)
    capacities = [
        permit(running, doing.person, publisher(plan, channel), doing.at)
        for channel in sorted(channels or plan.channels or {""})
    ]
    running.position = step(plan, running.position, Publish(channels))
    running.sign_publishing(capacities[0])
    named = plan.definition.attributes["channels"].named(channels or plan.channels)
    doing.note(f"发布（{named}）", capacities[0])
    _warn(doing)


def _nothing_owed(running: Running, channels: frozenset[str]) -> None:
    """The gate: every demanded act stands on this very text.

    Raises:
        WrongState: names what is missing.
    """
    owed = {
        item.act: item
        for channel in (sorted(channels) or [""])
        for item in missing(running.plan, running.stood, channel)
    }
    if not owed or running.position.state in (PUBLISHED, DRAFTING):
        return
    names = []
    for act_id in owed:
        stage = owner(running.plan, act_id)
        name = ACT_NAMES[running.definition.act(act_id).kind]
        names.append(f"{stage.stage.name if stage else ''}的{name}")
    first = next(iter(owed.values()))
    raise WrongState(
        f"还缺{'、'.join(dict.fromkeys(names))}，不能发布。",
        rule="missing",
        basis=first.basis,
        missing=tuple(owed),
    )


def _withdraw(doing: Doing) -> None:
    running = doing.running
    capacity = _takes_down(doing)
    reason = reason_given(doing.step.given)
    running.position = step(running.plan, running.position, Withdraw())
    doing.note(f"撤稿：{reason}", capacity)


def _takes_down(doing: Doing) -> Capacity | None:
    """Removing is safe: the drafter, the publisher or any reviewer of it may."""
    running, plan = doing.running, doing.running.plan
    if doing.person.name == running.paper.drafter:
        return None
    acts = [act for item in plan.stages for act in item.acts]
    for act in (*acts, publisher(plan)):
        for capacity in running.holders(act, doing.at):
            if capacity.person.id == doing.person.id:
                return capacity
    message = "撤稿由拟稿人、发布岗或本稿任一级审核人办理。"
    raise NotPermitted(message, rule="not-a-reviewer-of-this")


def _recall(doing: Doing) -> None:
    running = doing.running
    drafts(doing, anywhere=True)
    running.position = step(running.plan, running.position, Recall())
    running.history.append(Return(len(running.history) + 1, DRAFTING))
    doing.note("收回")


_ACTS: Mapping[str, Callable[[Doing], None]] = {
    "submit": _submit,
    "approve": _approve,
    "send_back": _send_back,
    "object": _object,
    "doubt": raise_doubt,
    "hold": _hold,
    "resume": _resume,
    "reject": _reject,
    "edit": edit,
    "set": set_facts,
    "publish": _publish,
    "withdraw": _withdraw,
    "recall": _recall,
}
