"""Where the parts are joined: settings, database, doors, screens."""

from __future__ import annotations

import os
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from functools import cache
from pathlib import Path

from flask import g
from flask_babel import Babel
from flask_bootstrap import Bootstrap5
from flask_wtf.csrf import CSRFProtect

from config import Settings, load, proofreading, sample_year, village_catalogue
from models.database import Database, open_database
from web import (
    api,
    display,
    due,
    errors,
    forms,
    headers,
    login,
    looks,
    navigation,
    rendering,
    screens,
    typed,
    uploads,
)
from web.clock import system_now
from web.transaction import App, new_operation
from workflow.articles.precheck import Machine
from workflow.articles.precheck import equip as let_read
from workflow.calendar import read_calendar
from workflow.inspections.catalogue import read_items
from workflow.proofreading.local import OWN_NAME, OWN_RULE
from workflow.proofreading.rules import Checker, checker
from workflow.proofreading.spelling import LazySpeller
from workflow.proofreading.tables import read_tables

ROOT = Path(__file__).parent
MEGABYTE = 1024 * 1024


def create_app(settings: Settings | None = None) -> App:
    """Make the application; needs no argument, so that any server can start it.

    Args:
        settings: by default read from the environment.
    """
    settings = settings or load(os.environ)
    app = App("web", root_path=str(ROOT))
    _configure(app, settings)
    read_by = reading_checker if settings.speller else machine_checker
    app.extensions["database"] = equip(open_database(settings.database_url), read_by)
    _join(app, settings)
    screens.register(app)
    app.register_blueprint(api.blueprint)
    return app


def equip(database: Database, read_by: Callable[[], Checker] | None = None) -> Database:
    """Let the acts in this database have the machine pre-check.

    Args:
        read_by: makes the checker; by default the rules alone, which is what the sample
            year is read by: the same findings whatever the speller has learnt since.
    """
    made = read_by or machine_checker
    let_read(database, Machine(made, proofreading.digest(), rule_names))
    return database


def rule_names() -> dict[str, str]:
    """What each rule of the pre-check is called."""
    cards = machine_checker().tables.cards
    return {rule: card.name for rule, card in cards.items()} | {OWN_RULE: OWN_NAME}


@cache
def machine_checker() -> Checker:
    """The rules with the packaged tables; takes seconds, so made once, when asked."""
    calendar = read_calendar(sample_year.calendar_table())
    lexicons, laws = proofreading.lexicon_tables(), proofreading.law_table()
    return checker(read_tables(lexicons, laws, calendar))


@cache
def reading_checker() -> Checker:
    """The rules and the speller: what reads the drafts of a town at work."""
    return replace(machine_checker(), speller=LazySpeller(proofreading.speller_model()))


def _configure(app: App, settings: Settings) -> None:
    secure = settings.secure_cookies
    app.config.update(
        SECRET_KEY=settings.secret_key,
        CLOCK=system_now,
        LOCAL_WORDS=settings.local_words,
        VILLAGE_CATALOGUE=read_items(village_catalogue()),
        MAX_CONTENT_LENGTH=settings.upload_megabytes * MEGABYTE,
        MAX_FORM_MEMORY_SIZE=8 * MEGABYTE,
        MAX_FORM_PARTS=2000,
        SESSION_COOKIE_NAME="__Host-sanshen" if secure else "sanshen",
        SESSION_COOKIE_SECURE=secure,
        SESSION_COOKIE_HTTPONLY=True,
        SESSION_COOKIE_SAMESITE="Lax",
        WTF_CSRF_TIME_LIMIT=None,
        WTF_CSRF_SSL_STRICT=secure,
        BOOTSTRAP_SERVE_LOCAL=True,
        BABEL_DEFAULT_LOCALE="zh",
        BABEL_DEFAULT_TIMEZONE="Asia/Shanghai",
        BABEL_TRANSLATION_DIRECTORIES=str(ROOT / "translations"),
    )


def _join(app: App, settings: Settings) -> None:
    """In this order: the request's name, the guard, the size, the CSRF token."""
    headers.join(app)
    login.join(
        app,
        timedelta(minutes=settings.idle_minutes),
        timedelta(minutes=settings.administrator_idle_minutes),
        timedelta(hours=settings.absolute_hours),
    )
    typed.join(app)
    uploads.join(app)
    CSRFProtect(app).exempt(api.blueprint)  # it takes no cookie
    Bootstrap5(app)
    Babel(app, locale_selector=looks.language)
    errors.join(app)
    display.join(app)
    due.join(app)
    forms.join(app)
    rendering.join(app)
    _teach_templates(app)


def _teach_templates(app: App) -> None:
    app.jinja_env.trim_blocks = app.jinja_env.lstrip_blocks = True
    app.jinja_env.globals.update(
        menu=navigation.places,
        MOST_AT_HAND=navigation.MOST_AT_HAND,
        may_reach=login.may_reach,
        new_operation=new_operation,
        is_large=looks.is_large,
        language=looks.language,
        me=lambda: g.get("me"),
    )
