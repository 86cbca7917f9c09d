"""Weekly rounds over the boards: which week a day belongs to, what a record needs.

A round is the week from Monday to Sunday in which it lies, named by that Monday.  It
opens on the week's first working day and is due at the end of its last one, swap days
(调休) counted.  A week without any working day (春节) has no round: a slot that nobody
is on duty to fill would be recorded as missed, and that would be a false record.

Not asked of anybody: a check-in, a place by satellite, a photo where nothing is wrong
(《关于防治“指尖上的形式主义”的若干意见》: no 打卡, no 轨迹, no forced photos).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from enum import StrEnum

from models.inspections import CheckState, CheckWay, FaultKind
from workflow.calendar import (
    ONE_DAY,
    WorkingCalendar,
    days_after,
    end_of_town_day,
    town_day,
    town_moment,
)
from workflow.errors import InvalidInput
from workflow.inspections.photos import (
    photo_digest,
    without_metadata,
)

WEEKLY = "weekly"
ONE_WEEK = timedelta(weeks=1)
THURSDAY = 3 * ONE_DAY
NOTE_MAX = 2000


@dataclass(frozen=True, slots=True)
class Round:
    """One week's checks.

    Args:
        period: the Monday that names it.
        opens_on: the week's first working day.
        last_day: the week's last working day; the round is due at its end.
        provisional: whether a day of the week lies beyond the announced holidays.
    """

    period: date
    opens_on: date
    last_day: date
    provisional: bool = False

    @property
    def opens_at(self) -> datetime:
        """The first moment of the opening day, in UTC."""
        return town_moment(self.opens_on, time(0))

    @property
    def due_at(self) -> datetime:
        """The last moment that is in time, in UTC."""
        return end_of_town_day(self.last_day)


@dataclass(frozen=True, slots=True)
class NewFault:
    """A fault as the inspector enters it.

    Args:
        photo: the bytes of a JPEG or PNG, at most 8 MB; never demanded.
        put_right_by: the day by which the unit is to put it right; by default what the
            agency set for this kind.
        item: code of the catalogue's item whose sheet is wrong or missing, if one is.
        told: who of the unit was told on the spot, so that it counts as notified.
    """

    kind: FaultKind
    note: str = ""
    photo: bytes | None = None
    put_right_by: date | None = None
    item: str = ""
    told: str = ""

    def as_values(self) -> dict[str, object]:
        """What was entered, plainly, with the photo by its digest."""
        return {
            "kind": self.kind.value,
            "note": self.note,
            "photo": photo_digest(self.photo) if self.photo else "",
            "put_right_by": self.put_right_by,
            "item": self.item,
            "told": self.told,
        }


@dataclass(frozen=True, slots=True)
class Visit:
    """One look at one board, as the inspector enters it.

    Args:
        all_well: “全部正常”; exactly then there is no fault.
        looked_at: when the board was looked at, aware; part of the form, so that the
            same form sent twice says the same.
        sheets: keys of the sheets that were ticked as hanging; “全部正常” says that all
            that should hang do.
    """

    way: CheckWay
    all_well: bool
    looked_at: datetime
    faults: Sequence[NewFault] = ()
    note: str = ""
    sheets: Sequence[str] = ()

    def as_values(self) -> dict[str, object]:
        """What was entered, plainly: the contents of the operation."""
        return {
            "way": self.way.value,
            "all_well": self.all_well,
            "looked_at": self.looked_at,
            "faults": [fault.as_values() for fault in self.faults],
            "note": self.note,
            "sheets": list(self.sheets),
        }


class CellState(StrEnum):
    """One cell of the grid of units and weeks."""

    DONE = "done"
    FAULT = "fault"
    MISSED = "missed"
    OPEN = "open"
    NONE = "none"


def period_of(day: date) -> date:
    """The Monday of the week in which a day lies."""
    return day - day.weekday() * ONE_DAY


def periods_of(year: int) -> tuple[date, ...]:
    """The Mondays of a year's weeks; a week belongs where its Thursday lies.

    So each week is in one year only, as in GB/T 7408 (ISO 8601).
    """
    first = period_of(date(year, 1, 4))
    mondays = (first + number * ONE_WEEK for number in range(53))
    return tuple(monday for monday in mondays if (monday + THURSDAY).year == year)


def round_of(period: date, calendar: WorkingCalendar) -> Round | None:
    """The round of a week, or ``None`` when the office works on no day of it."""
    week = list(days_after(period - ONE_DAY, period + ONE_WEEK - ONE_DAY))
    working = [day for day in week if calendar.is_working_day(day)]
    if not working:
        return None
    unsure = any(calendar.says_provisional(day) for day in week)
    return Round(period, working[0], working[-1], unsure)


def rounds_opened(first: date, on: date, calendar: WorkingCalendar) -> Iterator[Round]:
    """Every round from the week of ``first`` that has opened by the day ``on``."""
    period = period_of(first)
    while period <= on:
        round_ = round_of(period, calendar)
        if round_ is not None and round_.opens_on <= on:
            yield round_
        period += ONE_WEEK


def cell_state(state: CheckState, *, has_fault: bool) -> CellState:
    """What the grid shows for a check."""
    if state is CheckState.DONE:
        return CellState.FAULT if has_fault else CellState.DONE
    return CellState.MISSED if state is CheckState.MISSED else CellState.OPEN


def refuse_bad_visit(visit: Visit, opens_at: datetime, at: datetime) -> None:
    """Refuse a record that contradicts itself, naming every field at once.

    Args:
        opens_at: when the round opened; an earlier look belongs to an earlier round.
        at: the moment of logging.

    Raises:
        InvalidInput: with the sentences beside each field.
    """
    faults: dict[str, list[str]] = {
        "all_well": _contradiction(visit),
        "looked_at": _bad_moment(visit.looked_at, opens_at, at),
        "note": _too_long(visit.note),
    }
    for fault in visit.faults:
        for name, lines in _bad_fault(fault, visit.looked_at).items():
            faults.setdefault(name, []).extend(lines)
    _refuse(faults)


def refuse_bad_fault(fault: NewFault, seen_at: datetime) -> None:
    """Refuse a single fault that cannot be taken as it is.

    Raises:
        InvalidInput: with the sentences beside each field.
    """
    _refuse(_bad_fault(fault, seen_at))


def _refuse(faults: Mapping[str, list[str]]) -> None:
    found = {name: lines for name, lines in faults.items() if lines}
    if found:
        raise InvalidInput(found)


def _bad_fault(fault: NewFault, seen_at: datetime) -> dict[str, list[str]]:
    until = fault.put_right_by
    too_early = until is not None and until < town_day(seen_at)
    return {
        "faults": _too_long(fault.note),
        "photo": _bad_photo(fault.photo),
        "put_right_by": ["整改期限早于查看当天。"] if too_early else [],
    }


def _contradiction(visit: Visit) -> list[str]:
    if visit.all_well and visit.faults:
        return ["选了“全部正常”，又记了问题，请改其中一项。"]
    if not visit.all_well and not visit.faults:
        return ["请点选发现的问题；没有问题请点“全部正常”。"]
    return []


def _bad_moment(looked_at: datetime, opens_at: datetime, at: datetime) -> list[str]:
    if looked_at.tzinfo is None:
        raise ValueError("Visit.looked_at must be aware (UTC)")
    if looked_at > at:
        return ["查看时间晚于现在，请改正。"]
    if looked_at < opens_at:
        return ["查看时间早于本轮开始，不能记入本轮。"]
    return []


def _too_long(note: str) -> list[str]:
    return [f"说明超过{NOTE_MAX}字，请精简。"] if len(note) > NOTE_MAX else []


def _bad_photo(photo: bytes | None) -> list[str]:
    if photo is None:
        return []
    try:
        without_metadata(photo)
    except InvalidInput as bad:
        return bad.fields["photo"]
    return []
