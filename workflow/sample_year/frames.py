"""Filling sentence frames: ``[甲|乙]`` takes one, ``{名}`` a word, ``{甲+乙}`` a sum.

``{3-9}`` is a number of that range.  Within one item a name always gives the same
word or number, so that what is said twice agrees and the parts make the total.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from random import Random

ALTERNATIVES = re.compile(r"\[([^\[\]]*\|[^\[\]]*)\]")
BLANK = re.compile(r"\{([^{}]+)\}")
RANGE = re.compile(r"(\d+)-(\d+)")


@dataclass(slots=True)
class Filling:
    """The words and numbers of one item.

    Args:
        chance: source of every choice.
        words: name to the word that stands for it.
        numbers: name to the number that stands for it.
    """

    chance: Random
    words: Mapping[str, str]
    numbers: Mapping[str, int] = field(default_factory=dict)

    def fill(self, frame: str) -> str:
        """The frame with every choice made and every blank filled.

        Raises:
            KeyError: the frame names a word or number that was not given.
        """
        chosen = ALTERNATIVES.sub(self._one_of, frame)
        return BLANK.sub(self._value, chosen)

    def _one_of(self, found: re.Match[str]) -> str:
        options = str(found.group(1)).split("|")
        return self.chance.choice(options)

    def _value(self, found: re.Match[str]) -> str:
        name = str(found.group(1))
        if span := RANGE.fullmatch(name):
            return str(self.chance.randint(int(span[1]), int(span[2])))
        if name in self.words:
            return self.words[name]
        return str(sum(self.numbers[part] for part in name.split("+")))
