"""``sanshen scheduler``: acts that run by themselves."""

from __future__ import annotations

import os
from datetime import UTC, datetime

import click

from config import load
from web.clock import system_now
from web.commands.database import opened_and_current
from web.commands.words import say
from web.site_visits import visit
from web.webhook import carrier
from workflow import schedule


@click.group(help=say("定时事项。", "Scheduled acts."))
def scheduler() -> None:
    """See the decorator."""


@scheduler.command(
    "run",
    help=say(
        "一直运行，直到停止；可在每个节点上同时启动。",
        "Run until stopped; safe to start on every node.",
    ),
)
def run() -> None:
    """See the decorator."""
    with opened_and_current() as database:
        carry = carrier(load(os.environ).notice_webhook)
        schedule.run(database, system_now, click.echo, carry, visit)


@scheduler.command(
    "tick",
    help=say(
        "把到某一时刻为止该做而未做的事做一次。",
        "Do everything due at that moment and not yet done, once.",
    ),
)
@click.option("--at", "moment", required=True, metavar="ISO8601")
def tick(moment: str) -> None:
    """See the decorator."""
    at = _moment(moment)
    with opened_and_current() as database:
        for line in schedule.tick(database, at):
            click.echo(line)


def _moment(text: str) -> datetime:
    try:
        at = datetime.fromisoformat(text)
    except ValueError as bad:
        words = say(f"“{text}”不是ISO8601时刻。", f"{text} is not an ISO 8601 moment.")
        raise click.BadParameter(words) from bad
    return at if at.tzinfo else at.replace(tzinfo=UTC)
