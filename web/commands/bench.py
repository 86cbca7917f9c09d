"""``sanshen bench``: the project's own benchmarks, each on a database of its own."""

from __future__ import annotations

from dataclasses import asdict
from pathlib import Path

import click

from web.commands.benches import approvals as approving
from web.commands.benches import ledger as paging
from web.commands.benches import rules as judging
from web.commands.benches import spelling
from web.commands.benches.approvals import Effort
from web.commands.words import print_json, say

ON_DATABASE = click.option(
    "--database-url",
    envvar="SANSHEN_DATABASE_URL",
    default="sqlite://",
    help=say(
        "在哪种数据库上测：在旁边另建临时库，测完删去，不动已有数据。默认SQLite。",
        "Which kind of database: a temporary one is made beside it. Default: SQLite.",
    ),
)
IN_SHAPE = click.option(
    "--format", "shape", type=click.Choice(["text", "json"]), default="text"
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
@ON_DATABASE
@click.option("--approvals", type=click.IntRange(1, 600), default=300)
@IN_SHAPE
def approvals(database_url: str, approvals: int, shape: str) -> None:
    """See the decorator."""
    effort = Effort(approvals, over_http=approvals // 4 + 1, warm_up=min(approvals, 20))
    figures = approving.measure(database_url, effort)
    if shape == "json":
        print_json(asdict(figures))
    else:
        click.echo(_approvals_in_words(figures))


def _approvals_in_words(of: approving.Figures) -> str:
    return say(
        f"{of.database}（{of.durability}）：一次审签{of.approval_ms}毫秒，"
        f"{of.statements}条语句；驱动直接执行{of.bare_ms}毫秒，比值{of.ratio}；"
        f"经网页{of.http_approval_ms}毫秒。",
        f"{of.database} ({of.durability}): {of.approval_ms} ms an approval of "
        f"{of.statements} statements; bare driver {of.bare_ms} ms, "
        f"ratio {of.ratio}; over HTTP {of.http_approval_ms} ms.",
    )


@bench.command(
    "ledger",
    help=say(
        "台账首页与末页多少毫秒，与只有1000条时之比。",
        "The ledger's first and last page, and their ratio to 1,000 articles.",
    ),
)
@ON_DATABASE
@click.option("--rows", type=click.IntRange(paging.FEW, 5_000_000), default=100_000)
@IN_SHAPE
def ledger(database_url: str, rows: int, shape: str) -> None:
    """See the decorator."""
    figures = paging.measure(database_url, rows)
    if shape == "json":
        print_json(asdict(figures))
    else:
        click.echo(_ledger_in_words(figures))


def _ledger_in_words(of: paging.Figures) -> str:
    return say(
        f"{of.database}，{of.rows}条：首页{of.first_ms}毫秒（为{of.few_rows}条时的"
        f"{of.first_ratio}倍），末页{of.deep_ms}毫秒（{of.deep_ratio}倍）。",
        f"{of.database}, {of.rows} articles: first page {of.first_ms} ms "
        f"({of.first_ratio} of that at {of.few_rows}), last page {of.deep_ms} ms "
        f"({of.deep_ratio}).",
    )


@bench.command(
    "rules",
    help=say(
        "机器预检各条规则在事例文件上的检出与误报，以及速度。",
        "How the pre-check's rules do on files of cases, and their speed.",
    ),
)
@click.argument("files", nargs=-1, required=True, type=click.Path(path_type=Path))
@IN_SHAPE
def rules(files: tuple[Path, ...], shape: str) -> None:
    """See the decorator."""
    for file in files:
        figures = judging.measure(file)
        if shape == "json":
            print_json(asdict(figures))
        else:
            click.echo(_rules_in_words(figures))


def _rules_in_words(of: judging.Figures) -> str:
    return say(
        f"{of.file}：应报{of.should_fire}，报出{of.fired}；不应报{of.should_not}，"
        f"误报{of.wrongly}；每秒{of.chars_per_second}字。",
        f"{of.file}: {of.fired} of {of.should_fire} found, {of.wrongly} of "
        f"{of.should_not} wrongly; {of.chars_per_second} characters a second.",
    )


@bench.command(
    "speller",
    help=say(
        "错字检查在带错句子（.jsonl、.tsv）和干净文稿（.txt）上的检出、改对与误报。",
        "How the speller does on wrong sentences and on clean text.",
    ),
)
@click.argument("files", nargs=-1, required=True, type=click.Path(path_type=Path))
@IN_SHAPE
def speller(files: tuple[Path, ...], shape: str) -> None:
    """See the decorator."""
    for file in files:
        figures = spelling.measure(file)
        if shape == "json":
            print_json(asdict(figures))
        else:
            click.echo(_speller_in_words(figures))


def _speller_in_words(of: spelling.Figures) -> str:
    kinds = "；".join(
        f"{kind} {one.errors}/{one.located}/{one.corrected}"
        for kind, one in of.kinds.items()
    )
    return say(
        f"{of.file}：{of.texts}条，有错{of.wrong}条；改对：准确率{of.precision}、"
        f"召回率{of.recall}、F1 {of.f1}；指对位置{of.located}%；"
        f"干净文字{of.clean_chars}字，每万字误改{of.applied_alarms}、误报{of.alarms}、"
        f"误拦{of.blocks}；每秒{of.chars_per_second}字。分类（总数/指对/改对）：{kinds}",
        f"{of.file}: {of.texts} texts, {of.wrong} wrong; P {of.precision} "
        f"R {of.recall} F1 {of.f1}; located {of.located}%; of 10,000 clean characters "
        f"({of.clean_chars}) {of.applied_alarms} changed, {of.alarms} warned, "
        f"{of.blocks} blocked; {of.chars_per_second} characters a second. "
        f"By kind (all/located/right): {kinds}",
    )
