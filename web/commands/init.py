"""``sanshen init``: the database of a real agency, and its three administrators.

Nothing is seeded that anyone could sign in with: each administrator gets a one-time
code, printed once, and sets her own password (S-02).
"""

from __future__ import annotations

import os
from collections.abc import Callable, Mapping
from dataclasses import replace
from pathlib import Path

import click
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from config import load, sample_year
from models import migrate
from models.agencies import Agency
from models.database import open_database
from models.people import Role
from web.clock import system_now
from web.commands.furnishing import furnish
from web.commands.words import say
from workflow.agencies import acts as agencies
from workflow.agencies.acts import NewAgency
from workflow.calendar import read_calendar
from workflow.occasion import Occasion
from workflow.people import acts as people
from workflow.people.permissions import TITLES
from workflow.sample_year.settling import holiday_lists

YEARS = (2024, 2025, 2026)
NOTICE = "国务院办公厅关于部分节假日安排的通知"
THREE = (
    Role.SYSTEM_ADMINISTRATOR,
    Role.SECURITY_ADMINISTRATOR,
    Role.AUDIT_ADMINISTRATOR,
)


def _configuration() -> Mapping[str, object]:
    """The agency's own file, when ``SANSHEN_CONFIG`` names one; else nothing."""
    named = os.environ.get("SANSHEN_CONFIG", "")
    return sample_year.town_table(Path(named)) if named else {}


def _configured(key: str, otherwise: str | None = None) -> Callable[[], str | None]:
    """A default of the command line out of the agency's own file."""

    def asked() -> str | None:
        agency = _configuration().get("agency")
        value = agency.get(key) if isinstance(agency, dict) else None
        return value if isinstance(value, str) else otherwise

    return asked


@click.command(
    help=say(
        "为真实单位建库，并设系统、安全、审计三员。",
        "Make the database of a real agency, with its three administrators.",
    )
)
@click.option("--code", default=_configured("code"), prompt=say("单位代码", "Code"))
@click.option("--name", default=_configured("name"), prompt=say("单位全称", "Name"))
@click.option(
    "--level",
    type=click.Choice(["township", "bureau", "county", "district", "city"]),
    default=_configured("level", "township"),
    prompt=say("层级", "Level"),
)
@click.option(
    "--region", default=_configured("region", ""), prompt=say("所在地区", "Region")
)
@click.option(
    "--rule",
    type=click.Path(path_type=Path, exists=True),
    help=say("审校制度定义文件；默认为江口镇的。", "Definition; default: Jiangkou's."),
)
def init(code: str, name: str, level: str, region: str, rule: Path | None) -> None:
    """See the decorator; sections, posts and units come out of ``SANSHEN_CONFIG``."""
    database = open_database(load(os.environ).database_url)
    migrate.upgrade(database)
    with database.writing.begin() as session:
        _refuse_a_second(session)
        system = _founded(session, NewAgency(code, name, level, region), rule)
        furnish(session, system, _configuration())
        codes = [_administrator(session, system, role) for role in THREE]
    database.close()
    for line in codes:
        click.echo(line)
    click.echo(
        say(
            "一次性口令只显示这一次，24小时内有效。下一步：sanshen serve",
            "Each code is shown once and works for 24 hours. Next: sanshen serve",
        )
    )


def _refuse_a_second(session: Session) -> None:
    if session.scalar(select(func.count(Agency.id))):
        words = say("数据库里已有单位，没有改动。", "There is an agency already.")
        raise click.ClickException(words)


def _founded(session: Session, new: NewAgency, rule: Path | None) -> Occasion:
    nobody = Occasion(0, None, system_now(), "init/found")
    agency = agencies.found(session, nobody, new)
    system = replace(nobody, agency_id=agency.id)
    calendar = read_calendar(sample_year.calendar_table())
    for announced in holiday_lists(YEARS, calendar.off, calendar.work, NOTICE):
        by = system.under(f"init/calendar/{announced.year}")
        agencies.enter_calendar(session, by, announced)
    source = rule.read_text("utf-8") if rule else sample_year.rule_source()
    agencies.adopt_definition(session, system.under("init/rule"), source)
    return system


def _administrator(session: Session, system: Occasion, role: Role) -> str:
    title = TITLES[role]
    name = click.prompt(say(f"{title}姓名", f"Name of the {role.value}"))
    login = click.prompt(say(f"{title}登录名（拼音）", "Login name"))
    by = system.under(f"init/person/{role}")
    added = people.add_person(session, by, name, login, by.today)
    people.grant_role(session, system.under(f"init/{role}"), added.person.id, role)
    return f"{title}\t{login}\t{added.code}"
