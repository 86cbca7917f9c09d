"""Time passing in a paper case: limits begin, stand still, remind, run out."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta

from workflow.process.channels import owner
from workflow.process.clocks import due
from workflow.process.definition import ACT_NAMES, Act
from workflow.process.limits import Silence
from workflow.process.machine import step
from workflow.process.open_limits import Clock, clocks_at, stands_still
from workflow.process.scenario.acts import objected
from workflow.process.scenario.running import Running
from workflow.process.states import Approve

_NO_TIME = timedelta()


@dataclass(frozen=True, slots=True)
class Moment:
    """Something that a clock does at a moment."""

    at: datetime
    clock: Clock
    what: str


def mark(running: Running, at: datetime) -> None:
    """Begin the clocks of what has been reached, forget those of what is left."""
    now = {clock.key: clock for clock in clocks(running)}
    for key in [key for key in running.opened if key not in now]:
        del running.opened[key]
        running.pauses.pop(key, None)
        running.told = {item for item in running.told if item[0] != key}
    for key in now:
        running.opened.setdefault(key, at)
    _pause(running, at)


def _pause(running: Running, at: datetime) -> None:
    asking = stands_still(running.plan, running.position)
    if asking and running.pausing is None:
        running.pausing = at
    if not asking and running.pausing is not None:
        for key, opened in running.opened.items():
            stood = at - max(opened, running.pausing)
            running.pauses[key] = running.pauses.get(key, _NO_TIME) + stood
        running.pausing = None


def clocks(running: Running) -> Iterator[Clock]:
    """Every limit that runs now."""
    return clocks_at(running.plan, running.position)


def due_of(running: Running, clock: Clock) -> datetime | None:
    """When the limit runs out; ``None`` while it stands still."""
    if running.pausing is not None and not clock.pauses:
        return None
    start = running.opened[clock.key] + running.pauses.get(clock.key, _NO_TIME)
    needed = running.paper.needed_by
    return due(running.plan, clock.limit, start, running.calendar, needed)


def tick(running: Running, until: datetime) -> None:
    """Let the time pass: everything that a clock does up to this moment, in order."""
    mark(running, until)
    while (moment := _next(running, until)) is not None:
        running.told.add((moment.clock.key, moment.what))
        _happens(running, moment)
        mark(running, moment.at)


def _next(running: Running, until: datetime) -> Moment | None:
    if running.position.held:
        return None
    waiting = [
        moment
        for clock in clocks(running)
        for moment in _moments(running, clock)
        if moment.at < until and (clock.key, moment.what) not in running.told
    ]
    return min(waiting, key=lambda moment: moment.at, default=None)


def _moments(running: Running, clock: Clock) -> Iterator[Moment]:
    end = due_of(running, clock)
    if end is None:
        return
    if clock.limit.remind_hours:
        before = end - timedelta(hours=clock.limit.remind_hours)
        yield Moment(max(before, running.opened[clock.key]), clock, "remind")
    yield Moment(end, clock, "late")


def _happens(running: Running, moment: Moment) -> None:
    clock, at = moment.clock, moment.at
    if moment.what == "remind":
        running.note(at, f"提醒：“{clock.name}”即将到期")
        return
    silence = clock.limit.silence
    if silence is Silence.DEEMED_APPROVED and clock.act:
        _deemed(running, at, clock.act)
        return
    running.late.append(clock.key)
    if silence is Silence.DEEMED_REJECTED and clock.act:
        _refused(running, at, clock.act)
    elif silence is Silence.REMIND:
        running.note(at, f"“{clock.name}”已逾期，催办")
    else:
        running.note(at, f"“{clock.name}”已逾期，上报{_above(running, clock)}")


def _above(running: Running, clock: Clock) -> str:
    post = clock.limit.escalate_to
    return running.definition.posts.get(post, "主要负责人")


def _deemed(running: Running, at: datetime, act: Act) -> None:
    """Silence is consent here, because the regulation says so; the system notes it."""
    acts = frozenset({act.id})
    after = step(running.plan, running.position, Approve(acts))
    running.sign(None, acts)
    running.position = after
    basis = act.limit.basis if act.limit else ""
    running.note(at, f"系统：“{ACT_NAMES[act.kind]}”逾期未复，视为同意（{basis}）")


def _refused(running: Running, at: datetime, act: Act) -> None:
    stage = owner(running.plan, act.id)
    if stage is not None:
        objected(running, at, stage, "系统：逾期未复，视为不同意")
