"""Looking up and adding the printed figures of a report; a blank counts as 0."""

from __future__ import annotations

from collections.abc import Iterable

from workflow.reports.form import (
    COLUMNS,
    OLD_OTHER_ROW,
    ORGANISATIONS,
    OTHER_ROWS,
    OUTCOME_GROUPS,
    OUTCOMES,
    REQUEST_ROWS,
)
from workflow.reports.report import Cell, Number, Report

IN_HAND = ("new", "carried_in")
FIRST_FORMAT_YEAR = 2021


def added(cells: Iterable[Cell]) -> Number:
    """The sum of the cells."""
    return sum((cell or 0 for cell in cells), start=0)


def has_row(report: Report, row: str) -> bool:
    """Whether section 三 prints this row with its seven cells."""
    return len(report.requests.get(row, ())) == len(COLUMNS)


def has_rows(report: Report, rows: Iterable[str]) -> bool:
    """Whether section 三 prints all these rows."""
    return all(has_row(report, row) for row in rows)


def request_cell(report: Report, row: str, column: str) -> Number:
    """One figure of section 三; 0 if blank or not printed."""
    if not has_row(report, row):
        return 0
    return report.requests[row][COLUMNS.index(column)] or 0


def request_sum(report: Report, rows: Iterable[str], column: str) -> Number:
    """Several rows of one column; ``organisations`` is its five columns."""
    columns = ORGANISATIONS if column == "organisations" else (column,)
    return added(request_cell(report, row, name) for row in rows for name in columns)


def prints_one_other_row(report: Report) -> bool:
    """Whether （六）其他处理 is one row, as in the 2019 layout."""
    return OLD_OTHER_ROW in report.requests and not any(
        row in report.requests for row in OTHER_ROWS
    )


def outcome_rows(report: Report) -> tuple[str, ...]:
    """The outcome rows this report should print, in order."""
    if prints_one_other_row(report):
        return (*OUTCOMES[: -len(OTHER_ROWS)], OLD_OTHER_ROW)
    return OUTCOMES


def rows_of_measure(report: Report, measure: str) -> tuple[str, ...]:
    """The rows that a prose measure adds up; empty if the name is unknown."""
    if measure == OLD_OTHER_ROW and prints_one_other_row(report):
        return (OLD_OTHER_ROW,)
    groups = {group.code: group.rows for group in OUTCOME_GROUPS}
    if measure in groups:
        return tuple(row.code for row in groups[measure])
    named = {"in_hand": IN_HAND, "granted_or_partial": ("granted", "partial")}
    return named.get(measure, (measure,) if measure in REQUEST_ROWS else ())


def remedy_cell(report: Report, group: str, cell: str) -> Number:
    """One figure of section 四; 0 if blank or not printed."""
    return report.remedies.get(group, {}).get(cell) or 0


def is_old_layout(report: Report) -> bool:
    """Whether the report is in the layout of 国办公开办函〔2019〕60号."""
    return report.layout == "2019" or bool(report.active.old_figures)
