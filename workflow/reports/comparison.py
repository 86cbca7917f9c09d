"""Two reports side by side, figure by figure."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import zip_longest

from workflow.reports.form import COLUMNS
from workflow.reports.report import Cell, Claim, ProcessingFee, Published, Report


@dataclass(frozen=True, slots=True)
class Difference:
    """One figure that two reports do not share.

    Args:
        cell: the place, as ``requests.granted.natural``.
        stated: what the published report prints.
        computed: what the report made from the records says.
    """

    cell: str
    stated: Cell
    computed: Cell


def compare(report: Report, published: Report) -> tuple[Difference, ...]:
    """Every figure in which a report differs from the published one.

    A blank, or a figure the report does not have, is not the same as 0.
    """
    made, printed = figures(report), figures(published)
    cells = dict.fromkeys((*printed, *made))
    return tuple(
        Difference(cell, printed.get(cell), made.get(cell))
        for cell in cells
        if printed.get(cell) != made.get(cell)
    )


def figures(report: Report) -> dict[str, Cell]:
    """Every figure of a report under the name of its cell, tables first."""
    return {
        "year": report.year,
        **{f"active.{name}": cell for name, cell in report.active.figures.items()},
        **dict(_of_requests(report)),
        **dict(_of_remedies(report)),
        **dict(_of_fee(report.fee)),
        **dict(_of_published(report.published)),
        **dict(_of_claims(report.claims)),
    }


def _of_requests(report: Report) -> Iterator[tuple[str, Cell]]:
    for row, cells in report.requests.items():
        for index, (column, cell) in enumerate(zip_longest(COLUMNS, cells)):
            yield f"requests.{row}.{column or index}", cell


def _of_remedies(report: Report) -> Iterator[tuple[str, Cell]]:
    for group, cells in report.remedies.items():
        for name, cell in cells.items():
            yield f"remedies.{group}.{name}", cell


def _of_fee(fee: ProcessingFee) -> Iterator[tuple[str, Cell]]:
    yield "processing_fee.stated", int(fee.stated)
    yield "processing_fee.notices", fee.notices
    yield "processing_fee.amount_notified", fee.amount_notified
    yield "processing_fee.amount_received", fee.amount_received
    yield "processing_fee.paid_count", fee.paid_count
    for line in fee.by_organ:
        yield f"processing_fee.by_organ[{line.organ}].count", line.count
        yield f"processing_fee.by_organ[{line.organ}].amount", line.amount


def _of_published(totals: tuple[Published, ...]) -> Iterator[tuple[str, Cell]]:
    for item in totals:
        place = f"prose.published[{item.scope}]"
        yield f"{place}.total", item.total
        for name, part in item.by_column.items():
            yield f"{place}.by_column.{name}", part


def _of_claims(claims: tuple[Claim, ...]) -> Iterator[tuple[str, Cell]]:
    for claim in claims:
        percent = claim.percent
        value = claim.value if percent is None else percent.stated
        yield f"prose.claims[{claim.name}]", value
