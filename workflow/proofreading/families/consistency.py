"""The same fact said twice: headline and body, figures, those who came (N06, N18, A10, A11)."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal

from workflow.proofreading.checks import Desk, LineCheck, TextCheck
from workflow.proofreading.findings import Hit
from workflow.proofreading.numerals import UNIT, Amount, amounts, plain
from workflow.proofreading.text import Kind, Line, sentences

APPROXIMATE = re.compile(
    r"(?<![\d.第、])(\d)、(\d)(?=(?:十|百|千|万)?(?:多|来)?(?:户|个|人|名|天|次|里|斤|亩|岁|条|件|处|家|台|辆|头|元|分钟|小时|公里|米|吨|年(?![级度])|倍|成|棵|间|趟|公斤|只|万|千|百|十|位|遍|袋|桌|周|场))"
)
CN_DIGITS = "〇一二三四五六七八九"


def approximate_digits(line: Line, _: Desk) -> Iterator[Hit]:
    """3、4户 is an approximate number and is written 三四户."""
    for match in APPROXIMATE.finditer(line.text):
        first, second = int(match.group(1)), int(match.group(2))
        if (
            second - first == 1
            and first
            and not re.search(r"(?:第|编号|序号|\d号?)$", line.text[: match.start()])
        ):
            right = CN_DIGITS[first] + CN_DIGITS[second]
            yield Hit(*match.span(), f"约数用汉字，写“{right}”", (right,), sure=True)


@dataclass(frozen=True, slots=True)
class Fact:
    """A figure with the words that say what it counts, and its scope."""

    key: str
    amount: Amount
    start: int
    scope: frozenset[str]
    said: str


def _are_kinds(one: Fact, other: Fact) -> bool:
    """基层医疗卫生机构 and 专业公共卫生机构 in one sentence are two kinds."""
    kinds = (one.said.removesuffix(one.key), other.said.removesuffix(other.key))
    return one.start == other.start and len(set(kinds)) > 1 and all(kinds)


SCOPE = re.compile(
    r"(?:19|20)\d{2}年(?:度)?|\d{1,2}月|[上下]半年|[一二三四]季度|城[市镇]|农村|个人|班子|去年|上年|今年|本月|本周|上月|[\u4e00-\u9fff]{2}村|同期|目标|计划|力争|预计|上级|全[国省市县]|[一二三四五六七八九十]组|“十[\u4e00-\u9fff]五”|其中|累计|当日|当天|第[一二三四五六七八九十]批"
)
STRIP = re.compile(
    r"(?:共计|共|总计|累计|合计|达到|达|约|近|为|了|有|超|已|完成|分别|总数|数量|数|是|：)+$"
)
KEYED = re.compile(
    r"信息|公开|依申请|申请|户籍|人口|总人口|面积|耕地|总投资|投资|低保|五保|党员|脱贫|行政村|受理|办结|公示|投诉|工单|件|参会|培训|覆盖|收入|产值|发放|走访|排查|隐患|整改|办理|发布|更新|资金|路灯|水渠|道路|管网|面积|惠及|受益"
)


def same_fact(desk: Desk) -> Iterator[Hit]:
    """One fact has one value in a text."""
    seen: dict[tuple[str, str, frozenset[str]], Fact] = {}
    for line in desk.document.lines:
        if line.kind is Kind.ROW:
            continue
        for fact in _facts(line):
            place = (fact.key, fact.amount.unit, fact.scope)
            before = seen.setdefault(place, fact)
            if before.amount.value != fact.amount.value and not _are_kinds(
                before, fact
            ):
                start = fact.start + fact.amount.start
                what = f"同一事实“{fact.key}”前面是{plain(before.amount.value)}，这里是{plain(fact.amount.value)}"
                yield Hit(start, fact.start + fact.amount.end, what)
    yield from _front_and_back(desk)


def _facts(line: Line) -> Iterator[Fact]:
    for offset, sentence in sentences(line.text):
        if re.search(
            r"增加|增长|减少|下降|提高到|调整为|新增|由.{1,12}到|从.{1,12}到", sentence
        ):
            continue
        for amount in amounts(sentence):
            head = STRIP.sub("", sentence[max(0, amount.start - 16) : amount.start])
            core = NOT_KEY.split(head)[-1]
            said = core if len(core) > 2 else head
            key = re.search(r"([\u4e00-\u9fff]{3,6})$", said)
            if key and _tells_one_thing(key.group(1), sentence):
                scope = frozenset(
                    SCOPE.findall(re.split(r"[；]", sentence)[0][: amount.start])
                )
                told = key.group(1)[-4:], amount, line.start + offset, scope - ANY_TIME
                yield Fact(*told, said)


NOT_KEY = re.compile(r"[^\u4e00-\u9fff]|有|(?<!公)共有?|全[镇村年]|[我本]镇|今年|已")
ANY_TIME = frozenset({"累计", "今年"})
WHOLE = re.compile(r"全[镇村县区市年部]|(?<!公)共|我镇|本镇")
EACH = re.compile(r"每|超过|标准|起付|比例|各|低于|不少于|以上")


LIMIT = re.compile("(?:不少于|不低于|不超过|超过|至少)$")


def _tells_one_thing(key: str, sentence: str) -> bool:
    """Whether such a figure can have one value only: known kinds, or of the whole."""
    if LIMIT.search(key):
        return False
    if len(key) > 3 and KEYED.search(key):
        return True
    return bool(WHOLE.search(sentence)) and not EACH.search(key)


def _front_and_back(desk: Desk) -> Iterator[Hit]:
    match = re.search(
        rf"前文[^，。；\d]{{0,12}}(\d[\d.,]*)\s?({UNIT})[，、；]?后文[^，。；\d]{{0,12}}(\d[\d.,]*)\s?\2",
        desk.document.folded,
    )
    if match and match.group(1) != match.group(3):
        yield Hit(*match.span(), "同一事实前后两个数不一致")


def headline_facts(desk: Desk) -> Iterator[Hit]:
    """Figures and dates of the headline stand in the body."""
    lines = desk.document.lines
    told = TOLD_APART.search(desk.document.folded)
    if told and told.group(1) != told.group(3):
        yield Hit(*told.span(), "标题与正文的数不一致")
    if len(lines) < 2 or lines[0].kind is not Kind.TITLE:
        return
    title, body = lines[0], "\n".join(line.text for line in lines[1:])
    if not title.text.rstrip().endswith("。"):
        yield from _headline_figures(title, body)
        yield from _headline_day(title, body)


TOLD_APART = re.compile(
    rf"标题[^，。；\d]{{0,8}}(\d+)\s?({UNIT})[，、；]?正文[^，。；\d]{{0,8}}(\d+)\s?\2"
)


def _headline_figures(title: Line, body: str) -> Iterator[Hit]:
    for amount in amounts(title.text):
        same = [a for a in amounts(body) if a.unit == amount.unit]
        values = {a.value for a in same} | {sum((a.value for a in same), Decimal(0))}
        if (
            amount.unit in {"天", "次", "年", "月"}
            or not same
            or amount.value in values
        ):
            continue
        if not _is_rounded(title.text, amount, same):
            what = f"标题写{plain(amount.value)}{amount.unit}，正文没有这个数"
            yield Hit(title.start + amount.start, title.start + amount.end, what)


def _is_rounded(text: str, amount: Amount, same: Sequence[Amount]) -> bool:
    if re.search(
        r"余|多|近|超|约|破|逾", text[max(0, amount.start - 2) : amount.end + 1]
    ):
        return True
    return amount.step > 0 and any(
        abs(a.value - amount.value) <= amount.step for a in same
    )


def _headline_day(title: Line, body: str) -> Iterator[Hit]:
    for match in re.finditer(r"(\d{1,2})月(\d{1,2})日", title.text):
        days = re.findall(r"\d{1,2}月\d{1,2}日", body)
        if days and match.group() not in days and len(set(days)) == 1:
            yield Hit(
                title.start + match.start(),
                title.start + match.end(),
                f"标题写{match.group()}，正文写{days[0]}",
            )


EXPECTED = re.compile(
    r"(?:应到|应参会|应出席|应参加|应参训|应参评)(?:代表|委员|会|党员|人数|人员|会议|会人员|社员)*(?:为|是|共)?\s?(\d+)\s?[人名位][^。；\d]{0,16}?(?:实到|实际到会|实际参会|实参会|到会|出席|实际出席|实际参加|参加|实际参训|参会|参训|参评)(?:代表|委员|会|党员|人数|人员|会议)*(?:为|是|共)?\s?(\d+)\s?[人名位]"
)
ABSENT = re.compile(
    r"[^。；]{0,30}?(?:请假|缺席|缺勤|未到|未参会|缺会)(?:的)?(?:人数|人员|为|有|共|代表|党员)*\s?(\d+)\s?[人名位]"
)
SENT = re.compile(
    r"(?:发放|发出|共发)(?:调查)?(?:问卷|表|选票|测评表|征求意见表|选民证)?[^。；\d]{0,8}?(\d+)\s?([份张])[^。；\d]{0,12}?(?:收回|回收)(?:有效)?(?:问卷|表|选票)?[^。；\d]{0,6}?(\d+)\s?[份张]"
)
VOTES = re.compile(
    r"(?:参加|参与)?(?:投票|表决|测评)(?:人数|的)?[^。；\d]{0,6}?(\d+)\s?人[^。；\d]{0,8}?(?:同意|赞成)[^。；\d]{0,4}?(\d+)\s?[票人]"
)
HOST = re.compile(
    r"(?:由)?([\u4e00-\u9fff]{2,4}?)(?:同志)?主持(?:会议|召开|了会议|本次会议)?"
)
AWAY = r"(?:同志)?[^，。；]{0,10}(?:请假|缺席|未(?:能)?(?:参加|出席|到会)|没有(?:参加|出席)|外出(?:学习|开会|培训))"


def attendance(line: Line, _: Desk) -> Iterator[Hit]:
    """Those who came are not more than those who were called."""
    for match in EXPECTED.finditer(line.text):
        called, came = int(match.group(1)), int(match.group(2))
        if came > called:
            yield Hit(*match.span(), f"应到{called}人，实到{came}人，实到多于应到")
        elif (away := ABSENT.match(line.text, match.end())) and came + int(
            away.group(1)
        ) != called:
            yield Hit(
                match.start(),
                away.end(),
                f"实到{came}人与请假缺席{away.group(1)}人相加不是应到{called}人",
            )
    for pattern, word in ((SENT, "收回多于发出"), (VOTES, "同意票多于投票人数")):
        for match in pattern.finditer(line.text):
            numbers = [int(n) for n in match.groups() if n.isdigit()]
            if numbers[-1] > numbers[0]:
                yield Hit(*match.span(), f"{numbers[0]}与{numbers[-1]}不合，{word}")
    if "主持" in line.text:
        yield from _absent_host(line)


def _absent_host(line: Line) -> Iterator[Hit]:
    for match in HOST.finditer(line.text):
        for size in (3, 2):
            name = match.group(1)[-size:]
            if len(name) == size and (
                away := re.search(re.escape(name) + AWAY, line.text[match.end() :])
            ):
                start = match.end() + away.start()
                yield Hit(start, match.end() + away.end(), f"“{name}”既主持会议又缺席")
                break


LINE_CHECKS = (
    LineCheck("N06", approximate_digits, tuple(f"{n}、{n + 1}" for n in range(1, 9))),
    LineCheck(
        "A11",
        attendance,
        (
            "应到",
            "应参会",
            "应出席",
            "应参加",
            "应参训",
            "发放",
            "发出",
            "投票",
            "表决",
            "主持",
            "共发",
            "测评",
        ),
    ),
)
TEXT_CHECKS = (
    TextCheck("N18", same_fact, tuple("0123456789")),
    TextCheck("A10", headline_facts, tuple("0123456789")),
)
