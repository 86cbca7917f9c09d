"""Years, deadlines, anniversaries and plan periods (D05, D06, D08-D10)."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping
from datetime import date

from workflow.proofreading.checks import YEAR, Desk, LineCheck, TextCheck
from workflow.proofreading.families.dates import (
    Found,
    found_dates,
    is_possible,
    year_before,
)
from workflow.proofreading.findings import Hit
from workflow.proofreading.numerals import any_number, chinese_number
from workflow.proofreading.text import DATE_LINE, Line

PLAN = re.compile(r"计划|要点|预算|安排|规划|目标|打算|展望|部署")


def title_year(desk: Desk) -> Iterator[Hit]:
    """The year of the title is the year of the body."""
    lines = desk.document.lines
    title = lines[0]
    years = {year for _, year in _years_in(title.text)}
    is_sentence = title.text.rstrip().endswith("。")
    if len(lines) < 2 or len(years) != 1 or is_sentence or PLAN.search(title.text):
        return
    (year,) = years
    start = title.start + len(title.text)
    found = [f for f in _years_in(desk.document.folded) if f[0] >= start]
    found = [f for f in found if not DATE_LINE.match(desk.document.line_at(f[0]).text)]
    counts = Counter(said for _, said in found)
    wrong = next((f for f in found if f[1] != year), None)
    if wrong and (year not in counts or _opens_otherwise(desk, found, year, counts)):
        what = f"标题写{year}年，正文写{wrong[1]}年"
        yield Hit(wrong[0], wrong[0] + 4, what, (year,))


QUOTED = re.compile(r"《[^》]*》|〔[^〕]*〕")
OPENS = re.compile(r"年度?(?:，|以来|上半年|我|全|本|是|[一-龥]{0,4}[镇乡局])")


def _years_in(text: str) -> list[tuple[int, str]]:
    bare = QUOTED.sub(lambda m: " " * len(m.group()), text)
    found = re.finditer(r"(?<!\d)(20\d{2})(?=年)", bare)
    return [(match.start(), match.group()) for match in found]


def _opens_otherwise(
    desk: Desk, found: list[tuple[int, str]], year: str, counts: Counter[str]
) -> bool:
    place, first = found[0]
    opens = OPENS.match(desk.document.folded, place + 4)
    return bool(opens) and first != year and counts[year] < counts[first]


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


COMING = re.compile("献礼|迎接|喜迎|即将|将迎|筹备|倒计时|明年|后年|提前谋划")
YEARS_AHEAD = 5
"""How long before an anniversary one speaks of it."""


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
        ahead = 0 < number - (year - base) <= YEARS_AHEAD
        if ahead and COMING.search(line.text):
            continue
        put = str(year - base) if match.group(1).isascii() else ""
        what = f"{year}年应是{year - base}周年，写成了{number}周年"
        yield Hit(*match.span(1), what, (put,) if put else ())


def _spoken(text: str) -> int | None:
    return chinese_number(text.replace("零", "").replace("〇", ""))


def _event(before: str, events: Mapping[str, str]) -> int | None:
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
            or (len(name) == 2 and name[0] not in "八九十")
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


LINE_CHECKS: tuple[LineCheck, ...] = (
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

TEXT_CHECKS: tuple[TextCheck, ...] = (
    TextCheck("D05", title_year, ("年",)),
    TextCheck("D06", past_deadline, ("日",)),
    TextCheck("D10", relative_time, ("通知", "公告", "通告", "公示", "启事")),
)
