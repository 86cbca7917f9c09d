"""How the speller does on sentences with known errors, and on clean text.

Measured on files, never asserted by a test.
"""

from __future__ import annotations

import json
import re
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from web.commands.proofread import make_checker
from workflow.errors import InvalidInput
from workflow.proofreading.findings import Finding
from workflow.proofreading.rules import Checker, corrected
from workflow.proofreading.tables import Town

AT_ONCE = 60
ASCII = tuple(c for c in map(chr, range(0x30, 0x7B)) if c.isalnum())
MARKS = str.maketrans(
    ",;:?!()" + "".join(chr(ord(c) + 0xFEE0) for c in ASCII),
    "，；：？！（）" + "".join(ASCII),
)


@dataclass(frozen=True, slots=True)
class Case:
    """A text, how it should read, and what kind of error it has (if known)."""

    given: str
    right: str
    kind: str

    @property
    def is_clean(self) -> bool:
        """Whether nothing is wrong with it."""
        return self.given.translate(MARKS) == self.right.translate(MARKS)

    def changed(self) -> tuple[int, int]:
        """The span of the given text that differs from the right one."""
        a, b = self.given.translate(MARKS), self.right.translate(MARKS)
        shorter = min(len(a), len(b))
        start = next((i for i in range(shorter) if a[i] != b[i]), shorter)
        tail = 0
        while tail < shorter - start and a[-1 - tail] == b[-1 - tail]:
            tail += 1
        return start, len(a) - tail


@dataclass(frozen=True, slots=True)
class KindFigures:
    """Of one kind of error: how many, found at their place, put right."""

    errors: int
    located: int
    corrected: int


@dataclass(frozen=True, slots=True)
class Figures:
    """What was measured on one file; shares are of one hundred.

    Args:
        precision, recall, f1: of whole texts after ``corrected``: of the texts that
            were changed those that are now right; of the wrong ones those put right.
        located: of the wrong texts those with a warning on the error.
        applied_alarms, alarms, blocks: on the texts without an error, for each 10,000
            of their characters: changed in ``corrected``; warned of or blocked;
            blocked.
    """

    file: str
    texts: int
    wrong: int
    precision: float
    recall: float
    f1: float
    located: float
    clean_chars: int
    applied_alarms: float
    alarms: float
    blocks: float
    chars_per_second: int
    kinds: dict[str, KindFigures]


@dataclass(frozen=True, slots=True)
class Judged:
    """A case and what the checker made of it."""

    case: Case
    findings: tuple[Finding, ...]
    answer: str

    @property
    def is_right(self) -> bool:
        """Whether the corrected text is as it should be."""
        return self.answer.translate(MARKS) == self.case.right.translate(MARKS)

    @property
    def is_changed(self) -> bool:
        """Whether anything but the width of marks was changed."""
        return self.answer.translate(MARKS) != self.case.given.translate(MARKS)

    @property
    def is_located(self) -> bool:
        """Whether a warning (or block) lies on the error, or touches its gap."""
        start, end = self.case.changed()
        spans = [(f.start, f.end) for f in self.heard]
        return any(a <= max(end, start) and start <= b for a, b in spans)

    @property
    def heard(self) -> list[Finding]:
        """The findings that must be answered and are about words."""
        return [f for f in self.findings if f.severity != "hint" and f.rule[0] != "P"]


def measure(file: Path) -> Figures:
    """Judge one file.

    Args:
        file: ``.jsonl`` (src, tgt, kind), ``.tsv`` (label, source, target) or ``.txt``.

    Raises:
        InvalidInput: the file is none of these.
    """
    cases = list(_cases(file))
    desk, town = make_checker(), Town()
    desk.proofread("各村要压实责任。", town)
    begun = time.process_time()
    judged = _judge(desk, town, cases)
    spent = time.process_time() - begun
    return _figures(file.name, judged, sum(len(c.given) for c in cases) / spent)


def _cases(file: Path) -> Iterator[Case]:
    for line in file.read_text("utf-8-sig").splitlines():
        if file.suffix == ".jsonl":
            row = json.loads(line)
            yield Case(row["src"], row["tgt"], str(row.get("kind", "error")))
        elif file.suffix == ".tsv":
            _, given, right = line.split("\t")
            yield Case(given, right, "error")
        elif file.suffix == ".txt":
            yield Case(line, line, "clean")
        else:
            raise InvalidInput(message=f"看不懂的测试文件“{file.name}”。")


def _judge(desk: Checker, town: Town, cases: Sequence[Case]) -> list[Judged]:
    results = [
        result
        for begin in range(0, len(cases), AT_ONCE)
        for result in desk.proofread_many(
            [case.given for case in cases[begin : begin + AT_ONCE]], town
        )
    ]
    return [
        Judged(case, result.findings, corrected(case.given, result.findings))
        for case, result in zip(cases, results, strict=True)
    ]


def _figures(name: str, judged: Sequence[Judged], speed: float) -> Figures:
    wrong = [j for j in judged if not j.case.is_clean]
    clean = [j for j in judged if j.case.is_clean]
    changed = sum(j.is_changed for j in judged)
    right = sum(j.is_right for j in wrong)
    precision, recall = right / max(1, changed), right / max(1, len(wrong))
    chars = sum(len(re.sub(r"\s", "", j.case.given)) for j in clean)
    per = 10_000 / max(1, chars)
    return Figures(
        name, len(judged), len(wrong),
        _share(precision), _share(recall),
        _share(2 * precision * recall / max(1e-9, precision + recall)),
        _share(sum(j.is_located for j in wrong) / max(1, len(wrong))),
        chars,
        round(per * sum(j.is_changed for j in clean), 1),
        round(per * sum(len(j.heard) for j in clean), 1),
        round(per * sum(f.severity == "block" for j in clean for f in j.findings), 1),
        round(speed),
        _kinds(wrong),
    )  # fmt: skip


def _kinds(wrong: Sequence[Judged]) -> dict[str, KindFigures]:
    many = Counter(j.case.kind for j in wrong)
    located = Counter(j.case.kind for j in wrong if j.is_located)
    right = Counter(j.case.kind for j in wrong if j.is_right)
    return {
        kind: KindFigures(many[kind], located[kind], right[kind])
        for kind in sorted(many)
    }


def _share(part: float) -> float:
    return round(100 * part, 1)
