"""A backup while people work; a restore that looks before it replaces."""

from __future__ import annotations

import hashlib
import json
import shutil
import zipfile
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from sqlalchemy import func, select, text

from models.articles import Article
from models.audit import AuditEntry
from models.copying import read_copy, read_manifest, write_copy
from models.database import Database, open_database
from models.migrate import current
from models.tables import metadata
from tests.schema import make_tables
from tests.stories import drafted, published
from tests.town import Town, found_town
from web.commands import main
from workflow.audit.questions import verify


def build(path: Path) -> None:
    url = f"sqlite:///{path.as_posix()}"
    make_tables(url)
    database = open_database(url)
    with database.writing.begin() as session:
        published(found_town(session))
    database.close()


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("built") / "town.sqlite"
    build(path)
    return path


@pytest.fixture
def town_file(built: Path, tmp_path: Path) -> Path:
    return Path(shutil.copy(built, tmp_path / "town.sqlite"))


def run(file: Path, *words: str) -> Result:
    url = f"sqlite:///{file.as_posix()}"
    environment = {"SANSHEN_DATABASE_URL": url, "SANSHEN_SECRET_KEY": "k" * 32}
    return CliRunner().invoke(main, list(words), env=environment)


def backed_up(file: Path, tmp_path: Path) -> Path:
    done = run(file, "backup", str(tmp_path / "kept"))
    assert done.exit_code == 0, done.output
    (copy,) = (tmp_path / "kept").glob("*.zip")
    return copy


def every_row(file: Path, *but: str) -> dict[str, list[str]]:
    database = open_database(f"sqlite:///{file.as_posix()}")
    with database.reading() as session:
        found = {
            name: sorted(map(repr, session.execute(text(f"select * from {name}"))))
            for name in metadata.tables
            if name not in but
        }
    database.close()
    return found


def entries(file: Path) -> list[str]:
    database = open_database(f"sqlite:///{file.as_posix()}")
    with database.reading() as session:
        assert verify(session).ok
        acts = list(session.scalars(select(AuditEntry.act).order_by(AuditEntry.seq)))
    database.close()
    return acts


def test_what_is_restored_is_what_was_there(town_file: Path, tmp_path: Path) -> None:
    before = every_row(town_file, "audit_entries", "audit_chains")
    copy = backed_up(town_file, tmp_path)
    elsewhere = tmp_path / "elsewhere.sqlite"

    done = run(elsewhere, "restore", str(copy))

    assert done.exit_code == 0, done.output
    assert every_row(elsewhere, "audit_entries", "audit_chains") == before
    assert entries(town_file)[-1] == "backup"
    assert entries(elsewhere) == [*entries(town_file)[:-1], "restore"]


def test_the_old_file_is_kept_beside(town_file: Path, tmp_path: Path) -> None:
    copy = backed_up(town_file, tmp_path)
    later = entries(town_file)

    assert run(town_file, "restore", str(copy)).exit_code == 0

    (kept,) = tmp_path.glob("town.sqlite.before-*")
    assert entries(kept) == later
    assert entries(town_file)[-1] == "restore"


def _cut(file: Path) -> None:
    file.write_bytes(file.read_bytes()[:-200])


def _flip(file: Path) -> None:
    """One byte in the middle of the largest member."""
    with zipfile.ZipFile(file) as packed:
        largest = max(packed.infolist(), key=lambda one: one.compress_size)
    content = bytearray(file.read_bytes())
    content[largest.header_offset + 60 + largest.compress_size // 2] ^= 0xFF
    file.write_bytes(bytes(content))


def _foreign(file: Path) -> None:
    with zipfile.ZipFile(file, "w") as packed:
        packed.writestr("hello.txt", "你好")


def _rewrite(file: Path) -> None:
    """Another title, and a manifest that agrees with nothing any more."""
    with zipfile.ZipFile(file) as packed:
        members = {name: packed.read(name) for name in packed.namelist()}
    members["articles"] = members["articles"].replace(b"2024", b"2023")
    with zipfile.ZipFile(file, "w") as packed:
        for name, content in members.items():
            packed.writestr(name, content)


@pytest.mark.parametrize("spoil", [_cut, _flip, _foreign, _rewrite])
def test_a_spoilt_copy_changes_nothing(
    town_file: Path, tmp_path: Path, spoil: object
) -> None:
    copy = backed_up(town_file, tmp_path)
    before = every_row(town_file)
    assert callable(spoil)
    spoil(copy)

    done = run(town_file, "restore", str(copy))

    assert done.exit_code == 1
    assert "什么都没有改动" in done.output
    assert every_row(town_file) == before
    assert not list(tmp_path.glob("*.before-*"))
    assert not list(tmp_path.glob("*.restoring*"))


def test_a_copy_whose_trail_was_bent_is_refused(
    town_file: Path, tmp_path: Path
) -> None:
    """With the manifest made to agree: the chain itself tells."""
    copy = backed_up(town_file, tmp_path)
    before = every_row(town_file)
    _bend(copy)

    done = run(town_file, "restore", str(copy))

    assert done.exit_code == 1
    assert "留痕有误" in done.output
    assert every_row(town_file) == before


def _bend(file: Path) -> None:
    with zipfile.ZipFile(file) as packed:
        members = {name: packed.read(name) for name in packed.namelist()}
    bent = members["audit_entries"].replace(
        "示例drafter".encode(), "示例nobody".encode()
    )
    assert bent != members["audit_entries"]
    manifest = json.loads(members["manifest.json"])
    manifest["tables"]["audit_entries"]["sha256"] = hashlib.sha256(bent).hexdigest()
    members |= {"audit_entries": bent, "manifest.json": json.dumps(manifest).encode()}
    with zipfile.ZipFile(file, "w") as packed:
        for name, content in members.items():
            packed.writestr(name, content)


def test_another_versions_copy_names_the_version(
    town_file: Path, tmp_path: Path
) -> None:
    copy = tmp_path / "old.zip"
    database = open_database(f"sqlite:///{town_file.as_posix()}")
    write_copy(database, copy, "0001")
    database.close()

    done = run(town_file, "restore", str(copy))

    assert done.exit_code == 1
    assert "0001" in done.output


def test_from_either_database_into_the_other(
    database: Database, town: Town, built: Path, tmp_path: Path
) -> None:
    """The rows go out of this database, and rows of SQLite come into it."""
    drafted(town)
    town.session.commit()
    copy = tmp_path / "copy.zip"

    rows = write_copy(database, copy, current(database))

    manifest = read_manifest(copy)
    assert {n: m["rows"] for n, m in manifest["tables"].items()} == rows
    target = tmp_path / "target.sqlite"
    make_tables(f"sqlite:///{target.as_posix()}")
    other = open_database(f"sqlite:///{target.as_posix()}")
    with other.engine.begin() as connection:
        assert read_copy(connection, copy) == rows
    with other.reading() as session:
        assert verify(session).ok
        there = session.scalars(select(func.count(Article.id))).one()
    other.close()
    assert there == 1


def test_after_restoring_the_next_row_has_the_next_number(
    database: Database, built: Path, tmp_path: Path
) -> None:
    source = open_database(f"sqlite:///{built.as_posix()}")
    copy = tmp_path / "copy.zip"
    write_copy(source, copy, current(source))
    source.close()

    with database.engine.begin() as connection:
        read_copy(connection, copy)

    with database.writing.begin() as session:
        town = found_town(session, "another")
        drafted(town)
    with database.reading() as session:
        assert verify(session).ok
        assert session.scalars(select(func.count(Article.id))).one() == 2
