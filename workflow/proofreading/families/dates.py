"""Dates and times against the calendar (D)."""

from __future__ import annotations

import re
from bisect import bisect_left
from calendar import monthrange
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache

from workflow.proofreading.checks import YEAR, Desk, LineCheck
from workflow.proofreading.findings import Hit
from workflow.proofreading.numerals import any_number, chinese_number
from workflow.proofreading.text import Line

DATE = re.compile(
    r"(?<![\d.])(?:(\d{4})\s?年\s?|(今年|本年|当年|去年|上年|明年)\s?)?(\d{1,2})\s?月\s?(\d{1,2})\s?[日号](?!线|楼|院|令|文)"
)
NUMERIC = re.compile(r"(?<![\d.\-/])(\d{4})([-./])(\d{1,2})\2(\d{1,2})(?![\d.\-/])")
CHINESE_DATE = re.compile(
    r"(?<!农历)(?<!闰)(?<![正冬腊])([一二三四五六七八九十]{1,3})月([一二三四五六七八九十]{1,3})日"
)


@dataclass(frozen=True, slots=True)
class Found:
    """A date as it stands in a line; no year when none is written."""

    start: int
    end: int
    year: int | None
    month: int
    day: int

    def on(self, year: int | None) -> date | None:
        """The calendar day, in the written year or else in this one."""
        in_year = self.year or year
        if in_year is None or not is_possible(in_year, self.month, self.day):
            return None
        return date(in_year, self.month, self.day)


EARLIEST = 1400
"""Before it a year with a day is a slip (1024年 for 2024年); after it, history."""


def is_possible(year: int | None, month: int, day: int) -> bool:
    """Whether the calendar has that day; without a year 29 February is allowed."""
    if not 1 <= month <= 12 or not EARLIEST <= (year or 2000) <= 2200:
        return False
    return 1 <= day <= monthrange(year or 2000, month)[1]


@lru_cache(maxsize=512)
def found_dates(text: str) -> tuple[Found, ...]:
    """Every date with month and day, in order."""
    found = []
    for match in DATE.finditer(text) if "月" in text else ():
        year = int(match.group(1)) if match.group(1) else None
        found.append(
            Found(*match.span(), year, int(match.group(3)), int(match.group(4)))
        )
    return tuple(found)


def year_before(desk: Desk, place: int) -> int | None:
    """The year that a date without one belongs to: the last one written before it."""
    before = bisect_left(desk.years, (place, 0))
    if before:
        return desk.years[before - 1][1]
    published = desk.town.publish_date if desk.is_own else None
    return published.year if published else None


TIME = re.compile(
    r"(?<![\d.:：])(\d{1,2})(?:时|点(?!多|位|击|五)|[:：](?=\d{2}(?!\d)))(?:(\d{1,2})(?:分(?!之|钟|别|）)|(?![\d:：万亿元%人户]))?)?"
)
TIME_BEFORE = re.compile(
    r"(?:日|号|午|晚|晨|早|夜|[）)]|时间[：:为]?|于|定于|截至|至|—|-|自|从|星期[一-龥]|周[一-龥])\s?$"
)


def impossible(line: Line, _: Desk) -> Iterator[Hit]:
    """A day or an hour that no calendar or clock has."""
    for found in found_dates(line.text):
        if not is_possible(found.year, found.month, found.day):
            said = line.text[found.start : found.end]
            yield Hit(found.start, found.end, f"历法上没有“{said}”这一天")
    for match in NUMERIC.finditer(line.text):
        year, _sep, month, day = match.groups()
        if 1900 <= int(year) <= 2099 and not is_possible(
            int(year), int(month), int(day)
        ):
            yield Hit(*match.span(), f"历法上没有“{match.group()}”这一天")
    yield from _impossible_chinese(line)
    yield from _impossible_times(line)


def _impossible_chinese(line: Line) -> Iterator[Hit]:
    for match in CHINESE_DATE.finditer(line.text) if "月" in line.text else ():
        month, day = (chinese_number(part) or 0 for part in match.groups())
        if not is_possible(None, month, day):
            yield Hit(*match.span(), f"历法上没有“{match.group()}”这一天")
    if "年" not in line.text:
        return
    for match in re.finditer(r"(?<!\d)\d{4}年(1[3-9]|[2-9]\d|0|00)月", line.text):
        yield Hit(*match.span(), f"“{match.group()}”没有这个月份")
    for match in re.finditer(r"(?<!\d)(\d{4})年2月29日", line.text):
        if not is_possible(int(match.group(1)), 2, 29) and not DATE.match(
            line.text, match.start()
        ):
            yield Hit(*match.span(), f"历法上没有“{match.group()}”这一天")


def _impossible_times(line: Line) -> Iterator[Hit]:
    for match in TIME.finditer(line.text):
        hour, minute = int(match.group(1)), int(match.group(2) or 0)
        if (hour < 24 and minute < 60) or (hour == 24 and minute == 0):
            continue
        after = line.text[match.end() : match.end() + 2]
        colon = re.search("[:：]", match.group())
        is_clock = TIME_BEFORE.search(line.text[: match.start()])
        if re.search(r"(?:历时|用时|耗时|时长|共计?)$", line.text[: match.start()]):
            continue
        if not is_clock and (
            colon or after[:1] in {"间", "长", "内", "以"} or not match.group(2)
        ):
            continue
        yield Hit(*match.span(), f"钟点上没有“{match.group()}”")


WEEKDAYS = "一二三四五六日"
WEEKDAY = re.compile(
    r"\s?[，、]?\s?[（(]?\s?(?:农历[^）)]{0,10}[，、 ])?(?:是|为|即)?(?:星期|周|礼拜)([一二三四五六日天])(?![一-龥]*?(?:至|到)(?:周|星期))"
)
WEEKDAY_FIRST = re.compile(
    r"(?:本|这|下)?(?:星期|周|礼拜)([一二三四五六日天])\s?[（(，]\s?$"
)


def weekday(line: Line, desk: Desk) -> Iterator[Hit]:
    """The weekday belongs to the date."""
    for found in found_dates(line.text):
        after = WEEKDAY.match(line.text, found.end)
        before = WEEKDAY_FIRST.search(line.text[: found.start])
        match = after or before
        day = found.on(year_before(desk, line.start + found.start))
        if (
            not match
            or day is None
            or re.search(r"农历|阴历", line.text[max(0, found.start - 4) : found.start])
        ):
            continue
        said = WEEKDAYS.index(match.group(1).replace("天", "日"))
        if said != day.weekday() and not (
            found.year is None and _fits_near(found, desk, said)
        ):
            right = WEEKDAYS[day.weekday()]
            at = match.start(1)
            what = f"{day.year}年{day.month}月{day.day}日是星期{right}，不是星期{WEEKDAYS[said]}"
            yield Hit(at, at + 1, what, (right,))


def _fits_near(found: Found, desk: Desk, said: int) -> bool:
    published = desk.town.publish_date if desk.is_own else None
    if published is None or YEAR.search(desk.document.folded):
        return False
    near = [found.on(published.year + n) for n in (-1, 1)]
    close = [d for d in near if d and abs((d - published).days) < 120]
    return any(d.weekday() == said for d in close)


RANGE = re.compile(
    r"(?:(\d{4})年)?(?:(\d{1,2})月)?(?:(\d{1,2})[日号])?(?:[（(][^（）()]{1,6}[)）])?(?:[上下]午|\d{1,2}[时点]|\d{1,2}[:：]\d{2})?(?:起)?\s?(?:至|到|—{1,2}|-{1,2}|～|~|–|－)\s?(?:(\d{4})年)?(?:(\d{1,2})月)?(\d{1,2})[日号]"
)


@dataclass(frozen=True, slots=True)
class Range:
    """Two days with what stands between them."""

    start: int
    end: int
    first: tuple[int | None, int, int]
    last: tuple[int | None, int, int]


def ranges(text: str) -> list[Range]:
    """Ranges of days; a part that is not repeated is taken from the other end."""
    found = []
    for match in RANGE.finditer(text):
        y1, m1, d1, y2, m2, d2 = (int(n) if n else None for n in match.groups())
        if d1 is None or d2 is None or m1 is None:
            continue
        found.append(Range(*match.span(), (y1, m1, d1), (y2 or y1, m2 or m1, d2)))
    return found


def backwards(line: Line, _: Desk) -> Iterator[Hit]:
    """A range that ends before it begins."""
    for span in ranges(line.text):
        (y1, m1, d1), (y2, m2, d2) = span.first, span.last
        if (
            y1 == y2
            and (m2, d2) < (m1, d1)
            and not (m1 - m2 >= 6 and not _both_years(line.text, span))
        ) or (y1 and y2 and y2 < y1):
            yield Hit(span.start, span.end, "起止日期颠倒，结束早于开始")
    for match in re.finditer(
        r"(?<!\d)((?:19|20)\d{2})年?(?:度)?(?:—|-|～|~|至|到)((?:19|20)\d{2})年",
        line.text,
    ):
        if int(match.group(1)) > int(match.group(2)) and not re.search(
            r"[由从]|比", line.text[max(0, match.start() - 2) : match.start()]
        ):
            yield Hit(*match.span(), "起止年份颠倒")
    yield from _backward_months(line)
    yield from _backward_hours(line)


def _both_years(text: str, span: Range) -> bool:
    return len(YEAR.findall(text[span.start : span.end])) == 2


def _backward_months(line: Line) -> Iterator[Hit]:
    for match in re.finditer(
        r"((?:19|20)\d{2})年(\d{1,2})月(?:至|到|—|-|～)((?:19|20)\d{2})年(\d{1,2})月(?!\d)",
        line.text,
    ):
        y1, m1, y2, m2 = map(int, match.groups())
        if (y2, m2) < (y1, m1):
            yield Hit(*match.span(), "起止月份颠倒，结束早于开始")


HOURS = re.compile(
    r"(上午|下午|晚上|凌晨)(\d{1,2})(?:时|点|[:：]00)?(?:至|到|—|-|～)(\1)?(\d{1,2})(?:时|点|[:：]00)"
)


def _backward_hours(line: Line) -> Iterator[Hit]:
    for match in HOURS.finditer(line.text):
        part, first, again, last = match.groups()
        if (
            int(last) < int(first) <= 12
            and (again or part in {"上午", "下午"})
            and int(first) != 12
        ):
            yield Hit(*match.span(), "起止时间颠倒，结束早于开始")


LENGTH = re.compile(
    r"(?:公示期|公告期|期限|时间|为期|共|历时|持续|工期|期|[（(]|连续|历经|开展|会期|活动|公示|培训|报名期|展期)(?:限|间)?(?:为|是|：|共|计)?\s?(\d{1,3}|[一二三四五六七八九十]{1,3})(?:个)?(工作日|自然日|天|日)(?![一-龥]{0,2}(?:后|前)|(?:低于|高于|超过|达到?|不足|小于|大于|以上)[\d零一-龥])"
)
"""气温连续3天低于12摄氏度 is part of the days that are told."""


def stated_length(line: Line, desk: Desk) -> Iterator[Hit]:
    """公示期7天 and its first and last day agree; both days count."""
    if not LENGTH.search(line.text):
        return
    spans = ranges(line.text)
    matches = [
        m
        for m in LENGTH.finditer(line.text)
        if not any(s.start <= m.start() < s.end for s in spans)
    ]
    if len(spans) != 1 or len(matches) != 1:
        return
    number, unit = any_number(matches[0].group(1)), matches[0].group(2)
    counted = _counted(spans[0], unit, desk, line)
    if number is None or counted is None or number == counted:
        return
    kind = "工作日" if unit == "工作日" else "天"
    what = f"所写起止日期首尾都算是{counted}{kind}，与“{number}{kind}”不符"
    yield Hit(*matches[0].span(), what)


def _counted(span: Range, unit: str, desk: Desk, line: Line) -> int | None:
    year = span.first[0] or year_before(desk, line.start + span.start)
    (_, m1, d1), (y2, m2, d2) = span.first, span.last
    if not is_possible(year, m1, d1) or not is_possible(y2 or year, m2, d2):
        return None
    first = date(year or 2023, m1, d1)
    last = date(y2 or year or 2023, m2, d2)
    if last < first and y2 is None:
        last = last.replace(year=last.year + 1)
    if unit != "工作日":
        return (last - first).days + 1
    calendar = desk.tables.calendar
    if calendar is None or year is None or calendar.says_provisional(first):
        return None
    days = [first + timedelta(n) for n in range((last - first).days + 1)]
    return sum(1 for day in days if calendar.is_working_day(day))


LINE_CHECKS = (
    LineCheck(
        "D01", impossible, ("日", "时", "点", ":", "：", "-", ".", "/", "号", "月")
    ),
    LineCheck(
        "D02",
        weekday,
        (
            "星期",
            "（周",
            "周一",
            "周二",
            "周三",
            "周四",
            "周五",
            "周六",
            "周日",
            "礼拜",
        ),
    ),
    LineCheck("D03", backwards, ("至", "到", "—", "-", "～", "~", "–")),
    LineCheck("D04", stated_length, ("至", "到", "—", "-", "～", "~")),
)
TEXT_CHECKS = ()
