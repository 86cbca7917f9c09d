"""Published annual reports as test data, and small changes to them."""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path
from typing import Any

from workflow.reports.findings import ReportFinding
from workflow.reports.rules import check, read_report

FOLDER = Path(__file__).parent / "reports"
NAMES = tuple(sorted(path.stem for path in FOLDER.glob("*.json")))
CLEAN = "jiangkou-2024"

ReportFile = dict[str, Any]


def report_file(name: str = CLEAN) -> ReportFile:
    content: ReportFile = json.loads(_text(name))
    return content


@cache
def _text(name: str) -> str:
    return (FOLDER / f"{name}.json").read_text("utf-8")


def changed(changes: dict[str, object], name: str = CLEAN) -> ReportFile:
    """The file with values put at dotted places; list positions are numbers."""
    content = report_file(name)
    for place, value in changes.items():
        *way, last = place.split(".")
        inside: Any = content
        for step in way:
            inside = inside[int(step) if isinstance(inside, list) else step]
        inside[int(last) if isinstance(inside, list) else last] = value
    return content


def of_year(year: int, name: str = CLEAN) -> ReportFile:
    """The file as if it were about another year, in its words too."""
    content = report_file(name)
    was = str(content["year"])
    text = json.dumps(content, ensure_ascii=False).replace(was, str(year))
    other: ReportFile = json.loads(text)
    return other


def without(place: str, name: str = CLEAN) -> ReportFile:
    content = report_file(name)
    *way, last = place.split(".")
    inside: Any = content
    for step in way:
        inside = inside[step]
    del inside[last]
    return content


def findings_of(
    content: ReportFile, previous: ReportFile | None = None
) -> tuple[ReportFinding, ...]:
    before = None if previous is None else read_report(json.dumps(previous))
    return check(read_report(json.dumps(content)), before)


def found(
    content: ReportFile, previous: ReportFile | None = None
) -> list[tuple[str, str, str]]:
    """Rule, severity and cell of each finding."""
    return [
        (finding.rule, finding.severity.value, finding.cell)
        for finding in findings_of(content, previous)
    ]


def figures_found(content: ReportFile) -> list[tuple[str, object, object]]:
    """Rule, stated and computed value of each finding."""
    return [
        (finding.rule, finding.stated, finding.computed)
        for finding in findings_of(content)
    ]
