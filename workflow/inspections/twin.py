"""The board twin: what should hang today, what is missing, what is stale; pure.

From the village disclosure catalogue, the published articles and the date (村民委员会
组织法: ordinary matters at least once a quarter, finance monthly where money moves
often; inspections.md section 8).  An event's item (逐项公开) is never demanded by time.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from models.boards import Frequency
from models.inspections import UnitKind
from workflow.calendar import ONE_DAY, WorkingCalendar

CURRENT = date(2000, 1, 1)
TO_HANG_WITHIN = 1
NEWS = "政务"
_MONTHS = {
    Frequency.MONTHLY: 1,
    Frequency.QUARTERLY: 3,
    Frequency.HALF_YEARLY: 6,
    Frequency.YEARLY: 12,
}
_QUARTERS = "一二三四"


class SheetState(StrEnum):
    """What is known of a sheet that should hang, or should no longer."""

    HANGS = "hangs"
    MISSING = "missing"
    STALE = "stale"
    REMOVE = "remove"


@dataclass(frozen=True, slots=True)
class Item:
    """An item of the catalogue.

    Args:
        unit_kind: for which kind of unit; both when none is said.
        due_days: days after a period by which its sheet hangs; a day off moves it on.
    """

    id: int
    code: str
    section: str
    title: str
    frequency: Frequency
    due_days: int
    unit_kind: UnitKind | None = None


@dataclass(frozen=True, slots=True)
class Published:
    """An article that went out for the boards.

    Args:
        taken_down: whether it was withdrawn since.
    """

    article_id: int
    title: str
    released_on: date
    taken_down: bool = False


@dataclass(frozen=True, slots=True)
class Hanging:
    """What was seen on a board: the newest period of each item, and the articles.

    Args:
        wanting: items that an open fault says are missing or stale, whatever was seen
            before.
    """

    periods: Mapping[int, date]
    articles: Collection[int]
    wanting: Collection[int] = ()


@dataclass(frozen=True, slots=True)
class SheetNow:
    """One sheet that should hang, and what is known of it.

    Args:
        period: first day of the period it covers; ``CURRENT`` for what has none.
        due: the day from which it must hang.
    """

    key: str
    code: str
    title: str
    section: str
    period: date
    period_words: str
    due: date
    state: SheetState
    item_id: int | None = None
    article_id: int | None = None


def due_period(
    item: Item, on: date, calendar: WorkingCalendar
) -> tuple[date, date] | None:
    """The newest period whose sheet must hang on a day, and since when.

    Returns:
        First day of the period and the day it fell due; nothing for an event's item.
    """
    if item.frequency is Frequency.EVENT:
        return None
    if item.frequency is Frequency.ON_CHANGE:
        return CURRENT, CURRENT
    months = _MONTHS[item.frequency]
    after = _start(on, months)
    while True:
        due = calendar.first_working_day_on_or_after(
            after - ONE_DAY + item.due_days * ONE_DAY
        )
        period = _start(after - ONE_DAY, months)
        if due <= on:
            return period, due
        after = period


def period_words(frequency: Frequency, period: date) -> str:
    """A period as the office says it, in Chinese: ``2024年第一季度``."""
    year, month = period.year, period.month
    words = {
        Frequency.MONTHLY: f"{year}年{month}月",
        Frequency.QUARTERLY: f"{year}年第{_QUARTERS[(month - 1) // 3]}季度",
        Frequency.HALF_YEARLY: f"{year}年{'上' if month < 7 else '下'}半年",
        Frequency.YEARLY: f"{year}年度",
    }
    return words.get(frequency, "现行")


def should_hang(
    items: Iterable[Item],
    published: Iterable[Published],
    hanging: Hanging,
    on: date,
    calendar: WorkingCalendar,
) -> list[SheetNow]:
    """Every sheet that should hang on a board today, with what is known of it.

    Args:
        items: those of the catalogue that this board shows.
        published: articles whose time on the boards has not run out.
    """
    of_items = (_of_item(item, hanging, on, calendar) for item in items)
    sheets = [sheet for sheet in of_items if sheet is not None]
    return [*sheets, *_of_articles(published, hanging, on, calendar)]


def wanting(sheets: Sequence[SheetNow]) -> list[SheetNow]:
    """Those that are missing, stale, or to be taken down."""
    return [sheet for sheet in sheets if sheet.state is not SheetState.HANGS]


def _of_item(
    item: Item, hanging: Hanging, on: date, calendar: WorkingCalendar
) -> SheetNow | None:
    found = due_period(item, on, calendar)
    if found is None:
        return None
    period, due = found
    seen = hanging.periods.get(item.id)
    if seen is None:
        state = SheetState.MISSING
    else:
        fresh = seen >= period and item.id not in hanging.wanting
        state = SheetState.HANGS if fresh else SheetState.STALE
    words = period_words(item.frequency, period)
    key = f"{item.code}:{period.isoformat()}"
    return SheetNow(
        key, item.code, item.title, item.section, period, words, due, state, item.id
    )


def _of_articles(
    published: Iterable[Published],
    hanging: Hanging,
    on: date,
    calendar: WorkingCalendar,
) -> Iterator[SheetNow]:
    for one in published:
        due = calendar.add_working_days(one.released_on, TO_HANG_WITHIN)
        state = _state_of(one, hanging, is_due=on >= due)
        if state is not None:
            yield SheetNow(
                key=f"article:{one.article_id}",
                code="",
                title=one.title,
                section=NEWS,
                period=one.released_on,
                period_words=f"{one.released_on.month}月{one.released_on.day}日发布",
                due=due,
                state=state,
                article_id=one.article_id,
            )


def _state_of(one: Published, hanging: Hanging, *, is_due: bool) -> SheetState | None:
    hangs = one.article_id in hanging.articles
    if one.taken_down:
        return SheetState.REMOVE if hangs else None
    if hangs:
        return SheetState.HANGS
    return SheetState.MISSING if is_due else None


def _start(day: date, months: int) -> date:
    """The first day of the span of so many months in which a day lies."""
    return date(day.year, (day.month - 1) // months * months + 1, 1)
