"""What differs much from last year, and therefore needs a word of explanation; pure."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from workflow.reports.comparison import figures
from workflow.reports.form import (
    ACTIVE_LABELS,
    COLUMN_LABELS,
    REMEDY_CELL_LINES,
    REMEDY_LABELS,
    ROW_LABELS,
)
from workflow.reports.report import Cell, Number, Report

LEAST = 10
SHARE = 50
WORDS = {
    "published": "主动公开信息",
    "processing_fee.notices": "信息处理费收费通知件数",
    "processing_fee.amount_notified": "信息处理费通知收取总金额（元）",
    "processing_fee.amount_received": "信息处理费实际收取总金额（元）",
    "processing_fee.paid_count": "信息处理费已缴件数",
}
REMEDY_WORDS = {line.code: line.label for line in REMEDY_CELL_LINES}


@dataclass(frozen=True, slots=True)
class Change:
    """One figure of two years.

    Args:
        cell: its name; ``words``: the same for people.
        is_big: by 10 at least, and by half of last year's at least.
    """

    cell: str
    words: str
    before: Number
    now: Number

    @property
    def by(self) -> Decimal:
        """How much more there is now."""
        return Decimal(self.now) - Decimal(self.before)

    @property
    def is_big(self) -> bool:
        """Whether it needs a word of explanation."""
        least = Decimal(self.before) * SHARE / 100
        return abs(self.by) >= LEAST and abs(self.by) >= least


def changes(report: Report, previous: Report) -> tuple[Change, ...]:
    """Every figure of the three tables that is not last year's; totals, not columns."""
    now, before = figures(report), figures(previous)
    found = (_change(cell, before.get(cell), now[cell]) for cell in now if _told(cell))
    published = _published(report, previous)
    return tuple(one for one in (*published, *found) if one is not None and one.by)


def _change(cell: str, before: Cell, now: Cell) -> Change | None:
    if before is None or now is None:
        return None
    return Change(cell, words_of(cell), before, now)


def _published(report: Report, previous: Report) -> Iterator[Change | None]:
    totals = [one.published[0].total for one in (previous, report) if one.published]
    if len(totals) == 2:
        yield _change("published", totals[0], totals[1])


def _told(cell: str) -> bool:
    part, _, rest = cell.partition(".")
    if part == "requests":
        return rest.endswith(".total")
    return part in ("active", "remedies")


def words_of(cell: str) -> str:
    """The name of a cell for people."""
    part, _, rest = cell.partition(".")
    row, _, column = rest.partition(".")
    if part == "active":
        return ACTIVE_LABELS.get(rest, rest)
    if part == "requests":
        of = f"（{COLUMN_LABELS[column]}）" if column in COLUMN_LABELS else ""
        return f"{ROW_LABELS.get(row, row)}{of}"
    if part == "remedies":
        return f"{REMEDY_LABELS.get(row, row)}{REMEDY_WORDS.get(column, column)}"
    return WORDS.get(cell, cell)
