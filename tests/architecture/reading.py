"""How the tests that read the code see it: files of the repository, parsed."""

from __future__ import annotations

import ast
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
FLOORS = ("config", "models", "web", "workflow")

Function = ast.FunctionDef | ast.AsyncFunctionDef


@dataclass(frozen=True)
class Source:
    """One file: its path from the root with forward slashes, and its text."""

    path: str
    text: str

    @property
    def floor(self) -> str:
        """The first folder: ``config``, ``models``, ``web``, ``workflow``, …."""
        return self.path.partition("/")[0]

    @property
    def is_python(self) -> bool:
        """Whether it can be parsed as Python."""
        return self.path.endswith(".py")

    @property
    def is_ours(self) -> bool:
        """Whether it is Python of a floor, written by hand (migrations are not)."""
        written = "/migrations/" not in self.path
        return self.is_python and self.floor in FLOORS and written

    def nodes(self) -> Iterator[ast.AST]:
        """Every node of the parsed file."""
        return ast.walk(parsed(self.text))

    def at(self, node: ast.AST, fault: str) -> str:
        """A fault with the place where it stands."""
        return f"{self.path}:{getattr(node, 'lineno', 1)}: {fault}"


@cache
def parsed(text: str) -> ast.Module:
    """The tree of a Python text."""
    return ast.parse(text)


@cache
def repository() -> tuple[Source, ...]:
    """Every text file of the repository, tracked or about to be."""
    command = ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"]
    listed = subprocess.run(command, cwd=ROOT, check=True, capture_output=True)
    names = listed.stdout.decode().split("\0")
    return tuple(_readable(sorted({name for name in names if name})))


def _readable(names: list[str]) -> Iterator[Source]:
    for name in names:
        try:
            yield Source(name, (ROOT / name).read_text("utf-8"))
        except (UnicodeDecodeError, FileNotFoundError, IsADirectoryError):
            continue


def imported(source: Source) -> Iterator[tuple[ast.AST, str]]:
    """Each import of a file with the full name of the module."""
    for node in source.nodes():
        if isinstance(node, ast.Import):
            yield from ((node, alias.name) for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
            yield node, node.module


def called_methods(source: Source) -> Iterator[tuple[ast.Call, str]]:
    """Each ``something.method(...)`` of a file with the method's name."""
    for node in source.nodes():
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute):
            yield node, node.func.attr


def public_definitions(source: Source) -> Iterator[Function | ast.ClassDef]:
    """Functions, classes and methods that others may use."""
    yield from _public(parsed(source.text).body)


def _public(body: list[ast.stmt]) -> Iterator[Function | ast.ClassDef]:
    for node in body:
        if isinstance(node, Function | ast.ClassDef) and not node.name.startswith("_"):
            yield node
            if isinstance(node, ast.ClassDef):
                yield from _public(node.body)
