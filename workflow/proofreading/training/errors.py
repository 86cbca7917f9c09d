"""Errors put into clean sentences, of the kinds that people make, to learn from."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from random import Random

from workflow.proofreading.training.texts import HAN

KINDS = ("sound", "near", "shape", "word", "missing", "double", "swapped", "other")
SHARES = (0.26, 0.05, 0.11, 0.20, 0.25, 0.06, 0.05, 0.02)
READS_WELL = 0.5
"""How often a mistaken character must make a word with its neighbour, as keyboards offer it."""


@dataclass(frozen=True, slots=True)
class Slip:
    """A sentence with an error, as it should read, and which kind."""

    wrong: str
    right: str
    kind: str


class Injector:
    """Puts one error into a sentence; the same seed gives the same errors.

    Args:
        sound, near, shape: what a character is mistaken for, likelier ones repeated.
        sounding: words (two characters) by their sounds.
    """

    def __init__(
        self,
        seed: int,
        alike: dict[str, dict[str, list[str]]],
        sounding: dict[str, list[str]],
        usual: list[str],
    ) -> None:
        self.random = Random(seed)
        self.alike = alike
        self.sounding = sounding
        self.usual = usual

    def slip(self, text: str) -> Slip | None:
        """The sentence with one error, or nothing when none would go in."""
        places = [i for i, c in enumerate(text) if HAN.match(c)]
        if len(places) < 3:
            return None
        for _ in range(6):
            kind = self.random.choices(KINDS, SHARES)[0]
            wrong = getattr(self, f"_{kind}")(text, self.random.choice(places))
            if wrong and wrong != text:
                return Slip(wrong, text, kind)
        return None

    def _one(self, text: str, at: int, kind: str) -> str:
        others = self.alike[kind].get(text[at])
        if not others:
            return ""
        if kind != "shape" and self.random.random() < READS_WELL:
            others = [c for c in others if self._is_word(text, at, c)] or others
        return text[:at] + self.random.choice(others) + text[at + 1 :]

    def _is_word(self, text: str, at: int, put: str) -> bool:
        pairs = (text[at - 1 : at] + put, put + text[at + 1 : at + 2])
        return any(pair in self.sounding for pair in pairs)

    def _sound(self, text: str, at: int) -> str:
        return self._one(text, at, "sound")

    def _near(self, text: str, at: int) -> str:
        return self._one(text, at, "near")

    def _shape(self, text: str, at: int) -> str:
        return self._one(text, at, "shape")

    def _other(self, text: str, at: int) -> str:
        return text[:at] + self.random.choice(self.usual) + text[at + 1 :]

    def _word(self, text: str, at: int) -> str:
        pair = text[at : at + 2]
        others = [
            w
            for w in self.sounding.get(pair, ())
            if w[0] != pair[0] and w[1] != pair[1]
        ] or self.sounding.get(pair, [])
        return text[:at] + self.random.choice(others) + text[at + 2 :] if others else ""

    def _missing(self, text: str, at: int) -> str:
        return text[:at] + text[at + 1 :]

    def _double(self, text: str, at: int) -> str:
        size = 2 if self.random.random() < 0.3 else 1
        part = text[at : at + size]
        if len(HAN.findall(part)) != size:
            return ""
        return text[: at + size] + part + text[at + size :]

    def _swapped(self, text: str, at: int) -> str:
        pair = text[at : at + 2]
        if len(HAN.findall(pair)) != 2:
            return ""
        return text[:at] + pair[::-1] + text[at + 2 :]


def by_kind(rows: list[tuple[str, str, str]]) -> dict[str, dict[str, list[str]]]:
    """Kind to character to what it is mistaken for, out of rows."""
    table: dict[str, dict[str, list[str]]] = defaultdict(lambda: defaultdict(list))
    for kind, right, wrong in rows:
        table[kind][right].append(wrong)
    return table
