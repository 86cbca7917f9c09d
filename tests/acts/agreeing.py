"""Paper and office side by side: every step of a paper case, taken in both."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import datetime

from sqlalchemy.orm import Session

from tests.acts.paper_office import sections_of, settle
from tests.acts.playing import (
    Look,
    Playing,
    begin,
    in_office,
    let_time_pass,
    on_paper,
    tells_the_same,
)
from workflow.articles import rules
from workflow.calendar import TOWN_TIME
from workflow.errors import WorkflowError
from workflow.process.reading import read_definition
from workflow.process.scenario.player import begun, done
from workflow.process.scenario.reading import read_scenarios
from workflow.process.scenario.running import Running
from workflow.process.scenario.script import Scenario, Script, Step
from workflow.process.scenario.ticking import tick

BEGINNING = datetime(2017, 1, 3, 9, 0, tzinfo=TOWN_TIME)


def disagreements(session: Session, sources: Sequence[str], text: str) -> list[str]:
    """Where the office does otherwise than the paper says; nothing when they agree.

    Args:
        sources: the definitions, the one that is tried last.
        text: the file of paper cases.
    """
    script = read_scenarios(text)
    assert script.scenarios
    return [
        f"{scenario.name}，第{number}步：{what}"
        for scenario in script.scenarios
        for number, what in walked(session, script, scenario, list(sources))
    ]


def walked(
    session: Session, script: Script, scenario: Scenario, sources: list[str]
) -> Iterator[tuple[int, str]]:
    """Every step at which the office and the paper differ, and how."""
    definition = read_definition(sources[-1])
    others = {d.id: d for d in map(read_definition, sources[:-1])}
    sections = sections_of(definition) | {
        p.section for p in scenario.papers if p.section
    }
    office = settle(session, scenario.office, script.calendar, sources, sections)
    papers = {
        p.id: begun(scenario, p, definition, others, script.calendar)
        for p in scenario.papers
    }
    real = {p.id: begin(office, p, papers[p.id], BEGINNING) for p in scenario.papers}
    first, at = next(iter(papers)), BEGINNING
    for number, item in enumerate(scenario.steps, start=1):
        at, key = item.at or at, item.article or first
        yield from ((number, what) for what in taken(papers[key], real[key], item, at))


def taken(running: Running, real: Playing, item: Step, at: datetime) -> Iterator[str]:
    """One step on paper and in the office; what is different afterwards.

    Where handing in is the drafter's own first check, the office takes both at once.
    """
    tick(running, at)
    let_time_pass(real, at)
    came = done(running, item, at)
    if item.do == "submit" and came is None and own(real):
        real.pending = item.who
        return
    if item.do:
        yield from acted(real, item, at, came)
    if not real.pending:
        yield from differences(on_paper(running, at), in_office(real, at))


def acted(
    real: Playing, item: Step, at: datetime, came: WorkflowError | None
) -> Iterator[str]:
    step = item
    if item.do == "approve" and item.who == real.pending:
        step = replace(item, do="submit")
    refused = real.do(step, at)
    if refused is None and came is None:
        real.pending = "" if step.do == "submit" else real.pending
    elif refused is None or came is None:
        told = f"{refused.rule}：{refused.message}" if refused else "已办"
        yield f"纸上{came.rule if came else '已办'}，办公室{told}"
    elif not real.pending and not tells_the_same(came.rule, refused.rule):
        yield f"拒绝的理由不同：{came.rule}，{refused.rule}：{refused.message}"


def differences(paper: Look, office: Look) -> Iterator[str]:
    for name in paper.__dataclass_fields__:
        one, other = getattr(paper, name), getattr(office, name)
        if one != other:
            yield f"{name}：纸上{one}，办公室{other}"


def own(real: Playing) -> bool:
    return rules.first_rung_is_the_drafters(real.case)
