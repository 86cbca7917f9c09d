"""Numbers that must agree: totals and parts, shares, growth, amounts in words (N)."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal
from itertools import accumulate, pairwise

from workflow.proofreading.checks import Desk, LineCheck, TextCheck
from workflow.proofreading.findings import Hit, Severity
from workflow.proofreading.numerals import Amount, amounts, plain
from workflow.proofreading.text import Kind, Line, sentences

OPEN_LIST = re.compile(
    r"包括|主要|包含|含|比如|例如|如[：:]|其余(?:均?为|的|是)?(?![^，。；]{0,8}\d)|左右|等(?=[，。；、]|$|\d|\w{0,4}$)|重点|仅|最|尤其|部分|分别新增|新增|较上年|同比|环比|比上年"
)
PART_BREAK = re.compile(r"[。；！？\n]")


def totals(line: Line, _: Desk) -> Iterator[Hit]:
    """共A，其中B、C: the parts make the whole."""
    for offset, sentence in sentences(line.text):
        for check in (_of_which, _listed_then_total, _total_then_listed):
            if hit := check(sentence):
                yield Hit(
                    hit.start + offset,
                    hit.end + offset,
                    hit.what,
                    severity=hit.severity,
                )
                break


def _of_which(sentence: str) -> Hit | None:
    at = sentence.find("其中")
    if at < 0:
        return None
    before, after = sentence[:at], sentence[at:]
    nested = re.search(r"[（(][^（）()]*$", before)
    if nested and (close := re.search(r"[）)]", after)):
        after = after[: close.start()]
    after = re.split(r"其中", after[2:])[0]
    wholes = amounts(
        before[nested.start() - 24 if nested and nested.start() > 24 else 0 :]
    )
    if not wholes:
        return None
    base = len(before) - len(
        before[nested.start() - 24 if nested and nested.start() > 24 else 0 :]
    )
    whole = wholes[-1]
    if EACH.search(before[: base + whole.start]) or CHANGES.search(after):
        return None
    parts = [a for a in amounts(_flat(after)) if a.unit == whole.unit]
    return _judge(whole, base, parts, after)


WITHIN = re.compile(r"[（(]含[^（）()\d]{1,8}[）)]|外出务工|流动人口")
"""副书记2名（含镇长）: one stands in two parts."""


ASPECT = re.compile(
    "女党员|妇女|女性|女[^，。]{0,3}\\d|少数民族|岁(?:以|及)|大专|本科以|外出务工"
)
"""Of 1386 members so many are women, so many young: no division of the whole."""


def _is_no_division(after: str) -> bool:
    return len({found[0] for found in ASPECT.findall(after)}) > 1


CHANGES = re.compile("(?:撤销|合并|裁撤|划出|调出)[^，。；、]{0,6}\\d")
"""9个，其中合并6个、新设4个 tells how it came about."""
EACH = re.compile(
    r"(?:每[^，。；]{0,6}|人均|亩均|户均|平均[^，。；\d]{0,6}(?:达到|[达为是约])?)$"
)
"""A figure of each is no total."""
SOME_POSTS = re.compile("[局院所科处]长\\d|[正副][科处股]级\\d")
"""Of the established posts the leading ones are told."""


def _flat(text: str) -> str:
    return re.sub(r"[（(][^（）()]*[）)]", lambda m: "\u3000" * len(m.group()), text)


def _judge(whole: Amount, base: int, parts: Sequence[Amount], after: str) -> Hit | None:
    summed = sum((part.value for part in parts), Decimal(0))
    slack = whole.step + sum((part.step for part in parts), Decimal(0))
    difference = summed - whole.value
    twice = WITHIN.search(after) if difference > 0 else _leaves_some_out(whole, after)
    if twice or not parts or abs(difference) <= slack or _makes_up(whole, parts):
        return None
    span = (base + whole.start, base + whole.end)
    what = f"总数是{plain(whole.value)}{whole.unit}，分项相加是{plain(summed)}{whole.unit}，对不上"
    if difference > 0:
        loose = len(parts) == 1 or OPEN_LIST.search(after)
        return Hit(*span, what, severity=Severity.WARN if loose else None)
    if OPEN_LIST.search(after) or len(parts) < 2:
        return None
    if len(parts) == 2 and not _is_complete_pair(after, whole, summed):
        return None
    some = summed * 5 < whole.value * 4  # 其中 may well name the large ones only
    few = summed * 2 < whole.value and len(parts) <= 3
    if few or (some and SOME_POSTS.search(after)):
        return None
    return Hit(*span, what, severity=Severity.WARN if some else None)


def _leaves_some_out(whole: Amount, after: str) -> bool:
    """Parts that fall short and were never meant to be all of them.

    107.1万个 is the figure of a yearbook: it names the large kinds, not the rest.
    """
    in_myriads = whole.step > ROUNDED and whole.unit in COUNTED
    if in_myriads and not PAIR.search(after):
        return True
    return _is_no_division(after)


ROUNDED = Decimal(100)
COUNTED = frozenset({"个", "家", "所", "人", "人次"})


def _makes_up(whole: Amount, parts: Sequence[Amount]) -> bool:
    """The first parts, or the last, make the whole; the others tell of it otherwise."""
    values = [part.value for part in parts]
    sums = [list(accumulate(order))[1:-1] for order in (values, values[::-1])]
    return whole.value in sums[0] or whole.value in sums[1]


PAIR = re.compile(
    r"男.{0,12}女|女.{0,12}男|党员.{0,14}群众|已.{0,12}未|本年.{0,14}(?:上年|结转)|城镇.{0,14}农村|城市.{0,12}农村|本级.{0,16}上级|上级.{0,16}(?:本级|自筹)|主动公开.{0,20}依申请|线上.{0,14}线下"
)


def _is_complete_pair(after: str, whole: Amount, summed: Decimal) -> bool:
    return bool(PAIR.search(after)) or summed * 10 >= whole.value * 9


TOTAL_AFTER = re.compile(
    r"(?:合计|总计|共计|累计(?!结[存余]|亏|滚存|欠)|(?<!公)共)(?:[\u4e00-\u9fff]{0,6}?)(?=\d)"
)
OWN_TOTAL = re.compile("[，、][^，。；、]{6,20}的[^，。；、全]{2,8}$")
"""纳入决算的独立核算单位共5个: a total of things that were not listed before."""


def _listed_then_total(sentence: str) -> Hit | None:
    match = TOTAL_AFTER.search(sentence)
    if not match or "其中" in sentence or match.start() < 8:
        return None
    if OWN_TOTAL.search(sentence[: match.start()]):
        return None
    found = amounts(sentence)
    whole = next((a for a in found if a.start >= match.end()), None)
    if whole is None or whole.start - match.end() > 1:
        return None
    head = sentence[: match.start()]
    parts = [a for a in amounts(_flat(head)) if a.unit == whole.unit]
    if len(parts) < 2 or not _is_list(head, parts) or OPEN_LIST.search(head):
        return None
    summed = sum((part.value for part in parts), Decimal(0))
    slack = whole.step + sum((part.step for part in parts), Decimal(0))
    if abs(summed - whole.value) <= slack or (
        len(parts) == 2 and summed < whole.value / 2
    ):
        return None
    what = f"合计是{plain(whole.value)}{whole.unit}，分项相加是{plain(summed)}{whole.unit}，对不上"
    return Hit(whole.start, whole.end, what)


def _is_list(head: str, parts: Sequence[Amount]) -> bool:
    gaps = [head[a.end : b.start] for a, b in pairwise(parts)]
    return all(
        re.match(r"[，、]", gap) and len(gap) <= 14 and not re.search(r"\d", gap)
        for gap in gaps
    )


TOTAL_BEFORE = re.compile(
    r"(?:共|合计|总计|累计|共计|总数|总额|总投资|总人口|总面积|总收入|总支出)"
)


def _total_then_listed(sentence: str) -> Hit | None:
    if "其中" in sentence or not (
        colon := re.search(r"[：:（(]|，(?=分别)|，(?=包括)", sentence)
    ):
        return None
    head, tail = sentence[: colon.start()], sentence[colon.start() :]
    wholes = amounts(head)
    if not wholes or not TOTAL_BEFORE.search(head) or len(head) - wholes[-1].end > 6:
        return None
    whole = wholes[-1]
    inner = tail.split("）")[0] if tail[0] in "（(" else tail
    parts = [a for a in amounts(inner) if a.unit == whole.unit]
    if len(parts) < 2 or not _is_list(inner, parts):
        return None
    return _judge(whole, 0, parts, inner)


CELL = re.compile(r"-?\d[\d,]*(?:\.\d+)?")


def table_footing(desk: Desk) -> Iterator[Hit]:
    """Rows and columns marked 合计 or 总计 are the sums of the others."""
    block: list[Line] = []
    for line in (*desk.document.lines, None):
        if line is not None and line.kind is Kind.ROW:
            block.append(line)
        elif block:
            yield from _footing(block)
            block = []


def _footing(block: Sequence[Line]) -> Iterator[Hit]:
    rows = [re.split(r"\t|\|", line.text.strip("|")) for line in block]
    for number, row in enumerate(rows):
        if re.match(r"\s*(?:合\s*计|总\s*计|总\s*数)", row[0]) and number > 1:
            yield from _columns(block[number], row, rows[:number])
    heads = [
        i
        for i, cell in enumerate(rows[0])
        if re.fullmatch(r"\s*(?:合计|总计|小计|总数)\s*", cell)
    ]
    for line, row in zip(block[1:], rows[1:], strict=False):
        for place in heads if len(row) == len(rows[0]) and row[0].strip() else ():
            yield from _across(line, row, place)


def _columns(
    line: Line, row: Sequence[str], above: Sequence[Sequence[str]]
) -> Iterator[Hit]:
    for place in range(1, len(row)):
        cells = [
            r[place]
            for r in above
            if len(r) == len(row) and not re.search("小计|合计|总计", r[0])
        ]
        values = [v for v in map(_value, cells) if v is not None]
        whole = _value(row[place])
        if whole is not None and len(values) > 1 and "%" not in row[place]:
            yield from _unequal(line, row[place], whole, values)


def _across(line: Line, row: Sequence[str], place: int) -> Iterator[Hit]:
    if place >= len(row):
        return
    whole = _value(row[place])
    others = row[1:place] if place > 1 else row[place + 1 :]
    values = [v for v in map(_value, others) if v is not None]
    if whole is not None and len(values) > 1:
        yield from _unequal(line, row[place], whole, values)


def _unequal(
    line: Line, cell: str, whole: Decimal, values: Sequence[Decimal]
) -> Iterator[Hit]:
    summed = sum(values, Decimal(0))
    if abs(summed - whole) > Decimal("0.01"):
        at = line.start + line.text.rfind(cell.strip())
        what = f"表中合计是{plain(whole)}，各项相加是{plain(summed)}"
        yield Hit(at, at + len(cell.strip()), what)


def _value(cell: str) -> Decimal | None:
    text = cell.strip().replace(",", "")
    return Decimal(text) if re.fullmatch(r"-?\d+(?:\.\d+)?", text) else None


CARRY = re.compile(
    r"本年新收[^，。；\d]{0,24}?(\d+)件?[，、；\s]*(?:加上?|和)?上年结转[^，。；\d]{0,24}?(\d+)件?[，、；\s]*[^，。；\d]{0,12}?(?:总计|合计|共计|总数|共)[^，。；\d]{0,10}?(\d+)"
)
CARRY_ON = re.compile(
    r"本年新收[^，。；\d]{0,24}?(\d+)件?[，、；\s]*(?:加上?|和)?上年结转[^，。；\d]{0,24}?(\d+)件?[，、；\s]*[^。；\d]{0,20}?(?:办理结果|已?办结|答复|办理)[^，。；\d]{0,10}?(\d+)件?[，、；\s]*[^。；\d]{0,8}?(?:结转下?年?度?继续办理|结转下年|结转下一?年度?)[^，。；\d]{0,10}?(\d+)"
)


def carried_over(line: Line, _: Desk) -> Iterator[Hit]:
    """本年新收 + 上年结转 = 总计 (= 办理结果 + 结转下年)."""
    for match in CARRY.finditer(line.text):
        new, old, whole = map(int, match.groups())
        if new + old != whole:
            what = f"本年新收{new}与上年结转{old}相加是{new + old}，写成了{whole}"
            yield Hit(*match.span(3), what)
    for match in CARRY_ON.finditer(line.text):
        new, old, done, left = map(int, match.groups())
        if new + old != done + left:
            what = f"本年新收与上年结转共{new + old}，办理结果与结转下年共{done + left}，不勾稽"
            yield Hit(*match.span(), what)


DIGIT = tuple("0123456789")
LINE_CHECKS = (
    LineCheck("N13", totals, ("其中", "合计", "总计", "共", "累计", "总")),
    LineCheck("N14", carried_over, ("本年新收",)),
)
TEXT_CHECKS = (TextCheck("N14", table_footing, ("合计", "总计", "小计", "总数")),)
