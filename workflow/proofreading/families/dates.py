"""Dates and times against the calendar (D)."""

from __future__ import annotations

import re
from bisect import bisect_left
from calendar import monthrange
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from workflow.proofreading.checks import YEAR, Desk, LineCheck, TextCheck
from workflow.proofreading.findings import Hit
from workflow.proofreading.numerals import any_number, chinese_number
from workflow.proofreading.text import DATE_LINE, Line

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


def is_possible(year: int | None, month: int, day: int) -> bool:
    """Whether the calendar has that day; without a year 29 February is allowed."""
    if not 1 <= month <= 12 or not 1900 <= (year or 2000) <= 2200:
        return False
    return 1 <= day <= monthrange(year or 2000, month)[1]


def found_dates(text: str) -> list[Found]:
    """Every date with month and day, in order."""
    found = []
    for match in DATE.finditer(text):
        year = int(match.group(1)) if match.group(1) else None
        found.append(
            Found(*match.span(), year, int(match.group(3)), int(match.group(4)))
        )
    return found


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
    for match in CHINESE_DATE.finditer(line.text):
        month, day = (chinese_number(part) or 0 for part in match.groups())
        if not is_possible(None, month, day):
            yield Hit(*match.span(), f"历法上没有“{match.group()}”这一天")
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
    r"(?:公示期|公告期|期限|时间|为期|共|历时|持续|工期|期|连续|历经|开展|会期|活动|公示|培训|报名期|展期)(?:限|间)?(?:为|是|：|共|计)?\s?(\d{1,3}|[一二三四五六七八九十]{1,3})(?:个)?(工作日|自然日|天|日)(?![一-龥]{0,2}(?:后|前))"
)


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


PLAN = re.compile(r"计划|要点|预算|安排|规划|目标|打算|展望|部署")


def title_year(desk: Desk) -> Iterator[Hit]:
    """The year of the title is the year of the body."""
    lines = desk.document.lines
    if len(lines) < 2:
        return
    title = lines[0]
    years = set(
        re.findall(
            r"(?<!\d)(20\d{2})年", re.sub(r"《[^》]*》|〔[^〕]*〕", "", title.text)
        )
    )
    if len(years) != 1 or title.text.rstrip().endswith("。") or PLAN.search(title.text):
        return
    (year,) = years
    body = re.sub(
        r"《[^》]*》|〔[^〕]*〕", lambda m: " " * len(m.group()), desk.document.folded
    )
    start = title.start + len(title.text)
    found = [m for m in re.finditer(r"(?<!\d)(20\d{2})年", body) if m.start() >= start]
    found = [
        m for m in found if not DATE_LINE.match(desk.document.line_at(m.start()).text)
    ]
    counts = Counter(m.group(1) for m in found)
    if not counts:
        return
    opening = found[0]
    opens = re.match(
        r"度?(?:，|以来|上半年|我|全|本|是|[一-龥]{0,4}[镇乡局])", body[opening.end() :]
    )
    if year not in counts or (
        opens and opening.group(1) != year and counts[year] < counts[opening.group(1)]
    ):
        wrong = next((m for m in found if m.group(1) != year), None)
        if wrong:
            what = f"标题写{year}年，正文写{wrong.group(1)}年"
            yield Hit(*wrong.span(1), what, (year,))


DEADLINE = re.compile(
    r"(?:请|须|务必|应|需|要求|于|在|限|截止时间[为：:]?|截止日期[为：:]?|截至|报名截止|截止到?|望|将于|定于|拟于)[^。；]{0,24}$"
)
DEADLINE_AFTER = re.compile(
    r"(?:下班|\d{1,2}[时点:：]\d{0,2}分?|[上下]午|[（(][^（）]{1,5}[）)]|\d{1,2}[时点])*(?:之?前|以前|止|截止|为止|前)(?!往|后|期|夕|来|述|三|列)"
)
DONE = re.compile(
    r"已|全部完成|完成了|如期|圆满|均在|提前完成|实现了|全面完成|了[，。]"
)
AHEAD = re.compile(
    r"(?:请|须|务必|应|需|报送|报名|上报|提交|反馈|缴纳|办理|参加|前往|申报|领取|报|交|完成|送|登记|联系|截止)"
)


def past_deadline(desk: Desk) -> Iterator[Hit]:
    """A deadline before, or a signing date after, the day of publishing."""
    published = _published(desk)
    if published is None:
        return
    for line in desk.document.lines:
        for found in found_dates(line.text):
            day = found.on(
                year_before(desk, line.start + found.start) or published.year
            )
            if day is None:
                continue
            span = (line.start + found.start, line.start + found.end)
            if DATE_LINE.match(line.text) and line.number and day > published:
                yield Hit(
                    *span,
                    f"落款日期晚于发布日期（{published.month}月{published.day}日）",
                )
            elif _is_deadline(line.text, found) and 0 < (published - day).days < 200:
                yield Hit(
                    *span,
                    f"时限在发布日期（{published.month}月{published.day}日）之前已经过了",
                )


def _is_deadline(text: str, found: Found) -> bool:
    sentence_start = max(text.rfind(mark, 0, found.start) for mark in "。；！？")
    ends = [p for p in (text.find(mark, found.end) for mark in "。；！？") if p >= 0]
    sentence = text[sentence_start + 1 : min(ends, default=len(text))]
    after = DEADLINE_AFTER.match(text, found.end)
    before = DEADLINE.search(text[: found.start])
    if DONE.search(sentence) or not (
        after
        or re.search(r"截止(?:时间|日期)?(?:为|是|：|:|到|至)?$", text[: found.start])
    ):
        return False
    return bool(before or AHEAD.search(sentence))


PUBLISHED = re.compile(
    r"(?:(\d{4})年)?(\d{1,2})月(\d{1,2})日(?:发布|印发|公布|刊发|发文)|发布(?:日期|时间)[：:]\s?(\d{4})[年-](\d{1,2})[月-](\d{1,2})"
)


def _published(desk: Desk) -> date | None:
    match = PUBLISHED.search(desk.document.folded)
    known = desk.town.publish_date if desk.is_own else None
    if not match:
        return known
    year, month, day = (
        int(n) if n else 0
        for n in (match.group(1, 2, 3) if match.group(2) else match.group(4, 5, 6))
    )
    year = year or (known.year if known else 2000)
    return date(year, month, day) if is_possible(year, month, day) else known


ANNIVERSARY = re.compile(r"(\d{1,3}|[一二三四五六七八九十百零〇]{1,6})\s?周年")


def anniversary(line: Line, desk: Desk) -> Iterator[Hit]:
    """The year less the base year of the event."""
    events = desk.tables.maps["events"]
    for match in ANNIVERSARY.finditer(line.text):
        number = any_number(match.group(1)) or _spoken(match.group(1))
        before = re.sub(
            r"[“”《》]", "", line.text[max(0, match.start() - 24) : match.start()]
        )
        base = _event(before.rstrip("暨第的 "), events)
        year = _year_of(line, match.start(), desk)
        if number is None or base is None or year is None or number == year - base:
            continue
        put = str(year - base) if match.group(1).isascii() else ""
        what = f"{year}年应是{year - base}周年，写成了{number}周年"
        yield Hit(*match.span(1), what, (put,) if put else ())


def _spoken(text: str) -> int | None:
    return chinese_number(text.replace("零", "").replace("〇", ""))


def _event(before: str, events: object) -> int | None:
    assert isinstance(events, dict)
    names = sorted(events, key=len, reverse=True)
    for name in names:
        if re.search(name + r"(?:日|节|纪念日)?$", before):
            return int(events[name])
    return None


def _year_of(line: Line, place: int, desk: Desk) -> int | None:
    near = list(YEAR.finditer(line.text))
    ahead = [m for m in near if m.start() < place]
    chosen = ahead[-1:] or near[:1]
    if chosen:
        return int(chosen[0].group(1))
    return year_before(desk, line.start + place)


PLAN_NAME = re.compile(
    r"[“\"]?((?:[一二三四五六七八九]五)|十[一二三四五六]?五)[”\"]?(时期|期间|规划|发展规划|普法)?"
)
PLAN_YEARS = re.compile(
    r"[^，。；]{0,10}?[（(]?((?:19|20)\d{2})年?\s?(?:—|－|-|–|~|～|至|到)+\s?((?:19|20)\d{2})年?"
)


def five_year_plan(line: Line, desk: Desk) -> Iterator[Hit]:
    """“十四五” is 2021 to 2025, and so on."""
    plans = desk.tables.maps["plans"]
    for match in PLAN_NAME.finditer(line.text):
        name, kind = match.groups()
        if (
            name not in plans
            or kind == "普法"
            or (len(name) == 2
            and name[0] not in "八九十")
        ):
            continue
        first, last = map(int, plans[name].split("-"))
        years = PLAN_YEARS.match(line.text, match.end())
        if years and (int(years.group(1)), int(years.group(2))) != (first, last):
            yield Hit(*years.span(1), f"“{name}”时期是{first}—{last}年", (str(first),))
            continue
        yield from _milestone(line.text, match, name, (first, last))


MILESTONES = (
    ("开局之年", 0),
    ("第一年", 0),
    ("首年", 0),
    ("起步之年", 0),
    ("收官之年", 4),
    ("最后一年", 4),
    ("末年", 4),
    ("收官年", 4),
    ("中期之年", 2),
    ("第三年", 2),
    ("第二年", 1),
    ("第四年", 3),
    ("决胜之年", 4),
)


def _milestone(
    text: str, match: re.Match[str], name: str, plan: tuple[int, int]
) -> Iterator[Hit]:
    before = re.search(
        r"((?:19|20)\d{2})年(?:既)?是(?:我[镇县市区乡]|全面)?(?:实施|推进|落实|完成)?$",
        text[: match.start()],
    )
    tail = text[match.end() : match.end() + 14].split("，")[0]
    for word, step in MILESTONES:
        if before and word in tail and int(before.group(1)) != plan[0] + step:
            what = f"“{name}”的{word}是{plan[0] + step}年"
            yield Hit(*before.span(1), what, (str(plan[0] + step),))


RELATIVE = re.compile(
    r"近日|昨日|昨天|今日|今天|明日|明天|日前|本月|上月|下月|本周|上周|下周|近期|前不久|即日(?!起)|后天|前天|上个月|下个月"
)


def relative_time(desk: Desk) -> Iterator[Hit]:
    """A notice names the day."""
    lines = desk.document.lines
    title = lines[0].text if lines else ""
    if len(lines) < 2 or not re.search(
        r"(?:通知|公告|通告|公示|启事)(?:（[^（）]*）)?\s*$", title
    ):
        return
    for match in RELATIVE.finditer(desk.document.folded, lines[0].start + len(title)):
        yield Hit(*match.span(), f"通知、公告里“{match.group()}”日期不明，请写具体日期")


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
    LineCheck("D08", anniversary, ("周年",)),
    LineCheck(
        "D09",
        five_year_plan,
        (
            "五”",
            "五时期",
            "五规划",
            "五期间",
            '五"',
            "十四五",
            "十五五",
            "十三五",
            "十二五",
        ),
    ),
)
TEXT_CHECKS = (
    TextCheck("D05", title_year, ("年",)),
    TextCheck("D06", past_deadline, ("日",)),
    TextCheck("D10", relative_time, ("通知", "公告", "通告", "公示", "启事")),
)
