"""``sanshen backup`` and ``sanshen restore``: one file, the same on both databases."""

from __future__ import annotations

import os
from pathlib import Path

import click
from sqlalchemy import func, select
from sqlalchemy.engine import make_url
from sqlalchemy.orm import Session

from config import load
from models import migrate
from models.agencies import Agency
from models.copying import (
    CopyDamaged,
    read_copy,
    read_manifest,
    settle_file,
    write_copy,
)
from models.database import Database, open_database
from web.clock import system_now
from web.commands.database import opened_and_current
from web.commands.words import say
from workflow.actions import Action
from workflow.audit.acts import Subject, record
from workflow.audit.questions import verify
from workflow.occasion import Occasion


@click.command(
    help=say("备份到一个文件，不用停机。", "Write a backup while people work.")
)
@click.argument("folder", type=click.Path(file_okay=False, path_type=Path))
def backup(folder: Path) -> None:
    """See the decorator."""
    folder.mkdir(parents=True, exist_ok=True)
    file = folder / f"sanshen-{system_now():%Y%m%d-%H%M%S-%f}.zip"
    with opened_and_current() as database:
        rows = write_copy(database, file, migrate.current(database))
        _note(database, Action.BACKUP, file.name)
    total = sum(rows.values())
    click.echo(say(f"已备份{total}行：{file}", f"{total} rows: {file}"))


@click.command(
    help=say("从备份恢复；先校验，后替换。", "Restore; checks before it replaces.")
)
@click.argument("file", type=click.Path(path_type=Path))
def restore(file: Path) -> None:
    """See the decorator."""
    try:
        manifest = read_manifest(file)
    except CopyDamaged as damaged:
        raise click.ClickException(
            say(f"“{file}”不能用：{damaged}。什么都没有改动。", f"{file}: {damaged}")
        ) from damaged
    if manifest["revision"] != migrate.newest():
        raise click.ClickException(
            say(
                f"备份的结构版本是{manifest['revision']}，请用当时的版本恢复，再升级。",
                f"made by schema {manifest['revision']}: restore with that version",
            )
        )
    url = make_url(load(os.environ).database_url)
    wanted = {name: member["rows"] for name, member in manifest["tables"].items()}
    if url.get_backend_name() == "sqlite" and url.database:
        _beside(Path(url.database), file, wanted)
    else:
        _into_empty(file, wanted)
    total = sum(wanted.values())
    click.echo(
        say(f"已恢复{total}行，留痕完整。", f"{total} rows, the trail is whole.")
    )


def _beside(target: Path, file: Path, wanted: dict[str, int]) -> None:
    """Build a new file beside the old one; the old one stays under another name."""
    fresh = target.with_name(f"{target.name}.restoring")
    _forget(fresh)
    database = open_database(f"sqlite:///{fresh.as_posix()}")
    try:
        migrate.upgrade(database)
        _fill(database, file, wanted)
    except BaseException:
        database.close()
        _forget(fresh)
        raise
    database.close()
    settle_file(fresh)
    if target.exists():
        settle_file(target)
        kept = f"{target.name}.before-{system_now():%Y%m%d%H%M%S}"
        target.replace(target.with_name(kept))
    fresh.replace(target)


def _forget(file: Path) -> None:
    for tail in ("", "-wal", "-shm"):
        file.with_name(f"{file.name}{tail}").unlink(missing_ok=True)


def _into_empty(file: Path, wanted: dict[str, int]) -> None:
    with opened_and_current() as database:
        with database.reading() as session:
            used = session.scalars(select(func.count(Agency.id))).one()
        if used:
            raise click.ClickException(
                say(
                    "数据库里已有数据。请先建空库并运行 sanshen db upgrade。",
                    "the database is not empty: make an empty one, then db upgrade",
                )
            )
        _fill(database, file, wanted)


def _fill(database: Database, file: Path, wanted: dict[str, int]) -> None:
    """Read, count and verify in one transaction: all of it stands, or nothing."""
    with database.engine.begin() as connection:
        counted = read_copy(connection, file)
        if counted != wanted:
            raise click.ClickException(
                say("行数与清单不符，没有恢复。", "rows differ; nothing was restored")
            )
        verdict = verify(Session(connection))
        if verdict.first_bad is not None:
            bad = verdict.first_bad
            raise click.ClickException(
                say(
                    f"备份里的留痕有误（{bad.agency}第{bad.seq}条：{bad.reason}），没有恢复。",
                    f"its trail is broken at {bad.agency} {bad.seq}; nothing restored",
                )
            )
    _note(database, Action.RESTORE, file.name)


def _note(database: Database, action: Action, name: str) -> None:
    """Each agency's trail says that its records were copied, and whereto."""
    at = system_now()
    with database.writing.begin() as session:
        for id_ in session.scalars(select(Agency.id).order_by(Agency.id)):
            by = Occasion(id_, None, at, f"{action}-{at.isoformat()}"[:80])
            record(session, by, action, Subject("agency", id_, details={"file": name}))
