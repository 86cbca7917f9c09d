"""Edits of sentences with known errors, and the trees that tell right ones from wrong."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import TypedDict

import lightgbm
import numpy as np

from workflow.proofreading.speller.proposals import Edits
from workflow.proofreading.speller.reading import Lens, tokens_of
from workflow.proofreading.speller.store import Array, Bools, Reals
from workflow.proofreading.training.building import Ground
from workflow.proofreading.training.confusions import SAME_SOUND
from workflow.proofreading.training.errors import Injector, Slip, by_kind
from workflow.proofreading.training.proposals import listed_words

TREES = {
    "objective": "binary", "learning_rate": 0.06, "num_leaves": 24, "min_data_in_leaf": 60,
    "feature_fraction": 0.6, "bagging_fraction": 0.8, "bagging_freq": 1, "lambda_l2": 2.0,
    "max_depth": 9, "seed": 7, "deterministic": True, "force_row_wise": True,
    "num_threads": 2, "verbosity": -1,
}  # fmt: skip
ROUNDS = 500
NEAR = 4
SHAPED = 100


@dataclass
class Examples:
    """Rows of features, whether each edit is the right one, and how much it counts.

    Args:
        sentence: the sentence that each row is about. sentences: how many there were.
    """

    rows: Reals
    right: Bools
    weight: Reals
    sentence: Array
    sentences: int


def injector(ground: Ground, lens: Lens, seed: int) -> Injector:
    """Errors by the same tables that the proposals come from, and beyond them."""
    usual = [
        c for c, _ in ground.frequency.most_common(1500) if "\u4e00" <= c <= "\u9fff"
    ]
    alike = by_kind(list(_confusions(ground)))
    return Injector(seed, alike, _sounding(ground, lens), usual)


def _confusions(ground: Ground) -> Iterator[tuple[str, str, str]]:
    """Kind, right, wrong: repeated as often as it is likely."""
    arrays, letters = ground.arrays, ground.letters
    begins = arrays["confused_from"].astype(int)
    for place, right in enumerate(letters):
        for at in range(begins[place], begins[place + 1]):
            wrong = letters[int(arrays["confused_with"][at])]
            sound, shape = (
                int(arrays[f"confused_{k}"][at]) for k in ("sound", "shape")
            )
            if sound:
                kind = "sound" if sound >= SAME_SOUND else "near"
                times = 1 + int(ground.frequency[wrong] ** 0.5 / 12)
                yield from [(kind, right, wrong)] * times
            if shape >= SHAPED:
                yield from [("shape", right, wrong)] * (1 + (shape - SHAPED) // 25)


def _sounding(ground: Ground, lens: Lens) -> dict[str, list[str]]:
    """For each word of two characters the others of its sound, usual words repeated."""
    letters, sounding = ground.letters, lens.proposer.sounding
    listed = listed_words(ground.numbers)
    words: dict[str, list[str]] = {}
    for at in range(len(sounding.keys)):
        begin, end = int(sounding.begins[at]), int(sounding.begins[at + 1])
        codes = [int(v) for v in sounding.values[begin:end]]
        group = [letters[c // 8192] + letters[c % 8192] for c in codes]
        offered = [
            w for w in group for _ in range(1 + int(listed.get(w, 0) ** 0.5 / 4))
        ]
        for word in group:
            words.setdefault(word, []).extend(w for w in offered if w != word)
    return words


def examples(
    lens: Lens, slips: Sequence[Slip], weights: Sequence[float], first: int
) -> Examples:
    """What the model sees in the sentences, and which edits put them right."""
    wrong = [tokens_of(lens, slip.wrong) for slip in slips]
    right = [tokens_of(lens, slip.right).ids for slip in slips]
    shut = [_far(t.ids, r) for t, r in zip(wrong, right, strict=True)]
    seen = lens.look(wrong, shut)
    owner = np.searchsorted(np.array(seen.begins), seen.short.edits.at, "right") - 1
    edits = seen.short.edits
    told = np.zeros(len(edits), bool)
    for row in range(len(edits)):
        number = int(owner[row])
        told[row] = applied(wrong[number].ids, edits, row, seen.begins[number]) == right[number]  # fmt: skip
    counts = np.array(weights, np.float32)[owner]
    return Examples(seen.rows, told, counts, owner + first, len(slips))


def _far(wrong: list[int], right: list[int]) -> list[bool]:
    """Tokens too far from the error to teach anything that the clean sentence does not."""
    if wrong == right:
        return [False] * len(wrong)
    shorter = min(len(wrong), len(right))
    start = next((i for i in range(shorter) if wrong[i] != right[i]), shorter)
    tail = 0
    while tail < shorter - start and wrong[-1 - tail] == right[-1 - tail]:
        tail += 1
    near = range(start - NEAR, len(wrong) - tail + NEAR)
    return [place not in near for place in range(len(wrong))]


def applied(ids: list[int], edits: Edits, row: int, begin: int) -> list[int]:
    """The tokens of a sentence after one edit."""
    at = int(edits.at[row]) - begin
    put = [int(t) for t in (edits.one[row], edits.two[row]) if t >= 0]
    return [*ids[:at], *put, *ids[at + int(edits.cut[row]) :]]


def joined(parts: Iterable[Examples]) -> Examples:
    """All examples, one part after the other."""
    every = list(parts)
    return Examples(
        np.concatenate([p.rows for p in every]), np.concatenate([p.right for p in every]),
        np.concatenate([p.weight for p in every]), np.concatenate([p.sentence for p in every]),
        sum(p.sentences for p in every),
    )  # fmt: skip


def train(told: Examples, rounds: int = ROUNDS) -> lightgbm.Booster:
    """The trees."""
    data = lightgbm.Dataset(told.rows, told.right.astype(int), weight=told.weight)
    return lightgbm.train(TREES, data, rounds)


def tree_arrays(booster: lightgbm.Booster) -> tuple[dict[str, Array], dict[str, int]]:
    """The trees as the model keeps them."""
    laid = Laid()
    roots = [
        laid.lay(tree["tree_structure"]) for tree in booster.dump_model()["tree_info"]
    ]
    columns = (np.array(c) for c in zip(*laid.nodes, strict=True))
    feature, limit, left, right, value = columns
    kept: dict[str, Array] = {
        "feature": feature.astype(np.uint8), "limit": limit.astype(np.float32),
        "left": left.astype(np.uint32), "right": right.astype(np.uint32),
        "value": value.astype(np.float32), "roots": np.array(roots, np.uint32),
    }  # fmt: skip
    named: dict[str, Array] = {f"trees_{part}": kept[part] for part in sorted(kept)}
    return named, {"trees_depth": laid.depth}


class Node(TypedDict, total=False):
    """A node as LightGBM tells it; a leaf has its value only."""

    leaf_value: float
    split_feature: int
    threshold: float
    left_child: Node
    right_child: Node


@dataclass
class Laid:
    """Nodes one after the other: feature, limit, left, right, value; a leaf leads to itself."""

    nodes: list[tuple[int, float, int, int, float]] = field(default_factory=list)
    depth: int = 0

    def lay(self, node: Node, level: int = 0) -> int:
        """Lay a node and all below it; gives its place."""
        place = len(self.nodes)
        self.depth = max(self.depth, level)
        if "leaf_value" in node:
            self.nodes.append((0, 0.0, place, place, node["leaf_value"]))
            return place
        self.nodes.append((0, 0.0, 0, 0, 0.0))
        left = self.lay(node["left_child"], level + 1)
        right = self.lay(node["right_child"], level + 1)
        feature, limit = node["split_feature"], node["threshold"]
        self.nodes[place] = (feature, limit, left, right, 0.0)
        return place
