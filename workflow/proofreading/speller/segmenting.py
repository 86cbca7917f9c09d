"""The likeliest cut of a few characters into words, for many rows at once."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from workflow.proofreading.speller.hashing import HashTable, first, stir, table_of
from workflow.proofreading.speller.store import Array, Ints, Reals, Store

LONGEST = 5
STRANGE = 16.0
STEP = 1 / 12


@dataclass(frozen=True)
class Cut:
    """For each row the cost of its best cut, and for each column its word.

    Args:
        cost: negative logarithm.
        length: how long the word is that covers a column.
        rarity: its negative logarithm.
    """

    cost: Reals
    length: Ints
    rarity: Reals


@dataclass(frozen=True)
class Words:
    """The list of words."""

    table: HashTable
    likely: NDArray[np.uint8]

    def cut(self, windows: Ints) -> Cut:
        """Cut each row of tokens (-1: nothing there, free of cost)."""
        rows, width = windows.shape
        costs = self._costs(windows)
        best = np.zeros((rows, width + 1), np.float32)
        choice = np.ones((rows, width + 1), np.int64)
        for end in range(1, width + 1):
            reach = min(LONGEST, end)
            ways = np.stack(
                [
                    costs[n - 1][:, end - 1] + best[:, end - n]
                    for n in range(1, reach + 1)
                ]
            )
            choice[:, end] = ways.argmin(0) + 1
            best[:, end] = ways.min(0)
        return _traced(best[:, width], choice, costs)

    def has(self, word: str, numbers: Mapping[str, int]) -> bool:
        """Whether some characters, two or more, are a word."""
        if len(word) < 2:
            return False
        tokens = [np.array([numbers.get(letter, 0)]) for letter in word]
        key = first(tokens[-1])
        for token in tokens[-2::-1]:
            key = stir(key, token)
        return bool(self.table.find(key)[0] >= 0)

    def _costs(self, windows: Ints) -> list[Reals]:
        """For each length the cost of the word that ends at each column."""
        present = windows >= 0
        safe = np.where(present, windows, 0)
        keys = first(safe)
        costs = []
        whole = present.copy()
        for n in range(1, LONGEST + 1):
            if n > 1:
                before = np.zeros_like(safe)
                before[:, n - 1 :] = safe[:, : 1 - n]
                whole = whole.copy()
                whole[:, n - 1 :] &= present[:, : 1 - n]
                whole[:, : n - 1] = False
                keys = stir(keys, before)
            cost = np.full(windows.shape, STRANGE if n == 1 else 999.0, np.float32)
            rows, columns = np.nonzero(whole)
            place = self.table.find(keys[rows, columns])
            hit = place >= 0
            cost[rows[hit], columns[hit]] = self.likely[place[hit]] * np.float32(STEP)
            costs.append(
                np.where(present, cost, 0 if n == 1 else 999).astype(np.float32)
            )
        return costs


def _traced(cost: Reals, choice: Ints, costs: list[Reals]) -> Cut:
    """Walk back through the choices: for each column the word that covers it."""
    rows, width = len(choice), choice.shape[1] - 1
    length = np.ones((rows, width), np.int64)
    rarity = np.zeros((rows, width), np.float32)
    at = np.full(rows, width)
    every = np.arange(rows)
    for end in range(width, 0, -1):
        here = every[at == end]
        taken = choice[here, end]
        for n in range(1, LONGEST + 1):
            which = here[taken == n]
            length[which, end - n : end] = n
            rarity[which, end - n : end] = costs[n - 1][which, end - 1][:, None]
        at[here] -= taken
    return Cut(cost, length, rarity)


def words_of(store: Store) -> Words:
    """The words of a model."""
    likely: Array = store.arrays["words_likely"]
    return Words(table_of(store, "words"), likely.view(np.uint8))
