"""Each regulation walked with real acts: paper and office must agree at every step."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy.orm import Session

from models.database import Database
from tests.acts.agreeing import disagreements
from tests.regulations import Example, definition_text, examples

FOLDER = Path(__file__).parents[2] / "config" / "processes"
NAMES = sorted(f.name.partition(".")[0] for f in FOLDER.glob("*.scenarios.toml"))
BESIDE = {"contributor": ("base", "portal")}


@pytest.fixture
def session(shared_database: Database) -> Iterator[Session]:
    """A session whose transaction is taken back."""
    with shared_database.writing() as opened:
        yield opened
        opened.rollback()


@pytest.mark.parametrize("name", NAMES)
def test_a_regulation_is_carried_out_as_on_paper(session: Session, name: str) -> None:
    source = (FOLDER / f"{name}.toml").read_text(encoding="utf-8")
    cases = (FOLDER / f"{name}.scenarios.toml").read_text(encoding="utf-8")

    assert disagreements(session, [source], cases) == []


@pytest.mark.parametrize("example", examples("scenario"), ids=lambda one: one.name)
def test_the_examples_of_the_reference_are_too(
    session: Session, example: Example
) -> None:
    names = (*BESIDE.get(example.name, ()), example.name)
    sources = [definition_text(name).replace('"sample"', f'"{name}"') for name in names]

    # in an office every text goes out somewhere
    text = example.text.replace("channels = []", 'channels = ["website"]')

    assert disagreements(session, sources, text) == []
