"""The tables of the machine pre-check, as parsed files."""

from __future__ import annotations

from collections.abc import Mapping
from hashlib import sha256
from pathlib import Path

from config.sample_year import read

HERE = Path(__file__).parent


def lexicon_tables() -> list[Mapping[str, object]]:
    """Catalogue, words, patterns and lists."""
    return [read(file) for file in sorted((HERE / "lexicons").glob("*.toml"))]


def speller_model() -> Path:
    """The file of the statistical speller; ``proofreading.training.build`` makes it."""
    return HERE / "speller" / "speller.model"


def digest() -> str:
    """SHA-256 over every packaged table: a text read with other ones is read again."""
    files = sorted([*(HERE / "lexicons").glob("*"), *(HERE / "laws").glob("*.toml")])
    files.append(speller_model())
    whole = sha256()
    for file in files:
        if file.is_file():
            whole.update(file.name.encode() + b"\n" + file.read_bytes())
    return whole.hexdigest()


def law_table() -> Mapping[str, object]:
    """Laws with their numbers of articles, and those that were repealed."""
    laws, repealed = (
        read(HERE / "laws" / name) for name in ("laws.toml", "repealed.toml")
    )
    return {
        "articles": {**_inner(repealed), **_inner(laws)},
        "repealed": repealed["repealed"],
    }


def _inner(table: Mapping[str, object]) -> Mapping[str, object]:
    inner = table["articles"]
    return inner if isinstance(inner, dict) else {}
