"""R10 to R12: 规章 and 行政规范性文件 of section 二."""

from __future__ import annotations

from collections.abc import Iterator

from workflow.reports.findings import ReportFinding, Value, braced, error, warning
from workflow.reports.form import DOCUMENT_ROWS
from workflow.reports.report import Cell, Number, Report

WITHOUT_RULES = {
    "village",
    "town",
    "township",
    "street",
    "county",
    "district",
    "bureau",
}
NATIONAL_REGIONS = {"中国", "全国", "国家", "中华人民共和国"}


def valid_continues(report: Report, previous: Report) -> Iterator[ReportFinding]:
    """R10: what is valid = last year's valid + made less repealed."""
    for row in DOCUMENT_ROWS:
        before = previous.active.figures.get(f"{row.code}.valid")
        stated = report.active.figures.get(f"{row.code}.valid")
        if before is None or stated is None:
            continue
        computed = before + _net(report, row.code)
        if stated != computed:
            yield warning(
                "R10",
                f"active.{row.code}.valid",
                stated,
                computed,
                f"{row.label}现行有效{stated}件，按上年现行有效加本年制发减本年废止"
                f"应为{computed}件；如因清理合并，请注明原因。",
            )


def valid_covers_the_year(report: Report) -> Iterator[ReportFinding]:
    """R11: what is valid is at least made less repealed."""
    for row in DOCUMENT_ROWS:
        stated = report.active.figures.get(f"{row.code}.valid")
        least = _net(report, row.code)
        if stated is not None and stated < least:
            yield warning(
                "R11",
                f"active.{row.code}.valid",
                stated,
                least,
                f"{row.label}现行有效{stated}件，少于本年制发减废止的{least}件。",
            )


def _net(report: Report, row: str) -> Number:
    figures = report.active.figures
    made, repealed = figures.get(f"{row}.made"), figures.get(f"{row}.repealed")
    return (made or 0) - (repealed or 0)


def only_some_make_rules(report: Report) -> Iterator[ReportFinding]:
    """R12: 规章 are 0 below 设区的市 and in local bureaus (立法法)."""
    organ = report.organ
    if organ.level not in WITHOUT_RULES or organ.region in NATIONAL_REGIONS:
        return
    printed = {**report.active.figures, **report.active.old_figures}
    claimed: dict[str, Value] = {
        name: value for name, value in printed.items() if _claims_rules(name, value)
    }
    if claimed:
        yield _rules_claimed(claimed)


def _claims_rules(name: str, value: Cell | str) -> bool:
    row = name.partition(".")[0]
    return row in {"rules", "rules_2019"} and not isinstance(value, str) and bool(value)


def _rules_claimed(claimed: dict[str, Value]) -> ReportFinding:
    row = next(iter(claimed)).partition(".")[0]
    names = [name.partition(".")[2] or name for name in claimed]
    values = list(claimed.values())
    stated = values[0] if len(values) == 1 else "/".join(map(str, values))
    return error(
        "R12",
        f"active.{row}.{braced(names)}",
        stated,
        0,
        f"规章栏填了{stated}；只有国务院部门、省和设区的市能制定规章，本单位应为0。",
    )


CHECKS = (valid_covers_the_year, only_some_make_rules)
SINCE_LAST_YEAR = (valid_continues,)
