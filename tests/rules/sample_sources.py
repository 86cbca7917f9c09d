"""The sample files, read once for the tests of the sample year."""

import tomllib
from functools import cache
from pathlib import Path

from workflow.calendar import WorkingCalendar, read_calendar
from workflow.sample_year.phrases import PhraseBook, read_phrase_book
from workflow.sample_year.texts import SampleItem, sample_items
from workflow.sample_year.town import Town, read_town
from workflow.sample_year.year import YearBook, read_year_book

CONFIG = Path(__file__).parents[2] / "config"


def table(name: str) -> dict[str, object]:
    return tomllib.loads((CONFIG / name).read_text(encoding="utf-8"))


@cache
def sources() -> tuple[dict[str, object], ...]:
    names = sorted(path.name for path in (CONFIG / "sample").glob("*.toml"))
    return tuple(table(f"sample/{name}") for name in names)


@cache
def town() -> Town:
    return read_town(table("town_jiangkou.toml"))


@cache
def calendar() -> WorkingCalendar:
    return read_calendar(table("calendars/cn.toml"))


@cache
def book() -> PhraseBook:
    return read_phrase_book(sources())


@cache
def year_book() -> YearBook:
    return read_year_book(sources())


@cache
def year_2024() -> tuple[SampleItem, ...]:
    return tuple(sample_items(town(), book(), calendar()))
