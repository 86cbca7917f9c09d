"""On which line of a definition file each thing stands.

``tomllib`` gives no line numbers, so this is a small index of our own.  It follows
table headers, keys at the start of a line and the items of arrays written one inline
table a line, which is how definitions are written; whatever it cannot see is told
with the line of the nearest thing around it.  It decides nothing but the number shown.
"""

from __future__ import annotations

import re
from typing import TypeAlias

Path: TypeAlias = tuple[str | int, ...]

_HEADER = re.compile(r"^\s*(\[\[?)\s*([A-Za-z0-9_. -]+?)\s*\]\]?\s*(?:#.*)?$")
_KEY = re.compile(r"""^\s*([A-Za-z0-9_."'-]+)\s*=""")
_FENCE = re.compile(r'"""|' + "'''")


class Lines:
    """The line index of one definition file."""

    def __init__(self, text: str) -> None:
        self._found: dict[Path, int] = {(): 1}
        self._table: Path = ()
        self._array: Path = ()
        self._items = 0
        self._counts: dict[Path, int] = {}
        fenced = False
        for number, line in enumerate(text.splitlines(), start=1):
            if not fenced:
                self._see(line, number)
            if len(_FENCE.findall(line)) % 2:
                fenced = not fenced

    def of(self, path: Path) -> int:
        """The line of the thing at this path, or of the nearest thing around it."""
        while path not in self._found:
            path = path[:-1]
        return self._found[path]

    def _see(self, line: str, number: int) -> None:
        header, key = _HEADER.match(line), _KEY.match(line)
        if header:
            self._open(_names(header[2]), number, repeated=header[1] == "[[")
        elif key:
            self._array, self._items = (*self._table, *_names(key[1])), 0
            self._note(self._array, number)
        elif line.lstrip().startswith("{"):
            self._note((*self._array, self._items), number)
            self._items += 1

    def _open(self, names: list[str], number: int, *, repeated: bool) -> None:
        path: Path = ()
        for name in names[:-1]:
            path = self._latest((*path, name))
        path = (*path, names[-1])
        if repeated:
            self._counts[path] = self._counts.get(path, 0) + 1
            self._found.setdefault(path, number)
            path = self._latest(path)
        self._table = path
        self._note(path, number)

    def _latest(self, path: Path) -> Path:
        count = self._counts.get(path, 0)
        return (*path, count - 1) if count else path

    def _note(self, path: Path, number: int) -> None:
        for end in range(1, len(path) + 1):
            self._found.setdefault(path[:end], number)


def _names(dotted: str) -> list[str]:
    return [name.strip().strip("\"'") for name in dotted.split(".")]
