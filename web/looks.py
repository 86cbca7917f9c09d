"""Language and type size: a reader's own choice, kept in two small cookies."""

from __future__ import annotations

from urllib.parse import urlsplit

from flask import current_app, request
from werkzeug import Response

LANGUAGES = ("zh", "en")
YEAR = 365 * 24 * 3600


def language() -> str:
    """``zh`` unless the reader chose English."""
    chosen = request.cookies.get("language", "")
    return chosen if chosen in LANGUAGES else "zh"


def is_large() -> bool:
    """Whether the reader asked for large type and strong contrast (适老)."""
    return request.cookies.get("type", "") == "large"


def keep(response: Response, name: str, value: str) -> None:
    """Remember a choice for a year."""
    secure = current_app.config["SESSION_COOKIE_SECURE"]
    response.set_cookie(
        name, value, max_age=YEAR, httponly=True, samesite="Lax", secure=secure
    )


def inner_address(wanted: str) -> str:
    """The wanted page if it is one of ours, else the front page (no open redirect)."""
    parts = urlsplit(wanted.replace("\\", "/"))
    ours = wanted.startswith("/") and not parts.scheme and not parts.netloc
    return (
        wanted if ours and not wanted.startswith("//") and wanted.isprintable() else "/"
    )
