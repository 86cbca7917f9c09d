"""What the model proposes: characters between two others, words of the same sound, words."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence

import numpy as np

from workflow.proofreading.speller.hashing import first, laid_out, stir
from workflow.proofreading.speller.segmenting import LONGEST
from workflow.proofreading.speller.store import Array, Ints
from workflow.proofreading.speller.tokens import SPECIAL
from workflow.proofreading.training.confusions import toneless
from workflow.proofreading.training.counting import Floats, Order
from workflow.proofreading.training.texts import folder_of, own_words

OWN_TIMES = 300
"""How often a listed term counts as met, on the scale of ``jieba``'s list."""
BETWEEN = 12
BESIDE = 24
SAME_SOUND = 24


def between_arrays(orders: Sequence[Order], size: int) -> dict[str, Array]:
    """For two tokens the ones most often met between them."""
    three, two = orders[2], orders[1]
    often = three.raw >= 2
    middle = two.last[three.prefix[often]]
    left = two.prefix[three.prefix[often]]
    pair = left * size + three.last[often]
    inner = middle >= len(SPECIAL)
    return _ranked(
        pair[inner], middle[inner], three.raw[often][inner], BETWEEN, "between"
    )


def beside_arrays(orders: Sequence[Order]) -> dict[str, Array]:
    """For each token the characters most often met before it, and after it."""
    two = orders[1]
    often = (two.raw >= 3) & ~two.begins
    left, right, raw = two.prefix[often], two.last[often], two.raw[often]
    from_left, from_right = right >= len(SPECIAL), left >= len(SPECIAL)
    after = _ranked(left[from_left], right[from_left], raw[from_left], BESIDE, "after")
    before = _ranked(
        right[from_right], left[from_right], raw[from_right], BESIDE, "before"
    )
    return after | before


def _ranked(
    keys: Ints, values: Ints, counts: Floats, most: int, name: str
) -> dict[str, Array]:
    order = np.lexsort((values, -counts, keys))
    keys, values = keys[order], values[order]
    unique, begin = np.unique(keys, return_index=True)
    rank = np.arange(len(keys)) - np.repeat(begin, np.diff([*begin, len(keys)]))
    kept = rank < most
    _, begin = np.unique(keys[kept], return_index=True)
    sizes = np.diff([*begin, kept.sum()])
    is_small = int(values.max()) < 1 << 16
    return {
        f"{name}_keys": unique.astype(np.uint32),
        f"{name}_many": sizes.astype(np.uint8),
        f"{name}_with": values[kept].astype(np.uint16 if is_small else np.uint32),
    }


def same_sound_arrays(
    orders: Sequence[Order], letters: Sequence[str], known: Mapping[str, Sequence[str]]
) -> tuple[dict[str, Array], dict[str, Array]]:
    """For two sounds the pairs of characters most often met; and each character's sounds."""
    spoken = {c: list(dict.fromkeys(toneless(r) for r in known[c])) for c in known}
    names = {
        s: i for i, s in enumerate(sorted({s for v in spoken.values() for s in v}))
    }
    sound = [[names[s] for s in spoken.get(c, ())] for c in letters]
    two = orders[1]
    rows: list[tuple[int, int, float]] = []
    for at in np.nonzero(two.raw >= 2)[0]:
        a, b = int(two.prefix[at]), int(two.last[at])
        for x in sound[a] if a < len(sound) else ():
            for y in sound[b]:
                rows.append((x * 512 + y, a * 8192 + b, float(two.raw[at])))
    keys, values, counts = (np.array(column) for column in zip(*rows, strict=True))
    pairs = _ranked(keys, values, counts, SAME_SOUND, "sounding")
    first_sound = [s[0] if s else 511 for s in sound]
    other = [s[1] if len(s) > 1 else 511 for s in sound]
    return pairs, {"sounds": np.array([first_sound, other], np.uint16)}


def listed_words(number: Mapping[str, int]) -> dict[str, int]:
    """The words of ``jieba``'s list that can be written with our characters."""
    counts: dict[str, int] = defaultdict(int)
    file = folder_of("jieba") / "dict.txt"
    for line in file.read_text("utf-8").splitlines():
        word, times, _ = line.split(" ")
        if 1 <= len(word) <= LONGEST and all(c in number for c in word):
            counts[word] += int(times)
    for word in own_words():
        if len(word) <= LONGEST:
            counts[word] += OWN_TIMES
    return counts


def word_arrays(
    number: Mapping[str, int],
) -> tuple[dict[str, Array], dict[str, int]]:
    """Words and how common they are."""
    counts = listed_words(number)
    words = sorted(counts)
    total = sum(counts.values())
    keys = np.array([_word_key(w, number) for w in words], np.uint64)
    chance = -np.log((np.array([counts[w] for w in words]) + 0.5) / total)
    places, prints, slots = laid_out(keys, 0.8)
    likely = np.zeros(len(prints), np.uint8)
    likely[places] = np.clip(np.rint(chance * 12), 0, 255).astype(np.uint8)
    return {"words": prints, "words_likely": likely}, {"words_slots": slots}


def _word_key(word: str, number: Mapping[str, int]) -> int:
    tokens = np.array([[number[c]] for c in word], np.int64)
    key = first(tokens[-1])
    for token in tokens[-2::-1]:
        key = stir(key, token)
    return int(key[0])
