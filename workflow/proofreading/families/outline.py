"""Serial numbers, levels, announced lists (N19, N20, F03, F04, A12)."""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

from workflow.proofreading.checks import Desk, LineCheck, TextCheck
from workflow.proofreading.findings import Hit, Severity
from workflow.proofreading.numerals import any_number, in_chinese
from workflow.proofreading.text import Document, Kind, Line

CN = "[一二三四五六七八九十]{1,3}"
SERIALS = (
    re.compile(rf"({CN})[、.．](?!{CN}[、级组产是])"),
    re.compile(rf"[（(]({CN})[）)]"),
    re.compile(r"(\d{1,2})[.．、](?!\d)"),
    re.compile(r"[（(](\d{1,2})[）)]"),
)
ARTICLE = re.compile(r"第([一二三四五六七八九十百]{1,6})条(?:[\s　]|$)")
LEVEL_NAMES = ("“一、”", "“（一）”", "“1.”", "“（1）”")


@dataclass(frozen=True, slots=True)
class Item:
    """A serial number: its level from 0, its value, where it stands."""

    level: int
    value: int
    start: int
    end: int
    at_line: bool


@lru_cache(maxsize=2)
def outline(document: Document) -> tuple[Item, ...]:
    """Every serial number that opens a line or a sentence, in order."""
    items = [item for line in document.lines for item in _items(line)]
    return tuple(items)


def _items(line: Line) -> Iterator[Item]:
    if line.kind in (Kind.ROW, Kind.ATTACHMENT, Kind.CAPTION):
        return
    places = [len(line.text) - len(line.text.lstrip())]
    places += [m.end() for m in re.finditer(r"[。；：！？…][ \u3000]*", line.text)]
    for place in places:
        for level, pattern in enumerate(SERIALS):
            if match := pattern.match(line.text, place):
                value = any_number(match.group(1))
                if value:
                    start = line.start + match.start()
                    end = line.start + match.end()
                    yield Item(level, value, start, end, place == places[0])
                break


def skipped_numbers(desk: Desk) -> Iterator[Hit]:
    """一、二、四: a number is missing or stands twice."""
    last: dict[int, int] = {}
    items = outline(desk.document)
    for item in items:
        before = last.get(item.level)
        if (
            before is not None
            and item.value not in {1, before + 1}
            and not _is_prose_list(item, desk)
        ):
            word = "重复" if item.value <= before else "跳号"
            right = in_chinese(before + 1) if item.level < 2 else str(before + 1)
            yield Hit(item.start, item.end, f"序号{word}，这里应是“{right}”")
        last[item.level] = item.value
        for level in range(item.level + 1, 4):
            last.pop(level, None)
    yield from _skipped_articles(desk)


def _is_prose_list(item: Item, desk: Desk) -> bool:
    text = desk.document.folded
    return not item.at_line and text[item.end : item.end + 1].isdigit()


def _skipped_articles(desk: Desk) -> Iterator[Hit]:
    before = 0
    for line in desk.document.lines:
        match = ARTICLE.match(line.text.lstrip())
        value = any_number(match.group(1)) if match else None
        if value is None or match is None:
            continue
        if before and value not in {1, before + 1}:
            start = line.start + len(line.text) - len(line.text.lstrip())
            yield Hit(
                start, start + match.end(1) + 1, f"条文序号不连续，上一条是第{before}条"
            )
        before = value


def wrong_level(desk: Desk) -> Iterator[Hit]:
    """一、 then （一） then 1. then （1）: no level is left out."""
    stack: list[int] = []
    reported: set[tuple[int, int]] = set()
    for item in (i for i in outline(desk.document) if i.at_line):
        while stack and stack[-1] > item.level:
            stack.pop()
        above = stack[-1] if stack else None
        if above is not None and item.level > above + 1 and item.value == 1:
            pair = (above, item.level)
            if pair not in reported:
                reported.add(pair)
                right = LEVEL_NAMES[above + 1]
                what = f"{LEVEL_NAMES[above]}下面应当用{right}，不直接用{LEVEL_NAMES[item.level]}"
                yield Hit(item.start, item.end, what)
        if not stack or stack[-1] != item.level:
            stack.append(item.level)
    yield from _upside_down(desk)


def _upside_down(desk: Desk) -> Iterator[Hit]:
    items = [item for item in outline(desk.document) if item.at_line]
    if not items or items[0].level not in {1, 2, 3} or items[0].value != 1:
        return
    for item, after in itertools.pairwise(items):
        if (
            after.level < items[0].level
            and after.value == 1
            and item.level == items[0].level
        ):
            what = f"层次颠倒，{LEVEL_NAMES[after.level]}不能放在{LEVEL_NAMES[item.level]}下面"
            yield Hit(after.start, after.end, what)
            return


SECTION = re.compile(
    r"\s*(?:[（(]\d{1,2}[)）][、.]?|\d{1,2}[)）]|[①-⑳⑴-⒇]|[（(][①-⑳][)）])\s*(?=(?:总体要求|指导思想|工作目标|目标任务|基本原则|组织领导|主要任务|重点任务|保障措施|工作要求|加强组织|实施步骤|工作步骤|工作措施|基本情况|存在问题|下一步|主要做法|工作内容|时间安排)[\u4e00-\u9fff]{0,6}$)"
)


def wrong_form(desk: Desk) -> Iterator[Hit]:
    """Siblings are numbered in one form, headings in the official one."""
    items = [item for item in outline(desk.document) if item.at_line]
    for before, item in itertools.pairwise(items):
        if item.level == before.level or item.value != before.value + 1:
            continue
        if not any(i.level == item.level and i.value == item.value - 1 for i in items):
            what = f"同级序号前面用{LEVEL_NAMES[before.level]}的形式，这里形式不同"
            yield Hit(item.start, item.end, what)
    for line in desk.document.lines:
        match = SECTION.match(line.text) or re.match(
            r"\s*[（(]\d{1,2}[)）]、", line.text
        )
        if match and not any(i.level < 3 for i in items):
            yield Hit(
                line.start,
                line.start + match.end(),
                "标题层次序数应从“一、”“（一）”用起，形式不对",
                severity=Severity.HINT,
            )


ORDINAL = re.compile(
    rf"(?:^|[。；，：、！？…\s“])(?:第)?({CN})(?:要|是|点是|方面)(?![时些否非]|[一二三四五六七八九十]+[，。]|个(?!别|人|体))"
)
ANNOUNCED = re.compile(
    r"([二两三四五六七八九十]{1,2}|\d{1,2})(?:个|项|点|条|件|大|方面|类|步|种)?(?:方面)?(?:的)?(?:具体|工作|明确|主要|重点|突出)?(?:要求|意见|措施|建议|问题|任务|工作|原则|内容|举措|做法|部署|事项|方面|经验|步骤|行动|工程|目标|特点|成效|环节|请求|承诺|不足|短板|办法|倡议|安排)[^。；\d一二三四五六七八九十]{0,16}?[：:。，]"
)


POINTS = re.compile(
    r"(?:强调|提出?|讲|谈|明确|注意|做到|突出|抓好|把握)(?:了|以下|如下)?([二两三四五六七八九十])(?:点|条|项|个方面|个字|件事)[：:，。]"
)


def announced_count(line: Line, _: Desk) -> Iterator[Hit]:
    """三点要求：一是、二是、四是: the numbers run on and keep the promise."""
    found = [
        (m.start(1), m.end(), any_number(m.group(1)) or 0)
        for m in ORDINAL.finditer(line.text)
    ]
    runs: list[list[tuple[int, int, int]]] = []
    for place in found:
        if place[2] == 1 or not runs:
            runs.append([])
        runs[-1].append(place)
    for run in runs:
        yield from _run(line.text, run)


def _run(text: str, run: Sequence[tuple[int, int, int]]) -> Iterator[Hit]:
    if run[0][2] != 1:
        return
    for before, place in itertools.pairwise(run):
        if place[2] != before[2] + 1:
            what = (
                f"列举到“{in_chinese(before[2])}”之后应是“{in_chinese(before[2] + 1)}”"
            )
            yield Hit(place[0], place[1], what)
            return
    head = text[: run[0][0]]
    said = (*ANNOUNCED.finditer(head), *POINTS.finditer(head))
    promises = [m for m in said if len(head) - m.end() <= 6]
    number = any_number(promises[-1].group(1)) if promises else None
    if number and number != run[-1][2] and len(run) > 1:
        what = f"前面说{number}项，实际列了{run[-1][2]}项"
        yield Hit(*promises[-1].span(), what)


VILLAGES = re.compile(
    r"((?:[\u4e00-\u9fff]{2,4}村[、和及]){1,12}[\u4e00-\u9fff]{2,4}村)(等)?(?:共|这)?(\d{1,2}|[两一二三四五六七八九十]{1,3})个(?:行政)?村"
)
NUMBERED = re.compile(
    r"([二两三四五六七八九十]{1,2}|\d{1,2})(?:个|项|点|条|件|大)?(?:方面)?(?:的)?(?:具体|主要|重点)?(?:要求|意见|措施|建议|问题|任务|工作|事项|方面|举措|通知)[^。；]{0,12}[：:]\s*$"
)


def listed_count(desk: Desk) -> Iterator[Hit]:
    """A number announced at the end of a line, and the headings after it."""
    items = outline(desk.document)
    for line in desk.document.lines:
        if "个村" in line.text or "个行政村" in line.text:
            yield from _villages(line)
        match = NUMBERED.search(line.text) if line.text.rstrip()[-1] in ":：" else None
        number = any_number(match.group(1)) if match else None
        end = line.start + len(line.text)
        follow = [item for item in items if item.start >= end and item.at_line]
        if (
            match is None
            or not number
            or number < 2
            or not follow
            or follow[0].value != 1
        ):
            continue
        count = _count(follow)
        if count != number and count > 1:
            what = f"前面说{number}项，后面列了{count}项"
            yield Hit(line.start + match.start(1), line.start + match.end(), what)


def _count(items: Sequence[Item]) -> int:
    level, value = items[0].level, 0
    for item in items:
        if item.level < level or (item.level == level and item.value <= value):
            break
        if item.level == level:
            value = item.value
    return (
        sum(1 for i in items[: len(items)] if i.level == level and i.value <= value)
        if value
        else 0
    )


def _villages(line: Line) -> Iterator[Hit]:
    for match in VILLAGES.finditer(line.text):
        listed, more, number = match.groups()
        count = len(re.findall("村", listed))
        stated = any_number(number)
        if stated is not None and (count > stated or (count < stated and not more)):
            start = line.start
            yield Hit(
                start + match.start(),
                start + match.end(),
                f"列了{count}个村，写的是{stated}个",
            )


EMPTY = re.compile(
    r"(?:如下|以下[\u4e00-\u9fff]{0,8}|如下[\u4e00-\u9fff]{1,6}|名单|下列[\u4e00-\u9fff]{0,6}|附后)\s*[：:]\s*(?:[（(](?:无内容|略|空|无)[）)])?\s*$"
)


def empty_list(desk: Desk) -> Iterator[Hit]:
    """如下： and nothing follows."""
    lines = desk.document.lines
    for line in lines:
        match = EMPTY.search(line.text) if line.text.rstrip()[-1] in ":：)）" else None
        if not match:
            continue
        after = [
            a
            for a in lines[line.number + 1 :]
            if a.kind not in (Kind.SIGNATURE, Kind.NOTE, Kind.ATTACHMENT)
        ]
        if after:
            continue
        alone = desk.document.is_single and "（" not in match.group()
        short = Severity.WARN if len(line.text) < 30 else Severity.HINT
        grade = short if alone else None
        start, end = line.start + match.start(), line.start + match.end()
        yield Hit(start, end, "说了“如下”，后面没有内容", severity=grade)


LINE_CHECKS = (LineCheck("N19", announced_count, ("一是", "一要", "一方面", "第一")),)
TEXT_CHECKS = (
    TextCheck("N19", listed_count, ("：", ":", "个村", "个行政村")),
    TextCheck("N20", skipped_numbers, tuple("二三四五六七八九2345678")),
    TextCheck("F03", wrong_level, tuple("、.）)．")),
    TextCheck("F04", wrong_form, tuple("、.）)．①②③⑴")),
    TextCheck("A12", empty_list, ("：", ":")),
)
