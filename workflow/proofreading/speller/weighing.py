"""What an edit does to the likelihood of the tokens around it."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from workflow.proofreading.speller.ngrams import ORDER, NGrams
from workflow.proofreading.speller.proposals import Edits
from workflow.proofreading.speller.store import Bools, Ints, Reals
from workflow.proofreading.speller.tokens import EDGE

MOST_AT_ONCE = 20_000


@dataclass(frozen=True)
class Reading:
    """The stream as it stands, scored.

    Args:
        left, right: for each token the edges of its sentence.
        likely, known: as the n-grams say, token by token.
        order: how long the n-grams were.
    """

    stream: Ints
    left: Ints
    right: Ints
    likely: Reals
    known: Ints
    order: int


@dataclass(frozen=True)
class Weights:
    """Row by row, for the edits: before and after, over the tokens concerned.

    Args:
        gain: the difference of the sums of logarithms.
        old, new: logarithms, one column a token from the first touched; 0 beyond.
        old_known, new_known: lengths of the n-grams known, 0 beyond.
    """

    gain: Reals
    old: Reals
    new: Reals
    old_known: Ints
    new_known: Ints

    def pick(self, which: Bools | Ints) -> Weights:
        """Some of the rows."""
        return Weights(
            self.gain[which], self.old[which], self.new[which],
            self.old_known[which], self.new_known[which],
        )  # fmt: skip


def read_stream(stream: Ints, ngrams: NGrams, order: int = ORDER) -> Reading:
    """Score a stream; every token sees its own sentence only."""
    place = np.arange(len(stream))
    edge = stream == EDGE
    left = np.maximum.accumulate(np.where(edge, place, 0))
    left = np.concatenate([[0], left[:-1]])
    right = np.minimum.accumulate(np.where(edge, place, len(stream) - 1)[::-1])[::-1]
    columns = place[:, None] + np.arange(1 - order, 1)
    inside = columns >= left[:, None]
    windows = np.where(inside, stream[np.maximum(columns, 0)], -1)
    likely, known = _in_parts(ngrams, windows, order)
    return Reading(stream, left, right, likely[:, -1], known[:, -1], order)


def weigh(edits: Edits, reading: Reading, ngrams: NGrams) -> Weights:
    """Score each edit against the text as it stands."""
    reach = reading.order - 1
    old_at = edits.at[:, None] + np.arange(reach + 3)
    last = np.minimum(edits.at + edits.cut + reach - 1, reading.right[edits.at])
    inside = old_at <= last[:, None]
    safe = np.minimum(old_at, len(reading.stream) - 1)
    old = np.where(inside, reading.likely[safe], 0).astype(np.float32)
    old_known = np.where(inside, reading.known[safe], 0)
    windows = _windows(edits, reading, last, reach)
    likely, known = _in_parts(ngrams, windows, reading.order)
    new, new_known = likely[:, reach:], known[:, reach:]
    return Weights(new.sum(1) - old.sum(1), old, new, old_known, new_known)


def _windows(edits: Edits, reading: Reading, last: Ints, reach: int) -> Ints:
    put = (edits.one >= 0).astype(np.int64) + (edits.two >= 0)
    column = np.arange(2 * reach + 3)
    origin = edits.at[:, None] - reach + column
    behind = column[None, :] >= (reach + put)[:, None]
    origin = origin + behind * (edits.cut - put)[:, None]
    inside = (origin >= reading.left[edits.at][:, None]) & (origin <= last[:, None])
    windows = np.where(
        inside, reading.stream[np.clip(origin, 0, len(reading.stream) - 1)], -1
    )
    for place, tokens in ((reach, edits.one), (reach + 1, edits.two)):
        windows[:, place] = np.where(tokens >= 0, tokens, windows[:, place])
    return windows


def _in_parts(ngrams: NGrams, windows: Ints, order: int) -> tuple[Reals, Ints]:
    parts = [
        ngrams.score(windows[begin : begin + MOST_AT_ONCE], order, order - 1)
        for begin in range(0, max(1, len(windows)), MOST_AT_ONCE)
    ]
    return np.concatenate([p[0] for p in parts]), np.concatenate([p[1] for p in parts])
