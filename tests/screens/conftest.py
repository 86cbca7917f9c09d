"""A small agency with one person per role, and the application over it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from flask import Flask

from config import Settings
from models.database import open_database
from tests.schema import make_tables
from tests.screens.desks import Desks, settle
from tests.small_town import MONDAY, PASSWORD, Clock, build
from tests.town import MORNING
from tests.web_client import Browserlike
from web.app import create_app


@pytest.fixture(scope="session")
def town_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The small town, built once through the real acts."""
    path = tmp_path_factory.mktemp("town") / "town.sqlite"
    url = f"sqlite:///{path.as_posix()}"
    make_tables(url)
    database = open_database(url)
    build(database)
    database.close()
    return path


@pytest.fixture
def clock() -> Clock:
    return Clock(MONDAY)


@pytest.fixture
def app(town_file: Path, tmp_path: Path, clock: Clock) -> Iterator[Flask]:
    copy = tmp_path / "town.sqlite"
    copy.write_bytes(town_file.read_bytes())
    made = create_app(
        Settings(database_url=f"sqlite:///{copy.as_posix()}", secret_key="k" * 32)
    )
    made.testing = True
    made.config["CLOCK"] = clock
    yield made
    made.extensions["database"].close()


@pytest.fixture
def visitor(app: Flask) -> Browserlike:
    return Browserlike(app)


@pytest.fixture
def signed_in(app: Flask) -> Callable[[str], Browserlike]:
    """A browser in which this person has signed in."""

    def sign_in(login: str) -> Browserlike:
        browser = Browserlike(app)
        browser.sign_in(login, PASSWORD)
        return browser

    return sign_in


@pytest.fixture(scope="session")
def desks_file(
    tmp_path_factory: pytest.TempPathFactory,
) -> tuple[Path, int, dict[str, int]]:
    """The town of the articles' tests, built once; its agency and people by id."""
    path = tmp_path_factory.mktemp("desks") / "town.sqlite"
    url = f"sqlite:///{path.as_posix()}"
    make_tables(url)
    database = open_database(url)
    agency, people = settle(database)
    database.close()
    return path, agency, people


@pytest.fixture
def desks(
    desks_file: tuple[Path, int, dict[str, int]], tmp_path: Path
) -> Iterator[Desks]:
    """An application over a town whose articles a test makes through stories."""
    file, agency, people = desks_file
    copy = tmp_path / "desks.sqlite"
    copy.write_bytes(file.read_bytes())
    made = create_app(
        Settings(database_url=f"sqlite:///{copy.as_posix()}", secret_key="k" * 32)
    )
    made.testing = True
    clock = Clock(MORNING)
    made.config["CLOCK"] = clock
    yield Desks(made, clock, agency, dict(people))
    made.extensions["database"].close()
