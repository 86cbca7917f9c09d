"""REGULATIONS.md as its tests read it: every example, put into a whole definition."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).parents[1]
PAGE = ROOT / "REGULATIONS.md"
STAGES, PUBLISHING = "# —— 环节 ——", "# —— 发布 ——"
_EXAMPLE = re.compile(r"<!-- (\w+)(?:: ([\w-]+))? -->\n```toml\n(.*?)```", re.DOTALL)
_REPLACE = re.compile(r"^# replace: (.*) => (.*)$", re.MULTILINE)


@dataclass(frozen=True)
class Example:
    """One fenced example: what it is, its name or fault code, and its text."""

    sort: str
    name: str
    text: str
    line: int

    @property
    def told(self) -> str:
        return f"{self.sort}-{self.name or 'part'}-line{self.line}"


def examples(*sorts: str) -> list[Example]:
    page = PAGE.read_text(encoding="utf-8")
    found = [
        Example(m[1], m[2] or "", m[3], page[: m.start()].count("\n") + 1)
        for m in _EXAMPLE.finditer(page)
    ]
    return [item for item in found if item.sort in sorts]


def fences() -> int:
    """How many fenced examples there are, marked or not."""
    return PAGE.read_text(encoding="utf-8").count("```toml\n")


def definition_text(name: str) -> str:
    return next(e.text for e in examples("definition") if e.name == name)


def whole(fragment: str) -> str:
    """A fragment between the beginning and the last stage of the base example."""
    base = definition_text("base")
    head, rest = base.split(STAGES)
    stages, publish = rest.split(PUBLISHING)
    last = "[[stages]]" + stages.split("[[stages]]")[-1]
    tail = "" if "[publish]" in fragment else publish
    text = f"{head}\n{fragment}\n{last}\n{tail}"
    for old, new in _REPLACE.findall(fragment):
        before, _, after = text.rpartition(old)
        text = before + new.replace("\\n", "\n") + after
    return text
