"""The server of the tests: it holds what it promises and leaves nothing behind."""

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import psycopg
import pytest

from tests.postgres import (
    PostgresMissing,
    PostgresServer,
    connect,
    reachable,
    remove_leftovers,
    running_server,
)

pytestmark = pytest.mark.postgres

OWNER = """
import time
from tests.postgres import running_server
with running_server() as server:
    print(server.process.pid, server.folder, flush=True)
    time.sleep(600)
"""


def is_alive(pid: int) -> bool:
    try:
        state = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0]
    except FileNotFoundError:
        return False
    return state != "Z"


@pytest.mark.skipif(sys.platform != "linux", reason="the tie is Linux's")
def test_nothing_is_left_after_kill_9(postgres_server: PostgresServer) -> None:
    owner = subprocess.Popen(
        [sys.executable, "-c", OWNER], stdout=subprocess.PIPE, text=True
    )
    assert owner.stdout is not None
    pid, folder = owner.stdout.readline().split()
    assert is_alive(int(pid))

    owner.send_signal(signal.SIGKILL)
    owner.communicate()
    until = time.monotonic() + 20
    while is_alive(int(pid)) and time.monotonic() < until:
        time.sleep(0.05)
    remove_leftovers()

    assert not is_alive(int(pid))
    assert not Path(folder).exists()
    assert postgres_server.folder.exists()


def test_root_lends_the_server_another_user(postgres_server: PostgresServer) -> None:
    owner = (postgres_server.folder / "data").stat().st_uid

    assert owner != 0
    assert os.geteuid() in {0, owner}


def test_only_the_socket_listens(postgres_server: PostgresServer) -> None:
    with connect(postgres_server.folder) as connection:
        listening = connection.execute("SHOW listen_addresses").fetchone()

    assert listening == ("",)
    assert postgres_server.folder.stat().st_mode & 0o077 == 0


def test_a_dropped_database_is_gone(postgres_server: PostgresServer) -> None:
    postgres_server.create("short_lived")
    postgres_server.drop("short_lived")

    with pytest.raises(psycopg.OperationalError, match="does not exist"):
        psycopg.connect(
            host=str(postgres_server.folder), user="postgres", dbname="short_lived"
        )


@pytest.mark.parametrize(("durable", "fsync"), [(True, "on"), (False, "off")])
def test_durable_means_the_disk(
    postgres_server: PostgresServer, durable: bool, fsync: str
) -> None:
    with running_server(durable=durable) as server, connect(server.folder) as asked:
        assert asked.execute("SHOW fsync").fetchone() == (fsync,)


def test_a_missing_server_says_how_to_get_one(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PG_BIN", str(tmp_path))

    with pytest.raises(PostgresMissing, match="请安装 postgresql"), running_server():
        pass


def test_programs_behind_a_closed_door_are_copied_for_the_other_user(
    tmp_path: Path,
) -> None:
    programs = tmp_path / "closed" / "package" / "bin"
    programs.mkdir(parents=True)
    (programs / "postgres").write_text("#!/bin/sh\n")
    (programs / "postgres").chmod(0o755)
    (tmp_path / "closed").chmod(0o700)

    found = reachable(programs, tmp_path)

    assert (found / "postgres").read_text() == "#!/bin/sh\n"
    assert (found == programs) == (os.geteuid() != 0)
