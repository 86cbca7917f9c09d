"""The command ``sanshen`` (三审): every subject's commands, joined here.

Names, flags, exit codes and JSON shapes are a promise to users' scripts.
"""

from __future__ import annotations

import sys

import click

from web.commands.audit import audit
from web.commands.backup import backup, restore
from web.commands.bench import bench
from web.commands.database import db
from web.commands.demo import demo
from web.commands.init import init
from web.commands.process import process
from web.commands.proofread import proofread
from web.commands.report import report
from web.commands.scheduler import scheduler
from web.commands.serve import serve
from web.commands.words import say
from workflow.errors import WorkflowError


class OneLineGroup(click.Group):
    """A group whose refusals are one line on stderr and exit status 1."""

    def invoke(self, ctx: click.Context) -> object:
        """Run a command; a refusal is a sentence, never a traceback."""
        try:
            return super().invoke(ctx)
        except WorkflowError as refusal:
            click.echo(refusal.message, err=True)
            ctx.exit(1)


@click.group(
    cls=OneLineGroup,
    help=say(
        "三审：政务信息三审三校。", "Sanshen: three reviews and three proofreads."
    ),
)
@click.version_option(package_name="sanshen")
def main() -> None:
    """The whole command; its sentence stands in the decorator, in two languages."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(encoding="utf-8", errors="replace")


COMMANDS = (
    audit,
    backup,
    bench,
    db,
    demo,
    init,
    process,
    proofread,
    report,
    restore,
    scheduler,
    serve,
)
for command in COMMANDS:
    main.add_command(command)
