"""Everything a sentence might have meant: five kinds of edits, before any is weighed."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from workflow.proofreading.speller.ngrams import NGrams
from workflow.proofreading.speller.store import Array, Bools, Ints, Store
from workflow.proofreading.speller.tokens import EDGE

SUBSTITUTE, WORD, MISSING, EXTRA, SWAPPED = range(5)
NONE = -1


@dataclass(frozen=True)
class Edits:
    """One row an edit of the stream of tokens.

    Args:
        kind: one of the five. at: the first token touched. cut: how many are replaced.
        one, two: the tokens put there, -1 for none.
        sound, shape: how alike a substitute is (0 to 3; 0 to 200).
    """

    kind: Ints
    at: Ints
    cut: Ints
    one: Ints
    two: Ints
    sound: Ints
    shape: Ints

    def __len__(self) -> int:
        return len(self.kind)

    def pick(self, which: Bools | Ints) -> Edits:
        """Some of the rows."""
        return Edits(
            self.kind[which], self.at[which], self.cut[which], self.one[which],
            self.two[which], self.sound[which], self.shape[which],
        )  # fmt: skip


def _edits(kind: int, at: Ints, cut: int, one: Ints, two: Ints | None = None) -> Edits:
    fill = np.full(len(at), NONE, np.int64)
    zero = np.zeros(len(at), np.int64)
    return Edits(
        zero + kind,
        at,
        zero + cut,
        one,
        fill if two is None else two,
        zero,
        zero.copy(),
    )


def joined(parts: list[Edits]) -> Edits:
    """All rows, one part after the other."""
    names = Edits.__dataclass_fields__
    return Edits(*(np.concatenate([getattr(p, n) for p in parts]) for n in names))


@dataclass(frozen=True)
class Lists:
    """For sorted keys a list of values each."""

    keys: Array
    begins: Array
    values: Array

    def of(self, keys: Ints) -> tuple[Ints, Ints]:
        """For each key its values: places in ``keys``, and the values."""
        place = np.searchsorted(self.keys, keys.astype(self.keys.dtype))
        place = np.minimum(place, len(self.keys) - 1)
        hit = np.nonzero(self.keys[place] == keys)[0]
        return spread(hit, self.begins, place[hit], self.values)


def spread(rows: Ints, begins: Array, place: Ints, values: Array) -> tuple[Ints, Ints]:
    """Unfold the lists at the places: the row for each value, and the value."""
    begin = begins[place].astype(np.int64)
    sizes = begins[place + 1].astype(np.int64) - begin
    owner = np.repeat(np.arange(len(rows)), sizes)
    inner = np.arange(len(owner)) - np.repeat(np.cumsum(sizes) - sizes, sizes)
    at = begin[owner] + inner
    return rows[owner], values[at].astype(np.int64)


@dataclass(frozen=True)
class Proposer:
    """The tables of proposals."""

    ngrams: NGrams
    confused_from: Array
    confused_with: Array
    confused_sound: Array
    confused_shape: Array
    between: Lists
    sounding: Lists
    after: Lists
    before: Lists
    sounds: Array
    groups: Array
    short: tuple[Array, Array]

    def propose(self, stream: Ints, free: Bools, weak: Bools) -> Edits:
        """All edits of a stream.

        Args:
            stream: tokens; edges part the sentences, one at each end.
            free: tokens that may be touched (edges may not).
            weak: tokens that end no known n-gram of three.
        """
        gap = weak.copy()
        gap[:-1] |= weak[1:]
        near = gap.copy()
        near[:-2] |= weak[2:]
        edge = free & near
        return joined(
            [
                self._substitutes(stream, edge),
                self._words(stream, free, near),
                self._missing(stream, free, gap),
                self._extra(stream, edge),
                self._swapped(stream, free, near),
            ]
        )

    def _substitutes(self, stream: Ints, free: Bools) -> Edits:
        at = np.nonzero(free)[0]
        index = np.arange(len(self.confused_with))
        row, place = spread(at, self.confused_from, stream[at], index)
        one = self.confused_with[place].astype(np.int64)
        met = self.ngrams.holds(stream[row - 1], one) | self.ngrams.holds(
            one, stream[row + 1]
        )
        met &= ~self._exchanged(stream[row], one)
        row, place, one = row[met], place[met], one[met]
        alike = _edits(SUBSTITUTE, row, 1, one)
        alike.sound[:] = self.confused_sound[place]
        alike.shape[:] = self.confused_shape[place]
        return joined([alike, self._expected(stream, at, alike)])

    def _expected(self, stream: Ints, at: Ints, alike: Edits) -> Edits:
        """What usually stands between the neighbours, alike or not."""
        pair = stream[at - 1] * _SIZE + stream[at + 1]
        row, one = self.between.of(pair)
        row = at[row]
        known = np.isin(row * _SIZE + one, alike.at * _SIZE + alike.one)
        fresh = ~known & (one != stream[row]) & ~self._exchanged(stream[row], one)
        return _edits(SUBSTITUTE, row[fresh], 1, one[fresh])

    def _exchanged(self, old: Ints, new: Ints) -> Bools:
        """Whether both are of one group whose members are all right where one is."""
        group = self.groups[old]
        return np.asarray((group > 0) & (group == self.groups[new]))

    def _words(self, stream: Ints, free: Bools, near: Bools) -> Edits:
        at = np.nonzero(free[:-1] & free[1:] & near[:-1])[0]
        found = []
        for x in self.sounds:
            for y in self.sounds:
                a, b = (
                    x[stream[at]].astype(np.int64),
                    y[stream[at + 1]].astype(np.int64),
                )
                spoken = np.nonzero((a != 511) & (b != 511))[0]
                row, pair = self.sounding.of(a[spoken] * 512 + b[spoken])
                place = at[spoken[row]]
                one, two = pair // _SIZE, pair % _SIZE
                both = (one != stream[place]) & (two != stream[place + 1])
                found.append(_edits(WORD, place[both], 2, one[both], two[both]))
        return joined(found)

    def _missing(self, stream: Ints, free: Bools, gap: Bools) -> Edits:
        at = np.arange(1, len(stream))
        open_ = free[1:] | free[:-1]
        open_ &= (stream[1:] != EDGE) | (stream[:-1] != EDGE)
        at = at[open_ & gap[1:]]
        left, right = stream[at - 1], stream[at]
        lists = (
            (self.between, left * _SIZE + right),
            (self.after, left),
            (self.before, right),
        )
        found = [lists_.of(keys) for lists_, keys in lists]
        row = np.concatenate([rows for rows, _ in found])
        one = np.concatenate([values for _, values in found])
        code = np.unique(row * _SIZE + one)
        at, one = at[code // _SIZE], code % _SIZE
        before, behind = self.short
        may_do_without = np.isin(stream[at - 1] * _SIZE + one, before)
        may_do_without |= np.isin(one * _SIZE + stream[at], behind)
        return _edits(MISSING, at[~may_do_without], 0, one[~may_do_without])

    def _extra(self, stream: Ints, free: Bools) -> Edits:
        at = np.nonzero(free)[0]
        none = np.full(len(at), NONE, np.int64)
        single = _edits(EXTRA, at, 1, none)
        twice = at[: -4 if len(at) > 4 else 0]
        room = twice[twice + 4 < len(stream)]
        same = (stream[room] == stream[room + 2]) & (
            stream[room + 1] == stream[room + 3]
        )
        same &= free[room] & free[room + 1]
        pair = room[same]
        return joined(
            [single, _edits(EXTRA, pair, 2, np.full(len(pair), NONE, np.int64))]
        )

    def _swapped(self, stream: Ints, free: Bools, near: Bools) -> Edits:
        pair = free[:-1] & free[1:] & near[:-1]
        at = np.nonzero(pair & (stream[:-1] != stream[1:]))[0]
        return _edits(SWAPPED, at, 2, stream[at + 1], stream[at])


_SIZE = 8192
EXCHANGED = (
    "一二三四五六七八九十百千万亿两几零〇", "乡镇村县区市州省组", "他她它您你我", "男女", "上下",
    "前后", "左右", "东西南北", "大小", "多少", "年月日时", "甲乙丙丁", "父母子女", "春夏秋冬",
    "进出", "增减", "高低", "早晚", "这那", "买卖", "者人", "和与及或", "该本此",
)  # fmt: skip
"""Characters that stand for each other without anybody having mistyped."""


SHORT_BEFORE = (
    "应当 应该 或者 可以 按照 依照 参照 比照 因为 如果 但是 虽然 虽说 已经 能够 将要 需要 对于 为了 除了 "
    "乡镇 乡村 村组 县区 本法 促进 经过 等等 仅仅 刚刚 常常 各个 每个 月份 年份 均已 均应 均为 仍然 仍旧 既然"
)
SHORT_BEHIND = (
    "督促 农村 之间 之内 之外 之前 之后 之上 之下 之中 之时 以前 以后 以及 并且 而且 况且 必须 必需 务必 直至 甚至 乃至 "
    "依据 根据 自从 作为 成为 直到 等到 总局 乡镇 各类 两类 三类 就是 还是 只是 正是 便是 就要 还要 也要 都要"
)
"""Words of which one character may stand for both: 应 for 应当, 间 for 之间.

Whoever wrote the short one has forgotten nothing.
"""


def short_words(letters: str) -> tuple[Array, Array]:
    """Codes of the words whose first (second) character may stand alone, sorted."""
    number = {letter: place for place, letter in enumerate(letters)}
    codes = [
        sorted(number[w[0]] * _SIZE + number[w[1]] for w in words.split() if set(w) <= number.keys())
        for words in (SHORT_BEFORE, SHORT_BEHIND)
    ]  # fmt: skip
    return np.array(codes[0], np.int64), np.array(codes[1], np.int64)


def _groups(letters: str) -> Array:
    groups = np.zeros(_SIZE, np.uint8)
    for number, members in enumerate(EXCHANGED, 1):
        for letter in members:
            if letter in letters:
                groups[letters.index(letter)] = number
    return groups


def proposer_of(store: Store, ngrams: NGrams) -> Proposer:
    """The proposals of a model."""
    arrays = store.arrays

    def lists(name: str) -> Lists:
        ends = np.cumsum(arrays[f"{name}_many"], dtype=np.uint32)
        begins = np.concatenate([np.zeros(1, np.uint32), ends])
        return Lists(arrays[f"{name}_keys"], begins, arrays[f"{name}_with"])

    return Proposer(
        ngrams, arrays["confused_from"], arrays["confused_with"],
        arrays["confused_sound"], arrays["confused_shape"],
        lists("between"), lists("sounding"), lists("after"), lists("before"), arrays["sounds"],
        _groups(str(store.notes["letters"])), short_words(str(store.notes["letters"])),
    )  # fmt: skip
