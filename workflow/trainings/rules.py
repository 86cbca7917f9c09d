"""Quarterly training: which quarter a day lies in, which went by without one; pure.

At least one training each quarter; a quarter without one is itself a finding
(inspections.md sections 1 and 11.6).
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from workflow.errors import InvalidInput

TOPIC_MAX, PLACE_MAX, NOTE_MAX, NAME_MAX = 200, 120, 2000, 80
MOST_ATTENDEES = 300


@dataclass(frozen=True, slots=True, order=True)
class Quarter:
    """A quarter of a calendar year; ``number`` from 1 to 4."""

    year: int
    number: int

    @property
    def words(self) -> str:
        """As the office says it: ``2024年第一季度``."""
        return f"{self.year}年第{'一二三四'[self.number - 1]}季度"

    @property
    def first_day(self) -> date:
        """Its first day."""
        return date(self.year, 3 * self.number - 2, 1)

    def next(self) -> Quarter:
        """The quarter after it."""
        if self.number == 4:
            return Quarter(self.year + 1, 1)
        return Quarter(self.year, self.number + 1)


@dataclass(frozen=True, slots=True)
class NewTraining:
    """A training as it is planned."""

    topic: str
    planned_on: date
    place: str = ""
    trainer: str = ""


@dataclass(frozen=True, slots=True)
class Attendee:
    """Somebody who came; people of the villages have no account."""

    name: str
    unit: str = ""
    person_id: int | None = None


@dataclass(frozen=True, slots=True)
class Held:
    """What became of a training.

    Args:
        material: name and bytes of what was handed out, if it is kept.
    """

    on: date
    attendees: Sequence[Attendee]
    note: str = ""
    material: tuple[str, bytes] | None = None


def quarter_of(day: date) -> Quarter:
    """The quarter in which a day lies."""
    return Quarter(day.year, (day.month + 2) // 3)


def without_training(
    since: date, on: date, held: Collection[Quarter]
) -> Iterator[Quarter]:
    """The whole quarters that ended before a day and had no training.

    Args:
        since: from when trainings are owed; a quarter that had begun by then is not
            counted.
        held: quarters in which a training was held.
    """
    quarter = quarter_of(since)
    if quarter.first_day < since:
        quarter = quarter.next()
    while quarter.next().first_day <= on:
        if quarter not in held:
            yield quarter
        quarter = quarter.next()


def read_attendees(text: str) -> tuple[Attendee, ...]:
    """Names as they are typed: one a line, with the unit behind a space or comma.

    Raises:
        InvalidInput: nobody, somebody twice, a name too long, or too many.
    """
    found = [_attendee(line) for line in text.splitlines() if line.strip()]
    names = [one.name for one in found]
    if not found or len(found) > MOST_ATTENDEES:
        lines = [f"请写明参加人员，一行一人，不超过{MOST_ATTENDEES}人。"]
        raise InvalidInput({"attendees": lines})
    twice = sorted({name for name in names if names.count(name) > 1})
    if twice:
        raise InvalidInput({"attendees": [f"{'、'.join(twice)}写了两次。"]})
    return tuple(found)


def refuse_bad_plan(new: NewTraining) -> None:
    """Refuse a training without a topic, or with too long a text.

    Raises:
        InvalidInput: with the sentences beside each field.
    """
    faults: dict[str, list[str]] = {}
    if not 0 < len(new.topic.strip()) <= TOPIC_MAX:
        faults["topic"] = [f"请填写培训主题，不超过{TOPIC_MAX}个字。"]
    for name, text in (("place", new.place), ("trainer", new.trainer)):
        if len(text) > PLACE_MAX:
            faults[name] = [f"不超过{PLACE_MAX}个字。"]
    if faults:
        raise InvalidInput(faults)


def refuse_bad_record(held: Held, today: date) -> None:
    """Refuse a record of what has not been, or without anybody.

    Raises:
        InvalidInput: with the sentences beside each field.
    """
    faults: dict[str, list[str]] = {}
    if held.on > today:
        faults["held_on"] = ["培训日期晚于今天，还没有办的不能登记。"]
    if not held.attendees:
        faults["attendees"] = ["请写明参加人员。"]
    if len(held.note) > NOTE_MAX:
        faults["note"] = [f"说明不超过{NOTE_MAX}个字。"]
    if faults:
        raise InvalidInput(faults)


def _attendee(line: str) -> Attendee:
    words = line.replace("，", " ").replace(",", " ").split(maxsplit=1)
    name, unit = words[0] if words else "", words[1].strip() if words[1:] else ""
    if not 0 < len(name) <= NAME_MAX or len(unit) > NAME_MAX:
        raise InvalidInput({"attendees": [f"姓名、单位各不超过{NAME_MAX}个字。"]})
    return Attendee(name, unit)
