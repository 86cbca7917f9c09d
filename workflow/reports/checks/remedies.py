"""R30 and R31: reviews and suits of section 四."""

from __future__ import annotations

from collections.abc import Iterator

from workflow.reports.figures import remedy_cell
from workflow.reports.findings import ReportFinding, error, warning
from workflow.reports.form import REMEDY_CELLS, REMEDY_GROUPS, REMEDY_RESULTS
from workflow.reports.report import Report


def results_add_up(report: Report) -> Iterator[ReportFinding]:
    """R30: 维持 + 纠正 + 其他 + 尚未审结 = 总计, in each group."""
    for group in REMEDY_GROUPS:
        if not set(REMEDY_CELLS) <= set(report.remedies.get(group.code, {})):
            continue
        stated = remedy_cell(report, group.code, "total")
        computed = sum(
            remedy_cell(report, group.code, result.code) for result in REMEDY_RESULTS
        )
        if stated != computed:
            yield error(
                "R30",
                f"remedies.{group.code}.total",
                stated,
                computed,
                f"“{group.label}”总计印为{stated}，各种结果相加为{computed}。",
            )


def pending_comes_back(report: Report, previous: Report) -> Iterator[ReportFinding]:
    """R31: a group's total covers what was pending a year before."""
    for group in REMEDY_GROUPS:
        total = remedy_cell(report, group.code, "total")
        pending = remedy_cell(previous, group.code, "pending")
        if group.code in report.remedies and total < pending:
            yield warning(
                "R31",
                f"remedies.{group.code}.total",
                total,
                pending,
                f"“{group.label}”总计{total}件，少于上年度尚未审结的{pending}件。",
            )


CHECKS = (results_add_up,)
SINCE_LAST_YEAR = (pending_comes_back,)
