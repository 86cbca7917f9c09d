"""Playing paper cases through the real machine, in memory."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import datetime

from workflow.calendar import TOWN_TIME, WorkingCalendar
from workflow.errors import WorkflowError
from workflow.process.definition import Definition
from workflow.process.handover import chosen, joined
from workflow.process.plan import complete
from workflow.process.scenario.acts import perform
from workflow.process.scenario.doing import Doing
from workflow.process.scenario.expecting import (
    Looking,
    cancelled,
    differences,
    tasks_of,
)
from workflow.process.scenario.fitting import misfits
from workflow.process.scenario.running import Running, begin
from workflow.process.scenario.script import (
    Mismatch,
    Paper,
    Report,
    Scenario,
    Script,
    Step,
)
from workflow.process.scenario.ticking import mark, tick

_BEGINNING = datetime(2024, 1, 2, 9, 0, tzinfo=TOWN_TIME)


def play(
    script: Script,
    definition: Definition,
    others: Mapping[str, Definition] | None = None,
) -> Report:
    """Play every case of a file.

    Args:
        script: the cases.
        definition: the regulation they try.
        others: by id, those that it uses or hands over to.
    """
    known = others or {}
    found = [
        mismatch
        for scenario in script.scenarios
        for mismatch in _played(scenario, definition, known, script.calendar)
    ]
    steps = sum(len(scenario.steps) for scenario in script.scenarios)
    return Report(len(script.scenarios), steps, tuple(found))


def _played(
    scenario: Scenario,
    definition: Definition,
    others: Mapping[str, Definition],
    calendar: WorkingCalendar,
) -> Iterator[Mismatch]:
    yield from misfits(scenario, definition, others)
    try:
        papers = {
            paper.id: begun(scenario, paper, definition, others, calendar)
            for paper in scenario.papers
        }
    except WorkflowError as refusal:
        yield Mismatch(
            scenario.name, 0, scenario.line, "稿件", "可以起草", refusal.message
        )
        return
    first = next(iter(papers))
    at = _BEGINNING
    for number, item in enumerate(scenario.steps, start=1):
        at = item.at or at
        running = papers[item.article or first]
        for what, expected, came in _taken(running, item, at):
            yield Mismatch(scenario.name, number, item.line, what, expected, came)


def begun(
    scenario: Scenario,
    paper: Paper,
    definition: Definition,
    others: Mapping[str, Definition],
    calendar: WorkingCalendar,
) -> Running:
    """The article under the definition that its kind uses, with whatever follows.

    Args:
        others: by id, the definitions that it uses or hands over to.
    """
    running = begin(paper, definition, scenario.office, calendar)
    facts = complete(definition, running.facts)
    used = chosen(definition, facts)
    if used is not None:
        running = begin(paper, others[used], scenario.office, calendar)
    over = running.definition.hand_over
    if over is not None:
        whole = joined(running.definition, others[over.process])
        running = begin(paper, whole, scenario.office, calendar)
    complete(running.definition, running.facts)
    return running


def _taken(
    running: Running, item: Step, at: datetime
) -> Iterator[tuple[str, str, str]]:
    lines, warned = len(running.trail), len(running.warned)
    tick(running, at)
    before = tasks_of(running, at)
    came = done(running, item, at)
    looking = Looking(running, at, lines, warned, before, item.who)
    if came is None and item.do:
        for name in cancelled(looking):
            running.note(at, f"{name}的任务已撤销")
    yield from _refusal(item, came)
    for difference in differences(looking, item.expect):
        yield difference.what, difference.expected, difference.came


def done(running: Running, item: Step, at: datetime) -> WorkflowError | None:
    """Do what a step says at a moment; the refusal, if it was refused."""
    if not item.do:
        return None
    try:
        perform(Doing(running, item, at))
    except WorkflowError as refusal:
        return refusal
    mark(running, at)
    return None


def _refusal(item: Step, came: WorkflowError | None) -> Iterator[tuple[str, str, str]]:
    what = f"{item.who}“{item.do}”的结果"
    told = f"{came.rule}：{came.message}" if came else "已办理"
    if came is None and item.refused:
        yield what, f"不予办理（{item.refused}）", told
    elif came is not None and came.rule != item.refused:
        yield what, f"不予办理（{item.refused}）" if item.refused else "办理", told
    elif came is not None and item.because not in f"{came.message}{came.basis}":
        yield what, item.because, told
