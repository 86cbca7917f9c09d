"""Tables of hashed keys: sixteen bits of each key, found by linear probing."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from workflow.proofreading.speller.store import Ints, Store, Words

SEED = np.uint64(0x9E3779B97F4A7C15)
STIR = np.uint64(0xD6E8FEB86659FD93)
HALF = np.uint64(32)
LOW = np.uint64(0xFFFFFFFF)
PRINT = np.uint64(0xFFFF)


def stir(key: Words, token: Ints) -> Words:
    """The key with one more token (for n-grams: the one to the left)."""
    mixed = (key ^ (token.astype(np.uint64) + SEED)) * STIR
    return np.asarray(mixed ^ (mixed >> HALF), np.uint64)


def first(token: Ints) -> Words:
    """The key of a single token."""
    return stir(np.zeros(token.shape, np.uint64), token)


@dataclass(frozen=True)
class HashTable:
    """Where a key stands, or -1; about four of a hundred thousand keys are taken for another."""

    prints: NDArray[np.uint16]
    slots: int

    def find(self, keys: Words) -> Ints:
        """The place of each key in the arrays that go with the table."""
        flat = keys.ravel()
        place = home(flat, self.slots)
        wanted = print_of(flat)
        found = np.full(flat.shape, -1, np.int64)
        open_ = np.arange(flat.size)
        while open_.size:
            seen = self.prints[place]
            hit = seen == wanted
            found[open_[hit]] = place[hit]
            on = ~hit & (seen != 0)
            open_, place, wanted = open_[on], place[on] + 1, wanted[on]
        return found.reshape(keys.shape)


def home(keys: Words, slots: int) -> Ints:
    """The place where the search for a key begins."""
    spread = (keys >> HALF) * np.uint64(slots)
    return np.asarray(spread >> HALF, np.int64)


def print_of(keys: Words) -> NDArray[np.uint16]:
    """The sixteen bits kept of a key; never 0, which says that a place is free."""
    return np.asarray(np.maximum(keys & PRINT, np.uint64(1)), np.uint16)


def table_of(store: Store, name: str) -> HashTable:
    """The table of that name."""
    prints = store.arrays[name].view(np.uint16)
    return HashTable(prints, store.number(f"{name}_slots"))


def laid_out(keys: Words, load: float) -> tuple[Ints, NDArray[np.uint16], int]:
    """For the builder: the place of each key, the prints, and the number of slots."""
    slots = max(16, int(len(keys) / load))
    homes = home(keys, slots)
    order = np.lexsort((keys, homes))
    steps = np.arange(len(keys))
    placed = steps + np.maximum.accumulate(homes[order] - steps)
    places = np.empty(len(keys), np.int64)
    places[order] = placed
    size = int(placed[-1]) + 2 if len(keys) else 2
    prints = np.zeros(max(size, slots + 2), np.uint16)
    prints[places] = print_of(keys)
    return places, prints, slots
