"""Words and characters: repeats, idioms, look-alikes, broken lines (T)."""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator, Mapping
from functools import lru_cache

from ahocorasick_rs import AhoCorasick, MatchKind

from workflow.proofreading.checks import Desk, LineCheck, TextCheck
from workflow.proofreading.everyday import MAY_BE_CUT, NOT_SAID_TWICE, OFTEN_SAID
from workflow.proofreading.findings import Hit
from workflow.proofreading.text import CYRILLIC, LOOKALIKE, SPACES, Kind, Line, fold
from workflow.proofreading.traditional import SIMPLE, VARIANT

REPEATED, REPEATED_3, REPEATED_4, REPEATED_6 = (
    re.compile(rf"([\u4e00-\u9fff]{{{size}}})\1") for size in (2, 3, 4, 6)
)
MAY_REPEAT = re.compile(
    r"暖和|热闹|高兴|凉快|轻松|热乎|痛快|舒服|明白|清楚|意思|指点|开导|合计合计|研究|讨论|商量|考虑|了解|学习|宣传|锻炼|休息|打听|打扫|收拾|活动|交流|合计|琢磨|帮助|照顾|参观|体验|感受|放松"
    r"|(?![随有沿朝本趁凭意])[\u4e00-\u9fff]着|[能可是要会肯好对行该敢愿]不|很.|大片|大块|大把|大口|成片|老远|老长|老高|碧蓝|瓦蓝|湛蓝|翠绿|碧绿|墨绿|雪白|乌黑|漆黑|通红|火红|鲜红|金黄|蜡黄|焦黄|滚烫|冰凉|滚圆|笔直|香甜|喷香|好多|如何|过奖|请坐|请进|别急|不急|恭喜|佩服|抱歉|总结|比较|侍弄|吓唬|敲打|提醒|溜达|张罗|拾掇|比划|比试|尝试|寒暄|唠叨|念叨|走动|转悠|磨合|调剂|清点|打磨|打理|归置|晾晒|对照|对比|嘱咐|盘算|掂量|摆弄|鼓捣|热络|呼哧|扑通|咕咚|哐当|吱呀|叮当|咕嘟|哼哧|扑哧|咔嚓|吧嗒|扑棱|嘎吱|哎哟|呜哇|稀里"
    r"|[一逐].|许多|非常|特别|二〇|零.|.零|某某|哈哈|不断|好好|看看|多多|试试|走走|说说|想想|谢谢|慢慢|来来|去去|往往|渐渐|天天|人人|年年|处处|大大|小小|红红|绿绿|加油|快点|永远|很久|一点|左右|轰隆|滴答|哗啦|呼噜|爷爷|奶奶|爸爸|妈妈|宝宝|太太|公公|婆婆|[叮咚咯吱嘀嗒喳喔汪喵咩]."
)
ENDS_AND_BEGINS = re.compile(
    "组织组织生活|项目项目(?:[总副]?经理|常务|负责|法人|业主|部|总监|资金|管理)|社区社区(?:居|书记|党|民警|医|工作者|卫生)"
    "|学校学校(?:食堂|周边)|单位单位(?:负责|法人)|企业企业(?:负责|法人|主)|部门部门(?:负责|预算|决算)"
)
"""A name ends in a word that the next begins with."""
CHINESE_DIGITS = frozenset("〇零一二三四五六七八九十百千万亿双")
COMMON = tuple(OFTEN_SAID.split())
FUNCTION = "在与及为将被从向以于或并把由对地得和了的是而也就都"
AABB_FIRST = frozenset(
    "家老大小人天年时处事件户村层步环点多常高深好看听说走满轻慢快早晚久细真清明白多"
)
NATURAL = frozenset(
    "人天年月日家层环处时事件户村步点多常高深好看听说走满轻慢快早晚久细清明慌忙匆洋暖冷热红绿蓝白黑大小长短宽厚薄圆方奶爷爸妈姐妹哥弟叔伯姑舅公婆宝娃太星条道个种次"
)
DOUBLED = re.compile(
    "|".join(
        f"(?<!{w[0]}){w[0]}{w}"
        for w in COMMON
        if w[0]
        not in NATURAL
        | set(FUNCTION)
        | set("党解会信产学农政群社文环问情单部部农村民组工")
    )
)
TAIL_DOUBLED = re.compile(
    "|".join(
        f"{w}{w[1]}(?![{w[1]}一-龥])|{w}{w[1]}(?=[，。、；了的和与在对及各全本我])"
        for w in COMMON
        if w[1] not in NATURAL | set(FUNCTION) | set("作务力动用行员料学法理")
    )
)


def repeated_words(desk: Desk) -> Iterator[Hit]:
    """会议会议: the same word twice, reduplication of verbs and names excepted."""
    text = desk.document.folded
    for pattern in (REPEATED, REPEATED_3, REPEATED_4, REPEATED_6):
        for match in pattern.finditer(text):
            word = match.group(1)
            if not _may_repeat(word, text, match):
                yield Hit(*match.span(), f"“{word}”重复", (word,), sure=True)


def doubled_letters(line: Line, desk: Desk) -> Iterator[Hit]:
    """加加强: one character of a common word twice."""
    ends = desk.tables.lists["word_ends"]
    for pattern in (DOUBLED, TAIL_DOUBLED):
        for match in pattern.finditer(line.text):
            words = match.group()
            if _is_joint(line.text, match.start(), words, ends):
                continue
            once = words[1:] if words[0] == words[1] else words[:-1]
            yield Hit(*match.span(), f"“{words}”有一字重复", (once,), sure=True)


def _is_joint(text: str, start: int, words: str, ends: tuple[str, ...]) -> bool:
    """投资资金: the first letter ends the word before; 切切实实 is said so."""
    first, second, third = tuple(words)
    before, after = text[start - 1 : start], text[start + 3 : start + 4]
    if first != second:
        return before == first
    return after == third or (bool(before) and before + first in ends)


def _may_repeat(word: str, text: str, match: re.Match[str]) -> bool:
    if len(set(word)) == 1 or MAY_REPEAT.fullmatch(word):
        return True
    before, behind = text[match.start() - 1 : match.start()], text[match.end() :][:1]
    inside = "\u4e00" <= before <= "\u9fff" and "\u4e00" <= behind <= "\u9fff"
    if len(word) == 2 and inside and word not in WORDS:
        return True
    if ENDS_AND_BEGINS.match(text, match.start()) or before in {"再", "该"}:
        return True
    if any(letter in CHINESE_DIGITS for letter in word):
        return True
    after = text[match.end() : match.end() + 1]
    return len(word) == 2 and after in {"地", "看"} and text[match.start() - 1] != "的"


@lru_cache(maxsize=4)
def _idiom_index(
    idioms: tuple[str, ...], twins: tuple[str, ...]
) -> tuple[Mapping[str, tuple[str, ...]], frozenset[str], AhoCorasick]:
    index: dict[str, list[str]] = {}
    for idiom in idioms:
        if len(idiom) == 4:
            index.setdefault("<" + idiom[:2], []).append(idiom)
            index.setdefault(">" + idiom[2:], []).append(idiom)
    halves = sorted({key[1:] for key in index})
    frozen = {key: tuple(found) for key, found in index.items()}
    return (
        frozen,
        frozenset((*idioms, *twins)),
        AhoCorasick(halves, matchkind=MatchKind.Standard),
    )


def idioms(desk: Desk) -> Iterator[Hit]:
    """A set phrase of four with one character wrong."""
    lists = desk.tables.lists
    index, known, halves = _idiom_index(lists["idioms"], lists["idiom_twins"])
    text, reported = desk.document.folded, -1
    for _, place, end in halves.find_matches_as_indexes(text, overlapping=True):
        half = text[place:end]
        for sign, start in (("<", place), (">", place - 2)):
            said = text[start : start + 4] if start >= 0 else ""
            right = _one_off(said, index.get(sign + half, ()), desk.tables.alike)
            if not right or start <= reported or _is_shown(text, start, right):
                continue
            if not _holds_known(text, start, known):
                reported = start
                what = f"成语“{right}”写成了“{said}”"
                yield Hit(start, start + 4, what, (right,), sure=True)


def _is_shown(text: str, start: int, right: str) -> bool:
    """把“草菅人命”印成“草管人命”: the slip is quoted beside what is right."""
    quoted = text[start - 1 : start] == "“" and text[start + 4 : start + 5] == "”"
    return quoted and f"“{right}”" in text


def _holds_known(text: str, start: int, known: frozenset[str]) -> bool:
    return any(text[s : s + 4] in known for s in range(max(0, start - 3), start + 4))


def _one_off(
    said: str, candidates: tuple[str, ...], alike: Mapping[str, frozenset[str]]
) -> str:
    """The idiom meant: a slip sounds or looks like the right character.

    Any other character makes another phrase: 截然不同 is no slip for 迥然不同.
    """
    if len(said) < 4 or not all("\u4e00" <= letter <= "\u9fff" for letter in said):
        return ""
    for right in candidates:
        apart = [(a, b) for a, b in zip(said, right, strict=True) if a != b]
        if len(apart) == 1 and apart[0][0] in alike.get(apart[0][1], frozenset()):
            return right
    return ""


def traditional(desk: Desk) -> Iterator[Hit]:
    """Traditional and variant characters; names of people are left alone."""
    text = desk.document.folded
    if not SIMPLE.keys() & set(text):
        return
    for match in VARIANT.finditer(text):
        right = "".join(SIMPLE[letter] for letter in match.group())
        what = f"“{match.group()}”是繁体字或异体字，应写“{right}”"
        yield Hit(*match.span(), what, (right,), sure=True)


def lookalikes(desk: Desk) -> Iterator[Hit]:
    """Code points that only look like characters, and hidden ones."""
    if desk.document.given == desk.document.folded:
        return
    for match in HIDDEN.finditer(desk.document.given):
        if match.group() == "\ufeff" and match.start() == 0:
            continue
        right = fold(match.group())[0]
        what = _told(match.group())
        yield Hit(*match.span(), what, (right,), sure=True, as_given=True)


HIDDEN = re.compile(f"(?:{LOOKALIKE.pattern})+")


def _told(letters: str) -> str:
    codes = "、".join(f"U+{ord(letter):04X}" for letter in letters[:3])
    if SPACES.match(letters):
        return f"这里是不间断空格等特殊空白（{codes}），应删去或改为普通空格"
    if letters.translate(CYRILLIC) != letters:
        return f"“{letters}”是外文字母冒充的拉丁字母（{codes}）"
    if fold(letters)[0]:
        return f"“{letters}”不是汉字本身，是形似的部首码位（{codes}）"
    return f"这里有看不见的隐藏字符（{codes}），应删去"


ENDS_OPEN = re.compile(r"[\u4e00-\u9fff]\s*$")
STARTS_OPEN = re.compile(r"\s*[\u4e00-\u9fff]")
BROKEN_WORDS = frozenset(MAY_BE_CUT.split())

WORDS = BROKEN_WORDS | frozenset((*COMMON, *NOT_SAID_TWICE.split()))


def broken_line(desk: Desk) -> Iterator[Hit]:
    """A paragraph that goes on in the next line, as pasted from PDF or Word."""
    lines = desk.document.lines
    for line, after in itertools.pairwise(lines):
        if _goes_on(line, after):
            end = after.start + len(after.text) - len(after.text.lstrip())
            start = line.start + len(line.text.rstrip())
            yield Hit(start - 1, end + 1, "段落在词语中间断开，应当接成一段")


def _goes_on(line: Line, after: Line) -> bool:
    flowing = (Kind.BODY, Kind.TITLE, Kind.HEADING)
    if line.kind not in flowing or after.kind not in (Kind.BODY, Kind.SIGNATURE):
        return False
    if not (ENDS_OPEN.search(line.text) and STARTS_OPEN.match(after.text)):
        return False
    head, tail = line.text.strip(), after.text.strip()
    joint = head[-1] + tail[0]
    splits = joint in BROKEN_WORDS and tail[:2] not in BROKEN_WORDS
    if splits and (head[-2:] not in BROKEN_WORDS or "，" in head):
        return True
    is_prose = bool(re.search(r"[，。；]", head)) and line.kind is not Kind.TITLE
    return is_prose and len(head) > 20 and after.kind is Kind.BODY and _is_prose(tail)


def _is_prose(text: str) -> bool:
    return text[-1] in "。；！？”" or len(text) > 40


def stray_letter(line: Line, _: Desk) -> Iterator[Hit]:
    """□, ?? or a lone letter between Chinese characters."""
    for match in STRAY.finditer(line.text):
        if not CHECK_BOX.search(line.text):
            what = f"“{match.group()}”像是乱码或丢字的残留"
            yield Hit(*match.span(), what)


STRAY = re.compile(
    r"(?<=[\u4e00-\u9fff，、])[□■▯▢◻☐]+(?=[\u4e00-\u9fff，。、；])|(?<=[\u4e00-\u9fff])[?？]{2,}(?=[\u4e00-\u9fff])"
    r"|(?<=[\u4e00-\u9fff])(?<!素)[a-df-hj-ln-wyz](?=[\u4e00-\u9fff])(?![倍次个种维级型轴区栋座点类班线层列值位])|(?<=[\u4e00-\u9fff])[\ufffd¿¤§¶†‡]+"
    r"|(?<=[\u4e00-\u9fff])(?:[\u00aa-\u00af\u00b5\u00b6\u00b8-\u00d6\u00d8-\u00f6\u00f8-\u00ff]{2,})|\\u[0-9a-f]{4}|(?:%[0-9A-F]{2}){3,}|&#\d{2,5};|(?<=[\u4e00-\u9fff])[ÃÂ¢£¥€][\u0080-\u00ff]|</?(?:p|div|span|font|td|tr|o:p)(?:\s[^>]*)?>|<br\s*/?>"
)
CHECK_BOX = re.compile(r"□[是否有无男女已未同不]|[是否有无男女]□|[□☐■].{0,6}[□☐■]")

LINE_CHECKS = (
    LineCheck(
        "T04",
        doubled_letters,
        tuple(w for word in COMMON for w in (word[0] + word, word + word[1])),
    ),
    LineCheck(
        "T29",
        stray_letter,
        (*"□■▯▢◻☐?？\ufffd¿¤§¶†‡\\%&<ÃÂâäåæçéèï", *"abcdfghjklnopqrstuvwyz"),
    ),
)
TEXT_CHECKS = (
    TextCheck("T04", repeated_words),
    TextCheck("T21", idioms),
    TextCheck("T26", traditional),
    TextCheck("T27", lookalikes),
    TextCheck("T28", broken_line),
)
