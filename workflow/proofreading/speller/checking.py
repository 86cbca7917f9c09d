"""The statistical half of the pre-check: doubts as findings, never a block."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from workflow.proofreading.families.characters import (
    ENDS_AND_BEGINS,
    FUNCTION,
    MAY_REPEAT,
)
from workflow.proofreading.findings import Hit, Sentence, Severity
from workflow.proofreading.speller.proposals import (
    EXTRA,
    MISSING,
    SUBSTITUTE,
    SWAPPED,
    WORD,
    Edits,
)
from workflow.proofreading.speller.protection import shut_tokens
from workflow.proofreading.speller.reading import Lens, Seen, lens_of, tokens_of
from workflow.proofreading.speller.store import open_store
from workflow.proofreading.speller.tokens import Tokens
from workflow.proofreading.speller.trees import Trees, trees_of

LEAST = 0.1
LONGEST, AT_ONCE = 300, 2500
RULES = {WORD: "T01", MISSING: "T03", EXTRA: "T04", SWAPPED: "T06"}
EACH = "家人天年户处事"
BEFORE_TWICE = ("再", "该")
"""再坚持坚持, 该拆除拆除: said twice on purpose."""
NAMES_END = "路街巷村镇乡县市区河湖桥港"
SAID = {
    "T01": "“{old}”疑为“{new}”之误，读音相同或相近",
    "T02": "“{old}”疑为“{new}”之误",
    "T03": "此处疑漏“{new}”字",
    "T04": "“{old}”疑为多余",
    "T06": "“{old}”疑为“{new}”，字序颠倒",
}


@dataclass(frozen=True, slots=True)
class Limits:
    """From where on a rule speaks.

    Chosen on the development sets and on text of our own that neither n-grams nor trees
    had read (BENCHMARKS.md).

    Args:
        hint, warn: chance that something is wrong just here, to hint or to warn.
        wrong, edit: chance that something is wrong, and of this very edit, to apply it.
    """

    hint: float
    warn: float
    wrong: float
    edit: float


LIMITS = {
    "T01": Limits(hint=0.3, warn=0.55, wrong=0.55, edit=0.4),
    "T02": Limits(hint=0.3, warn=0.5, wrong=0.5, edit=0.4),
    # That a character is missing is easier to say than which one; a wrong character
    # that the model cannot mend often looks as if one were missing beside it.
    "T03": Limits(hint=0.25, warn=0.4, wrong=0.5, edit=0.4),
    "T04": Limits(hint=0.3, warn=0.6, wrong=0.6, edit=0.5),
    "T06": Limits(hint=0.3, warn=0.7, wrong=0.7, edit=0.6),
}


@dataclass(frozen=True, slots=True)
class Doubt:
    """An edit that the model proposes, in one sentence.

    Args:
        start, end: span in the sentence. put: what should stand there.
        confidence: the model's chance that something is wrong just here.
        is_sure: it may be applied.
    """

    rule: str
    start: int
    end: int
    put: str
    confidence: float
    is_sure: bool


class StatisticalSpeller:
    """Reads sentences with a model; opened when first asked, for as long as it is kept."""

    def __init__(self, model: Path) -> None:
        self._file = model

    @cached_property
    def _model(self) -> tuple[Lens, Trees]:
        store = open_store(self._file)
        return lens_of(store), trees_of(store, "trees")

    def __call__(
        self, sentences: Sequence[Sentence], kept: Sequence[str] = ()
    ) -> list[tuple[str, Hit]]:
        """What it doubts, in the offsets of the folded text.

        Args:
            kept: words of the town that are right as they are: names, villages.
        """
        hits = []
        for some in batches(sentences):
            found = self.doubts([s.text for s in some], kept)
            for sentence, doubts in zip(some, found, strict=True):
                hits += [_hit(sentence, doubt) for doubt in doubts]
        return hits

    def doubts(
        self, texts: Sequence[str], kept: Sequence[str] = ()
    ) -> list[list[Doubt]]:
        """For each sentence what it doubts, in order, spans apart.

        What it is sure of is put right first and the sentence read again: a second
        error is easier to see when the first is gone.
        """
        found = self._once(texts, kept)
        mended = [Mended.of(t, d) for t, d in zip(texts, found, strict=True)]
        again = [n for n, one in enumerate(mended) if one.text != texts[n]]
        second = self._once([mended[n].text for n in again], kept) if again else []
        for number, doubts in zip(again, second, strict=True):
            found[number] = mended[number].with_more(found[number], doubts)
        return found

    def _once(self, texts: Sequence[str], kept: Sequence[str]) -> list[list[Doubt]]:
        lens, trees = self._model
        tokens = [tokens_of(lens, text) for text in texts]
        shut = [shut_tokens(t, text, kept) for t, text in zip(tokens, texts, strict=True)]  # fmt: skip
        seen = lens.look(tokens, shut)
        chances = trees.chance(seen.rows)
        wrong = _wrong_here(seen, chances)
        found: list[list[Doubt]] = [[] for _ in texts]
        for row in _best_apart(seen, chances, wrong):
            at = int(seen.short.edits.at[row])
            number = int(np.searchsorted(seen.begins, at, "right")) - 1
            doubt = _doubt(seen, row, tokens[number], at - seen.begins[number], lens)
            doubt = replace(
                doubt,
                confidence=round(float(wrong[row]), 3),
                is_sure=_is_sure(doubt.rule, wrong[row], chances[row]),
            )
            if not _is_said_twice(doubt, texts[number], lens):
                found[number].append(_spanned(doubt, texts[number]))
        return [sorted(doubts, key=lambda d: d.start) for doubts in found]


@dataclass(frozen=True)
class Mended:
    """A sentence with the sure edits done, and for each character its place before.

    Args:
        origin: -1 for characters that an edit put there.
    """

    text: str
    origin: tuple[int, ...]

    @classmethod
    def of(cls, text: str, doubts: Sequence[Doubt]) -> Mended:
        """Do the sure ones."""
        parts, origin, done = [], [], 0
        for doubt in doubts:
            if doubt.is_sure and doubt.start >= done:
                parts += [text[done : doubt.start], doubt.put]
                origin += [*range(done, doubt.start), *[-1] * len(doubt.put)]
                done = doubt.end
        origin += range(done, len(text))
        return cls("".join([*parts, text[done:]]), tuple(origin))

    def with_more(self, first: Sequence[Doubt], second: Sequence[Doubt]) -> list[Doubt]:
        """The sure ones of the first reading, and what the second saw elsewhere."""
        kept = [d for d in first if d.is_sure]
        for doubt in second:
            places = self.origin[doubt.start : doubt.end]
            is_whole = places and -1 not in places
            if is_whole and places[-1] - places[0] == len(places) - 1:
                moved = replace(doubt, start=places[0], end=places[-1] + 1)
                if all(moved.end <= d.start or d.end <= moved.start for d in kept):
                    kept.append(moved)
        return sorted(kept, key=lambda d: d.start)


def batches(sentences: Sequence[Sentence]) -> Iterator[list[Sentence]]:
    """So many sentences at once that the arrays stay small; endless ones are cut."""
    some: list[Sentence] = []
    size = 0
    for sentence in sentences:
        for begin in range(0, len(sentence.text), LONGEST):
            text = sentence.text[begin : begin + LONGEST]
            if size + len(text) > AT_ONCE and some:
                yield some
                some, size = [], 0
            some.append(Sentence(sentence.start + begin, text))
            size += len(text)
    if some:
        yield some


def _wrong_here(seen: Seen, chances: NDArray[np.float64]) -> NDArray[np.float64]:
    """For each edit the chance that any edit at its place is right: they exclude each other."""
    at = seen.short.edits.at
    total = np.bincount(at, chances, len(seen.stream) + 2)
    near = total + np.roll(total, 1) + np.roll(total, -1)
    return np.asarray(np.minimum(near[at], 1.0), np.float64)


def _best_apart(
    seen: Seen, chances: NDArray[np.float64], wrong: NDArray[np.float64]
) -> Iterator[int]:
    """The likeliest edit of each place where something may be wrong, sure ones first."""
    edits = seen.short.edits
    rows = []
    for row in np.nonzero(chances >= LEAST)[0].tolist():
        rule, doubt = _rule(edits, row), wrong[row]
        if doubt >= LIMITS[rule].hint:
            is_sure = _is_sure(rule, doubt, chances[row])
            rows.append((not is_sure, -chances[row], row))
    taken: set[int] = set()
    for _, _, row in sorted(rows):
        at, cut = int(edits.at[row]), int(edits.cut[row])
        span = set(range(at - 1, at + max(cut, 1) + 1))
        if not span & taken:
            taken |= set(range(at, at + max(cut, 1)))
            yield row


def _rule(edits: Edits, row: int) -> str:
    kind = int(edits.kind[row])
    if kind == SUBSTITUTE:
        return "T01" if edits.sound[row] else "T02"
    return RULES[kind]


def _is_sure(rule: str, wrong: float, chance: float) -> bool:
    limits = LIMITS[rule]
    return bool(wrong >= limits.wrong and chance >= limits.edit)


def _doubt(seen: Seen, row: int, tokens: Tokens, at: int, lens: Lens) -> Doubt:
    edits = seen.short.edits
    cut = int(edits.cut[row])
    put = "".join(lens.letters[t] for t in (edits.one[row], edits.two[row]) if t >= 0)
    start = tokens.starts[at]
    end = tokens.ends[at + cut - 1] if cut else start
    return Doubt(_rule(edits, row), start, end, put, 0.0, is_sure=False)


def _is_said_twice(doubt: Doubt, text: str, lens: Lens) -> bool:
    """Words that are doubled on purpose: what the rule of repeats lets pass, passes here."""
    old = text[doubt.start : doubt.end]
    if doubt.rule != "T04":
        return False
    twice = old in (
        text[doubt.start - 1 : doubt.start],
        text[doubt.end : doubt.end + 1],
    )
    if len(old) == 1:
        may = old in FUNCTION + EACH or _ends_and_begins(doubt, text, lens)
        return twice and (may or _ends_a_name(doubt, text, lens))
    places = (doubt.start, max(0, doubt.start - len(old)))
    is_name = any(ENDS_AND_BEGINS.match(text, place) for place in places)
    is_urged = any(text[place - 1 : place] in BEFORE_TWICE for place in places if place)
    return is_name or is_urged or bool(MAY_REPEAT.fullmatch(old))


def _ends_and_begins(doubt: Doubt, text: str, lens: Lens) -> bool:
    """饮水水压, 联合国国际: one word ends as the next begins; 一剂剂: one after another."""
    first_ = doubt.start - (text[doubt.start - 1 : doubt.start] == text[doubt.start])
    if text[first_ - 1 : first_] == "一":
        return True
    left = [text[max(0, first_ - n) : first_ + 1] for n in (1, 2)]
    right = [text[first_ + 1 : first_ + n] for n in (3, 4)]
    return all(
        any(lens.words.has(w, lens.numbers) for w in side) for side in (left, right)
    )


def _ends_a_name(doubt: Doubt, text: str, lens: Lens) -> bool:
    """文昌路路口, 上窑村村民: the name of a place, and a word that begins as it ends."""
    old, at = text[doubt.start : doubt.end], doubt.start
    first_ = at - (text[at - 1 : at] == old)
    word = text[first_ + 1 : first_ + 3]
    return old in NAMES_END and lens.words.has(word, lens.numbers)


def _spanned(doubt: Doubt, text: str) -> Doubt:
    """A missing character is told with its neighbour: there is something to underline."""
    start, end, put = doubt.start, doubt.end, doubt.put
    if start == end:
        if end < len(text):
            end, put = end + 1, put + text[end]
        else:
            start, put = start - 1, text[start - 1] + put
    return replace(doubt, start=start, end=end, put=put)


def _hit(sentence: Sentence, doubt: Doubt) -> tuple[str, Hit]:
    old = sentence.text[doubt.start : doubt.end]
    new = doubt.put
    if doubt.rule == "T03":
        new = doubt.put.replace(old, "", 1)
    must_be_answered = doubt.is_sure or doubt.confidence >= LIMITS[doubt.rule].warn
    return doubt.rule, Hit(
        start=sentence.start + doubt.start,
        end=sentence.start + doubt.end,
        what=SAID[doubt.rule].format(old=old, new=new),
        put=(doubt.put,),
        sure=doubt.is_sure,
        severity=Severity.WARN if must_be_answered else Severity.HINT,
        confidence=doubt.confidence,
    )
