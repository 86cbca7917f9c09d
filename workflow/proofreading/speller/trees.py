"""Boosted trees as plain arrays: a chance for each row of features."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from workflow.proofreading.speller.store import Ints, Reals, Store

MOST_AT_ONCE = 2_000
FIRST, HOPELESS = 60, -4.2
"""After so many trees a row below this (a chance of one in seventy) is given up."""


@dataclass(frozen=True)
class Trees:
    """Every node of every tree; a leaf leads to itself.

    Args:
        feature, limit: which column is compared with what (at most: left).
        left, right: the next node. value: what a leaf adds. roots: where each begins.
    """

    feature: Ints
    limit: Reals
    left: Ints
    right: Ints
    value: Reals
    roots: Ints
    depth: int

    def chance(self, features: Reals) -> NDArray[np.float64]:
        """The chance, 0 to 1, of each row."""
        parts = [
            self._judged(features[begin : begin + MOST_AT_ONCE])
            for begin in range(0, len(features), MOST_AT_ONCE)
        ]
        total = np.concatenate(parts) if parts else np.zeros(0)
        return np.asarray(1 / (1 + np.exp(-total)), np.float64)

    def _judged(self, features: Reals) -> NDArray[np.float64]:
        """The first trees say which rows are hopeless; only the others see them all."""
        total = self.added_up(features, self.roots[:FIRST])
        open_ = np.nonzero(total > HOPELESS)[0]
        total[open_] += self.added_up(features[open_], self.roots[FIRST:])
        return total

    def added_up(self, features: Reals, roots: Ints) -> NDArray[np.float64]:
        """What some of the trees say of each row, as a logarithm of odds."""
        rows = np.arange(len(features))[:, None]
        node = np.broadcast_to(roots, (len(features), len(roots)))
        for _ in range(self.depth):
            low = features[rows, self.feature[node]] <= self.limit[node]
            node = np.where(low, self.left[node], self.right[node])
        return np.asarray(self.value[node].sum(1, dtype=np.float64))


def trees_of(store: Store, name: str) -> Trees:
    """The trees of that name."""

    def whole(part: str) -> Ints:
        return store.arrays[f"{name}_{part}"].astype(np.int64)

    def real(part: str) -> Reals:
        return store.arrays[f"{name}_{part}"].astype(np.float32)

    return Trees(
        feature=whole("feature"), limit=real("limit"),
        left=whole("left"), right=whole("right"), value=real("value"),
        roots=whole("roots"), depth=store.number(f"{name}_depth"),
    )  # fmt: skip
