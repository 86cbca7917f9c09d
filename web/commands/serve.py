"""``sanshen serve``: the web application on a production server, on any system."""

from __future__ import annotations

import os
from collections.abc import Callable
from datetime import datetime, timedelta

import click
from sqlalchemy import func, select
from waitress import serve as run_waitress

from config import Settings, load
from models.audit import AuditEntry
from models.database import Database
from web.app import create_app
from web.clock import system_now
from web.commands.database import opened_and_current
from web.commands.words import say

LOOPBACK = ("127.0.0.1", "::1", "localhost")
A_MINUTE = timedelta(minutes=1)


@click.command(help=say("启动网站。", "Serve the web application."))
@click.option("--host", default="127.0.0.1", show_default=True)
@click.option("--port", type=int, default=8000, show_default=True)
@click.option(
    "--workers",
    type=click.IntRange(1, 64),
    default=8,
    show_default=True,
    help=say("同时处理的请求数。", "Requests handled at once."),
)
def serve(host: str, port: int, workers: int) -> None:
    """See the decorator."""
    settings = load(os.environ)
    with opened_and_current():
        pass
    if host not in LOOPBACK and not settings.secure_cookies:
        click.echo(
            say(
                "注意：正在非本机地址上以明文提供服务，请在前面加TLS并设SANSHEN_HTTPS=1。",
                "Warning: serving in clear beyond this machine; put TLS before it.",
            ),
            err=True,
        )
    _serve(settings, host, port, workers, system_now)


def serve_demo(settings: Settings, database: Database, port: int, at: datetime) -> None:
    """Serve the sample year on this machine only, with the clock of its last day.

    The sample year is over; so that its desks, limits and rounds are alive, the
    screens' clock starts on the Monday after it and says so.
    """
    clock = _clock_from(_not_before(database, at))
    database.close()
    address = f"http://127.0.0.1:{port}/"
    click.echo(
        say(
            f"示例时钟从{at:%Y-%m-%d}起走。请打开 {address} ，按 Ctrl+C 结束。",
            f"The sample clock starts on {at:%Y-%m-%d}. Open {address}",
        )
    )
    _serve(settings, "127.0.0.1", port, 8, clock)


def _serve(
    settings: Settings,
    host: str,
    port: int,
    workers: int,
    clock: Callable[[], datetime],
) -> None:
    app = create_app(settings)
    app.config.update(CLOCK=clock, SAMPLE_CLOCK=clock is not system_now)
    run_waitress(app, host=host, port=port, threads=workers, ident=None)


def _clock_from(at: datetime) -> Callable[[], datetime]:
    shift = at - system_now()
    return lambda: system_now() + shift


def _not_before(database: Database, at: datetime) -> datetime:
    """No later act may seem to come before an earlier one."""
    with database.reading() as session:
        last = session.scalars(select(func.max(AuditEntry.at))).one()
    return max(at, last + A_MINUTE) if last else at
