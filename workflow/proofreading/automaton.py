"""Which checks are worth running where: one reading of the text for all triggers."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Generic, Protocol, TypeVar

from ahocorasick_rs import AhoCorasick, MatchKind

from workflow.proofreading.text import Line


class Triggered(Protocol):
    """Anything with the words that wake it."""

    @property
    def near(self) -> tuple[str, ...]:
        """The words; none means always awake."""


Check = TypeVar("Check", bound=Triggered)


@dataclass(frozen=True)
class Near(Generic[Check]):
    """Checks by the words that wake them.

    Args:
        always: those that read every line.
        by_letter: those woken by a single character.
        by_word: for each word of the automaton those it wakes.
    """

    checks: tuple[Check, ...]
    always: tuple[int, ...]
    by_letter: dict[str, tuple[int, ...]]
    by_word: tuple[tuple[int, ...], ...]
    automaton: AhoCorasick

    def by_line(
        self, text: str, lines: Sequence[Line]
    ) -> Iterator[tuple[Line, list[Check]]]:
        """Each line with its awake checks, in the order they were listed."""
        woken: dict[int, set[int]] = {}
        ends = [line.start + len(line.text) for line in lines]
        number = 0
        for word, start, _ in self._matches(text):
            while start >= ends[number]:
                number += 1
            woken.setdefault(number, set()).update(self.by_word[word])
        for place, line in enumerate(lines):
            awake = self._awake(line.text, woken.get(place, set()))
            yield line, [self.checks[n] for n in sorted(awake)]

    def of_text(self, text: str) -> list[Check]:
        """The checks of the whole text that are awake."""
        words = {word for word, _, _ in self._matches(text)}
        woken = {number for word in words for number in self.by_word[word]}
        return [self.checks[n] for n in sorted(self._awake(text, woken))]

    def _matches(self, text: str) -> list[tuple[int, int, int]]:
        if not self.by_word:
            return []
        return self.automaton.find_matches_as_indexes(text, overlapping=True)

    def _awake(self, text: str, woken: set[int]) -> set[int]:
        woken.update(self.always)
        for letter in self.by_letter.keys() & set(text):
            woken.update(self.by_letter[letter])
        return woken


def near_of(checks: Sequence[Check]) -> Near[Check]:
    """The index of these checks."""
    words: dict[str, list[int]] = {}
    for number, check in enumerate(checks):
        for word in check.near:
            words.setdefault(word, []).append(number)
    longer = {word: tuple(ns) for word, ns in words.items() if len(word) > 1}
    return Near(
        checks=tuple(checks),
        always=tuple(n for n, check in enumerate(checks) if not check.near),
        by_letter={w: tuple(ns) for w, ns in words.items() if len(w) == 1},
        by_word=tuple(longer.values()),
        automaton=AhoCorasick(list(longer), matchkind=MatchKind.Standard),
    )
