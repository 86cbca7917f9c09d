"""What the machine finds in each part of a text: title, body, attachments; pure."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from hashlib import sha256
from typing import Protocol

from models.findings import FindingKind
from workflow.articles.text import Text
from workflow.proofreading.findings import Finding
from workflow.proofreading.local import LocalTables, with_local
from workflow.proofreading.rules import Proofread
from workflow.proofreading.tables import Town

TITLE, BODY, FILE = "title", "body", "file:"
BY_RULE = {
    "T03": FindingKind.OMISSION,
    "S01": FindingKind.NAME,
    "S02": FindingKind.NAME,
    "S03": FindingKind.NAME,
    "S04": FindingKind.NAME,
    "S19": FindingKind.SENSITIVE,
    "S20": FindingKind.SENSITIVE,
    "A01": FindingKind.NAME,
    "A02": FindingKind.NAME,
    "A07": FindingKind.NAME,
    "A08": FindingKind.NAME,
    "F21": FindingKind.SECRECY,
}
SENSITIVE = ("S05", "S06", "S07", "S08", "S11", "S13", "S17", "S18")
BY_FAMILY = {
    "T": FindingKind.TYPO,
    "P": FindingKind.PUNCTUATION,
    "N": FindingKind.FACT,
    "D": FindingKind.FACT,
    "F": FindingKind.LAYOUT,
    "S": FindingKind.WORDING,
    "B": FindingKind.SECRECY,
    "V": FindingKind.PRIVACY,
    "A": FindingKind.FACT,
    "L": FindingKind.WORDING,
}


class Reader(Protocol):
    """The machine: what it finds in one text."""

    def proofread(self, given: str, town: Town = ...) -> Proofread:
        """Every finding, in the order of the text."""


@dataclass(frozen=True, slots=True)
class FileText:
    """The text of one attachment.

    Args:
        places: offset and words ("第3段", "Sheet1!B3"), rising.
        hidden: what a reader does not see and others could: place and words.
        fault: why its text could not be read; empty when it could.
    """

    digest: str
    name: str
    text: str = ""
    places: tuple[tuple[int, str], ...] = ()
    hidden: tuple[tuple[str, str], ...] = ()
    fault: str = ""

    def place(self, offset: int) -> str:
        """Where in the file an offset of its text stands, in words."""
        before = [words for start, words in self.places if start <= offset]
        return f"附件《{self.name}》{before[-1] if before else ''}"


@dataclass(frozen=True, slots=True)
class Found:
    """A finding and the part of the article it stands in.

    Args:
        start: offset in that part; ``end`` likewise.
        key: unique within the article.
    """

    part: str
    place: str
    start: int
    end: int
    key: str
    finding: Finding


@dataclass(frozen=True, slots=True)
class ReadThrough:
    """Everything found in one article, and what nobody could look at."""

    found: tuple[Found, ...]
    chars: int
    silent: tuple[str, ...]
    unread: tuple[str, ...]


def kind_of(rule: str) -> FindingKind:
    """In which of the office's kinds of fault a rule's findings are counted."""
    if rule in BY_RULE:
        return BY_RULE[rule]
    return FindingKind.SENSITIVE if rule in SENSITIVE else BY_FAMILY[rule[0]]


def read_through(
    machine: Reader, text: Text, files: Sequence[FileText], local: LocalTables
) -> ReadThrough:
    """Read title and body as one text, then each attachment by itself."""
    given = f"{text.title}\n{text.body}"
    whole = machine.proofread(given, local.town)
    found = list(_of_text(text.title, given, whole, local))
    chars = whole.chars
    for file in files:
        read = machine.proofread(file.text, local.town)
        chars += read.chars
        found += _of_file(file, read, local)
    unread = tuple(file.fault for file in files if file.fault)
    return ReadThrough(tuple(found), chars, whole.silent, unread)


def _of_text(
    title: str, given: str, read: Proofread, local: LocalTables
) -> Iterator[Found]:
    shift = len(title) + 1
    for one in with_local(given, read.findings, local):
        if one.start < shift:
            end = min(one.end, len(title))
            yield Found(TITLE, "标题", min(one.start, end), end, one.key, one)
        else:
            yield Found(BODY, "正文", one.start - shift, one.end - shift, one.key, one)


def _of_file(file: FileText, read: Proofread, local: LocalTables) -> Iterator[Found]:
    part = f"{FILE}{file.digest}"
    mark = sha256(file.name.encode()).hexdigest()[:8]
    for one in with_local(file.text, read.findings, local):
        place = file.place(one.start)
        yield Found(part, place, one.start, one.end, f"{one.key}@{mark}", one)
