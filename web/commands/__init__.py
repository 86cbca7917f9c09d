"""The command ``sanshen`` (三审): every subject's commands, joined here.

Names, flags, exit codes and JSON shapes are a promise to users' scripts.
"""

from __future__ import annotations

import sys
from importlib import import_module

import click

from web.commands.words import say
from workflow.errors import WorkflowError

COMMANDS = {
    "audit": "audit",
    "backup": "backup",
    "bench": "bench",
    "db": "database",
    "demo": "demo",
    "init": "init",
    "process": "process",
    "proofread": "proofread",
    "report": "report",
    "restore": "backup",
    "scheduler": "scheduler",
    "serve": "serve",
}
"""Each command and the file it stands in; only that file is loaded to run it."""


class OneLineGroup(click.Group):
    """A group whose refusals are one line on stderr and exit status 1."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """The names, in order."""
        del ctx
        return sorted(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """Load the command of that name; a text is checked without loading the site."""
        del ctx
        if cmd_name not in COMMANDS:
            return None
        file = import_module(f"web.commands.{COMMANDS[cmd_name]}")
        command = getattr(file, cmd_name)
        return command if isinstance(command, click.Command) else None

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
