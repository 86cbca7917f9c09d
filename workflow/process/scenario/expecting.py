"""Comparing what came in a paper case with what was expected."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime

from workflow.calendar import TOWN_TIME
from workflow.process.binding import missing
from workflow.process.channels import releasable
from workflow.process.plan import state_name
from workflow.process.scenario.moments import moment_of
from workflow.process.scenario.running import Running
from workflow.process.scenario.script import EXPECTATIONS, Said
from workflow.process.scenario.ticking import clocks, due_of
from workflow.process.staffing import check_staffing

Expected = Said | Mapping[str, Said]
Tasks = Mapping[str, tuple[str, ...]]


@dataclass(frozen=True)
class Looking:
    """An article after a step, and what it was like before.

    Args:
        lines: how long the trail was before; ``warned``: how many warnings there were.
        tasks: who could do what before the step.
    """

    running: Running
    at: datetime
    lines: int
    warned: int
    tasks: Tasks
    actor: str


@dataclass(frozen=True, slots=True)
class Difference:
    """One expectation that did not come true."""

    what: str
    expected: str
    came: str


def differences(
    looking: Looking, expect: Mapping[str, Expected]
) -> Iterator[Difference]:
    """Everything that is not as expected."""
    for key, wanted in expect.items():
        if isinstance(wanted, Mapping):
            yield from _differs_inside(looking, key, wanted)
        elif key in _PARTIAL:
            yield from _lacks(looking, key, wanted)
        else:
            yield from _differs(looking, key, wanted)


def tasks_of(running: Running, at: datetime) -> dict[str, tuple[str, ...]]:
    """Who may do what, by act, as names."""
    return {
        act: tuple(capacity.person.name for capacity in found)
        for act, found in running.tasks(at).items()
    }


def _differs(looking: Looking, key: str, wanted: Said) -> Iterator[Difference]:
    came = _ASKED[key](looking)
    same = [_as_ids(looking, key, item) for item in wanted]
    ordered = key == "plan"
    if (same != list(came)) if ordered else (sorted(same) != sorted(set(came))):
        told = EXPECTATIONS[key]
        named = [_as_name(looking, key, item) for item in came]
        yield Difference(told, "、".join(wanted) or "无", "、".join(named) or "无")


def _as_name(looking: Looking, key: str, item: str) -> str:
    by_name = key in ("state", "plan")
    return state_name(looking.running.definition, item) if by_name else item


def _as_ids(looking: Looking, key: str, item: str) -> str:
    """A stage may be called by its Chinese name."""
    if key not in ("state", "plan"):
        return item
    definition = looking.running.definition
    names = {stage.name: stage.id for stage in definition.stages}
    known = ("drafting", "cleared", "published", "withdrawn", "rejected")
    names.update({state_name(definition, state): state for state in known})
    return names.get(item, item)


def _lacks(looking: Looking, key: str, wanted: Said) -> Iterator[Difference]:
    """Texts that must be found, each in some line, in this order."""
    came = _ASKED[key](looking)
    left = list(came)
    for item in wanted:
        while left and item not in left[0]:
            left.pop(0)
        if not left:
            told = "；".join(came) or "无"
            yield Difference(EXPECTATIONS[key], item, told)
            return
        left.pop(0)
    if not wanted and came:
        yield Difference(EXPECTATIONS[key], "无", "；".join(came))


def _differs_inside(
    looking: Looking, key: str, wanted: Mapping[str, Said]
) -> Iterator[Difference]:
    came = _INSIDE[key](looking)
    for name, expected in wanted.items():
        found = came.get(name, ("（没有）",))
        same = _as_moments(expected) if key == "due" else expected
        if sorted(same) != sorted(found):
            told = f"{EXPECTATIONS[key]}“{name}”"
            yield Difference(
                told, "、".join(expected) or "无", "、".join(found) or "无"
            )


def _as_moments(said: Said) -> Said:
    found = [(item, moment_of(item, end=True)) for item in said]
    return tuple(_told(at) if at else item for item, at in found)


def _told(at: datetime) -> str:
    return f"{at.astimezone(TOWN_TIME):%Y-%m-%d %H:%M}"


def _state(looking: Looking) -> Iterable[str]:
    held = ["（暂存待用）"] if looking.running.position.held else []
    return [looking.running.position.state, *held]


def _plan(looking: Looking) -> Iterable[str]:
    return looking.running.plan.ids


def _may_act(looking: Looking) -> Iterable[str]:
    tasks = tasks_of(looking.running, looking.at)
    return sorted({name for names in tasks.values() for name in names})


def _open(looking: Looking) -> Iterable[str]:
    return tasks_of(looking.running, looking.at)


def _missing(looking: Looking) -> Iterable[str]:
    running = looking.running
    return [item.act for item in missing(running.plan, running.stood)]


def _signed(looking: Looking) -> Iterable[str]:
    stood = (item for item in looking.running.stood if item.seq)
    return sorted({act for item in stood for act in item.acts} - {"publish"})


def _released(looking: Looking) -> Iterable[str]:
    running = looking.running
    if running.position.state == "published":
        return sorted(running.plan.channels)
    return sorted(running.position.released)


def _releasable(looking: Looking) -> Iterable[str]:
    return sorted(releasable(looking.running.plan, looking.running.position))


def cancelled(looking: Looking) -> list[str]:
    """Whose tasks ended in this step without her doing: by name."""
    now = tasks_of(looking.running, looking.at)
    return sorted(
        {
            name
            for act, names in looking.tasks.items()
            for name in names
            if name not in now.get(act, ()) and name != looking.actor
        }
    )


def _entries(looking: Looking) -> Iterable[str]:
    return [line.told for line in looking.running.trail[looking.lines :]]


def _trail(looking: Looking) -> Iterable[str]:
    return [line.told for line in looking.running.trail]


def _warned(looking: Looking) -> Iterable[str]:
    return looking.running.warned[looking.warned :]


def _late(looking: Looking) -> Iterable[str]:
    return looking.running.late


def _nobody(looking: Looking) -> Iterable[str]:
    tasks = tasks_of(looking.running, looking.at)
    return [act for act, names in tasks.items() if not names]


def _register(looking: Looking) -> Iterable[str]:
    return looking.running.registered


def _unstaffed(looking: Looking) -> Iterable[str]:
    running = looking.running
    faults = check_staffing(running.definition, running.office.staffing(looking.at))
    return [fault.code for fault in faults]


def _process(looking: Looking) -> Iterable[str]:
    return [looking.running.definition.id]


def _tasks(looking: Looking) -> Mapping[str, Said]:
    return tasks_of(looking.running, looking.at)


def _due(looking: Looking) -> Mapping[str, Said]:
    running = looking.running
    moments = {clock.key: due_of(running, clock) for clock in clocks(running)}
    return {key: (_told(at) if at else "暂停",) for key, at in moments.items()}


def _facts(looking: Looking) -> Mapping[str, Said]:
    found: dict[str, Said] = {}
    for name, value in looking.running.plan.facts.items():
        if isinstance(value, bool):
            found[name] = ("true" if value else "false",)
        else:
            found[name] = tuple(value) if isinstance(value, frozenset) else (value,)
    return found


_PARTIAL = ("entries", "trail", "warned")
_ASKED: Mapping[str, Callable[[Looking], Iterable[str]]] = {
    "state": _state,
    "plan": _plan,
    "may_act": _may_act,
    "open": _open,
    "missing": _missing,
    "signed": _signed,
    "released": _released,
    "releasable": _releasable,
    "cancelled": cancelled,
    "entries": _entries,
    "trail": _trail,
    "warned": _warned,
    "late": _late,
    "nobody": _nobody,
    "register": _register,
    "unstaffed": _unstaffed,
    "process": _process,
}
_INSIDE: Mapping[str, Callable[[Looking], Mapping[str, Said]]] = {
    "tasks": _tasks,
    "due": _due,
    "facts": _facts,
}
