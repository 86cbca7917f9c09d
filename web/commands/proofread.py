"""``sanshen proofread``: the machine pre-check of one text, or of many lines."""

from __future__ import annotations

import json
import os
import re
import sys
from collections.abc import Mapping
from pathlib import Path

import click

from config import load, proofreading, sample_year
from web.commands.words import print_json, say
from workflow.calendar import read_calendar
from workflow.errors import InvalidInput
from workflow.proofreading.rules import Checker, Proofread, checker, corrected
from workflow.proofreading.spelling import LazySpeller
from workflow.proofreading.tables import Town, read_tables, read_town

LINES_AT_ONCE = 60
GRADES = {"block": "拦下", "warn": "须答复", "hint": "提示"}


@click.command("proofread", help=say("机器预检一篇文稿。", "Pre-check one text."))
@click.argument("file", type=click.Path(path_type=Path))
@click.option("--level", type=click.IntRange(1, 3), help=say("第几校。", "Which one."))
@click.option("--context", type=click.Path(path_type=Path), help=say("名录。", "Town."))
@click.option(
    "--format", "shape", type=click.Choice(["text", "json", "jsonl"]), default="text"
)
@click.option("--lines", is_flag=True, help=say("一行一篇。", "One text a line."))
@click.pass_context
def proofread(
    ctx: click.Context,
    file: Path,
    level: int | None,
    context: Path | None,
    shape: str,
    lines: bool,  # noqa: FBT001
) -> None:
    """See the decorator."""
    text, town = _read(file), _town(context)
    desk = make_checker()
    if lines or shape == "jsonl":
        blocked = _every_line(desk, text, town, level)
    else:
        result = desk.proofread(text, town, level)
        _print(result, text, shape)
        blocked = result.blocks
    ctx.exit(1 if blocked else 0)


def make_checker() -> Checker:
    """The checker with the packaged tables."""
    calendar = read_calendar(sample_year.calendar_table())
    lexicons, laws = proofreading.lexicon_tables(), proofreading.law_table()
    speller = LazySpeller(proofreading.speller_model())
    return checker(read_tables(lexicons, laws, calendar), speller)


def configured_town(table: Mapping[str, object]) -> Town:
    """The town table out of the agency's configuration."""
    agency, people = _table(table, "agency"), _rows(table, "people")
    names = {
        str(p.get("login")): re.sub(r"（.*?）", "", str(p.get("name"))) for p in people
    }
    titles = [
        (names.get(str(p.get("a"))), str(p.get("title"))) for p in _rows(table, "posts")
    ]
    leaders = [(n, re.sub(r"（.*?）", "", t)) for n, t in titles if n and _is_post(t)]
    short = str(agency.get("short_name", ""))
    return Town(
        name=short,
        level=next((w for w in ("街道", "镇", "乡") if short.endswith(w)), ""),
        leaders=tuple(leaders),
        villages=tuple(str(u["name"]) for u in _rows(table, "units")),
        area_code=str(agency.get("area_code", "")),
    )


def _is_post(title: str) -> bool:
    return bool(re.fullmatch(r"[^（的]{0,8}(?:书记|镇长|乡长|主席)(?:（.*）)?", title))


def _table(table: Mapping[str, object], key: str) -> Mapping[str, object]:
    inner = table.get(key)
    return inner if isinstance(inner, dict) else {}


def _rows(table: Mapping[str, object], key: str) -> list[Mapping[str, object]]:
    rows = table.get(key)
    return rows if isinstance(rows, list) else []


def _town(context: Path | None) -> Town:
    if context is None:
        settings = load(os.environ)
        return configured_town(sample_year.town_table(settings.town_file))
    first = _read(context).lstrip()
    try:
        table = json.JSONDecoder().raw_decode(first)[0]
    except ValueError as wrong:
        words = say(f"名录“{context}”不是JSON。", f"{context} is no JSON.")
        raise click.ClickException(words) from wrong
    if not isinstance(table, dict):
        raise InvalidInput(message=f"名录“{context}”应当是一个JSON对象。")
    return read_town(table, given=True)


def _read(file: Path) -> str:
    try:
        if str(file) == "-":
            return sys.stdin.buffer.read().decode("utf-8-sig")
        return file.read_bytes().decode("utf-8-sig")
    except (OSError, UnicodeDecodeError) as unreadable:
        words = say(f"文件“{file}”打不开。", f"{file} cannot be read.")
        raise click.ClickException(words) from unreadable


def _every_line(desk: Checker, text: str, town: Town, level: int | None) -> bool:
    blocked = False
    lines = text.removesuffix("\n").split("\n")
    for begin in range(0, len(lines), LINES_AT_ONCE):
        some = [_text_of(x.removesuffix("\r")) for x in lines[begin:][:LINES_AT_ONCE]]
        results = desk.proofread_many(some, town, level)
        blocked = blocked or any(result.blocks for result in results)
        for given, result in zip(some, results, strict=True):
            document = {
                **_as_json(result),
                "text": given,
                "corrected": corrected(given, result.findings),
            }
            sys.stdout.write(json.dumps(document, ensure_ascii=False) + "\n")
    return blocked


def _text_of(line: str) -> str:
    """The text of a line; a line that is a JSON object holds it under ``text``."""
    if line.startswith("{") and line.endswith("}"):
        try:
            table = json.loads(line)
        except ValueError:
            return line
        if isinstance(table, dict) and isinstance(table.get("text"), str):
            return str(table["text"])
    return line


def _as_json(result: Proofread) -> dict[str, object]:
    findings = [finding.as_json() for finding in result.findings]
    return {"chars": result.chars, "findings": findings}


def _print(result: Proofread, text: str, shape: str) -> None:
    if shape == "json":
        print_json(_as_json(result))
        return
    for finding in result.findings:
        line = text.count("\n", 0, finding.start) + 1
        put = (
            f" → {finding.suggestions[0] or '（删去）'}" if finding.suggestions else ""
        )
        grade = GRADES[finding.severity]
        click.echo(
            f"第{line}行 {grade} {finding.rule} “{finding.text}”{put} {finding.message}"
        )
    if not result.findings:
        click.echo(say("没有发现问题。", "Nothing found."))
    if result.silent:
        rules = "、".join(result.silent)
        click.echo(say(f"本地名录未填，没有判断的规则：{rules}。", f"silent: {rules}"))
