"""The speller's model: named arrays in one file, mapped into memory, never unpacked."""

from __future__ import annotations

import json
import mmap
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from workflow.errors import InvalidInput

MAGIC = b"SANSHEN SPELLER 1\n"
ALIGNED = 64

Array = NDArray[Any]
Ints = NDArray[np.int64]
Words = NDArray[np.uint64]
Reals = NDArray[np.float32]
Bools = NDArray[np.bool_]


@dataclass(frozen=True)
class Store:
    """The arrays by name, and what the build noted about them."""

    arrays: Mapping[str, Array]
    notes: Mapping[str, object]

    def number(self, name: str) -> int:
        """A whole number among the notes."""
        return int(str(self.notes[name]))


def open_store(path: Path) -> Store:
    """Map a model file; pages are read when they are first looked at.

    Raises:
        InvalidInput: the file is not there or is no model of this kind.
    """
    try:
        with path.open("rb") as file:
            held = mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ)
    except (OSError, ValueError) as missing:
        raise _fault(path) from missing
    if held[: len(MAGIC)] != MAGIC:
        raise _fault(path)
    begin = len(MAGIC) + 8
    size = int.from_bytes(held[len(MAGIC) : begin], "little")
    head = json.loads(held[begin : begin + size])
    arrays: dict[str, Array] = {}
    for name, (kind, shape, offset) in head["arrays"].items():
        count = int(np.prod(shape))
        flat = np.frombuffer(held, np.dtype(kind), count, offset)
        arrays[name] = flat.reshape(shape)
    return Store(arrays, head["notes"])


def write_store(
    path: Path, arrays: Mapping[str, Array], notes: Mapping[str, object]
) -> None:
    """Write a model file: the same arrays give the same bytes."""
    places: dict[str, tuple[str, list[int], int]] = {}
    for sized in (True, False):
        head = json.dumps({"arrays": places, "notes": notes}, sort_keys=True).encode()
        offset = len(MAGIC) + 8 + (len(head) if not sized else len(head) + 1)
        offset = 65536 if sized or offset < 65536 else offset
        for name in sorted(arrays):
            offset += -offset % ALIGNED
            array = arrays[name]
            places[name] = (array.dtype.str, list(array.shape), offset)
            offset += array.nbytes
    head = json.dumps({"arrays": places, "notes": notes}, sort_keys=True).encode()
    with path.open("wb") as file:
        file.write(MAGIC + len(head).to_bytes(8, "little") + head)
        for name in sorted(arrays):
            file.write(b"\0" * (places[name][2] - file.tell()))
            file.write(np.ascontiguousarray(arrays[name]).tobytes())


def _fault(path: Path) -> InvalidInput:
    return InvalidInput(
        message=f"打不开校对模型“{path.name}”。",
        rule="speller-model",
        help_from="系统管理员",
    )
