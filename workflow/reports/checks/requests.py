"""R20 to R24: the cross-footing (勾稽关系) of section 三."""

from __future__ import annotations

from collections.abc import Iterator

from workflow.reports.figures import (
    IN_HAND,
    has_row,
    has_rows,
    outcome_rows,
    request_cell,
    request_sum,
)
from workflow.reports.findings import ReportFinding, braced, error
from workflow.reports.form import APPLICANTS, COLUMN_LABELS, COLUMNS, ROW_LABELS
from workflow.reports.report import Number, Report

ANSWERED = ("total", "carried_out")


def intake_equals_outcome(report: Report) -> Iterator[ReportFinding]:
    """R20: 第一项 + 第二项 = 第三项 + 第四项, column by column."""
    if not has_rows(report, (*IN_HAND, *ANSWERED)):
        return
    for column in COLUMNS:
        taken = request_sum(report, IN_HAND, column)
        answered = request_sum(report, ANSWERED, column)
        if taken != answered:
            yield error(
                "R20",
                f"requests.*.{column}",
                answered,
                taken,
                f"“{COLUMN_LABELS[column]}”列：新收加上年结转为{taken}，"
                f"办理总计加结转下年为{answered}，两者应相等。",
            )


def total_row_adds_up(report: Report) -> Iterator[ReportFinding]:
    """R21: （七）总计 = the sum of the outcome rows, column by column."""
    if not has_row(report, "total"):
        return
    rows = outcome_rows(report)
    is_whole = has_rows(report, rows)
    for column in COLUMNS:
        stated = request_cell(report, "total", column)
        computed = request_sum(report, rows, column)
        # A row that R04 already misses may hold what the sum lacks.
        if stated < computed or (stated > computed and is_whole):
            yield error(
                "R21",
                f"requests.total.{column}",
                stated,
                computed,
                f"“{COLUMN_LABELS[column]}”列（七）总计印为{stated}，"
                f"各项办理结果相加为{computed}。",
            )


def total_column_adds_up(report: Report) -> Iterator[ReportFinding]:
    """R22: 总计 = the sum of the six kinds of applicant, row by row."""
    for row, label in ROW_LABELS.items():
        if not has_row(report, row):
            continue
        stated = request_cell(report, row, "total")
        computed = sum(request_cell(report, row, kind) for kind in APPLICANTS)
        if stated != computed:
            yield error(
                "R22",
                f"requests.{row}.total",
                stated,
                computed,
                f"“{label}”行总计印为{stated}，各类申请人相加为{computed}。",
            )


def nothing_from_nothing(report: Report) -> Iterator[ReportFinding]:
    """R23: no results without requests; no more carried out than in hand."""
    if not has_rows(report, IN_HAND):
        return
    for column in COLUMNS:
        in_hand = request_sum(report, IN_HAND, column)
        carried_out = request_cell(report, "carried_out", column)
        if in_hand == 0:
            yield from _results_without_requests(report, column)
        elif carried_out > in_hand:
            yield _too_many_carried_out(column, carried_out, in_hand)


def _results_without_requests(report: Report, column: str) -> Iterator[ReportFinding]:
    rows = [row for row in ROW_LABELS if request_cell(report, row, column) != 0]
    if rows:
        stated = request_cell(report, rows[0], column)
        yield error(
            "R23",
            f"requests.{braced(rows)}.{column}",
            stated if len(rows) == 1 else None,
            0,
            f"“{COLUMN_LABELS[column]}”列没有新收和结转的申请，"
            f"“{ROW_LABELS[rows[0]]}”等行却不为0。",
        )


def _too_many_carried_out(
    column: str, carried_out: Number, in_hand: Number
) -> ReportFinding:
    return error(
        "R23",
        f"requests.carried_out.{column}",
        carried_out,
        in_hand,
        f"“{COLUMN_LABELS[column]}”列结转下年{carried_out}件，"
        f"多于新收加上年结转的{in_hand}件。",
    )


def carried_over_whole(report: Report, previous: Report) -> Iterator[ReportFinding]:
    """R24: 上年结转 = last year's 结转下年度, column by column."""
    if not has_row(report, "carried_in") or not has_row(previous, "carried_out"):
        return
    for column in COLUMNS:
        stated = request_cell(report, "carried_in", column)
        before = request_cell(previous, "carried_out", column)
        if stated != before:
            yield error(
                "R24",
                f"requests.carried_in.{column}",
                stated,
                before,
                f"“{COLUMN_LABELS[column]}”列上年结转印为{stated}，"
                f"上年度报告结转下年为{before}。",
            )


CHECKS = (
    intake_equals_outcome,
    total_row_adds_up,
    total_column_adds_up,
    nothing_from_nothing,
)
SINCE_LAST_YEAR = (carried_over_whole,)
