"""``sanshen bench``: the project's own benchmarks, each on a database of its own."""

from __future__ import annotations

from dataclasses import asdict

import click

from web.commands.benches import approvals as approving
from web.commands.benches.approvals import Effort, Figures
from web.commands.words import print_json, say

SHAPES = click.Choice(["text", "json"])
URL_HELP = say(
    "在哪种数据库上测：在旁边另建临时库，测完删去，不动已有数据。默认SQLite。",
    "Which kind of database: a temporary one is made beside it. Default: SQLite.",
)


@click.group(help=say("性能测试。", "The project's own benchmarks."))
def bench() -> None:
    """See the decorator."""


@bench.command(
    "approvals",
    help=say(
        "一次审签多少毫秒，与数据库驱动直接执行同样语句之比。",
        "One durable approval, and the bare driver running the same statements.",
    ),
)
@click.option(
    "--database-url",
    envvar="SANSHEN_DATABASE_URL",
    default="sqlite://",
    help=URL_HELP,
)
@click.option("--approvals", type=click.IntRange(1, 600), default=300)
@click.option("--format", "shape", type=SHAPES, default="text")
def approvals(database_url: str, approvals: int, shape: str) -> None:
    """See the decorator."""
    effort = Effort(approvals, over_http=approvals // 4 + 1, warm_up=20)
    figures = approving.measure(database_url, effort)
    if shape == "json":
        print_json(asdict(figures))
    else:
        click.echo(_approvals_in_words(figures))


def _approvals_in_words(of: Figures) -> str:
    return say(
        f"{of.database}（{of.durability}）：一次审签{of.approval_ms}毫秒，"
        f"{of.statements}条语句；驱动直接执行{of.bare_ms}毫秒，比值{of.ratio}；"
        f"经网页{of.http_approval_ms}毫秒。",
        f"{of.database} ({of.durability}): {of.approval_ms} ms an approval of "
        f"{of.statements} statements; bare driver {of.bare_ms} ms, "
        f"ratio {of.ratio}; over HTTP {of.http_approval_ms} ms.",
    )
