"""The rounds of a year in numbers, month by month, each with the records behind it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, time, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from models.inspections import Check, CheckState, Fault, FaultKind
from workflow.calendar import town_day, town_moment
from workflow.inspections.bulletin_records import Record, records
from workflow.operations import HasId

MONTHS = range(1, 13)
ByMonth = Mapping[int, Sequence[int]]


@dataclass(frozen=True, slots=True)
class YearFigures:
    """Ids of records by month, 1 to 12.

    Args:
        done: checks that were due in the month and done.
        missed: checks that were due in the month and missed.
        found: faults by kind and by the month in which they were found.
        due: faults that were to be put right in the month.
        in_time: those of ``due`` that were seen put right by their day.
    """

    done: ByMonth
    missed: ByMonth
    found: Mapping[FaultKind, ByMonth]
    due: ByMonth
    in_time: ByMonth

    def named(self, name: str) -> ByMonth | None:
        """One row of numbers by its name: ``done``, ``due``, or a kind of fault."""
        rows: dict[str, ByMonth] = {
            "done": self.done,
            "missed": self.missed,
            "due": self.due,
            "in_time": self.in_time,
        }
        rows.update({kind.value: row for kind, row in self.found.items()})
        return rows.get(name)


def of_year(session: Session, agency_id: int, year: int, on: date) -> YearFigures:
    """The numbers of a year as far as it has gone.

    Args:
        on: today; what is due later is not counted yet.
    """
    checks = _checks(session, agency_id, year)
    found, due = _found(session, agency_id, year), _due(session, agency_id, year, on)
    by_kind: dict[FaultKind, list[Fault]] = defaultdict(list)
    for fault in found:
        by_kind[fault.kind].append(fault)
    return YearFigures(
        _by_month((c for c in checks if c.state is CheckState.DONE), _check_day),
        _by_month((c for c in checks if c.state is CheckState.MISSED), _check_day),
        {kind: _by_month(by_kind[kind], _found_day) for kind in FaultKind},
        _by_month(due, _due_day),
        _by_month((f for f in due if _is_in_time(f)), _due_day),
    )


def behind(
    session: Session, agency_id: int, name: str, ids: Sequence[int]
) -> list[Record]:
    """The records behind a number of a row of :meth:`YearFigures.named`."""
    kind = "check" if name in ("done", "missed") else "fault"
    return records(session, agency_id, kind, ids)


def _checks(session: Session, agency_id: int, year: int) -> list[Check]:
    first = town_moment(date(year, 1, 1), time(0))
    last = town_moment(date(year + 1, 1, 1), time(0))
    query = (
        select(Check)
        .where(Check.agency_id == agency_id, Check.due_at >= first, Check.due_at < last)
        .order_by(Check.due_at, Check.id)
    )
    return list(session.scalars(query))


def _found(session: Session, agency_id: int, year: int) -> list[Fault]:
    first = town_moment(date(year, 1, 1), time(0))
    last = town_moment(date(year + 1, 1, 1), time(0))
    query = (
        select(Fault)
        .where(
            Fault.agency_id == agency_id,
            Fault.found_at >= first,
            Fault.found_at < last,
        )
        .order_by(Fault.found_at, Fault.id)
    )
    return list(session.scalars(query))


def _due(session: Session, agency_id: int, year: int, on: date) -> list[Fault]:
    last = min(date(year, 12, 31), on - timedelta(days=1))
    query = (
        select(Fault)
        .where(
            Fault.agency_id == agency_id,
            Fault.put_right_by >= date(year, 1, 1),
            Fault.put_right_by <= last,
        )
        .order_by(Fault.put_right_by, Fault.id)
    )
    return list(session.scalars(query))


def _check_day(check: Check) -> date:
    return town_day(check.due_at)


def _found_day(fault: Fault) -> date:
    return town_day(fault.found_at)


def _due_day(fault: Fault) -> date:
    return fault.put_right_by or date.max


def _is_in_time(fault: Fault) -> bool:
    return fault.fixed_at is not None and town_day(fault.fixed_at) <= _due_day(fault)


def _by_month(rows: Iterable[HasId], day: Callable[..., date]) -> ByMonth:
    found: dict[int, list[int]] = {month: [] for month in MONTHS}
    for row in rows:
        found[day(row).month].append(row.id)
    return found
