"""Typed access to the tables of a definition file, collecting every fault on the way.

An entry remembers which keys were asked for; ``close`` reports the others, so that
nothing written in a definition is silently ignored.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from workflow.process.definition import Fault
from workflow.process.lines import Lines, Path


@dataclass
class Notes:
    """The faults found so far, each put on its line."""

    lines: Lines
    found: list[Fault] = field(default_factory=list)

    def add(self, path: Path, code: str, message: str) -> None:
        """Note one fault at the line of this path."""
        self.found.append(Fault(self.lines.of(path), code, message))


@dataclass
class Entry:
    """One table of the definition file.

    Args:
        values: its keys and values as TOML gave them.
        path: where it stands.
        notes: where faults go.
    """

    values: Mapping[str, object]
    path: Path
    notes: Notes
    asked: set[str] = field(default_factory=set)

    @property
    def line(self) -> int:
        """The line it begins on."""
        return self.notes.lines.of(self.path)

    def has(self, key: str) -> bool:
        """Whether the key is written."""
        return key in self.values

    def fault(self, key: str, code: str, message: str) -> None:
        """Note a fault at the key's line."""
        self.notes.add((*self.path, key), code, message)

    def text(self, key: str, default: str | None = None) -> str:
        """A text; required when there is no default."""
        value = self._take(key, required=default is None)
        if value is None:
            return default or ""
        if isinstance(value, str) and (value.strip() or default is not None):
            return " ".join(value.split())
        self._wrong(key, "不为空的文字，只写一个")
        return default or ""

    def flag(self, key: str, *, default: bool = False) -> bool:
        """True or false."""
        value = self._take(key, required=False)
        if value is None or isinstance(value, bool):
            return default if value is None else value
        self._wrong(key, "true 或 false")
        return default

    def number(self, key: str, default: int | None = None, *, least: int = 1) -> int:
        """A whole number from ``least`` to 9999; required when there is no default."""
        otherwise = default if default is not None else 1
        value = self._take(key, required=default is None)
        if value is None:
            return otherwise
        whole = isinstance(value, int) and not isinstance(value, bool)
        if whole and isinstance(value, int) and least <= value <= 9999:
            return value
        self._wrong(key, f"{least} 至 9999 的整数")
        return otherwise

    def texts(self, key: str) -> tuple[str, ...]:
        """A list of texts; empty when not written."""
        value = self._take(key, required=False)
        if value is None:
            return ()
        if isinstance(value, list) and all(isinstance(item, str) for item in value):
            self._no_repeats(key, value)
            return tuple(value)
        self._wrong(key, "文字组成的列表")
        return ()

    def labels(self, key: str, *, required: bool = True) -> dict[str, str]:
        """A table of code to Chinese label."""
        value = self._take(key, required=required)
        if value is None:
            return {}
        if isinstance(value, dict):
            pairs = {str(code): label for code, label in value.items()}
            if all(isinstance(label, str) and label for label in pairs.values()):
                return {code: str(label) for code, label in pairs.items()}
        self._wrong(key, '“代码 = 名称”的表，如 { news = "动态" }')
        return {}

    def table(self, key: str, *, required: bool = False) -> Entry | None:
        """A table inside this one."""
        value = self._take(key, required=required)
        if isinstance(value, dict):
            return Entry(value, (*self.path, key), self.notes)
        if value is not None:
            self._wrong(key, "一个表，如 { … }")
        return None

    def tables(self, key: str, *, required: bool = False) -> list[Entry]:
        """A list of tables inside this one."""
        value = self._take(key, required=required)
        if value is None:
            return []
        if isinstance(value, list) and all(isinstance(item, dict) for item in value):
            paths = [(*self.path, key, index) for index in range(len(value))]
            return [
                Entry(item, path, self.notes)
                for item, path in zip(value, paths, strict=True)
            ]
        self._wrong(key, "表组成的列表，如 [{ … }, { … }]")
        return []

    def raw(self, key: str) -> object:
        """The value as it is, for a key whose type depends on another."""
        return self._take(key, required=False)

    def close(self) -> None:
        """Report every key that nobody asked for."""
        for key in self.values:
            if key not in self.asked:
                known = "、".join(sorted(self.asked))
                self.fault(
                    key, "unknown-key", f"不认识“{key}”；此处可以写的有：{known}。"
                )

    def _take(self, key: str, *, required: bool) -> object:
        self.asked.add(key)
        if required and key not in self.values:
            self.notes.add(self.path, "missing-key", f"缺少“{key}”。")
        return self.values.get(key)

    def _wrong(self, key: str, wanted: str) -> None:
        self.fault(key, "wrong-type", f"“{key}”应为{wanted}。")

    def _no_repeats(self, key: str, items: list[str]) -> None:
        for item in sorted({item for item in items if items.count(item) > 1}):
            self.fault(key, "repeated", f"“{key}”中“{item}”重复。")
