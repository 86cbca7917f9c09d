"""What becomes of a fault, told naively: lists, days counted one by one, no table.

Written from the domain's words (发现、告知、签收、整改、报告、复查、销号), not from the
product's code.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, timedelta

DONE = ("closed", "exempted")
DAYS_BY_KIND = {"dirty": 3, "damaged": 10, "wrong_statement": 0}
TALK = 4


@dataclass
class Days:
    """The office's days: weekends and holidays off, swap days on."""

    off: set[date]
    work: set[date]

    def works(self, day: date) -> bool:
        if day in self.work:
            return True
        return day.isoweekday() <= 5 and day not in self.off

    def after(self, day: date, number: int) -> date:
        while number:
            day += timedelta(days=1)
            number -= self.works(day)
        return day

    def since(self, first: date, last: date) -> int:
        found = 0
        while first < last:
            first += timedelta(days=1)
            found += self.works(first)
        return found


@dataclass
class Story:
    """One fault."""

    board: int
    kind: str
    found: date
    until: date
    stage: str = "found"
    ladder: int = 0
    began: int = 0
    late: bool = False
    repeat_of: int | None = None
    fixers: set[str] = field(default_factory=set)
    passed_by: str = ""

    def reported(self) -> bool:
        return self.stage in ("reported", "rechecked", *DONE)


@dataclass
class Oracle:
    """All faults of a town, in the order in which they were found."""

    days: Days
    stories: list[Story] = field(default_factory=list)

    def find(self, board: int, kind: str, today: date) -> int:
        """Which fault it is: an open one seen again, or a new one, a repeat or not."""
        same = [
            (number, one)
            for number, one in enumerate(self.stories)
            if (one.board, one.kind) == (board, kind)
        ]
        for number, one in same:
            if one.stage not in DONE:
                return number
        until = self.days.after(today, DAYS_BY_KIND[kind])
        new = Story(board, kind, today, until)
        for number, one in same:
            if one.stage == "closed" and (today - one.found).days <= 180:
                new.repeat_of = number
                new.ladder = new.began = min(one.ladder + 1, TALK)
        self.stories.append(new)
        return len(self.stories) - 1

    def act(self, number: int, act: str, who: str, today: date) -> str:
        """Do it, or say why not: ``person`` or ``state``."""
        one = self.stories[number]
        if who not in (("书记",) if act == "exempt" else ("甲", "丙")):
            return "person"
        if act in ("recheck", "send_back", "close", "fixed") and who in one.fixers:
            return "fixer"
        if one.stage not in _FROM[act]:
            return "state"
        getattr(self, f"_{act}")(one, who, today)
        return ""

    def likely(self, number: int) -> list[str]:
        """What could come next, the usual way first."""
        stage = self.stories[number].stage
        acts = [act for act, states in _FROM.items() if stage in states]
        aside = ("exempt", "fixed", *(["recheck"] if stage != "reported" else []))
        return sorted(acts, key=lambda act: act in aside)

    def watch(self, today: date) -> None:
        """The system's daily look."""
        for one in self.stories:
            if one.reported() or today <= one.until:
                continue
            one.late = True
            number = self.days.since(one.until, today)
            if number:
                due = one.began + 1 + (number - 1) // 2
                one.ladder = max(one.ladder, min(due, TALK))

    def _notify(self, one: Story, _who: str, _today: date) -> None:
        one.stage = "notified"

    def _acknowledge(self, one: Story, _who: str, _today: date) -> None:
        one.stage = "acknowledged"

    def _start(self, one: Story, _who: str, _today: date) -> None:
        one.stage = "rectifying"

    def _report(self, one: Story, _who: str, _today: date) -> None:
        one.stage = "reported"
        one.fixers.add("村干部")

    def _report_own(self, one: Story, who: str, _today: date) -> None:
        one.stage = "reported"
        one.fixers.add(who)

    def _recheck(self, one: Story, who: str, _today: date) -> None:
        one.stage, one.passed_by = "rechecked", who

    def _send_back(self, one: Story, _who: str, today: date) -> None:
        one.stage, one.late, one.passed_by = "returned", False, ""
        one.until = self.days.after(today, DAYS_BY_KIND[one.kind])
        one.began = one.ladder

    def _close(self, one: Story, _who: str, _today: date) -> None:
        one.stage = "closed"

    def _exempt(self, one: Story, _who: str, _today: date) -> None:
        one.stage = "exempted"

    def _fixed(self, one: Story, who: str, _today: date) -> None:
        one.passed_by = one.passed_by or who
        one.stage = "closed"


_BEFORE_REPORT = ("found", "notified", "acknowledged", "rectifying", "returned")
_FROM = {
    "notify": ("found",),
    "acknowledge": ("notified", "returned"),
    "start": ("acknowledged",),
    "report": ("notified", "acknowledged", "rectifying", "returned"),
    "report_own": ("notified", "acknowledged", "rectifying", "returned"),
    "recheck": (*_BEFORE_REPORT, "reported"),
    "send_back": ("reported", "rechecked"),
    "close": ("rechecked",),
    "exempt": (*_BEFORE_REPORT, "reported", "rechecked"),
    "fixed": (*_BEFORE_REPORT, "reported", "rechecked"),
}
ACTS = tuple(_FROM)
