"""What the machine finds in each part of a text: title, body, attachments; pure."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from hashlib import sha256
from typing import Protocol

from models.findings import FindingKind
from workflow.articles.text import Text
from workflow.proofreading.documents.contents import Contents, Hidden
from workflow.proofreading.findings import Finding
from workflow.proofreading.local import LocalTables, with_local
from workflow.proofreading.rules import Proofread, local_key
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

# What a rule says of a whole article makes no sense of one of its files.
OF_WHOLE_TEXTS = ("F05", "F08", "P15", "P16", "T28", "A10", "A12", "D05")
HIDDEN_LEVELS = {"F21": (1, 3), "V12": (2, 3)}
HIDDEN_SOURCES = {"F21": "依据：保密工作常规", "V12": "依据：个人信息保护法"}


class Reader(Protocol):
    """The machine: what it finds in one text."""

    def proofread(self, given: str, town: Town = ...) -> Proofread:
        """Every finding, in the order of the text."""


@dataclass(frozen=True, slots=True)
class ReadFile:
    """One attachment and what was read in it."""

    digest: str
    name: str
    contents: Contents

    def place(self, offset: int) -> str:
        """Where in the file an offset of its text stands, in words."""
        before = [words for start, words in self.contents.places if start <= offset]
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
    machine: Reader, text: Text, files: Sequence[ReadFile], local: LocalTables
) -> ReadThrough:
    """Read title and body as one text, then each attachment by itself."""
    given = f"{text.title}\n{text.body}"
    whole = machine.proofread(given, local.town)
    found = list(_of_text(text.title, given, whole, local))
    chars = whole.chars
    for file in files:
        read = machine.proofread(file.contents.text, local.town)
        chars += read.chars
        found += _of_file(file, read, local)
        found += _hidden_in(file)
    unread = tuple(
        f"附件《{file.name}》{file.contents.fault}。"
        for file in files
        if file.contents.fault
    )
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


def _of_file(file: ReadFile, read: Proofread, local: LocalTables) -> Iterator[Found]:
    part, mark = f"{FILE}{file.digest}", _mark(file)
    for one in with_local(file.contents.text, read.findings, local):
        if one.rule in OF_WHOLE_TEXTS:
            continue
        place = file.place(one.start)
        yield Found(part, place, one.start, one.end, f"{one.key}@{mark}", one)


def _hidden_in(file: ReadFile) -> Iterator[Found]:
    for one in file.contents.hidden:
        key = local_key(one.rule, f"{one.place}{one.what}", 0, len(one.place))
        place = f"附件《{file.name}》{one.place}"
        finding = _of_hidden(one, key)
        yield Found(
            f"{FILE}{file.digest}", place, 0, 0, f"{key}@{_mark(file)}", finding
        )


def _of_hidden(one: Hidden, key: str) -> Finding:
    levels = HIDDEN_LEVELS[one.rule]
    return Finding(
        start=0,
        end=0,
        text="",
        rule=one.rule,
        category="",
        severity=one.severity,
        levels=levels,
        message=f"{one.what}（{HIDDEN_SOURCES[one.rule]}）。",
        suggestions=(),
        confidence=None,
        applied=False,
        key=key,
    )


def _mark(file: ReadFile) -> str:
    return sha256(file.name.encode()).hexdigest()[:8]
