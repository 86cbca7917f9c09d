"""What the trees are told about an edit: one row of numbers, in a fixed order."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from workflow.proofreading.speller.ngrams import NGrams
from workflow.proofreading.speller.proposals import (
    EXTRA,
    MISSING,
    SUBSTITUTE,
    SWAPPED,
    WORD,
    Edits,
)
from workflow.proofreading.speller.segmenting import Cut, Words
from workflow.proofreading.speller.store import Bools, Ints, Reals
from workflow.proofreading.speller.tokens import SPECIAL
from workflow.proofreading.speller.weighing import Reading, Weights

KINDS = (SUBSTITUTE, WORD, MISSING, EXTRA, SWAPPED)
FLOORS = np.array([1.2, 2.4, -2.2, 3.6, 1.8], np.float32)
ALIKE, LOOSE = len(KINDS), len(KINDS) + 1
"""Substitutes that sound nearly alike or look alike; substitutes that do neither.

They compete among themselves: what usually stands somewhere would else crowd out
what the writer more probably meant.
"""
RIVALS = (*KINDS, ALIKE, LOOSE)
PER_PLACE = np.array([3, 2, 3, 1, 1, 2, 2])
COARSE, COARSELY = 1.0, np.array([5, 5, 6, 1, 1, 4, 3])
SAME_SOUND = 2
AROUND = 5


@dataclass(frozen=True)
class Shortlist:
    """The edits worth a closer look, with what was learnt on the way.

    Args:
        rank: place among its rivals at its token, from 0.
        margin: how much better than the next of them (or worse than the first).
        rivals: for each of ``RIVALS`` the best gain nearby.
        crowd: how many of its rivals at its token were above the floor.
    """

    edits: Edits
    weights: Weights
    rank: Ints
    margin: Reals
    rivals: Reals
    crowd: Ints


def shortlist(edits: Edits, weights: Weights, size: int) -> Shortlist:
    """Drop what makes the sentence no likelier; keep the best few of each kind and place.

    Args:
        size: the length of the stream.
    """
    above = np.nonzero(weights.gain > FLOORS[edits.kind])[0]
    edits, weights = edits.pick(above), weights.pick(above)
    rival = _rival_of(edits)
    group = edits.at * len(RIVALS) + rival
    order = np.lexsort((edits.two, edits.one, -weights.gain, group))
    edits, weights = edits.pick(order), weights.pick(order)
    group, rival = group[order], rival[order]
    begins = (
        np.concatenate([[True], group[1:] != group[:-1]]) if len(group) else group > 0
    )
    starts = np.nonzero(begins)[0]
    sizes = np.diff([*starts, len(group)])
    rank = np.arange(len(group)) - np.repeat(starts, sizes)
    margin = _margins(weights.gain, starts, sizes)
    rivals = _rivals(edits, rival, weights.gain, size)
    kept = rank < PER_PLACE[rival]
    crowd = np.repeat(sizes, sizes)
    return Shortlist(
        edits.pick(kept), weights.pick(kept), rank[kept], margin[kept], rivals[kept], crowd[kept]
    )  # fmt: skip


def _rival_of(edits: Edits) -> Ints:
    """With which edits of its place each competes; the kind, but for substitutes."""
    is_put = edits.kind == SUBSTITUTE
    loose = is_put & (edits.sound == 0) & (edits.shape == 0)
    alike = is_put & ~loose & (edits.sound < SAME_SOUND)
    return np.where(loose, LOOSE, np.where(alike, ALIKE, edits.kind))


def _margins(gain: Reals, starts: Ints, sizes: Ints) -> Reals:
    margin = np.full(len(gain), 20, np.float32)
    top = np.repeat(gain[starts], sizes) if len(gain) else gain
    margin[:] = gain - top
    many = starts[sizes > 1]
    margin[starts] = 20
    margin[many] = gain[many] - gain[many + 1]
    return margin


def _rivals(edits: Edits, rival: Ints, gain: Reals, size: int) -> Reals:
    best = np.full((len(RIVALS), size + 4), -20, np.float32)
    for kind in RIVALS:
        which = rival == kind
        np.maximum.at(best[kind], edits.at[which] + 2, gain[which])
    near = np.maximum.reduce([best[:, d : size + d] for d in range(5)])
    return np.asarray(near[:, edits.at].T, np.float32)


def promising(edits: Edits, weights: Weights) -> Edits:
    """After a first, coarse weighing: the best few of each kind and place."""
    above = np.nonzero(weights.gain > FLOORS[edits.kind] - COARSE)[0]
    edits, gain = edits.pick(above), weights.gain[above]
    rival = _rival_of(edits)
    group = edits.at * len(RIVALS) + rival
    order = np.lexsort((edits.two, edits.one, -gain, group))
    group = group[order]
    starts = np.nonzero(np.diff(group, prepend=-1))[0]
    sizes = np.diff([*starts, len(group)])
    rank = np.arange(len(group)) - np.repeat(starts, sizes)
    return edits.pick(order[rank < COARSELY[rival[order]]])


@dataclass(frozen=True)
class Sights:
    """What a reader of features needs beside the edits.

    Args:
        special: tokens that are marks, numbers, Latin or edges, by number.
        quoted: tokens of the stream within title marks or quotes.
    """

    ngrams: NGrams
    words: Words
    special: Bools
    quoted: Bools


def features(short: Shortlist, reading: Reading, sights: Sights) -> Reals:
    """The matrix of features, one row an edit."""
    edits, weights = short.edits, short.weights
    columns = [
        *_likelihoods(weights),
        *_nature(edits, reading, sights),
        short.rank,
        short.margin,
        short.crowd,
        *short.rivals.T,
        *_sentence(edits, reading),
        *_cuts(edits, reading, sights),
    ]
    return np.stack([np.asarray(c, np.float32) for c in columns], 1)


def _likelihoods(weights: Weights) -> list[Reals | Ints]:
    old, new = weights.old, weights.new
    return [
        weights.gain,
        old[:, 0], old[:, 1], old[:, 2], old[:, 3], old.min(1), old.sum(1),
        new[:, 0], new[:, 1], new[:, 2], new[:, 3], new.min(1), new.sum(1),
        *weights.old_known[:, :5].T, *weights.new_known[:, :5].T,
        weights.old_known.max(1), weights.new_known.max(1),
        weights.old_known.sum(1), weights.new_known.sum(1),
    ]  # fmt: skip


def _nature(
    edits: Edits, reading: Reading, sights: Sights
) -> list[Reals | Ints | Bools]:
    stream, single = reading.stream, sights.ngrams.single
    last = np.minimum(edits.at + edits.cut, len(stream) - 1)
    one, two = np.maximum(edits.one, 0), np.maximum(edits.two, 0)
    put, here, before = edits.one >= 0, stream[edits.at], stream[edits.at - 1]
    return [
        edits.kind, edits.cut, edits.sound, edits.shape,
        np.where(put, single[one], 0), single[here],
        np.where(edits.two >= 0, single[two], 0),
        sights.special[before], sights.special[stream[last]], sights.special[here],
        sights.special[one] & put,
        (here == before) & (edits.cut > 0), here == stream[last],
        put & ((one == before) | (one == stream[last])),
        sights.quoted[edits.at],
    ]  # fmt: skip


def _sentence(edits: Edits, reading: Reading) -> list[Reals | Ints]:
    total = np.concatenate([[0], np.cumsum(reading.likely, dtype=np.float64)])
    left, right = reading.left[edits.at], reading.right[edits.at]
    size = right - left
    mean = (total[right + 1] - total[left + 1]) / np.maximum(size, 1)
    begin, end = np.maximum(left, edits.at - 8), np.minimum(right, edits.at + 12)
    near = (total[end + 1] - total[begin + 1]) / np.maximum(end - begin, 1)
    return [size, edits.at - left, right - edits.at, mean, near]


def _cuts(edits: Edits, reading: Reading, sights: Sights) -> list[Reals | Ints]:
    before, after = (
        _around(edits, reading, sights, changed=False),
        _around(edits, reading, sights, changed=True),
    )
    old, new = sights.words.cut(before), sights.words.cut(after)
    return [
        old.cost - new.cost, old.cost, new.cost,
        *_words_at(old, before), *_words_at(new, after),
    ]  # fmt: skip


def _words_at(cut: Cut, windows: Ints) -> list[Reals | Ints]:
    lone = ((cut.length == 1) & (windows >= 0)).sum(1)
    at = AROUND
    return [
        lone,
        cut.length[:, at - 1], cut.length[:, at], cut.length[:, at + 1],
        cut.rarity[:, at - 1], cut.rarity[:, at], cut.rarity[:, at + 1],
        cut.rarity.max(1),
    ]  # fmt: skip


def _around(edits: Edits, reading: Reading, sights: Sights, *, changed: bool) -> Ints:
    width = 2 * AROUND + 2
    stream = reading.stream
    put = (edits.one >= 0).astype(np.int64) + (edits.two >= 0)
    column = np.arange(width)
    origin = edits.at[:, None] - AROUND + column
    if changed:
        behind = column[None, :] >= (AROUND + put)[:, None]
        origin = origin + behind * (edits.cut - put)[:, None]
    inside = (origin > reading.left[edits.at][:, None]) & (
        origin < reading.right[edits.at][:, None]
    )
    windows = np.where(inside, stream[np.clip(origin, 0, len(stream) - 1)], -1)
    if changed:
        for place, tokens in ((AROUND, edits.one), (AROUND + 1, edits.two)):
            windows[:, place] = np.where(tokens >= 0, tokens, windows[:, place])
    return np.where(
        (windows >= 0) & ~sights.special[np.maximum(windows, 0)], windows, -1
    )


FIRST_LETTER = len(SPECIAL)
