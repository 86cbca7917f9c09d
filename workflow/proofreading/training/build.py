"""Makes the speller's model, the same bytes each time.

``python -m workflow.proofreading.training.build``; a quarter of an hour on two cores.

Needs the extra ``model``.  The n-grams of the model are learnt from every text; the trees
from errors put into texts that the n-grams they were shown had not seen: the texts are
parted three ways, and each part is judged by what the others taught.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from functools import partial
from os import cpu_count
from random import Random
from zlib import crc32

from workflow.proofreading.speller.reading import Lens, lens_of
from workflow.proofreading.speller.store import Store, write_store
from workflow.proofreading.text import sentences
from workflow.proofreading.training import reranker
from workflow.proofreading.training.building import Ground, lay_ground, learn
from workflow.proofreading.training.errors import Slip
from workflow.proofreading.training.judging import tell
from workflow.proofreading.training.texts import ROOT, Piece, pieces

MODEL = ROOT / "config" / "speller" / "speller.model"
PARTS = 3
SHARE = {"township": PARTS, "official": PARTS, "sample": PARTS}
FEW = 30
TAKEN = {"laws": 400, "newspaper": 500, "township": 3000, "official": 4500}
TIMES = {"laws": 2, "newspaper": 3, "township": 2, "official": 2, "sample": 2}
COUNTS = {"newspaper": 0.7, "sample": 0.7}
CLEAN = 2.5
"""How much a sentence without an error counts: most of what is read has none."""
AT_ONCE = 100
SHORTEST = 6


def main() -> None:
    """Learn, train, write; with ``--judge`` say how well it goes on what was left out."""
    every = pieces()
    ground = lay_ground(every)
    print("ground laid", flush=True)
    with ProcessPoolExecutor(min(PARTS, cpu_count() or 1)) as desks:
        seen = list(desks.map(partial(shown, ground, every), range(PARTS)))
    print("sentences shown:", *(len(rows) for rows, _ in seen), flush=True)
    told = [examples for _, examples in seen]
    if "--judge" in sys.argv:
        tell([row for rows, _ in seen for row in rows], told)
    trees, notes = reranker.tree_arrays(reranker.train(reranker.joined(told)))
    store = learn(ground, every)
    write_store(MODEL, {**store.arrays, **trees}, {**store.notes, **notes})
    print(f"{MODEL.name}: {MODEL.stat().st_size:,} bytes")


def part_of(piece: Piece) -> int:
    """Which part a document is left out with; most of the law and the paper with none."""
    number = crc32(f"{piece.source}{piece.document}".encode())
    return number % SHARE.get(piece.source, FEW)


def shown(
    ground: Ground, every: Sequence[Piece], part: int
) -> tuple[list[tuple[str, Slip]], reranker.Examples]:
    """Sentences with errors out of one part, as a model sees them that never read it."""
    store: Store = learn(ground, [p for p in every if part_of(p) != part])
    lens = lens_of(store)
    rows = list(_slips(ground, lens, [p for p in every if part_of(p) == part], part))
    told: list[reranker.Examples] = []
    for begin in range(0, len(rows), AT_ONCE):
        some = rows[begin : begin + AT_ONCE]
        slips, weights = [slip for _, slip in some], [_weight(*row) for row in some]
        told.append(reranker.examples(lens, slips, weights, begin))
    return rows, reranker.joined(told)


def _weight(source: str, slip: Slip) -> float:
    return COUNTS.get(source, 1.0) * (CLEAN if slip.kind == "clean" else 1.0)


def _slips(
    ground: Ground, lens: Lens, left_out: Sequence[Piece], part: int
) -> Iterator[tuple[str, Slip]]:
    random = Random(part)
    injector = reranker.injector(ground, lens, part)
    for source in TIMES:
        texts = {
            s for p in left_out if p.source == source for _, s in sentences(p.text)
        }
        chosen = sorted(text for text in texts if len(text) >= SHORTEST)
        random.shuffle(chosen)
        chosen = chosen[: TAKEN.get(source, len(chosen))]
        for _ in range(TIMES[source]):
            for text in chosen:
                slip = injector.slip(text)
                if slip:
                    yield source, slip
        for text in chosen:
            yield source, Slip(text, text, "clean")


if __name__ == "__main__":
    main()
