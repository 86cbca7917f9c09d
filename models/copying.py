"""A whole database written to one file, and read from it into an empty one.

The file says the same on SQLite and PostgreSQL, so that an office may begin on one and
a county go on with the other.  It is a ZIP: one member a table, a JSON array a row, and
a manifest with the number of rows and the SHA-256 of each member.
"""

from __future__ import annotations

import base64
import hashlib
import json
import sqlite3
import zipfile
import zlib
from collections.abc import Callable, Iterator, Mapping
from contextlib import closing
from datetime import date, datetime
from decimal import Decimal
from enum import Enum
from pathlib import Path
from typing import IO, Any

from sqlalchemy import Column, Connection, Table, func, insert, select, text

from models.base import UTCDateTime
from models.database import Database
from models.tables import metadata

FORMAT = "sanshen-backup-1"
MANIFEST = "manifest.json"
AT_ONCE = 1000
UNREADABLE = (OSError, zipfile.BadZipFile, zlib.error, KeyError, ValueError, EOFError)


class CopyDamaged(ValueError):
    """The file is not a whole copy; says in what."""


def write_copy(database: Database, file: Path, revision: str | None) -> dict[str, int]:
    """Write every row as of one moment, while others go on working.

    Args:
        file: must not be there yet; appears whole or not at all.
        revision: of the schema, for the manifest.

    Returns:
        The number of rows of each table.
    """
    unfinished = file.with_suffix(".unfinished")
    unfinished.touch(mode=0o600)
    with _snapshot(database) as connection:
        rows = _write_all(connection, unfinished, revision)
    unfinished.replace(file)
    return rows


def _snapshot(database: Database) -> Connection:
    options: dict[str, Any] = {"reading": True}
    if database.dialect == "postgresql":
        options["isolation_level"] = "REPEATABLE READ"
    return database.engine.connect().execution_options(**options)


def _write_all(
    connection: Connection, file: Path, revision: str | None
) -> dict[str, int]:
    members: dict[str, dict[str, object]] = {}
    rows: dict[str, int] = {}
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as packed:
        for table in metadata.sorted_tables:
            with packed.open(table.name, "w", force_zip64=True) as member:
                rows[table.name], digest = _write_table(connection, table, member)
            members[table.name] = {"rows": rows[table.name], "sha256": digest}
        said = {"format": FORMAT, "revision": revision, "tables": members}
        packed.writestr(MANIFEST, json.dumps(said, indent=1))
    return rows


def _write_table(
    connection: Connection, table: Table, member: IO[bytes]
) -> tuple[int, str]:
    digest, count = hashlib.sha256(), 0
    query = select(table).order_by(*table.primary_key.columns)
    for row in connection.execute(query.execution_options(yield_per=AT_ONCE)):
        values = [_plain(value) for value in row]
        line = (json.dumps(values, ensure_ascii=False) + "\n").encode("utf-8")
        member.write(line)
        digest.update(line)
        count += 1
    return count, digest.hexdigest()


def _plain(value: object) -> object:
    if isinstance(value, bytes):
        return base64.b64encode(value).decode("ascii")
    if isinstance(value, Enum):
        return value.value
    if isinstance(value, datetime | date):
        return value.isoformat()
    return str(value) if isinstance(value, Decimal) else value


def read_manifest(file: Path) -> Mapping[str, Any]:
    """The manifest of a copy, after every member was read and found whole.

    Raises:
        CopyDamaged: no copy of ours, cut off, or altered.
    """
    try:
        with zipfile.ZipFile(file) as packed:
            said: dict[str, Any] = json.loads(packed.read(MANIFEST))
            if said.get("format") != FORMAT:
                raise CopyDamaged("不是本系统的备份文件")
            for name, member in said["tables"].items():
                if _digest(packed, name) != member["sha256"]:
                    raise CopyDamaged(f"“{name}”的内容与清单不符")
    except UNREADABLE as broken:
        if isinstance(broken, CopyDamaged):
            raise
        raise CopyDamaged("文件损坏或不完整") from broken
    return said


def _digest(packed: zipfile.ZipFile, name: str) -> str:
    digest = hashlib.sha256()
    with packed.open(name) as member:
        while piece := member.read(1 << 20):
            digest.update(piece)
    return digest.hexdigest()


def read_copy(connection: Connection, file: Path) -> dict[str, int]:
    """Put every row of a copy into an empty database of the same schema.

    Returns:
        The number of rows of each table, as counted in the database afterwards.
    """
    if connection.dialect.name == "sqlite":
        connection.execute(text("PRAGMA defer_foreign_keys=ON"))
    with zipfile.ZipFile(file) as packed:
        for table in metadata.sorted_tables:
            for batch in _batches(packed, table):
                connection.execute(insert(table), batch)
    if connection.dialect.name == "postgresql":
        _set_sequences(connection)
    return {
        table.name: connection.execute(
            select(func.count()).select_from(table)
        ).scalar_one()
        for table in metadata.sorted_tables
    }


def _batches(
    packed: zipfile.ZipFile, table: Table
) -> Iterator[list[dict[str, object]]]:
    columns = list(table.columns)
    readers = [_reader(column) for column in columns]
    batch: list[dict[str, object]] = []
    with packed.open(table.name) as member:
        for line in member:
            values = json.loads(line)
            batch.append(
                {
                    column.name: None if value is None else read(value)
                    for column, read, value in zip(
                        columns, readers, values, strict=True
                    )
                }
            )
            if len(batch) == AT_ONCE:
                yield batch
                batch = []
    if batch:
        yield batch


def _reader(column: Column[Any]) -> Callable[[Any], object]:
    inner = column.type
    kind = (inner.impl if isinstance(inner, UTCDateTime) else inner).python_type
    readers: list[tuple[type, Callable[[Any], object]]] = [
        (datetime, datetime.fromisoformat),
        (date, date.fromisoformat),
        (bytes, base64.b64decode),
        (Decimal, Decimal),
        (Enum, kind),
    ]
    for base, read in readers:
        if issubclass(kind, base):
            return read
    return lambda value: value


def _set_sequences(connection: Connection) -> None:
    for table in metadata.sorted_tables:
        key = table.autoincrement_column
        if key is None:
            continue
        quoted = f"pg_get_serial_sequence('{table.name}', '{key.name}')"
        highest = select(func.max(key)).scalar_subquery()
        connection.execute(select(func.setval(text(quoted), func.coalesce(highest, 1))))


def settle_file(path: Path) -> None:
    """Bring what stands in the journal of an SQLite file into the file itself."""
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
