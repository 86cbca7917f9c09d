"""A sentence as the model reads it: one token a character, numbers and Latin words as one."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

UNKNOWN, EDGE, NUMBER, LATIN = 0, 1, 2, 3
SPECIAL = ("\0", "\n", "0", "A")

PIECE = re.compile(
    r"(?P<number>\d+(?:[.,:：％%]?\d+)*[%％‰]?)|(?P<latin>[A-Za-z]+)|(?P<space>\s+)|(?P<letter>.)",
    re.S,
)
SAME = str.maketrans(
    {
        ",": "，",
        ";": "；",
        ":": "：",
        "?": "？",
        "!": "！",
        "(": "（",
        ")": "）",
        "．": ".",
        '"': "“",
    }
)


@dataclass(frozen=True, slots=True)
class Tokens:
    """Numbers of the tokens, an edge before and behind, and where each stands.

    Args:
        ids: edge, tokens, edge.
        starts, ends: for each of ``ids`` its span in the text; edges are empty.
    """

    ids: list[int]
    starts: list[int]
    ends: list[int]


def read_tokens(text: str, numbers: Mapping[str, int]) -> Tokens:
    """Cut a sentence into tokens."""
    ids, starts, ends = [EDGE], [0], [0]
    for match in PIECE.finditer(text):
        kind = match.lastgroup
        if kind == "space":
            continue
        ids.append(_number(match.group(), kind, numbers))
        starts.append(match.start())
        ends.append(match.end())
    ids.append(EDGE)
    starts.append(len(text))
    ends.append(len(text))
    return Tokens(ids, starts, ends)


def _number(piece: str, kind: str | None, numbers: Mapping[str, int]) -> int:
    if kind == "number":
        return NUMBER
    if kind == "latin":
        return LATIN
    return numbers.get(piece.translate(SAME), UNKNOWN)


def numbering(letters: Sequence[str]) -> dict[str, int]:
    """The number of each character, as the model lists them."""
    return {letter: place for place, letter in enumerate(letters)}
