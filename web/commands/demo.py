"""``sanshen demo``: the sample year through the real engine, then its screens."""

from __future__ import annotations

import json
import os
import secrets
from collections.abc import Iterator, Mapping
from contextlib import suppress
from dataclasses import replace
from datetime import date

import click
from rich.console import Console
from rich.progress import (
    BarColumn,
    MofNCompleteColumn,
    Progress,
    TextColumn,
    TimeElapsedColumn,
    TimeRemainingColumn,
)

from config import Settings, load, sample_year, village_catalogue
from models import migrate
from models.database import Database, open_database
from web.app import equip, machine_checker
from web.commands.serve import serve_demo
from web.commands.words import say
from workflow.articles.catches import Period, counts
from workflow.audit.questions import verify
from workflow.calendar import read_calendar
from workflow.errors import InvalidInput
from workflow.inspections.catalogue import read_items
from workflow.people import passwords
from workflow.people.permissions import TITLES
from workflow.proofreading.local import LocalTables
from workflow.proofreading.questions import local_tables
from workflow.reports.questions import annual_report
from workflow.reports.report import Report
from workflow.reports.rules import Difference, compare, read_report
from workflow.sample_year.composition import composition
from workflow.sample_year.phrases import read_phrase_book
from workflow.sample_year.playing import (
    Script,
    desk_moment,
    desk_steps,
    founding_day,
    year_steps,
)
from workflow.sample_year.seeds import SeedBook, read_seed_book
from workflow.sample_year.settling import Cast, Settlement, holiday_lists, settle
from workflow.sample_year.sowing import Reads, machine_reads, missing, sown_in
from workflow.sample_year.steps import Step, play
from workflow.sample_year.town import Town, read_town
from workflow.sample_year.year import read_year_book

WHOLE_YEAR = 852
LOCAL_WORDS = ("江口", "赣县", "jiangkou", "ganxian")
YEARS = (2024, 2025, 2026)


@click.command(
    help=say(
        "用真实流程演示示例镇的一年，核对年报，然后打开网页。",
        "Play the sample town's year through the real engine, then serve it.",
    )
)
@click.option("--items", type=click.IntRange(6, WHOLE_YEAR), default=WHOLE_YEAR)
@click.option("--year", type=click.IntRange(2024, 2025), default=2024)
@click.option("--no-serve", is_flag=True)
@click.option("--port", type=int, default=8000)
@click.pass_context
def demo(
    ctx: click.Context,
    items: int,
    year: int,
    no_serve: bool,  # noqa: FBT001 -- a flag of the command line
    port: int,
) -> None:
    """See the decorator."""
    settings = load(os.environ)
    database = equip(open_database(settings.database_url))
    migrate.upgrade(database)
    script = _script(settings, year, items)
    passwords = _passwords(settings, script.town)
    cast = _settled(database, script, passwords)
    script = replace(script, reads=_reads(database, cast))
    _play(database, cast, script)
    agrees = _report(database, cast, script) and _ledger(database, cast, script)
    agrees = _trail(database) and agrees
    _print_accounts(script.town, passwords)
    if no_serve or not agrees:
        database.close()
        ctx.exit(0 if agrees else 1)
    serve_demo(settings, database, port, desk_moment(script))


def _script(settings: Settings, year: int, items: int) -> Script:
    tables = sample_year.phrase_tables()
    return Script(
        town=read_town(sample_year.town_table(settings.town_file)),
        phrases=read_phrase_book(tables),
        book=read_year_book(tables),
        calendar=read_calendar(sample_year.calendar_table()),
        year=year,
        items=items,
        seeds=read_seed_book(tables),
    )


def _reads(database: Database, cast: Cast) -> Reads:
    """The machine with the tables that the town was founded with."""
    with database.reading() as session:
        kept = local_tables(session, cast.agency_id, date.max)

    def on(day: date) -> LocalTables:
        return replace(kept, town=replace(kept.town, publish_date=day))

    return machine_reads(machine_checker(), on)


def _passwords(settings: Settings, town: Town) -> dict[str, str]:
    """One random password an account, kept so that a second run knows them."""
    kept = settings.var / "demo-accounts.json"
    known: dict[str, str] = {}
    if kept.exists():
        known = json.loads(kept.read_text(encoding="utf-8"))
    for person in town.people:
        known.setdefault(person.login, _password(person.login))
    kept.parent.mkdir(parents=True, exist_ok=True)
    whole = kept.with_suffix(".new")  # killed while writing, the old one stays whole
    whole.touch(mode=0o600)
    whole.write_text(json.dumps(known, ensure_ascii=False, indent=1), encoding="utf-8")
    whole.replace(kept)
    return known


def _password(login: str) -> str:
    """A random password that the rules take, also beside this login name."""
    while True:
        password = secrets.token_urlsafe(9) + secrets.choice("3456789") + "-Kq"
        with suppress(InvalidInput):
            passwords.check(password, login, LOCAL_WORDS)
            return password


def _settled(database: Database, script: Script, passwords: Mapping[str, str]) -> Cast:
    calendar = script.calendar
    holidays = holiday_lists(
        YEARS, calendar.off, calendar.work, "国务院办公厅关于节假日安排的通知"
    )
    plan = Settlement(
        script.town,
        sample_year.rule_source(),
        holidays,
        passwords,
        founding_day(script),
        read_items(village_catalogue()),
    )
    return settle(database, plan)


def _play(database: Database, cast: Cast, script: Script) -> None:
    steps = [*year_steps(script), *desk_steps(script)]
    words = say(f"{script.year}年 {script.items}条", f"{script.items} items")
    for _ in _shown(play(database, cast, steps), words, len(steps)):
        pass


def _shown(steps: Iterator[Step], words: str, total: int) -> Iterator[Step]:
    bar = Progress(
        TextColumn("{task.description}"),
        BarColumn(),
        MofNCompleteColumn(),
        TimeElapsedColumn(),
        TimeRemainingColumn(),
        console=Console(stderr=True),
    )
    with bar:
        task = bar.add_task(words, total=total)
        for step in steps:
            bar.update(task, advance=1, description=f"{words} {step.at:%m-%d}")
            yield step


def _report(database: Database, cast: Cast, script: Script) -> bool:
    """Whether the year's report equals the published one; names each cell if not."""
    with database.reading() as session:
        made = annual_report(session, cast.agency_id, script.year)
    source = sample_year.published_report(script.year)
    if source is None:
        click.echo(
            say(
                f"{script.year}年没有可比对的已公布年报。",
                f"No published report of {script.year} to compare with.",
            )
        )
        return True
    published = _scaled(read_report(source), script.items)
    differences = compare(made, published)
    _print_comparison(differences, script)
    return not differences


def _scaled(published: Report, items: int) -> Report:
    """The published figures, with the items counted that were asked for."""
    if items == WHOLE_YEAR:
        return published
    counts = composition(items)
    stated = tuple(
        replace(
            part,
            total=items,
            by_column={name: counts[name] for name in part.by_column},
        )
        for part in published.published
    )
    return replace(published, published=stated)


def _print_comparison(differences: tuple[Difference, ...], script: Script) -> None:
    for difference in differences:
        click.echo(
            say(
                f"与已公布年报不一致：{difference.cell} "
                f"公布 {difference.stated}，计算 {difference.computed}",
                f"differs: {difference.cell} published {difference.stated}, "
                f"computed {difference.computed}",
            )
        )
    if not differences:
        scale = "" if script.items == WHOLE_YEAR else f"（按{script.items}条折算）"
        click.echo(
            say(
                f"年报各项数字与已公布的{script.year}年年报完全一致{scale}。",
                f"The report equals the published one of {script.year}{scale}.",
            )
        )


def _ledger(database: Database, cast: Cast, script: Script) -> bool:
    """Whether the three-pass ledger shows exactly the errors that were sown."""
    period = Period(date(script.year, 1, 1), date(script.year, 12, 31))
    with database.reading() as session:
        found = counts(session, cast.agency_id, period)
    sown = sown_in(script.texts(), script.seeds or SeedBook((), ()))
    differences = missing(sown, found)
    for line in differences:
        click.echo(say(f"三校台账不符：{line}", f"ledger differs: {line}"))
    if not differences:
        by_level = [
            sum(n for key, n in sown.caught.items() if key[0] == level)
            for level in (1, 2, 3)
        ]
        out = sum(sown.escaped.values())
        first, second, third = by_level
        click.echo(
            say(
                f"播下差错{sum(by_level) + out}处：一校查出{first}处，二校{second}处，"
                f"三校{third}处，发布后发现{out}处，与三校台账一致。",
                f"Errors sown and found: {first}, {second}, {third}; escaped {out}.",
            )
        )
    return not differences


def _trail(database: Database) -> bool:
    with database.reading() as session:
        verdict = verify(session)
    if verdict.first_bad is None:
        words = say(
            f"留痕完整：{verdict.entries}条。",
            f"The trail is whole: {verdict.entries} entries.",
        )
        click.echo(words)
        return True
    click.echo(say("留痕有误：", "The trail is broken: ") + verdict.first_bad.reason)
    return False


def _print_accounts(town: Town, passwords: Mapping[str, str]) -> None:
    click.echo(say("示例账号（均为虚构人员）：", "Sample accounts (invented people):"))
    for title, login in _one_account_a_role(town).items():
        click.echo(f"  {title}\t{login}\t{passwords[login]}")


def _one_account_a_role(town: Town) -> dict[str, str]:
    """One login for each kind of post, then for each role that no post shows."""
    found: dict[str, str] = {}
    for post in town.posts:
        if post.kind not in {p.kind for p in town.posts[: town.posts.index(post)]}:
            found[post.title] = post.a
    for person in town.people:
        for role in person.roles:
            if person.login not in found.values():
                found.setdefault(TITLES[role], person.login)  # type: ignore[index]
    return found
