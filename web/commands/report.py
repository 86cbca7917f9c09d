"""``sanshen report``: the annual report from the records, and the check of any."""

from __future__ import annotations

import sys
from pathlib import Path

import click
from sqlalchemy import select

from models.agencies import Agency
from web.commands.database import opened_and_current
from web.commands.words import print_json, say
from workflow.reports.findings import ReportFinding, Severity
from workflow.reports.manuscripts import as_printed
from workflow.reports.printed import SHAPES
from workflow.reports.report import Report
from workflow.reports.rules import check, has_errors, read_report


@click.group(help=say("政府信息公开工作年度报告。", "The annual report."))
def report() -> None:
    """See the decorator."""


@report.command("annual", help=say("由记录生成年度报告。", "Make it from the records."))
@click.option("--year", type=int, required=True)
@click.option("--agency", default="", help=say("单位代码。", "Code of the agency."))
@click.option("--format", "shape", type=click.Choice(list(SHAPES)), default="json")
@click.option("-o", "--output", type=click.Path(path_type=Path))
def annual(year: int, agency: str, shape: str, output: Path | None) -> None:
    """See the decorator."""
    with opened_and_current() as database, database.reading() as session:
        query = select(Agency.id).order_by(Agency.id).limit(1)
        if agency:
            query = query.where(Agency.code == agency)
        agency_id = session.scalars(query).first()
        if agency_id is None:
            raise click.ClickException(say("没有这个单位。", "No such agency."))
        made = SHAPES[shape](as_printed(session, agency_id, year))
    _put_out(made, output)


def _put_out(made: bytes, output: Path | None) -> None:
    if output is not None:
        output.write_bytes(made)
        return
    try:
        click.echo(made.decode("utf-8"))
    except UnicodeDecodeError:
        sys.stdout.buffer.write(made)


@report.command(
    "check", help=say("校验任何一份年度报告。", "Validate any report of the schema.")
)
@click.argument("file", type=click.Path(path_type=Path))
@click.option("--previous", type=click.Path(path_type=Path))
@click.option("--format", "shape", type=click.Choice(["text", "json"]), default="text")
@click.pass_context
def check_file(
    ctx: click.Context, file: Path, previous: Path | None, shape: str
) -> None:
    """See the decorator."""
    findings = check(_read(file), _read(previous) if previous else None)
    if shape == "json":
        print_json(_as_json(findings))
    else:
        _print_text(findings)
    ctx.exit(1 if has_errors(findings) else 0)


def _read(file: Path) -> Report:
    try:
        text = sys.stdin.read() if str(file) == "-" else file.read_text("utf-8")
    except (OSError, UnicodeDecodeError) as unreadable:
        words = say(f"文件“{file}”打不开。", f"{file} cannot be read.")
        raise click.ClickException(words) from unreadable
    return read_report(text)


def _as_json(findings: tuple[ReportFinding, ...]) -> dict[str, object]:
    severities = [finding.severity for finding in findings]
    return {
        "errors": severities.count(Severity.ERROR),
        "warnings": severities.count(Severity.WARNING),
        "findings": [finding.as_json() for finding in findings],
    }


def _print_text(findings: tuple[ReportFinding, ...]) -> None:
    for finding in findings:
        click.echo(
            f"{finding.severity} {finding.rule} {finding.cell} {finding.message}"
        )
    if not findings:
        click.echo(say("没有发现问题。", "Nothing found."))
