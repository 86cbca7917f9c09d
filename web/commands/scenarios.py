"""Trying a regulation on paper cases: reading the files, printing what came."""

from __future__ import annotations

from pathlib import Path

import click

from web.commands.words import say
from workflow.process.definition import Definition, DefinitionFaults, Fault
from workflow.process.reading import read_definition
from workflow.process.scenario.player import play
from workflow.process.scenario.reading import read_scenarios
from workflow.process.scenario.script import Report

AS_EXPECTED, OTHERWISE, UNREADABLE = 0, 1, 2


def try_files(file: Path, scenarios: tuple[Path, ...]) -> int:
    """Play every file of cases; 0 as expected, 1 otherwise, 2 when unreadable."""
    try:
        definition = read_definition(_text(file))
        others = neighbours(file, definition)
    except DefinitionFaults as refused:
        return _unreadable(file, refused)
    return max(_try_one(path, definition, others) for path in scenarios)


def _try_one(path: Path, definition: Definition, others: dict[str, Definition]) -> int:
    try:
        report = play(read_scenarios(_text(path)), definition, others)
    except DefinitionFaults as refused:
        return _unreadable(path, refused)
    _print(path, report)
    return AS_EXPECTED if report.as_expected else OTHERWISE


def _print(path: Path, report: Report) -> None:
    for mismatch in report.mismatches:
        click.echo(f"{path}:{mismatch.line} {mismatch.told}")
    counts = (report.played, report.steps, len(report.mismatches))
    chinese = f"{counts[0]}个事例，{counts[1]}步，不符{counts[2]}处"
    english = f"{counts[0]} cases, {counts[1]} steps, {counts[2]} not as expected"
    click.echo(f"{path}: {say(chinese, english)}")


def _unreadable(path: Path, refused: DefinitionFaults) -> int:
    for fault in refused.faults:
        click.echo(f"{path}:{fault.line} {fault.code} {fault.message}")
    return UNREADABLE


def neighbours(file: Path, definition: Definition) -> dict[str, Definition]:
    """The definitions beside this one that it uses or hands over to, by id.

    Raises:
        DefinitionFaults: one is not there, cannot be read, or has another id.
    """
    found: dict[str, Definition] = {}
    waiting = _named(definition)
    while waiting:
        name, line = waiting.pop()
        if name not in found:
            found[name] = _neighbour(file.with_name(f"{name}.toml"), line)
            waiting.extend(_named(found[name]))
    return found


def _neighbour(path: Path, line: int) -> Definition:
    if not path.is_file():
        message = f"没有找到所引用的流程文件“{path.name}”。"
        raise DefinitionFaults([Fault(line, "unknown-process", message)])
    found = read_definition(_text(path))
    if found.id != path.stem:
        message = f"“{path.name}”里的流程编号是“{found.id}”，与文件名不同。"
        raise DefinitionFaults([Fault(line, "unknown-process", message)])
    return found


def _named(definition: Definition) -> list[tuple[str, int]]:
    named = [(use.process, use.line) for use in definition.uses]
    if definition.hand_over is not None:
        named.append((definition.hand_over.process, definition.hand_over.line))
    return named


def _text(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        message = say(f"文件打不开：{path.name}。", f"Cannot open {path.name}.")
        raise DefinitionFaults([Fault(1, "unreadable", message)]) from error
