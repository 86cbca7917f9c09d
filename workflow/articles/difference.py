"""What changed between two texts, by character and in runs that a person can read.

Pure: two texts in, their difference out.  Paragraphs are matched first (a moved one is
recognised), then characters within each pair; short leftovers between two changes are
taken into the change, so that nobody reads confetti.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from enum import StrEnum

from workflow.articles.paragraphs import Match, matched
from workflow.articles.runs import SECONDS_FOR_ONE_PARAGRAPH, Kind, Run, runs_between
from workflow.articles.text import FileRef, Text, Value

SECONDS_FOR_ALL = 2.0
UNTOUCHED_AROUND = 1
WORTH_FOLDING = 3


@dataclass(frozen=True, slots=True)
class Pair:
    """One paragraph before and after.

    Args:
        old: its place before, from 0; ``None`` when it is new.
        new: its place now; ``None`` when it is gone.
        runs: removed and same runs are the old paragraph, added and same the new one.
        moved: the very same paragraph stands elsewhere in the other text.
    """

    old: int | None
    new: int | None
    runs: tuple[Run, ...]
    moved: bool = False

    @property
    def is_same(self) -> bool:
        """Whether nothing changed in it, its place included."""
        return all(run.kind is Kind.SAME for run in self.runs) and not self.is_one_sided

    @property
    def is_one_sided(self) -> bool:
        """Whether it stands in one of the two texts only."""
        return self.old is None or self.new is None

    @property
    def changes(self) -> int:
        """How many places a reader has to look at."""
        if self.is_one_sided:
            return 1 if self.new is not None or not self.moved else 0
        return _groups(self.runs)


@dataclass(frozen=True, slots=True)
class Stretch:
    """Neighbouring paragraphs, shown or folded away because nothing changed in them."""

    pairs: tuple[Pair, ...]
    folded: bool


class Fate(StrEnum):
    """What became of an attachment."""

    ADDED = "added"
    REMOVED = "removed"
    REPLACED = "replaced"
    SAME = "same"


@dataclass(frozen=True, slots=True)
class FileChange:
    """One attachment, by name."""

    name: str
    fate: Fate


@dataclass(frozen=True, slots=True)
class ValueChange:
    """A fact about the text that changed: ``section``, or an attribute by its name."""

    name: str
    before: Value
    after: Value


@dataclass(frozen=True, slots=True)
class Difference:
    """Everything that differs between two revisions.

    Args:
        channels: the codes of the channels, each added, removed or the same.
        values: the section and the attributes that changed.
        files: every attachment of either, the untouched too.
    """

    title: tuple[Run, ...]
    body: tuple[Pair, ...]
    channels: tuple[Run, ...] = ()
    values: tuple[ValueChange, ...] = ()
    files: tuple[FileChange, ...] = field(default_factory=tuple)

    @property
    def count(self) -> int:
        """How many places a reader has to look at."""
        beside = [run for run in self.channels if run.kind is not Kind.SAME]
        files = [file for file in self.files if file.fate is not Fate.SAME]
        return (
            _groups(self.title)
            + sum(pair.changes for pair in self.body)
            + len(beside)
            + len(self.values)
            + len(files)
        )


def difference(before: Text, after: Text) -> Difference:
    """What changed from one text to another."""
    return Difference(
        title=runs_between(before.title, after.title),
        body=body_difference(before.body, after.body),
        channels=tuple(_channels(before.channels, after.channels)),
        values=tuple(_values(before, after)),
        files=tuple(_files(before.files, after.files)),
    )


def body_difference(before: str, after: str) -> tuple[Pair, ...]:
    """The paragraphs of two bodies, matched; old order and new order both kept."""
    old, new = before.split("\n"), after.split("\n")
    matches = matched(old, new)
    changed = sum(_is_changed(match, old, new) for match in matches)
    seconds = min(SECONDS_FOR_ONE_PARAGRAPH, SECONDS_FOR_ALL / max(1, changed))
    return tuple(_pair(match, old, new, seconds) for match in matches)


def stretches(pairs: Sequence[Pair]) -> list[Stretch]:
    """Paragraphs to show, and long untouched ones between them to fold away."""
    shown = _near_a_change(pairs)
    found: list[Stretch] = []
    begin = 0
    for end in range(1, len(pairs) + 1):
        if end < len(pairs) and shown[end] == shown[begin]:
            continue
        part = tuple(pairs[begin:end])
        folded = not shown[begin] and len(part) >= WORTH_FOLDING
        found.append(Stretch(part, folded))
        begin = end
    return found


def is_punctuation(text: str) -> bool:
    """Whether a run is nothing but marks and blanks, easily overlooked."""
    return all(unicodedata.category(character)[0] in "PZSC" for character in text)


def _near_a_change(pairs: Sequence[Pair]) -> list[bool]:
    shown = [False] * len(pairs)
    for place, pair in enumerate(pairs):
        if not pair.is_same:
            first = max(0, place - UNTOUCHED_AROUND)
            last = min(len(pairs), place + UNTOUCHED_AROUND + 1)
            shown[first:last] = [True] * (last - first)
    return shown


def _groups(runs: Sequence[Run]) -> int:
    before_each = (Kind.SAME, *(run.kind for run in runs))
    pairs = zip(before_each, runs, strict=False)
    return sum(was is Kind.SAME and run.kind is not Kind.SAME for was, run in pairs)


def _is_changed(match: Match, old: Sequence[str], new: Sequence[str]) -> bool:
    if match.old is None or match.new is None:
        return False
    return old[match.old] != new[match.new]


def _pair(match: Match, old: Sequence[str], new: Sequence[str], seconds: float) -> Pair:
    was = None if match.old is None else old[match.old]
    now = None if match.new is None else new[match.new]
    if was is not None and now is not None:
        return Pair(match.old, match.new, runs_between(was, now, seconds))
    kind, text = (Kind.REMOVED, was) if was is not None else (Kind.ADDED, now)
    runs = (Run(kind, text),) if text else ()
    return Pair(match.old, match.new, runs, moved=match.moved)


def _channels(before: Sequence[str], after: Sequence[str]) -> Iterator[Run]:
    for code in sorted({*before, *after}):
        if code in before and code in after:
            yield Run(Kind.SAME, code)
        else:
            kind = Kind.REMOVED if code in before else Kind.ADDED
            yield Run(kind, code, strong=True)


def _values(before: Text, after: Text) -> Iterator[ValueChange]:
    if before.section != after.section:
        yield ValueChange("section", before.section, after.section)
    for name in sorted({*before.attributes, *after.attributes}):
        was, now = before.attributes.get(name, ""), after.attributes.get(name, "")
        if was != now:
            yield ValueChange(name, was, now)


def _files(before: Sequence[FileRef], after: Sequence[FileRef]) -> Iterator[FileChange]:
    was = {file.name: file.digest for file in before}
    now = {file.name: file.digest for file in after}
    for name in dict.fromkeys([*now, *was]):
        if name not in was:
            yield FileChange(name, Fate.ADDED)
        elif name not in now:
            yield FileChange(name, Fate.REMOVED)
        else:
            same = was[name] == now[name]
            yield FileChange(name, Fate.SAME if same else Fate.REPLACED)
