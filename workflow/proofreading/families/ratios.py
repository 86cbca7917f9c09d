"""Shares, growth and amounts in words (N10, N15-N17, N21)."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from decimal import Decimal
from itertools import combinations

from workflow.proofreading.checks import Desk, LineCheck, TextCheck
from workflow.proofreading.findings import Hit
from workflow.proofreading.numerals import Amount, amounts, capital_amount, plain
from workflow.proofreading.text import Line, sentences

RATE = re.compile(
    r"([\u4e00-\u9fff]{1,6}率|占比|占[\u4e00-\u9fff]{0,10}?)(?:分别)?(?:[为达是约]|达到|达到了|只有|仅为|仅|高达)?\s?(\d+(?:\.\d+)?)[%％]"
)


NO_SHARE = re.compile(
    r"溢价率|增值率|升值率|降幅|涨幅|增长率|满意率|知晓率|同比|环比|增幅|增速|自然|死亡率|利率|税率|费率|出生率|失业率|概率|汇率|收益率|发生率|占地|森林覆盖率|绿化率|贴息率|参保率目标"
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
    if len(before) < 2 or _is_apart(name, sentence[: match.start()], before[-1].end):
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


BOUND = re.compile(
    r"(?:不足|不满|超过|少于)[^，。；\d]{0,2}\d[^，。；]{0,8}(?:但|且|或|并)$"
)
ELSEWHERE = re.compile("生产总值|GDP|财政[收支][入出]|户籍人口|常住人口")


def _is_apart(name: str, before: str, figures_end: int) -> bool:
    """Whether the share is of something else than the figures before it.

    其中 begins the share of a third thing; 不足20人但占职工总数10% sets two limits;
    国内生产总值 was not among the figures.
    """
    whole = ELSEWHERE.search(name)
    return (
        "其中" in before[figures_end:]
        or bool(BOUND.search(before))
        or bool(whole and whole.group() not in before)
    )


def _is_about(name: str, sentence: str, same: Sequence[Amount]) -> bool:
    if len(same) > 3:
        return False
    stem = name.removesuffix("率")
    between = sentence[max(0, same[-1].start - 12) : same[-1].end + 4]
    return "占" in name or any(letter in between for letter in stem)


SHARE = re.compile(
    r"(?:占(?P<of>比|总[\u4e00-\u9fff]{1,4}的?|[\u4e00-\u9fff]{0,6}?)?(?:[为达约是]|分别为|到)?|其余(?!的?[^，。；\d]{0,6}占)[^，。；\d]{0,6})\s?(?P<rate>\d+(?:\.\d+)?)[%％]"
)
MANY_ANSWERS = re.compile("(?:反映|选择|认为|希望|担心)[^，。；]{0,12}占|多选|可重复")
"""One who is asked may name several."""


LISTED_SHARES = re.compile(
    r"分别[\u4e00-\u9fff]{0,8}?占[\u4e00-\u9fff]{0,6}?((?:\d+(?:\.\d+)?[%％][、，和与及]?){2,})|占比分别(?:为|是)((?:\d+(?:\.\d+)?[%％][、，和与及]?){2,})"
)


def shares_of_a_whole(line: Line, _: Desk) -> Iterator[Hit]:
    """占x% and 占y% of one whole add to 100%."""
    for offset, sentence in sentences(line.text):
        found = [
            (m.start(), m.end(), Decimal(m["rate"])) for m in _of_one_whole(sentence)
        ]
        for match in LISTED_SHARES.finditer(sentence):
            listed = match.group(1) or match.group(2)
            numbers = re.findall(r"\d+(?:\.\d+)?", listed)
            found = [(match.start(), match.end(), Decimal(n)) for n in numbers]
        summed = sum((value for _, _, value in found), Decimal(0))
        if len(found) > 1 and _nearly_whole(summed, sentence):
            what = f"各部分占比相加是{plain(summed)}%，不是100%"
            yield Hit(offset + found[0][0], offset + found[-1][1], what)


def _of_one_whole(sentence: str) -> Sequence[re.Match[str]]:
    """The shares of a sentence, unless they are shares of different wholes."""
    found = list(SHARE.finditer(sentence))
    named = {m["of"].strip("总的比") for m in found if m["of"]} - {""}
    shortest = min(named, key=len, default="")
    if any(shortest not in name for name in named) or MANY_ANSWERS.search(sentence):
        return ()
    return found


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


GROWN = (
    "去年",
    "上年",
    "今年",
    *(
        w + to
        for w in (
            "增长",
            "增加",
            "提高",
            "上升",
            "减少",
            "下降",
            "提升",
            "扩大",
            "降低",
            "发展",
            "扩展",
            "压减",
            "缩减",
            "回落",
            "攀升",
        )
        for to in "到至为"
    ),
    *(w + to for w in "增降减升" for to in "到至为"),
)
LINE_CHECKS: tuple[LineCheck, ...] = (
    LineCheck("N15", shares, ("率", "占")),
    LineCheck("N16", shares_of_a_whole, ("占",)),
    LineCheck("N17", growth, GROWN),
    LineCheck("N10", percentage_points, ("%", "％")),
    LineCheck(
        "N21",
        amount_in_words,
        ("¥", "￥", "大写", "小写", "元整", "圆整", "元（", "元(", "万元（"),
    ),
)

TEXT_CHECKS: tuple[TextCheck, ...] = ()
