"""What an address asks for: a year, a number, a day; nonsense is no page."""

from __future__ import annotations

from datetime import date

from flask import request

from web.reading import BIGGEST_ID
from workflow.errors import InvalidInput, NotFound

FIRST_YEAR, LAST_YEAR = 2008, 2100


def year(today: date) -> int:
    """``?year=2024``; this year when nothing is asked.

    Raises:
        NotFound: no year that the office could have records of (条例 in force 2008).
    """
    asked = request.args.get("year", "").strip() or str(today.year)
    if not (asked.isascii() and asked.isdigit() and len(asked) == 4):
        raise NotFound("没有这一年的记录。")
    found = int(asked)
    if not FIRST_YEAR <= found <= LAST_YEAR:
        raise NotFound("没有这一年的记录。")
    return found


def number(name: str) -> int | None:
    """``?before=120``; ``None`` when nothing is asked.

    Raises:
        NotFound: not a number.
    """
    asked = request.args.get(name, "").strip()
    if not asked:
        return None
    if not (asked.isascii() and asked.isdigit() and len(asked) < 11):
        raise NotFound
    return min(int(asked), BIGGEST_ID)


def day(name: str, label: str) -> date | None:
    """``?since=2024-03-05``; ``None`` when nothing is asked.

    Raises:
        InvalidInput: not a day.
    """
    asked = request.values.get(name, "").strip()
    if not asked:
        return None
    try:
        return date.fromisoformat(asked)
    except ValueError:
        line = f"{label}请按“2024-03-05”的样子填写。"
        raise InvalidInput({name: [line]}) from None
