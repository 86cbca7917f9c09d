"""The parts of the model, from texts to arrays."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

import numpy as np

from workflow.proofreading.speller.store import Array, Ints, Store
from workflow.proofreading.speller.tokens import (
    EDGE,
    SAME,
    SPECIAL,
    numbering,
    read_tokens,
)
from workflow.proofreading.text import sentences
from workflow.proofreading.training import counting
from workflow.proofreading.training.confusions import confusion_arrays, sounds
from workflow.proofreading.training.counting import VOID
from workflow.proofreading.training.proposals import (
    beside_arrays,
    between_arrays,
    listed_words,
    same_sound_arrays,
    word_arrays,
)
from workflow.proofreading.training.texts import HAN, Piece, own_words

SIZE = 8192
LEAST_TIMES = 5
OWN_WORD = 4.0
"""How often a listed term counts as met."""
LEAST = ((0.1, -9.0), (0.1, 1.0), (2, 2.2), (2, 4))
"""What is kept of each length from two on (``prune``): as much as 40 MB hold."""
WEIGHTS = {"township": 2.0, "official": 2.0, "sample": 2.0}


@dataclass
class Ground:
    """What does not depend on which texts are left out."""

    letters: list[str]
    numbers: dict[str, int]
    known: dict[str, tuple[str, ...]]
    frequency: Counter[str]
    arrays: dict[str, Array] = field(default_factory=dict)
    notes: dict[str, object] = field(default_factory=dict)


def lay_ground(pieces: Sequence[Piece]) -> Ground:
    """Letters, their sounds and looks, and the words."""
    frequency: Counter[str] = Counter()
    for piece in pieces:
        frequency.update(piece.text.translate(SAME))
    standard = {c for c in map(chr, range(0x4E00, 0xA000)) if _is_standard(c)}
    met = {c for c in frequency if HAN.match(c) or frequency[c] > 1}
    letters = [*SPECIAL, *sorted((met | standard) - set(SPECIAL))]
    numbers = numbering(letters)
    known = sounds(c for c in letters if HAN.match(c))
    useful = frozenset(c for c in known if frequency[c] >= 3)
    arrays = confusion_arrays(letters, useful, known)
    words, notes = word_arrays(numbers)
    letters_note = {"letters": "".join(letters)}
    return Ground(letters, numbers, known, frequency, {**arrays, **words}, {**notes, **letters_note})  # fmt: skip


def _is_standard(letter: str) -> bool:
    try:
        return len(letter.encode("gb2312")) == 2
    except UnicodeEncodeError:
        return False


def learn(ground: Ground, pieces: Iterable[Piece]) -> Store:
    """The n-grams and the proposals of some texts, with the ground they stand on."""
    stream, weights = [], []
    for piece in pieces:
        for _, text in sentences(piece.text):
            ids = read_tokens(text, ground.numbers).ids[:-1]
            stream += ids
            weights += [WEIGHTS.get(piece.source, 1.0)] * len(ids)
    stream.append(EDGE)
    weights.append(1.0)
    for word, times in sorted(listed_words(ground.numbers).items()):
        if 2 <= len(word) <= 4 and times >= LEAST_TIMES:
            stream += [VOID, *(ground.numbers[c] for c in word)]
            weights += [min(4.0, max(0.2, times / 100))] * (len(word) + 1)
    for word in own_words():
        stream += [VOID, *(ground.numbers[c] for c in word)]
        weights += [OWN_WORD] * (len(word) + 1)
    return _store(ground, np.array(stream, np.int64), np.array(weights))


def _store(ground: Ground, stream: Ints, weights: counting.Floats) -> Store:
    orders = counting.count(stream, weights, SIZE)
    counting.estimate(orders)
    keeps = counting.prune(orders, LEAST)
    arrays, notes = counting.arrays_of(orders, keeps)
    pairs, spoken = same_sound_arrays(orders, ground.letters, ground.known)
    arrays |= (
        between_arrays(orders, SIZE)
        | beside_arrays(orders)
        | pairs
        | spoken
        | ground.arrays
    )
    return Store(arrays, {**notes, **ground.notes})
