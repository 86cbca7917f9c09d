"""``sanshen audit``: is the trail whole."""

from __future__ import annotations

from dataclasses import asdict

import click

from web.commands.database import opened_and_current
from web.commands.words import print_json, say
from workflow.audit import questions
from workflow.audit.questions import Verdict


@click.group(help=say("留痕。", "The trail."))
def audit() -> None:
    """See the decorator."""


@audit.command(
    "verify", help=say("校验整条留痕；断链则退出码为1。", "Verify the whole trail.")
)
@click.option("--format", "shape", type=click.Choice(["text", "json"]), default="text")
@click.pass_context
def verify(ctx: click.Context, shape: str) -> None:
    """See the decorator."""
    with opened_and_current() as database, database.reading() as session:
        verdict = questions.verify(session)
    if shape == "json":
        print_json(_as_json(verdict))
    else:
        click.echo(_as_text(verdict))
    ctx.exit(0 if verdict.ok else 1)


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
