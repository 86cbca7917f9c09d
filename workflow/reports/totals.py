"""Totals of a report that is being made: always computed, never typed."""

from __future__ import annotations

from collections.abc import Mapping

from workflow.reports.form import (
    APPLICANTS,
    OUTCOMES,
    REMEDY_RESULTS,
    REQUEST_ROWS,
)

TABLE_ROWS = tuple(row for row in REQUEST_ROWS if row != "total")


def requests_table(
    counts: Mapping[tuple[str, str], int],
) -> dict[str, tuple[int, ...]]:
    """Section 三 from counts of requests: 25 rows, with both totals (R21, R22).

    Args:
        counts: (row code, applicant code) to a number of requests; what is not
            named is 0.

    Raises:
        ValueError: a pair that is no cell of the form, or a total.
    """
    for row, applicant in counts:
        if row not in TABLE_ROWS or applicant not in APPLICANTS:
            raise ValueError(f"no cell to be counted: {row}.{applicant}")
    six = {
        row: [counts.get((row, applicant), 0) for applicant in APPLICANTS]
        for row in TABLE_ROWS
    }
    six["total"] = [
        sum(column) for column in zip(*(six[row] for row in OUTCOMES), strict=True)
    ]
    return {row: row_with_total(six[row]) for row in REQUEST_ROWS}


def row_with_total(cells: list[int]) -> tuple[int, ...]:
    """The six applicants' cells of a row and their sum (R22)."""
    return (*cells, sum(cells))


def remedy_with_total(counts: Mapping[str, int]) -> dict[str, int]:
    """One group of section 四 from its results, with the total (R30).

    Raises:
        ValueError: a result that the form does not know, or the total.
    """
    results = [result.code for result in REMEDY_RESULTS]
    unknown = set(counts).difference(results)
    if unknown:
        raise ValueError(f"no result of a review or suit: {sorted(unknown)}")
    cells = {result: counts.get(result, 0) for result in results}
    return {**cells, "total": sum(cells.values())}
