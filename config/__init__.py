"""Settings: what an installation decides, read once from the environment."""

from __future__ import annotations

import os
import secrets
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

DEFAULT_TOWN = Path(__file__).parent / "town_jiangkou.toml"


@dataclass(frozen=True)
class Settings:
    """Everything an installation decides; no default password, no default key.

    Args:
        database_url: SQLAlchemy URL; SQLite file or PostgreSQL.
        secret_key: signs the session cookie and the CSRF tokens.
        var: the folder of what this installation keeps beside the database.
        town_file: the agency's own configuration, TOML.
        idle_minutes: a session without a request for so long has ended.
        administrator_idle_minutes: the same for the three administrators.
        absolute_hours: no session lives longer than this.
        secure_cookies: the site is reached by HTTPS only.
        local_words: words that no password may contain (town, product).
        upload_megabytes: the largest request that is taken.
        notice_webhook: where it is said that somebody has a message: the address of a
            WeCom or DingTalk robot, or smtp://…?from=…&to=…; empty sends nothing.
            The address is its password.
        speller: the statistical speller reads the drafts, too, beside the rules.
    """

    database_url: str
    secret_key: str = field(repr=False)
    var: Path = Path("var")
    town_file: Path = DEFAULT_TOWN
    idle_minutes: int = 30
    administrator_idle_minutes: int = 15
    absolute_hours: int = 10
    secure_cookies: bool = False
    local_words: tuple[str, ...] = ("江口", "赣县", "jiangkou", "ganxian")
    upload_megabytes: int = 64
    notice_webhook: str = field(default="", repr=False)
    speller: bool = False


def load(environ: Mapping[str, str], folder: Path | None = None) -> Settings:
    """Read the settings; what is not set has a default that works at a desk.

    Args:
        environ: ``SANSHEN_DATABASE_URL``, ``SANSHEN_SECRET_KEY``, ``SANSHEN_CONFIG``,
            ``SANSHEN_IDLE_MINUTES``, ``SANSHEN_HTTPS`` (``1`` when TLS is on),
            ``SANSHEN_NOTICE_WEBHOOK``, ``SANSHEN_SPELLER`` (``0`` leaves it out).
        folder: where ``var/`` is, by default the current folder.

    Raises:
        ValueError: the number of idle minutes is not a number.
    """
    var = (folder or Path.cwd()) / "var"
    return Settings(
        database_url=environ.get("SANSHEN_DATABASE_URL") or _sqlite_in(var),
        secret_key=environ.get("SANSHEN_SECRET_KEY") or kept_secret(var / "secret_key"),
        var=var,
        town_file=Path(environ.get("SANSHEN_CONFIG") or DEFAULT_TOWN),
        idle_minutes=int(environ.get("SANSHEN_IDLE_MINUTES", "30")),
        secure_cookies=environ.get("SANSHEN_HTTPS", "") == "1",
        notice_webhook=environ.get("SANSHEN_NOTICE_WEBHOOK", ""),
        speller=environ.get("SANSHEN_SPELLER", "1") == "1",
    )


def kept_secret(path: Path) -> str:
    """The secret in this file, made on first use and readable by its owner only.

    The file appears whole or not at all: one that was left empty by a power cut would
    sign every cookie with nothing.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    if not (path.exists() and path.stat().st_size):
        new = path.with_name(f"{path.name}.{secrets.token_hex(8)}")
        handle = os.open(new, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600)
        with os.fdopen(handle, "w", encoding="ascii") as file:
            file.write(secrets.token_hex(32))
        new.replace(path)
    return path.read_text(encoding="ascii").strip()


def village_catalogue() -> Mapping[str, object]:
    """The general catalogue of what village boards disclose, to be taken over."""
    file = Path(__file__).parent / "village_catalogue.toml"
    return tomllib.loads(file.read_text(encoding="utf-8"))


def _sqlite_in(var: Path) -> str:
    return f"sqlite:///{(var / 'sanshen.sqlite').as_posix()}"
