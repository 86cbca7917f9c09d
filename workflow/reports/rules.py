"""The rules of the annual report: the check, the comparison and the totals.

One small function per rule stands in ``checks/``; the numbers R01 to R75 are those of
the project's list of rules for annual reports.
"""

from __future__ import annotations

from collections.abc import Iterator

from workflow.errors import InvalidInput
from workflow.reports.checks import (
    cells,
    dates,
    documents,
    fees,
    layout,
    prose,
    remedies,
    requests,
    texts,
)
from workflow.reports.comparison import Difference, compare
from workflow.reports.findings import ReportFinding, Severity
from workflow.reports.reading import read_report
from workflow.reports.report import Report
from workflow.reports.totals import remedy_with_total, requests_table, row_with_total

__all__ = [
    "Difference",
    "Report",
    "ReportFinding",
    "Severity",
    "check",
    "compare",
    "has_errors",
    "read_report",
    "remedy_with_total",
    "requests_table",
    "row_with_total",
]

CHECKS = (
    *layout.CHECKS,
    *cells.CHECKS,
    *documents.CHECKS,
    *requests.CHECKS,
    *remedies.CHECKS,
    *prose.CHECKS,
    *fees.CHECKS,
    *dates.CHECKS,
    *texts.CHECKS,
)
SINCE_LAST_YEAR = (
    *documents.SINCE_LAST_YEAR,
    *requests.SINCE_LAST_YEAR,
    *remedies.SINCE_LAST_YEAR,
)


def check(report: Report, previous: Report | None = None) -> tuple[ReportFinding, ...]:
    """Every rule the report breaks, in the order of the rules.

    Args:
        report: the report as printed.
        previous: the same organ's report for the year before, if there is one.

    Raises:
        InvalidInput: ``previous`` is not the report for the year before.
    """
    found = list(_within(report))
    if previous is not None:
        found = _explained_by_last_year(found, list(_across(report, previous)))
    return tuple(sorted(dict.fromkeys(found), key=lambda finding: finding.rule))


def has_errors(findings: tuple[ReportFinding, ...]) -> bool:
    """Whether a finding forbids publication."""
    return any(finding.severity is Severity.ERROR for finding in findings)


def _within(report: Report) -> Iterator[ReportFinding]:
    for rule in CHECKS:
        yield from rule(report)


def _across(report: Report, previous: Report) -> Iterator[ReportFinding]:
    if previous.year != report.year - 1:
        raise InvalidInput(
            message=f"对照的上年度报告是{previous.year}年的，"
            f"应为{report.year - 1}年的报告。"
        )
    for rule in SINCE_LAST_YEAR:
        yield from rule(report, previous)


def _explained_by_last_year(
    found: list[ReportFinding], since: list[ReportFinding]
) -> list[ReportFinding]:
    # R10 gives the exact figure where R11 only knows a lower bound.
    exact = {finding.cell for finding in since if finding.rule == "R10"}
    kept = [one for one in found if one.rule != "R11" or one.cell not in exact]
    return [*kept, *since]
