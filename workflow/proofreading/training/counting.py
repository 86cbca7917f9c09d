"""Modified Kneser–Ney over one stream of tokens, cut to what is worth keeping."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from workflow.proofreading.speller.hashing import first, laid_out, stir
from workflow.proofreading.speller.ngrams import BACK_STEP, LIKELY_STEP, ORDER
from workflow.proofreading.speller.store import Array, Ints, Words
from workflow.proofreading.speller.tokens import EDGE

Floats = NDArray[np.float64]

LOAD = 0.88
"""How full the tables of n-grams are."""
VOID = -1
"""Parts what has nothing to do with each other; never part of an n-gram."""


@dataclass
class Order:
    """All different n-grams of one length.

    Args:
        prefix, suffix: the n-gram without its last (first) token, one length down.
        last: the last token. key: the hashed key. raw: how often it was met.
        seen: what Kneser–Ney counts. begins: it stands at a sentence's edge.
    """

    prefix: Ints
    suffix: Ints
    last: Ints
    key: Words
    raw: Floats
    begins: NDArray[np.bool_]
    seen: Floats
    likely: Floats
    back: Floats


def count(stream: Ints, weights: Floats, size: int) -> list[Order]:
    """The n-grams of a stream in which edges part the sentences.

    Args:
        stream: tokens; an edge ends one sentence and begins the next.
        weights: how much each token counts. size: above every token's number.
    """
    room = _room(stream)
    orders = [_singles(stream, weights, size)]
    here = stream.astype(np.int64)
    keys = first(stream)
    for order in range(2, ORDER + 1):
        fits = np.nonzero(room >= order - 1)[0]
        pair = here[fits - 1] * np.int64(size) + stream[fits]
        unique, where, back = np.unique(pair, return_index=True, return_inverse=True)
        at = fits[where]
        deeper = keys.copy()
        deeper[order - 1 :] = stir(keys[order - 1 :], stream[: len(stream) - order + 1])
        raw = np.asarray(np.bincount(back, weights[fits], len(unique)), float)
        orders.append(
            Order(
                prefix=here[at - 1], suffix=here[at], last=stream[at], key=deeper[at], raw=raw,
                begins=stream[at - order + 1] == EDGE,
                seen=raw, likely=raw, back=raw,
            )
        )  # fmt: skip
        there = np.full(len(stream), -1, np.int64)
        there[fits] = back
        here, keys = there, deeper
    return orders


def _room(stream: Ints) -> Ints:
    """How many tokens before each belong to the same sentence, its edge included."""
    place = np.arange(len(stream))
    begins = np.where(stream == EDGE, place, np.where(stream == VOID, place + 1, 0))
    before = np.maximum.accumulate(np.concatenate([[0], begins[:-1]]))
    return np.asarray(np.where(stream == VOID, -1, place - before), np.int64)


def _singles(stream: Ints, weights: Floats, size: int) -> Order:
    there = stream != VOID
    raw = np.asarray(np.bincount(stream[there], weights[there], size), float)
    tokens = np.arange(size)
    none = np.zeros(size, np.int64)
    is_edge = tokens == EDGE
    return Order(none, none, tokens, first(tokens), raw, is_edge, raw, raw, raw)


def estimate(orders: list[Order]) -> None:
    """Fill in ``seen``, ``likely`` and ``back`` (probabilities, not logarithms)."""
    for n, order in enumerate(orders):
        if n + 1 < len(orders):
            above = orders[n + 1]
            kinds = np.bincount(above.suffix, minlength=len(order.raw)).astype(float)
            seen = np.where(order.begins & (n > 0), np.ceil(order.raw), kinds)
            order.seen = np.where((seen < 1) & (order.raw > 0), 1.0, seen)
        else:
            order.seen = np.ceil(order.raw)
    for n, order in enumerate(orders):
        below = orders[n - 1] if n else None
        _smooth(order, below)


def _discounts(seen: Floats) -> Floats:
    met = [float(np.sum(seen == times)) + 1.0 for times in (1, 2, 3, 4)]
    share = met[0] / (met[0] + 2 * met[1])
    cut = [t - (t + 1) * share * met[t] / met[t - 1] for t in (1, 2, 3)]
    most = np.array([0, 0.95, 1.9, 2.85])
    return np.asarray(np.clip(np.array([0.0, *cut]), 0, most), float)


def _smooth(order: Order, below: Order | None) -> None:
    cut = _discounts(order.seen)[np.minimum(order.seen, 3).astype(int)]
    size = 1 if below is None else len(below.raw)
    total = np.bincount(order.prefix, order.seen, size)
    left = np.bincount(order.prefix, cut, size)
    with np.errstate(divide="ignore", invalid="ignore"):
        share = np.where(total > 0, left / total, 1.0)
        own = (order.seen - cut) / total[order.prefix]
    if below is None:
        order.likely = own + share[0] / len(order.raw)
    else:
        below.back = share
        order.likely = own + share[order.prefix] * below.likely[order.suffix]
    order.back = np.ones(len(order.raw))


def prune(
    orders: list[Order], least: Sequence[tuple[float, float]]
) -> list[NDArray[np.bool_]]:
    """What is kept of each length, and ``back`` set right for it.

    Args:
        least: for each length from 2 on how often an n-gram must have been met, and what
            it must be worth: how often it was met, times how much likelier it makes its
            last token (natural logarithm) than the shorter one does.
    """
    keeps = [np.ones(len(orders[0].raw), bool)]
    for n in range(1, len(orders)):
        times, worth = least[n - 1]
        is_often = orders[n].raw >= times
        keeps.append(is_often & (_worth(orders[n], orders[n - 1]) >= worth))
    for n in range(len(orders) - 1, 1, -1):
        held = np.zeros(len(orders[n - 1].raw), bool)
        held[orders[n].prefix[keeps[n]]] = True
        held[orders[n].suffix[keeps[n]]] = True
        keeps[n - 1] |= held
    for n in range(1, len(orders)):
        order, below, keep = orders[n], orders[n - 1], keeps[n]
        size = len(below.raw)
        told = np.bincount(order.prefix[keep], order.likely[keep], size)
        lower = below.likely[order.suffix[keep]]
        free = np.bincount(order.prefix[keep], lower, size)
        below.back = np.maximum(1 - told, 1e-6) / np.maximum(1 - free, 1e-6)
    return keeps


def _worth(order: Order, below: Order) -> Floats:
    shorter = below.back[order.prefix] * below.likely[order.suffix]
    return np.asarray(order.raw * np.log(order.likely / shorter), float)


def arrays_of(
    orders: list[Order], keeps: list[NDArray[np.bool_]]
) -> tuple[dict[str, Array], dict[str, int]]:
    """The tables as the model keeps them, and the notes that go with them."""
    arrays: dict[str, Array] = {
        "likely1": np.log(orders[0].likely).astype(np.float32),
        "back1": np.log(orders[0].back).astype(np.float32),
    }
    notes: dict[str, int] = {}
    for n in range(2, len(orders) + 1):
        order, keep = orders[n - 1], keeps[n - 1]
        places, prints, slots = laid_out(order.key[keep], LOAD)
        arrays[f"grams{n}"] = prints
        notes[f"grams{n}_slots"] = slots
        arrays[f"likely{n}"] = _steps(order.likely[keep], LIKELY_STEP, places, prints)
        if n < len(orders):
            arrays[f"back{n}"] = _steps(order.back[keep], BACK_STEP, places, prints)
    return arrays, notes


def _steps(
    chances: Floats, step: float, places: Ints, prints: NDArray[np.uint16]
) -> NDArray[np.uint8]:
    steps = np.clip(np.rint(-np.log(chances) / step), 0, 255)
    spread = np.zeros(len(prints), np.uint8)
    spread[places] = steps.astype(np.uint8)
    return spread
