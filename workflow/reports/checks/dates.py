"""R60 to R63: when the report was published and which year it covers."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from workflow.reports.findings import ReportFinding, error, warning
from workflow.reports.report import Report


def published_in_time(report: Report) -> Iterator[ReportFinding]:
    """R60, R61: by 31 January; an aggregate report by 31 March (条例 art. 49)."""
    if report.published_on is None:
        return
    is_aggregate = report.organ.scope == "aggregate"
    rule, month = ("R61", 3) if is_aggregate else ("R60", 1)
    last = date(report.year + 1, month, 31)
    if report.published_on > last:
        yield warning(
            rule,
            "published_on",
            report.published_on.isoformat(),
            last.isoformat(),
            f"报告于{report.published_on}公布，晚于规定的{last}。",
        )


def published_after_the_year(report: Report) -> Iterator[ReportFinding]:
    """R62: not before the year it reports has ended."""
    first = date(report.year + 1, 1, 1)
    if report.published_on is not None and report.published_on < first:
        yield error(
            "R62",
            "published_on",
            report.published_on.isoformat(),
            first.isoformat(),
            f"报告于{report.published_on}公布，当时{report.year}年还没有结束。",
        )


def period_is_the_year(report: Report) -> Iterator[ReportFinding]:
    """R63: the period is 1 January to 31 December of the report year."""
    whole = (date(report.year, 1, 1), date(report.year, 12, 31))
    if report.period is not None and report.period != whole:
        stated, computed = _span(report.period), _span(whole)
        yield error(
            "R63", "period", stated, computed, f"统计期限为{stated}，应为{computed}。"
        )


def _span(period: tuple[date, date]) -> str:
    return f"{period[0]}至{period[1]}"


CHECKS = (published_in_time, published_after_the_year, period_is_the_year)
