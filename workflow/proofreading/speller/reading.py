"""From sentences to weighed edits: the way that both the checker and the builder go."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from workflow.proofreading.speller.features import (
    Shortlist,
    Sights,
    features,
    promising,
    shortlist,
)
from workflow.proofreading.speller.ngrams import NGrams, ngrams_of
from workflow.proofreading.speller.proposals import Proposer, proposer_of
from workflow.proofreading.speller.segmenting import Words, words_of
from workflow.proofreading.speller.store import Bools, Ints, Reals, Store
from workflow.proofreading.speller.tokens import (
    EDGE,
    SPECIAL,
    Tokens,
    numbering,
    read_tokens,
)
from workflow.proofreading.speller.weighing import read_stream, weigh

COARSE_ORDER = 3
OPENING, CLOSING = "《“", "》”"


@dataclass(frozen=True)
class Lens:
    """The model but for its trees."""

    letters: str
    numbers: dict[str, int]
    ngrams: NGrams
    proposer: Proposer
    words: Words
    special: Bools

    def look(self, sentences: Sequence[Tokens], shut: Sequence[Sequence[bool]]) -> Seen:
        """Every edit worth weighing in some sentences.

        Args:
            shut: for each sentence which of its tokens must not be touched.
        """
        stream, begins = laid_end_to_end(sentences)
        free = ~self.special[stream]
        for begin, closed in zip(begins, shut, strict=True):
            free[begin : begin + len(closed)] &= ~np.asarray(closed, bool)
        reading = read_stream(stream, self.ngrams)
        coarse = read_stream(stream, self.ngrams, COARSE_ORDER)
        edits = self.proposer.propose(stream, free, coarse.known < COARSE_ORDER)
        edits = promising(edits, weigh(edits, coarse, self.ngrams))
        short = shortlist(edits, weigh(edits, reading, self.ngrams), len(stream))
        sights = Sights(self.ngrams, self.words, self.special, self._quoted(stream))
        return Seen(stream, begins, short, features(short, reading, sights))

    def _quoted(self, stream: Ints) -> Bools:
        depth = np.zeros(len(stream), np.int64)
        for signs, step in ((OPENING, 1), (CLOSING, -1)):
            for sign in signs:
                depth[stream == self.numbers.get(sign, -9)] += step
        total = np.cumsum(depth)
        edges = np.maximum.accumulate(
            np.where(stream == EDGE, np.arange(len(stream)), 0)
        )
        return np.asarray(total - total[edges] > 0)


@dataclass(frozen=True)
class Seen:
    """What was found in some sentences.

    Args:
        begins: for each sentence where its first edge stands in the stream.
    """

    stream: Ints
    begins: list[int]
    short: Shortlist
    rows: Reals


def laid_end_to_end(sentences: Sequence[Tokens]) -> tuple[Ints, list[int]]:
    """One stream with single edges between the sentences."""
    stream: list[int] = []
    begins = []
    for sentence in sentences:
        begins.append(len(stream))
        stream += sentence.ids[:-1]
    stream.append(EDGE)
    return np.array(stream, np.int64), begins


def lens_of(store: Store) -> Lens:
    """What a model sees with."""
    letters = str(store.notes["letters"])
    ngrams = ngrams_of(store)
    numbers = numbering(letters)
    special = np.array([not "\u4e00" <= c <= "\u9fff" and c != "〇" for c in letters])
    special[0] = False
    padded = np.ones(8192, bool)
    padded[: len(special)] = special
    return Lens(
        letters, numbers, ngrams, proposer_of(store, ngrams), words_of(store), padded
    )


def tokens_of(lens: Lens, text: str) -> Tokens:
    """A sentence as this model reads it."""
    return read_tokens(text, lens.numbers)


LETTERS_FROM = len(SPECIAL)
