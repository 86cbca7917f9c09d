"""``sanshen audit``: is the trail whole."""

from __future__ import annotations

import json
import os
import zipfile
from dataclasses import asdict, replace
from pathlib import Path

import click
from sqlalchemy.orm import Session

from config import kept_secret, load
from web.clock import system_now
from web.commands.database import opened_and_current
from web.commands.words import print_json, say
from workflow.audit import checkpoints, questions, standalone
from workflow.audit.export import every_line
from workflow.audit.questions import Verdict


@click.group(help=say("留痕。", "The trail."))
def audit() -> None:
    """See the decorator."""


@audit.command(
    "verify", help=say("校验整条留痕；断链则退出码为1。", "Verify the whole trail.")
)
@click.option("--format", "shape", type=click.Choice(["text", "json"]), default="text")
@click.option(
    "--checkpoint",
    "kept",
    type=click.Path(path_type=Path),
    help=say("再与留存的检查点核对。", "Hold it against a checkpoint, too."),
)
@click.pass_context
def verify(ctx: click.Context, shape: str, kept: Path | None) -> None:
    """See the decorator."""
    with opened_and_current() as database, database.reading() as session:
        verdict = questions.verify(session)
        if kept is not None and verdict.ok:
            verdict = replace(verdict, first_bad=_held_against(session, kept))
    if shape == "json":
        print_json(_as_json(verdict))
    else:
        click.echo(_as_text(verdict))
    ctx.exit(0 if verdict.ok else 1)


@audit.command(
    "checkpoint",
    help=say("给链头签名；请抄存到别处。", "Sign the heads, to be kept elsewhere."),
)
@click.option("-o", "--output", type=click.Path(path_type=Path))
def checkpoint(output: Path | None) -> None:
    """See the decorator."""
    with opened_and_current() as database, database.reading() as session:
        document = checkpoints.checkpoint(session, system_now(), _key())
    if output is None:
        print_json(document)
    else:
        text = json.dumps(document, ensure_ascii=False, indent=2)
        output.write_text(f"{text}\n", encoding="utf-8")


@audit.command(
    "export",
    help=say(
        "导出全部留痕，附只需Python的校验程序。",
        "Write the whole trail, with a checker that needs only Python.",
    ),
)
@click.option("-o", "--output", required=True, type=click.Path(path_type=Path))
def export(output: Path) -> None:
    """See the decorator."""
    with opened_and_current() as database, database.reading() as session:
        count = _export(session, output)
    click.echo(say(f"已导出{count}条：{output}", f"{count} entries: {output}"))


def _export(session: Session, output: Path) -> int:
    count = 0
    heads = checkpoints.heads(session)
    with zipfile.ZipFile(output, "w", zipfile.ZIP_DEFLATED) as packed:
        chains = json.dumps([asdict(head) for head in heads], ensure_ascii=False)
        packed.writestr("chains.json", chains)
        checker = Path(standalone.__file__).read_text(encoding="utf-8")
        packed.writestr("verify_trail.py", checker)
        for head in heads:
            name = f"{head.agency}.jsonl"
            with packed.open(name, "w", force_zip64=True) as member:
                for line in every_line(session, head.agency):
                    member.write(f"{line}\n".encode())
                    count += 1
    return count


def _held_against(session: Session, kept: Path) -> questions.FirstBad | None:
    try:
        document = json.loads(kept.read_text(encoding="utf-8"))
    except (OSError, ValueError) as unreadable:
        raise click.ClickException(
            say(f"检查点“{kept}”打不开。", f"{kept} cannot be read.")
        ) from unreadable
    heads = checkpoints.read_checkpoint(document, _key())
    return checkpoints.first_past(session, heads)


def _key() -> bytes:
    return bytes.fromhex(kept_secret(load(os.environ).var / "checkpoint_key"))


def _as_json(verdict: Verdict) -> dict[str, object]:
    bad = verdict.first_bad
    return {
        "entries": verdict.entries,
        "ok": verdict.ok,
        "first_bad": asdict(bad) if bad else None,
    }


def _as_text(verdict: Verdict) -> str:
    bad = verdict.first_bad
    if bad is None:
        return say(
            f"留痕完整：共{verdict.entries}条。",
            f"The trail is whole: {verdict.entries} entries.",
        )
    return say(
        f"留痕有误：单位{bad.agency}第{bad.seq}条：{bad.reason}。",
        f"The trail is broken: agency {bad.agency}, entry {bad.seq}: {bad.reason}",
    )
