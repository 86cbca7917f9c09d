"""How well the trees do on what neither they nor the n-grams have seen."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

import numpy as np

from workflow.proofreading.training.errors import Slip
from workflow.proofreading.training.reranker import Examples, joined, train

LIMITS = (0.4, 0.5, 0.6, 0.7, 0.8)


def tell(rows: Sequence[tuple[str, Slip]], parts: Sequence[Examples]) -> None:
    """Train without each part in turn, judge it, and print the figures by source and kind."""
    best, is_right = _answers(parts)
    sources = np.array([source for source, _ in rows])
    kinds = np.array([slip.kind for _, slip in rows])
    sizes = np.array([len(slip.right) for _, slip in rows])
    for source in sorted(set(sources)):
        wrong = (sources == source) & (kinds != "clean")
        clean = (sources == source) & (kinds == "clean")
        for limit in LIMITS:
            said = best >= limit
            right = (said & wrong & is_right).sum()
            precision = right / max(1, (said & wrong).sum())
            recall = right / max(1, wrong.sum())
            f1 = 2 * precision * recall / max(1e-9, precision + recall)
            alarms = 10_000 * (said & clean).sum() / max(1, sizes[clean].sum())
            print(
                f"{source} at {limit}: P {precision:.3f} R {recall:.3f} F1 {f1:.3f}; {alarms:.1f} alarms"
            )
        some = wrong & (best >= 0.7) & is_right
        found, all_ = Counter(kinds[some]), Counter(kinds[wrong])
        print("  by kind at 0.7:", {k: f"{found[k]}/{all_[k]}" for k in sorted(all_)})


def _answers(parts: Sequence[Examples]) -> tuple[np.ndarray, np.ndarray]:
    best, is_right = [], []
    for place, part in enumerate(parts):
        others = [p for number, p in enumerate(parts) if number != place]
        chance = np.asarray(train(joined(others)).predict(part.rows))
        size = part.sentences
        top, row = np.zeros(size), np.full(size, -1)
        order = np.argsort(chance, kind="stable")
        top[part.sentence[order]] = chance[order]
        row[part.sentence[order]] = order
        best.append(top)
        is_right.append((row >= 0) & part.right[np.maximum(row, 0)])
    return np.concatenate(best), np.concatenate(is_right)
