"""The character n-grams: how likely a character is after the four before it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from workflow.proofreading.speller.hashing import HashTable, first, stir, table_of
from workflow.proofreading.speller.store import Bools, Ints, Reals, Store

ORDER = 5
LIKELY_STEP = 1 / 14
BACK_STEP = 1 / 28


@dataclass
class _Told:
    """What is known so far of each place while ever longer n-grams are looked up.

    Args:
        back: what must be added for the longer contexts that were not met.
        left_back: the same of the context that ends just before.
    """

    tokens: Ints
    present: Bools
    likely: Reals
    back: Reals
    left_back: Reals
    order: Ints

    @classmethod
    def begun(cls, windows: Ints, single: Reals, single_back: Reals) -> _Told:
        """What single tokens tell."""
        present = windows >= 0
        tokens = np.where(present, windows, 0)
        likely = single[tokens]
        left_back = np.zeros_like(likely)
        left_back[:, 1:] = np.where(present, single_back[tokens], 0)[:, :-1]
        none = np.zeros_like(likely)
        return cls(tokens, present, likely, none, left_back, present.astype(np.int64))


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
        known = _Told.begun(windows, self.single, self.single_back)
        keys = first(known.tokens)
        whole = known.present.copy()
        whole[:, : max(0, begin - 1)] = False
        for order in range(2, most + 1):
            whole[:, order - 1 :] &= known.present[:, : 1 - order]
            whole[:, : order - 1] = False
            shifted = np.zeros_like(known.tokens)
            shifted[:, order - 1 :] = known.tokens[:, : 1 - order]
            keys = stir(keys, shifted)
            rows, columns = np.nonzero(whole)
            place = self.tables[order - 2].find(keys[rows, columns])
            self._tell(known, order, (rows, columns, place), is_last=order == most)
        likely = np.where(known.present, known.likely + known.back, 0)
        return likely.astype(np.float32), known.order

    def _tell(
        self, told: _Told, order: int, found: tuple[Ints, Ints, Ints], *, is_last: bool
    ) -> None:
        """Take in what was found of one length, and leave the rest to shorter ones."""
        rows, columns, place = found
        hit = place >= 0
        at, missed = (rows[hit], columns[hit]), (rows[~hit], columns[~hit])
        steps = self.likely[order - 2][place[hit]]
        told.likely[at] = steps * -np.float32(LIKELY_STEP)
        told.back[at] = 0
        told.order[at] = order
        told.back[missed] += told.left_back[missed]
        told.left_back[:] = 0
        if is_last:
            return
        inner = at[1] + 1 < told.tokens.shape[1]
        steps = self.back[order - 2][place[hit][inner]]
        where = (at[0][inner], at[1][inner] + 1)
        told.left_back[where] = steps * -np.float32(BACK_STEP)

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
