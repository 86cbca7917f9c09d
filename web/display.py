"""How things look to people: words for codes, dates, lights for due dates."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from flask import Flask
from flask_babel import get_locale, gettext, ngettext

from web.labels import LABELS
from workflow.occasion import TOWN_TIME

MONTHS = (
    "Jan",
    "Feb",
    "Mar",
    "Apr",
    "May",
    "Jun",
    "Jul",
    "Aug",
    "Sep",
    "Oct",
    "Nov",
    "Dec",
)


@dataclass(frozen=True)
class Light:
    """A due state: a colour, a shape for those who see no colour, and words."""

    colour: str
    shape: str
    words: str


def label(member: StrEnum) -> str:
    """The office's word for an enumeration member, in the reader's language."""
    return gettext(LABELS[type(member), member.value])


def full_date(day: date | datetime | None) -> str:
    """``2024年3月5日``; a moment is shown in the town's time."""
    if day is None:
        return ""
    local = _local(day)
    if _english():
        return f"{local.day} {MONTHS[local.month - 1]} {local.year}"
    return f"{local.year}年{local.month}月{local.day}日"


def moment(at: datetime | None) -> str:
    """``3月5日 14:20``, in the town's time."""
    if at is None:
        return ""
    local = at.astimezone(TOWN_TIME)
    if _english():
        return f"{local.day} {MONTHS[local.month - 1]} {local:%H:%M}"
    return f"{local.month}月{local.day}日 {local:%H:%M}"


def full_moment(at: datetime | None) -> str:
    """``2024年3月5日 14:20``, in the town's time."""
    if at is None:
        return ""
    return f"{full_date(at)} {at.astimezone(TOWN_TIME):%H:%M}"


def days(first: date, last: date) -> str:
    """``2024年3月5日至3月8日``: a span of days, its year said once."""
    if first == last:
        return full_date(first)
    if _english():
        return f"{full_date(first)} to {full_date(last)}"
    same_year = first.year == last.year
    end = f"{last.month}月{last.day}日" if same_year else full_date(last)
    return f"{full_date(first)}至{end}"


def workdays_left(left: int) -> str:
    """How long there is, in plain words.

    Args:
        left: working days until due; 0 is today, negative is late.
    """
    if left == 0:
        return gettext("今天到期")
    if left > 0:
        return ngettext("还剩 %(num)d 个工作日", "还剩 %(num)d 个工作日", left)
    return ngettext("已超 %(num)d 个工作日", "已超 %(num)d 个工作日", -left)


def light(left: int | None) -> Light:
    """The light of something due in so many working days; ``None`` is without limit."""
    if left is None:
        return Light("none", "○", gettext("不限时"))
    words = workdays_left(left)
    if left < 0:
        return Light("red", "■", words)
    return Light("amber", "▲", words) if left <= 1 else Light("green", "●", words)


def join(app: Flask) -> None:
    """Let templates use these words."""
    app.jinja_env.filters.update(
        label=label,
        full_date=full_date,
        moment=moment,
        full_moment=full_moment,
        workdays_left=workdays_left,
    )
    app.jinja_env.globals.update(light=light, span_of_days=days)


def _english() -> bool:
    locale = get_locale()
    return locale is not None and locale.language == "en"


def _local(day: date | datetime) -> date:
    return day.astimezone(TOWN_TIME) if isinstance(day, datetime) else day
