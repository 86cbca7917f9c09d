"""The character n-grams: how likely a character is after the four before it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from workflow.proofreading.speller.hashing import HashTable, first, stir, table_of
from workflow.proofreading.speller.store import Ints, Reals, Store

ORDER = 5
LIKELY_STEP = 1 / 14
BACK_STEP = 1 / 28


@dataclass(frozen=True)
class NGrams:
    """Interpolated, modified Kneser–Ney, in steps of a byte.

    Args:
        likely: for each order the logarithms (negative, in steps) at the table's places.
        back: the same for what is left to shorter contexts.
        single, single_back: the same for single tokens, by number.
    """

    tables: Sequence[HashTable]
    likely: Sequence[NDArray[np.uint8]]
    back: Sequence[NDArray[np.uint8]]
    single: Reals
    single_back: Reals

    def score(
        self, windows: Ints, most: int = ORDER, begin: int = 0
    ) -> tuple[Reals, Ints]:
        """Log likelihood of each token after the ones to its left in the same row.

        Args:
            windows: rows of tokens; -1 where the sentence has ended or not begun.
            most: how long the n-grams may be.
            begin: columns before this one serve as context only.

        Returns:
            For each place the logarithm (natural; 0 where there is no token), and the
            length of the longest n-gram known that ends there.
        """
        present = windows >= 0
        safe = np.where(present, windows, 0)
        likely = self.single[safe]
        known = present.astype(np.int64)
        back = np.zeros_like(likely)
        left_back = np.zeros_like(likely)
        left_back[:, 1:] = np.where(present, self.single_back[safe], 0)[:, :-1]
        keys = first(safe)
        whole = present.copy()
        whole[:, : max(0, begin - 1)] = False
        for order in range(2, most + 1):
            whole[:, order - 1 :] &= present[:, : 1 - order]
            whole[:, : order - 1] = False
            shifted = np.zeros_like(safe)
            shifted[:, order - 1 :] = safe[:, : 1 - order]
            keys = stir(keys, shifted)
            rows, columns = np.nonzero(whole)
            place = self.tables[order - 2].find(keys[rows, columns])
            hit = place >= 0
            told, missed = (rows[hit], columns[hit]), (rows[~hit], columns[~hit])
            likely[told] = self.likely[order - 2][place[hit]] * -np.float32(LIKELY_STEP)
            back[told] = 0
            known[told] = order
            back[missed] += left_back[missed]
            if order < most:
                left_back = np.zeros_like(likely)
                inner = columns[hit] + 1 < safe.shape[1]
                left_back[rows[hit][inner], columns[hit][inner] + 1] = self.back[
                    order - 2
                ][place[hit][inner]] * -np.float32(BACK_STEP)
        return np.where(present, likely + back, 0).astype(np.float32), known

    def holds(self, left: Ints, right: Ints) -> NDArray[np.bool_]:
        """Whether each pair of tokens was ever met side by side."""
        return np.asarray(self.tables[0].find(stir(first(right), left)) >= 0)


def ngrams_of(store: Store) -> NGrams:
    """The n-grams of a model."""
    orders = range(2, ORDER + 1)
    return NGrams(
        tables=[table_of(store, f"grams{n}") for n in orders],
        likely=[store.arrays[f"likely{n}"].view(np.uint8) for n in orders],
        back=[store.arrays[f"back{n}"].view(np.uint8) for n in orders if n < ORDER],
        single=store.arrays["likely1"].astype(np.float32),
        single_back=store.arrays["back1"].astype(np.float32),
    )
