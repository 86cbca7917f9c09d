"""The documents are true for what landed, and short enough to be read."""

from __future__ import annotations

import re

import pytest

from tests.documents import ROOT, ladder, parts
from web.commands import COMMANDS

LINES = {
    "README.md": 80,
    "ARCHITECTURE.md": 150,
    "GLOSSARY.md": 140,  # a line a word
    "CONTRIBUTING.md": 60,
}


def test_the_drawn_ladder_is_todays() -> None:
    assert parts()[1] == ladder(), "run: make diagram"


@pytest.mark.parametrize(("name", "most"), LINES.items())
def test_a_document_is_short(name: str, most: int) -> None:
    assert len((ROOT / name).read_text(encoding="utf-8").splitlines()) <= most


@pytest.mark.parametrize("name", [*LINES, "DECISIONS.md", "CHANGELOG.md"])
def test_every_path_that_a_document_names_is_there(name: str) -> None:
    text = (ROOT / name).read_text(encoding="utf-8")
    named = re.findall(r"`((?:config|models|tests|web|workflow)/[\w/.]+)`", text)

    assert [path for path in named if not (ROOT / path).exists()] == []


def test_every_command_that_the_readme_names_exists() -> None:
    text = (ROOT / "README.md").read_text(encoding="utf-8")
    named = {words.split()[0] for words in re.findall(r"`sanshen ([^`]+)`", text)}

    assert named <= set(COMMANDS)
