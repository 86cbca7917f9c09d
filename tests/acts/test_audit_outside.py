"""The trail outside the house: exported, checked by others, held to a checkpoint."""

from __future__ import annotations

import hashlib
import json
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from sqlalchemy import text

from models.database import open_database
from tests.schema import make_tables
from tests.stories import drafted, published
from tests.town import found_town
from web.commands import main
from workflow.audit import standalone


@pytest.fixture
def town_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    path = tmp_path / "town.sqlite"
    url = f"sqlite:///{path.as_posix()}"
    make_tables(url)
    database = open_database(url)
    with database.writing.begin() as session:
        published(found_town(session))
        found_town(session, "neighbour")
    database.close()
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("SANSHEN_DATABASE_URL", url)
    return path


def run(*words: str) -> Result:
    return CliRunner().invoke(main, list(words))


def exported(tmp_path: Path) -> Path:
    assert run("audit", "export", "-o", "trail.zip").exit_code == 0
    folder = tmp_path / "outside"
    with zipfile.ZipFile(tmp_path / "trail.zip") as packed:
        packed.extractall(folder)
    return folder


def checked(folder: Path) -> subprocess.CompletedProcess[str]:
    """By a Python that sees nothing of this project."""
    command = [sys.executable, "-I", "-S", str(folder / "verify_trail.py")]
    return subprocess.run(
        command,
        cwd=folder,
        capture_output=True,
        text=True,
        check=False,
        encoding="utf-8",
    )


def test_an_outsider_finds_it_whole(town_file: Path, tmp_path: Path) -> None:
    done = checked(exported(tmp_path))
    assert (done.returncode, done.stdout[:5]) == (0, "WHOLE")


def lines_of(folder: Path) -> list[str]:
    return (folder / "sample-town.jsonl").read_text(encoding="utf-8").splitlines()


def rewrite(folder: Path, lines: list[str]) -> None:
    (folder / "sample-town.jsonl").write_text("\n".join(lines) + "\n", "utf-8")


@pytest.mark.parametrize("what", ["alter", "remove", "insert", "swap", "cut"])
def test_an_outsider_finds_what_was_bent(
    town_file: Path, tmp_path: Path, what: str
) -> None:
    folder = exported(tmp_path)
    lines = lines_of(folder)
    bent = {
        "alter": [*lines[:2], lines[2].replace('"done"', '"refused"'), *lines[3:]],
        "remove": [*lines[:2], *lines[3:]],
        "insert": [*lines[:3], lines[2], *lines[3:]],
        "swap": [*lines[:2], lines[3], lines[2], *lines[4:]],
        "cut": lines[:-1],
    }[what]
    assert bent != lines
    rewrite(folder, bent)

    done = checked(folder)

    assert done.returncode == 1
    assert done.stdout.startswith("BROKEN")
    first = {"insert": 4, "cut": len(lines)}.get(what, 3)
    assert f"sample-town {first}:" in done.stdout


@pytest.mark.parametrize("content", [b"", b"abc", b"abcd" * 16, "留痕".encode() * 99])
def test_sm3_without_openssl(content: bytes) -> None:
    if "sm3" in hashlib.algorithms_available:
        assert standalone.sm3(content) == hashlib.new("sm3", content).hexdigest()
    assert standalone.sm3(b"abc").startswith("66c7f0f462eeedd9d1f2d46bdc10e4e2")
    assert len(standalone.sm3(content)) == 64


def test_a_checkpoint_holds_while_the_trail_grows(town_file: Path) -> None:
    assert run("audit", "checkpoint", "-o", "head.json").exit_code == 0
    database = open_database(f"sqlite:///{town_file.as_posix()}")
    with database.writing.begin() as session:
        drafted(found_town(session, "third"))
    database.close()

    assert run("audit", "verify", "--checkpoint", "head.json").exit_code == 0


def raw(path: Path, *statements: str) -> None:
    """As somebody with the file in her hands."""
    database = open_database(f"sqlite:///{path.as_posix()}")
    with database.engine.begin() as connection:
        for trigger in ("update", "delete"):
            connection.execute(text(f"drop trigger audit_entries_refuses_{trigger}"))
        for statement in statements:
            connection.execute(text(statement))
    database.close()


def test_a_tail_cut_off_with_its_head_is_found(town_file: Path) -> None:
    """The chain itself is whole again; only the note outside knows."""
    assert run("audit", "checkpoint", "-o", "head.json").exit_code == 0
    raw(
        town_file,
        "delete from audit_entries where agency_id = 1 and seq ="
        " (select max(seq) from audit_entries where agency_id = 1)",
        "update audit_chains set seq = seq - 1, link = (select link from audit_entries"
        " where agency_id = 1 order by seq desc limit 1) where agency_id = 1",
    )
    assert run("audit", "verify").exit_code == 0

    done = run("audit", "verify", "--checkpoint", "head.json", "--format", "json")

    assert done.exit_code == 1
    assert json.loads(done.output)["first_bad"]["agency"] == "sample-town"


@pytest.mark.parametrize("what", ["head", "signature", "key", "text"])
def test_a_bent_checkpoint_is_refused(
    town_file: Path, tmp_path: Path, what: str
) -> None:
    assert run("audit", "checkpoint", "-o", "head.json").exit_code == 0
    file = tmp_path / "head.json"
    document = json.loads(file.read_text("utf-8"))
    if what == "head":
        document["heads"][0]["seq"] -= 1
    elif what == "text":
        file.write_text("{", "utf-8")
    else:
        document[what] = "00" * (64 if what == "signature" else 32)
    if what != "text":
        file.write_text(json.dumps(document), "utf-8")

    done = run("audit", "verify", "--checkpoint", "head.json")

    assert done.exit_code == 1
    assert "检查点" in done.output
