"""R06 and R07: every cell holds a bare number, and counts are whole."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence, Set
from decimal import Decimal

from workflow.reports.findings import ReportFinding, braced, error, warning
from workflow.reports.form import COLUMNS, REMEDY_CELLS
from workflow.reports.report import Cell, Report

AMOUNTS = ("processing_fee.amount_notified", "processing_fee.amount_received")
DECIMAL_CELLS = ("active.fees_wan", *AMOUNTS)


def no_cell_is_blank(report: Report) -> Iterator[ReportFinding]:
    """R06: no cell is blank; blanks of one pattern are one finding."""
    printed = {**report.active.figures, **report.active.old_figures}
    remarked = {_inside_active(remark.cell) for remark in report.active.annotations}
    filled = {f"active.{cell}" for cell in remarked} | {t.cell for t in report.texts}
    blanks = [
        cell
        for cell, value in printed.items()
        if value is None and f"active.{cell}" not in filled
    ]
    if blanks:
        yield _blank(f"active.{braced(blanks)}", len(blanks))
    rows = _without("requests", _rows_by_column(report), filled)
    yield from _blanks_of("requests", rows, COLUMNS)
    groups = _without("remedies", report.remedies, filled)
    yield from _blanks_of("remedies", groups, REMEDY_CELLS)


def _without(
    table: str, rows: Mapping[str, Mapping[str, Cell]], filled: Set[str]
) -> Mapping[str, Mapping[str, Cell]]:
    return {
        row: {
            name: value
            for name, value in cells.items()
            if f"{table}.{row}.{name}" not in filled
        }
        for row, cells in rows.items()
    }


def no_cell_holds_a_remark(report: Report) -> Iterator[ReportFinding]:
    """R06: remarks stand in a note under the table, not in the cell."""
    for remark in report.active.annotations:
        yield warning(
            "R06",
            f"active.{_inside_active(remark.cell)}",
            remark.text,
            None,
            f"数字格内印有文字“{remark.text}”，应只印数字，说明移到表下。",
        )
    for text in report.texts:
        yield warning(
            "R06",
            text.cell,
            text.text,
            None,
            f"数字格内印的是“{text.text}”，应只印数字，没有数量的填0。",
        )


def _inside_active(cell: str) -> str:
    return cell.removeprefix("active.")


def _blank(cell: str, count: int) -> ReportFinding:
    return warning("R06", cell, None, 0, f"有{count}个单元格空白，没有数量的应填0。")


def _rows_by_column(report: Report) -> Mapping[str, Mapping[str, Cell]]:
    return {
        row: dict(zip(COLUMNS, cells, strict=False))
        for row, cells in report.requests.items()
    }


def _blanks_of(
    table: str, rows: Mapping[str, Mapping[str, Cell]], columns: Sequence[str]
) -> Iterator[ReportFinding]:
    patterns: dict[tuple[str, ...], list[str]] = {}
    for row, cells in rows.items():
        blanks = tuple(column for column, value in cells.items() if value is None)
        if blanks:
            patterns.setdefault(blanks, []).append(row)
    for blanks, alike in patterns.items():
        place = f"{braced(alike, tuple(rows))}.{braced(blanks, columns)}"
        yield _blank(f"{table}.{place}", len(alike) * len(blanks))


def counts_are_whole(report: Report) -> Iterator[ReportFinding]:
    """R07: counts are whole and not negative; only amounts may be decimal."""
    for cell, value in _all_cells(report):
        if value is None:
            continue
        if value < 0:
            yield error("R07", cell, value, None, f"“{cell}”为{value}，不能是负数。")
        elif isinstance(value, Decimal) and cell not in DECIMAL_CELLS:
            yield error("R07", cell, value, None, f"“{cell}”为{value}，件数应为整数。")


def _all_cells(report: Report) -> Iterator[tuple[str, Cell]]:
    for name, value in report.active.figures.items():
        yield f"active.{name}", value
    for row, columns in _rows_by_column(report).items():
        for column, value in columns.items():
            yield f"requests.{row}.{column}", value
    for group, cells in report.remedies.items():
        for name, value in cells.items():
            yield f"remedies.{group}.{name}", value
    yield "processing_fee.notices", report.fee.notices
    yield "processing_fee.paid_count", report.fee.paid_count
    for organ in report.fee.by_organ:
        yield f"processing_fee.by_organ[{organ.organ}].count", organ.count
    yield AMOUNTS[0], report.fee.amount_notified
    yield AMOUNTS[1], report.fee.amount_received


CHECKS = (no_cell_is_blank, no_cell_holds_a_remark, counts_are_whole)
