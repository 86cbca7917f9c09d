"""Numbers that must agree: totals and parts, shares, growth, amounts in words (N)."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from decimal import Decimal
from itertools import combinations

from workflow.proofreading.checks import Desk, LineCheck, TextCheck
from workflow.proofreading.findings import Hit, Severity
from workflow.proofreading.numerals import Amount, amounts, capital_amount, plain
from workflow.proofreading.text import Kind, Line, sentences

OPEN_LIST = re.compile(
    r"包括|主要|包含|含|比如|例如|如[：:]|等(?=[，。；、]|$|\d|\w{0,4}$)|重点|仅|最|尤其|部分|分别新增|新增|较上年|同比|环比|比上年"
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
    parts = [a for a in amounts(_flat(after)) if a.unit == whole.unit]
    return _judge(sentence, whole, base, parts, after)


def _flat(text: str) -> str:
    return re.sub(r"[（(][^（）()]*[）)]", lambda m: "\u3000" * len(m.group()), text)


def _judge(
    sentence: str, whole: Amount, base: int, parts: Sequence[Amount], after: str
) -> Hit | None:
    summed = sum((part.value for part in parts), Decimal(0))
    slack = whole.step + sum((part.step for part in parts), Decimal(0))
    difference = summed - whole.value
    if not parts or abs(difference) <= slack:
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
    if summed * 2 < whole.value:
        return Hit(*span, what, severity=Severity.WARN) if len(parts) > 3 else None
    return Hit(*span, what)


def _is_complete_pair(after: str, whole: Amount, summed: Decimal) -> bool:
    if re.search(
        r"男.{0,12}女|女.{0,12}男|党员.{0,14}群众|已.{0,12}未|本年.{0,14}(?:上年|结转)|城镇.{0,14}农村|城市.{0,12}农村|本级.{0,16}上级|上级.{0,16}(?:本级|自筹)|主动公开.{0,20}依申请|线上.{0,14}线下",
        after,
    ):
        return True
    return summed * 10 >= whole.value * 9


TOTAL_AFTER = re.compile(r"(?:合计|总计|共计|累计|共)(?:[\u4e00-\u9fff]{0,6}?)(?=\d)")


def _listed_then_total(sentence: str) -> Hit | None:
    match = TOTAL_AFTER.search(sentence)
    if not match or "其中" in sentence or match.start() < 8:
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
    if (
        abs(summed - whole.value) <= slack
        or (len(parts) == 2
        and summed < whole.value / 2)
    ):
        return None
    what = f"合计是{plain(whole.value)}{whole.unit}，分项相加是{plain(summed)}{whole.unit}，对不上"
    return Hit(whole.start, whole.end, what)


def _is_list(head: str, parts: Sequence[Amount]) -> bool:
    gaps = [head[a.end : b.start] for a, b in zip(parts, parts[1:], strict=False)]
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
    return _judge(sentence, whole, 0, parts, inner)


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
        for place in heads:
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


RATE = re.compile(
    r"([\u4e00-\u9fff]{1,6}率|占比|占[\u4e00-\u9fff]{0,10}?)(?:分别)?(?:[为达是约]|达到|达到了|只有|仅为|仅|高达)?\s?(\d+(?:\.\d+)?)[%％]"
)
NO_SHARE = re.compile(
    r"增长率|满意率|知晓率|同比|环比|增幅|增速|自然|死亡率|利率|税率|费率|出生率|失业率|概率|汇率|收益率|发生率|占地|森林覆盖率|绿化率|贴息率|参保率目标"
)


def shares(line: Line, _: Desk) -> Iterator[Hit]:
    """总数A，已B，率c%: the share follows from the two figures."""
    for offset, sentence in sentences(line.text):
        for match in RATE.finditer(sentence):
            if wrong := _wrong_share(sentence, match):
                start, end = match.span(2)
                yield Hit(offset + start, offset + end + 1, wrong)


def _wrong_share(sentence: str, match: re.Match[str]) -> str:
    name, stated = match.group(1), Decimal(match.group(2))
    if NO_SHARE.search(name) or (len(RATE.findall(sentence)) > 1 and "占" in name):
        return ""
    before = amounts(sentence[: match.start()])
    if len(before) < 2:
        return ""
    units = Counter(a.unit for a in before)
    last = before[-1]
    same = [a for a in before if a.unit == last.unit]
    if units[last.unit] < 2 or not _is_about(name, sentence, same):
        return ""
    pairs = [(a.value, b.value) for a, b in combinations(same, 2)]
    ratios = [100 * min(p) / max(p) for p in pairs if max(p)]
    places = len(match.group(2).partition(".")[2])
    slack = Decimal("0.51") / 10**places
    if any(
        abs(ratio - stated) <= slack or abs(100 - ratio - stated) <= slack
        for ratio in ratios
    ):
        return ""
    right = ratios[-1] if len(same) > 2 else ratios[0]
    return (
        f"按文中两数核算应是{plain(right.quantize(Decimal('0.1')))}%，写成了{stated}%"
    )


def _is_about(name: str, sentence: str, same: Sequence[Amount]) -> bool:
    if len(same) > 3:
        return False
    stem = name.removesuffix("率")
    between = sentence[max(0, same[-1].start - 12) : same[-1].end + 4]
    return "占" in name or any(letter in between for letter in stem)


SHARE = re.compile(
    r"占(?:比|总[\u4e00-\u9fff]{1,4}的?|[\u4e00-\u9fff]{0,6}?)?(?:[为达约是]|分别为|到)?\s?(\d+(?:\.\d+)?)[%％]"
)
LISTED_SHARES = re.compile(
    r"分别[\u4e00-\u9fff]{0,8}?占[\u4e00-\u9fff]{0,6}?((?:\d+(?:\.\d+)?[%％][、，和与及]?){2,})|占比分别(?:为|是)((?:\d+(?:\.\d+)?[%％][、，和与及]?){2,})"
)


def shares_of_a_whole(line: Line, _: Desk) -> Iterator[Hit]:
    """占x% and 占y% of one whole add to 100%."""
    for offset, sentence in sentences(line.text):
        found = [
            (m.start(), m.end(), Decimal(m.group(1))) for m in SHARE.finditer(sentence)
        ]
        for match in LISTED_SHARES.finditer(sentence):
            listed = match.group(1) or match.group(2)
            numbers = re.findall(r"\d+(?:\.\d+)?", listed)
            found = [(match.start(), match.end(), Decimal(n)) for n in numbers]
        summed = sum((value for _, _, value in found), Decimal(0))
        if len(found) > 1 and _nearly_whole(summed, sentence):
            what = f"各部分占比相加是{plain(summed)}%，不是100%"
            yield Hit(offset + found[0][0], offset + found[-1][1], what)


def _nearly_whole(summed: Decimal, sentence: str) -> bool:
    if abs(summed - 100) <= Decimal("0.2") or re.search(
        "上年|去年|同期|比上|提高到|上升到|降至", sentence
    ):
        return False
    return Decimal(90) <= summed <= Decimal(112)


GROWTH = re.compile(
    r"(?:由|从)?(?:[\u4e00-\u9fff\d]{0,10}?的)?(\d[\d,]*(?:\.\d+)?)([万亿]?[\u4e00-\u9fff]{1,4}?)(?:，)?(?:增长|增加|提高|上升|减少|下降|提升|扩大|增|减|降低|降|升|发展|扩展|压减|缩减|回落|攀升)(?:到|至|为|到了)(?:今年的|现在的|目前的|20\d\d年的)?(\d[\d,]*(?:\.\d+)?)([万亿]?[\u4e00-\u9fff]{1,4}?)"
    r"[，,、（(]?(?:同比|年均|比上年|较上年|环比|共|累计|净|，)*(增长|增加|提高|上升|增幅|涨幅|减少|下降|降幅|提升|扩大|降低|压减|回落|增速|缩减)(?:率|幅度)?(?:了|为|达到?|约|近)*\s?(\d+(?:\.\d+)?)([%％]|倍|成)"
)
YEARS = re.compile(
    r"(?:上年|去年|20\d\d年)[^，。；\d]{0,12}(\d[\d,]*(?:\.\d+)?)([万亿]?[\u4e00-\u9fff]{1,3})，(?:今年|本年|20\d\d年)[^，。；\d]{0,12}?(\d[\d,]*(?:\.\d+)?)([万亿]?[\u4e00-\u9fff]{1,3})，(?:同比|比上年)?(增长|增加|上升|减少|下降|提高|降低)(?:了)?(\d+(?:\.\d+)?)([%％]|倍|成)"
)


def growth(line: Line, _: Desk) -> Iterator[Hit]:
    """由A增加到B，增长c%: the rate follows."""
    for match in (*GROWTH.finditer(line.text), *YEARS.finditer(line.text)):
        before, unit, after, unit_after, _way, rate, sign = match.groups()
        first, last = (Decimal(n.replace(",", "")) for n in (before, after))
        if not first or (unit[:1] != unit_after[:1] and unit_after != unit):
            continue
        change = abs(last - first) / first * {"倍": 1, "成": 10}.get(sign, 100)
        places = len(rate.partition(".")[2])
        if abs(change - Decimal(rate)) > Decimal("0.51") / 10**places:
            what = f"由{before}到{after}，增减幅核算应是{plain(change.quantize(Decimal('0.1')))}{sign}，写成了{rate}{sign}"
            yield Hit(*match.span(6), what)


POINTS = re.compile(
    r"(?:由|从)[^，。；\d]{0,12}(\d+(?:\.\d+)?)[%％][^，。；\d]{0,4}?(?:提高|增长|上升|下降|增加|提升|降低|降|升|回落)(?:到|至|为|到了)[^，。；\d]{0,8}?(\d+(?:\.\d+)?)[%％][，,、（(]?[^，。；\d]{0,8}?(?:提高|增长|上升|下降|增加|提升|降低|回落|增幅|降幅|升高|减少)(?:了|为|达|近|约)*\s?(\d+(?:\.\d+)?[%％])(?!个?百分点)"
)
POINTS_AGO = re.compile(
    r"(?:率|占比|比重|满意度|知晓度)[^，。；\d]{0,6}(\d+(?:\.\d+)?)[%％][，,]?[^，。；\d]{0,3}(?:同比|比上年|较上年|比去年|较去年|比20\d\d年|较20\d\d年|环比|比年初|较年初|较上月|比上季度)(?:同期)?(?:的\d+(?:\.\d+)?[%％])?(?:提高|上升|下降|提升|增加|降低|回落|增长)(?:了)?(\d+(?:\.\d+)?[%％])"
)


def percentage_points(line: Line, _: Desk) -> Iterator[Hit]:
    """由95%提高到98% is 3 percentage points, not 3%."""
    for match in POINTS.finditer(line.text):
        first, last, change = match.group(1), match.group(2), match.group(3)
        stated = Decimal(change.rstrip("%％"))
        difference = abs(Decimal(last) - Decimal(first))
        relative = difference / Decimal(first) * 100 if Decimal(first) else difference
        if abs(relative - stated) > Decimal("0.06") or difference == stated:
            put = f"{plain(difference)}个百分点"
            yield Hit(*match.span(3), "两个百分数相减，差用“百分点”", (put,))
    for match in POINTS_AGO.finditer(line.text):
        put = match.group(2).rstrip("%％") + "个百分点"
        yield Hit(*match.span(2), "比率的升降用“百分点”", (put,))


CAPITALS = r"[壹贰叁肆伍陆柒捌玖拾佰仟零一二三四五六七八九十百千万亿萬]+[元圆](?:[壹贰叁肆伍陆柒捌玖零]角)?(?:[壹贰叁肆伍陆柒捌玖零]分)?[整正]?"
WORDS_FIRST = re.compile(
    rf"({CAPITALS})\s?[，、]?[（(]?(?:小写)?[：:]?\s?(?:人民币)?[¥￥]?\s?(\d[\d,]*(?:\.\d+)?)\s?([万亿]?)元?"
)
DIGITS_FIRST = re.compile(
    rf"[¥￥]?\s?(\d[\d,]*(?:\.\d+)?)\s?([万亿]?)元?[）)]?\s?[，、]?[（(]?(?:人民币)?(?:大写)?(?:金额)?[：:]?\s?(?:人民币)?[：:]?({CAPITALS})"
)


def amount_in_words(line: Line, _: Desk) -> Iterator[Hit]:
    """An amount in words and in digits is one amount."""
    if not re.search(r"[壹贰叁肆伍陆柒捌玖拾佰仟元圆]", line.text):
        return
    found = [
        (m, m.group(1), m.group(2), m.group(3)) for m in WORDS_FIRST.finditer(line.text)
    ]
    found += [
        (m, m.group(3), m.group(1), m.group(2))
        for m in DIGITS_FIRST.finditer(line.text)
    ]
    for match, words, digits, myriad in found:
        value = capital_amount(words)
        number = Decimal(digits.replace(",", "")) * {"万": 10**4, "亿": 10**8}.get(
            myriad, 1
        )
        joined = re.search(r"[¥￥（(]|小写|大写", match.group())
        if joined and value is not None and value != number:
            yield Hit(
                *match.span(),
                f"大写是{plain(value)}元，小写是{plain(number)}元，不一致",
            )


DIGIT = tuple("0123456789")
LINE_CHECKS = (
    LineCheck("N13", totals, ("其中", "合计", "总计", "共", "累计", "总")),
    LineCheck("N14", carried_over, ("本年新收",)),
    LineCheck("N15", shares, ("率", "占")),
    LineCheck("N16", shares_of_a_whole, ("占",)),
    LineCheck("N17", growth, ("%", "％", "倍", "成")),
    LineCheck("N10", percentage_points, ("%", "％")),
    LineCheck(
        "N21",
        amount_in_words,
        ("¥", "￥", "大写", "小写", "元整", "圆整", "元（", "元(", "万元（"),
    ),
)
TEXT_CHECKS = (TextCheck("N14", table_footing, ("合计", "总计", "小计", "总数")),)
