"""The one form under a text: checklist, opinion, return, and what was read.

同意, 退回 and every other decision send the same form, so what was typed survives a
change of mind.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field

from flask import request

from models.findings import FindingKind, Grade
from web.reading import Reading
from workflow.articles.acts import Approval, Return
from workflow.articles.demands import LONGEST, PARTICULARS
from workflow.articles.findings import NOTE_MAX, QUOTE_MAX, NewFinding
from workflow.articles.rules import NO, NOT_APPLICABLE, OPINION_MAX, YES
from workflow.errors import InvalidInput

LINES = 5
ANSWERS = (YES, NO, NOT_APPLICABLE)
_NAME = re.compile(r"[\w.-]{1,60}", re.ASCII)
_CHECK = re.compile(r"check-([\w.-]{1,40})", re.ASCII)


@dataclass(frozen=True, slots=True)
class Line:
    """One line of what is to be put right, as typed."""

    kind: str = ""
    quote: str = ""
    note: str = ""
    grade: str = Grade.WARN.value

    @property
    def is_empty(self) -> bool:
        """Whether nothing was typed into it."""
        return not self.quote and not self.note


@dataclass(frozen=True, slots=True)
class Sent:
    """What came with a decision.

    Args:
        revision: id of the revision that was read.
        seen: how many lines the story had when it was read.
    """

    revision: int
    seen: int
    opinion: str
    checklist: Mapping[str, str]
    act: str = ""
    particulars: Mapping[str, str] = field(default_factory=dict)

    @property
    def approval(self) -> Approval:
        """The same, for signing."""
        return Approval(self.checklist, self.opinion, self.act, self.particulars)


def read_approval() -> Sent:
    """The same for 同意, where lines of what is wrong have no place.

    Raises:
        InvalidInput: something is said to be wrong, and would be lost.
    """
    sent = read()
    lines = len(typed_lines())
    if lines:
        sentence = f"您写了{lines}条要改的问题：请退回；不退回的，先清空再同意。"
        raise InvalidInput({"finding-1": [sentence]})
    return sent


def read() -> Sent:
    """What every decision reads.

    Raises:
        InvalidInput: no revision is named, or the opinion is too long.
    """
    form = Reading(request.form)
    sent = Sent(
        revision=form.number("revision", "稿次"),
        seen=form.optional_number("seen", "办理经过") or 0,
        opinion=form.text("opinion", "意见", OPINION_MAX, needed=False),
        checklist=answers(),
        act=form.text("act", "办理事项", 120, needed=False),
        particulars={
            key: form.text(key, name, LONGEST, needed=False)
            for key, name in PARTICULARS.items()
        },
    )
    form.check()
    return sent


def channels() -> list[str]:
    """On which channels it is to go out; all when none is ticked."""
    return [one for one in request.form.getlist("channel") if _NAME.fullmatch(one)]


def subjects() -> list[str]:
    """What is called in question."""
    return [one for one in request.form.getlist("subject") if _NAME.fullmatch(one)]


def read_return(reason: str) -> Return:
    """Where to, why, and what is to be put right.

    Raises:
        InvalidInput: a line is half filled, or too long.
    """
    form = Reading(request.form)
    to = form.text("to", "退回环节", 60)
    raised = [_finding(form, n, line) for n, line in enumerate(typed_lines(), 1)]
    form.check()
    return Return(to, reason, raised, request.form.get("way") == "direct")


def typed_lines() -> list[Line]:
    """The lines that have something in them, moved up to the top."""
    lines = [_line(number) for number in range(1, LINES + 1)]
    return [line for line in lines if not line.is_empty]


def lines_to_show() -> list[Line]:
    """Five lines: what was typed, then empty ones."""
    typed = typed_lines() if request.method == "POST" else []
    return [*typed, *(Line() for _ in range(LINES - len(typed)))]


def _line(number: int) -> Line:
    kind, quote, note, grade = (
        request.form.get(f"finding-{number}-{name}", "").strip()
        for name in ("kind", "quote", "note", "grade")
    )
    return Line(kind, quote, note, grade or Grade.WARN.value)


def _finding(form: Reading, number: int, line: Line) -> NewFinding:
    """A line read, its faults beside it (lines are counted without the empty ones)."""
    if line.kind not in {kind.value for kind in FindingKind}:
        form.refuse(f"finding-{number}", f"请选择第{number}条的问题类别。")
        return NewFinding(FindingKind.OTHER, line.note)
    if not line.note:
        form.refuse(f"finding-{number}", f"请写明第{number}条的问题和改法。")
    if len(line.note) > NOTE_MAX or len(line.quote) > QUOTE_MAX:
        sentence = f"意见最多{NOTE_MAX}字，摘引最多{QUOTE_MAX}字。"
        form.refuse(f"finding-{number}", sentence)
    if line.grade not in set(Grade):
        form.refuse(f"finding-{number}", f"请选择第{number}条的轻重。")
        return NewFinding(FindingKind(line.kind), line.note, line.quote)
    return NewFinding(FindingKind(line.kind), line.note, line.quote, Grade(line.grade))


def answers() -> dict[str, str]:
    """The answers to the checklist, by its lines."""
    found = {}
    for name, answer in request.form.items():
        line = _CHECK.fullmatch(name)
        if line and answer in ANSWERS:
            found[line.group(1)] = answer
    return found
