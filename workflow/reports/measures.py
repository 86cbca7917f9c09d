"""What a prose claim measures, computed from the tables."""

from __future__ import annotations

from dataclasses import dataclass

from workflow.reports.figures import (
    added,
    has_rows,
    request_sum,
    rows_of_measure,
)
from workflow.reports.form import (
    APPLICANTS,
    COLUMNS,
    REMEDY_CELLS,
    REMEDY_GROUPS,
    REMEDY_RESULTS,
)
from workflow.reports.report import Number, Report

INTAKE = {"new", "carried_in", "total", "carried_out", "in_hand"}
RESULTS = tuple(line.code for line in REMEDY_RESULTS)
SUITS = ("suit_direct", "suit_after_review")


@dataclass(frozen=True, slots=True)
class Measure:
    """A figure of the tables and the rule that binds the prose to it.

    ``added_up`` is the same figure added up from its parts: where it differs from
    the printed total, R22 or R30 already names the total.
    """

    rule: str
    value: Number
    added_up: Number


def measured(report: Report, name: str) -> Measure | None:
    """What the tables say for a claim such as ``requests.denied``.

    ``None`` if the name is unknown or a row it needs is not printed.
    """
    table, _, rest = name.partition(".")
    if table == "requests":
        return _of_requests(report, rest)
    if table == "remedies":
        return _of_remedies(report, rest)
    stated = report.active.figures.get(rest) if table == "active" else None
    return None if stated is None else Measure("R44", stated, stated)


def _of_requests(report: Report, rest: str) -> Measure | None:
    measure, _, column = rest.partition(".")
    rows = rows_of_measure(report, measure)
    if not rows or not has_rows(report, rows):
        return None
    if column and column not in (*COLUMNS, "organisations"):
        return None
    value = request_sum(report, rows, column or "total")
    if column not in ("", "total"):
        return Measure("R42", value, value)
    added_up = added(request_sum(report, rows, kind) for kind in APPLICANTS)
    return Measure("R40" if measure in INTAKE else "R41", value, added_up)


def _of_remedies(report: Report, rest: str) -> Measure | None:
    name, _, cell = rest.partition(".")
    every = tuple(group.code for group in REMEDY_GROUPS)
    named = {"suits": SUITS, "all": every, **{code: (code,) for code in every}}
    groups = [report.remedies.get(code, {}) for code in named.get(name, ())]
    wanted = cell or "total"
    if not groups or wanted not in REMEDY_CELLS:
        return None
    if any(wanted not in group for group in groups):
        return None
    parts = RESULTS if wanted == "total" else (wanted,)
    return Measure(
        "R32",
        added(group[wanted] for group in groups),
        added(group.get(part) for group in groups for part in parts),
    )
