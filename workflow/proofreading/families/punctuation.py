"""Marks: pairs, nesting, half width, ends of titles and paragraphs (P)."""

from __future__ import annotations

import re
from collections.abc import Iterator

from workflow.proofreading.checks import Desk, LineCheck, TextCheck, where
from workflow.proofreading.findings import Hit
from workflow.proofreading.text import SERIAL, TITLE_END, Kind, Line

FULL = dict(zip(",.;:?!()", "，。；：？！（）", strict=True))
HAN_OR_MARK = r"[\u4e00-\u9fff”’》〉）％]"
HALF = re.compile(
    rf"(?<={HAN_OR_MARK})[,;:?!](?![A-Za-z]:\\)|[,;:?!](?=[\u4e00-\u9fff“‘《（])"
    r"|(?<=[\u4e00-\u9fff”’》）])\.(?=[\u4e00-\u9fff“《]|\s*$|\s)(?!\.)|(?<=\d[%％])[,;]"
    r"|\((?=[^()]{0,40}[\u4e00-\u9fff])|(?<=[\u4e00-\u9fff])\((?=[^()]{1,40}\))"
)
HALF_CLOSING = re.compile(r"(?<=[\u4e00-\u9fff”》日号])\)")
MACHINE_WORDS = re.compile(
    r"https?:\S+|[A-Za-z0-9_\-.]+@[A-Za-z0-9_.\-]+|[^\s，。；：《》“”]+\.(?:docx?|xlsx?|pdf|jpe?g|png|zip|rar|wps|mp4)|<[^>]+>"
)
NAME_DOT = re.compile(r"[\u4e00-\u9fff]\.[\u4e00-\u9fff]")


def half_width(line: Line, _: Desk) -> Iterator[Hit]:
    """Half-width marks beside Chinese characters, machine words excepted."""
    text = line.text
    skipped = [m.span() for m in MACHINE_WORDS.finditer(text)]
    places = [m for p in (HALF, HALF_CLOSING) for m in p.finditer(text)]
    for match in places:
        at = match.start()
        if any(a <= at < b for a, b in skipped) or _is_serial_dot(text, at):
            continue
        right = FULL[match.group()]
        what = f"汉字旁的“{match.group()}”应当用全角“{right}”"
        yield Hit(at, at + 1, what, (right,))


def _is_serial_dot(text: str, at: int) -> bool:
    head = text[:at].strip()
    return (
        text[at] == "."
        and len(head) <= 3
        and bool(re.fullmatch(r"[一二三四五六七八九十]+", head))
    )


def full_width_digits(desk: Desk) -> Iterator[Hit]:
    """Full-width digits and letters; looked for in the text as it was given."""
    for match in FULL_WIDTH.finditer(desk.document.given):
        right = match.group().translate(HALF_WIDTH)
        what = f"数字、字母“{match.group()}”应当用半角"
        yield Hit(*match.span(), what, (right,), sure=True, as_given=True)


FULL_WIDTH = re.compile(r"[０-９Ａ-Ｚａ-ｚ]+(?:[．，／－]?[０-９Ａ-Ｚａ-ｚ]+)*％?")
HALF_WIDTH = {n: n - 0xFEE0 for n in range(0xFF01, 0xFF5F)}
PAIRS = {
    "《": "》",
    "〈": "〉",
    "“": "”",
    "‘": "’",
    "（": "）",
    "〔": "〕",
    "【": "】",
    "(": ")",
    "[": "]",
    "「": "」",
    "『": "』",
}
CLOSERS = {closing: opening for opening, closing in PAIRS.items()}
SAME = {"(": "（", ")": "）", "[": "〔", "]": "〕"}
MARKS = re.compile(r"[《》〈〉“”‘’（）〔〕【】()\[\]「」『』]")


def pairs(line: Line, desk: Desk) -> Iterator[Hit]:
    """Marks that open must close, in the same line."""
    stack: list[tuple[str, int]] = []
    for match in MARKS.finditer(line.text):
        mark, at = SAME.get(match.group(), match.group()), match.start()
        if mark in PAIRS:
            stack.append((mark, at))
        elif _closes(stack, mark):
            yield from _left_open(_unwind(stack, mark), line, desk)
        elif not _may_stand_alone(line.text, mark, at) and not _spans_lines(mark, desk):
            yield Hit(at, at + 1, f"“{match.group()}”没有与它成对的前半个")
    yield from _left_open(stack, line, desk)
    yield from _straight_quotes(line, desk)


def _closes(stack: list[tuple[str, int]], mark: str) -> bool:
    return any(opening == CLOSERS[mark] for opening, _ in stack)


def _unwind(stack: list[tuple[str, int]], mark: str) -> list[tuple[str, int]]:
    dropped = []
    while stack:
        opening, at = stack.pop()
        if opening == CLOSERS[mark]:
            break
        dropped.append((opening, at))
    return dropped


def _left_open(left: list[tuple[str, int]], line: Line, desk: Desk) -> Iterator[Hit]:
    for mark, at in left:
        if (mark in "“‘" and _goes_on(line, desk)) or _spans_lines(mark, desk):
            continue
        yield Hit(at, at + 1, f"“{mark}”没有与它成对的后半个“{PAIRS[mark]}”")


def _spans_lines(mark: str, desk: Desk) -> bool:
    text, opening = desk.document.folded, CLOSERS.get(mark, mark)
    if desk.document.is_single or opening not in "“（":
        return False
    half = {"（": "()"}.get(opening, "  ")
    opened = text.count(opening) + text.count(half[0]) * (half[0] == "(")
    return opened == text.count(PAIRS[opening]) + text.count(half[1]) * (half[1] == ")")


def _goes_on(line: Line, desk: Desk) -> bool:
    after = desk.document.lines[line.number + 1 : line.number + 2]
    return bool(after) and after[0].text.lstrip()[:1] in {"“", "‘"}


def _may_stand_alone(text: str, mark: str, at: int) -> bool:
    if mark == "’":
        return True
    head = text[:at]
    return mark == "）" and bool(
        re.search(
            r"(?:^|[\s。；：，、])(?:\d{1,2}|[A-Za-z]|[一二三四五六七八九十]{1,2})$",
            head,
        )
    )


def _straight_quotes(line: Line, desk: Desk) -> Iterator[Hit]:
    text = desk.document.folded
    odd = line.text.count('"') % 2 and text.count('"') % 2
    if odd and "<" not in line.text and not re.search(r'\d"', line.text):
        at = line.text.rindex('"')
        yield Hit(at, at + 1, '引号“"”不成对')


def nested_quotes(line: Line, _: Desk) -> Iterator[Hit]:
    """Outer “ ”, inner ‘ ’."""
    depth = 0
    for match in re.finditer("[“”‘]", line.text):
        mark, at = match.group(), match.start()
        if mark == "“":
            depth += 1
            if depth == 2 and (end := line.text.find("”", at)) > 0:
                inner = line.text[at + 1 : end]
                what = "引号里再用引号，里层用单引号"
                yield Hit(at, end + 1, what, (f"‘{inner}’",), sure="“" not in inner)
        elif mark == "”":
            depth = max(0, depth - 1)
        elif not depth and "’" in line.text[at:]:
            yield Hit(at, line.text.index("’", at) + 1, "单引号只用在双引号里层")


def nested_titles(line: Line, _: Desk) -> Iterator[Hit]:
    """Outer 《》, inner 〈〉."""
    depth = 0
    for match in re.finditer("[《》〈]", line.text):
        mark, at = match.group(), match.start()
        if mark == "《":
            depth += 1
            if depth == 2 and (end := line.text.find("》", at)) > 0:
                inner = line.text[at + 1 : end]
                what = "书名号里再用书名号，里层用单书名号"
                yield Hit(at, end + 1, what, (f"〈{inner}〉",), sure="《" not in inner)
        elif mark == "》":
            depth = max(0, depth - 1)
        elif not depth:
            yield Hit(at, at + 1, "单书名号只用在双书名号里层")


APPROXIMATE = re.compile(
    r"(?<![第、零〇一二三四五六七八九十])([十百]?)([一二三四五六七八九])、([二三四五六七八九十])"
    r"(?=[十百千万]?(?:多|来)?(?:个|户|名|人|次|天|里|斤|亩|岁|条|件|处|家|台|辆|头|元|分钟|小时|公里|米|吨|年(?![级度])|十|百|千|万|倍|成|步|遍|棵|间|艘|场|趟|公斤|车|只|袋|层(?!楼)|尺|位|桌|代|秒|种|句|口))"
)
CHINESE_ONE_TO_TEN = "一二三四五六七八九十"


def approximate_number(line: Line, _: Desk) -> Iterator[Hit]:
    """七、八个 is an approximate number and takes no mark."""
    for match in APPROXIMATE.finditer(line.text):
        first, second = (CHINESE_ONE_TO_TEN.index(c) for c in match.group(2, 3))
        is_list = line.text[match.end() :][:2] in {"两个", "两项", "两条"}
        is_list = is_list or line.text[: match.start(2)].endswith(
            ("；", "：一、", "获", "列", "居", "在", "第")
        )
        if (second - first == 1 and not is_list) or (first, second) == (2, 4):
            at = match.start(2) + 1
            right = match.group().replace("、", "")
            yield Hit(at, at + 1, f"约数“{right}”中间不用顿号", ("",), sure=True)


SERIAL_MARK = re.compile(
    r"(?:(?<=^)|(?<=[；。])|(?<=(?<!\d)：))(\s*)(\d{1,2})[、，](?=[\u4e00-\u9fff《“])(?!\d)"
    r"|(?:(?<=^)|(?<=[：；。]))(\s*)([一二三四五六七八九十]{1,3})[.．,，：:](?=\s?[\u4e00-\u9fff《“])"
)


def serial_mark(line: Line, _: Desk) -> Iterator[Hit]:
    """1. takes a dot, 一、 takes 、."""
    if line.kind is Kind.ROW:
        return
    for match in SERIAL_MARK.finditer(line.text):
        number = match.group(2) or match.group(4)
        mark = "." if match.group(2) else "、"
        at = match.end() - 1
        kind = "阿拉伯数字" if mark == "." else "汉字数字"
        what = f"{kind}序号“{number}”后面用“{mark}”"
        yield Hit(at, at + 1, what, (mark,), sure=True)


HEADLINE_VERB = re.compile(
    r"召开|开展|举办|举行|组织|启动|完成|推进|部署|调研|走访|慰问|督导|检查|发布|印发|公示|传达|学习|打造|助力|筑牢|扎实|深入|全面|积极|多措并举|做好|加强|获|荣获|赴|迎来|顺利|成功|圆满|织密|守护|激活|聚焦|通过|排查|宣传"
)


def headline_stop(line: Line, desk: Desk) -> Iterator[Hit]:
    """No full stop at the end of a headline."""
    text = line.text.strip()
    if line.number or not text.endswith("。") or not _is_headline(text, desk):
        return
    at = len(line.text.rstrip()) - 1
    yield Hit(at, at + 1, "标题末尾不用句号", ("",), sure=True)


def _is_headline(text: str, desk: Desk) -> bool:
    body = text[:-1]
    if (
        len(body) > 40
        or re.search(r"[。；：，、！？”]", body.rstrip("”"))
        or SERIAL.match(text)
    ):
        return False
    names_issuer = re.match(
        r"(?![请各我全要本该这每由在对把])[\u4e00-\u9fff]{1,6}(?<!全)[镇乡县区市村局办]|关于",
        body,
    )
    if re.search(r"[了过着]|将|正在|已|要|应|我|可以|不得|是|的$", body) or re.search(
        r"\d", body
    ):
        return False
    is_notice = bool(TITLE_END.search(body)) and "关于" in body
    return (
        bool(
            names_issuer
            and len(body) <= (22 if desk.document.is_single else 36)
            and HEADLINE_VERB.search(body)
        )
        or is_notice
    )


OPEN_END = re.compile(r"[，、；：]\s*$")
LABELS = re.compile(
    r"(?:电话|地址|邮编|邮箱|联系人|联系方式|来源|作者|时间|地点|网址|传真|附|注|撰稿|编辑|审核|供稿|摄影|通讯员|单位|日期)\s*[：:（]|[：:]\s*\S{0,30}$"
)


def paragraph_end(line: Line, desk: Desk) -> Iterator[Hit]:
    """A paragraph ends with a closing mark, and not with 、 or ，."""
    text = line.text.rstrip()
    if text[-1:] in "。！？”）：" or line.kind not in (Kind.BODY, Kind.HEADING):
        return
    at = len(text) - 1
    last = desk.document.lines[-1].number == line.number
    if text[-1] in "，、" or (text[-1] == "；" and last and not _is_listed(text)):
        yield Hit(at, at + 1, f"段落末尾不能用“{text[-1]}”", ("。",))
    elif _lacks_mark(text, line, desk):
        yield Hit(at, at + 1, "段落末尾没有标点", (text[-1] + "。",))


def _is_listed(text: str) -> bool:
    return bool(SERIAL.match(text))


def _lacks_mark(text: str, line: Line, desk: Desk) -> bool:
    if not re.search(r"[\u4e00-\u9fff\d%）]$", text) or LABELS.search(text):
        return False
    inner = text.count("。") + text.count("，")
    is_heading = line.kind is Kind.HEADING and "。" not in text
    if line.number == 0 and not desk.document.is_single and "。" not in text:
        return False
    if is_heading or len(text) < 24 or "\u3000\u3000" in text.strip():
        return False
    if "。" in text or (inner >= 2 and len(text) > 28 and line.number > 0):
        return True
    return desk.document.is_single and inner >= 1 and len(text) > 28


SPACED = re.compile(r"(?<=[\u4e00-\u9fff，、。；：])[ \u3000]+(?=[\u4e00-\u9fff])")


def han_spaces(line: Line, _: Desk) -> Iterator[Hit]:
    """Spaces between Chinese characters; names, tables and layout excepted."""
    text = line.text.strip()
    if (
        line.kind is not Kind.ROW
        and line.kind is not Kind.SIGNATURE
        and not _laid_out(text)
    ):
        for match in SPACED.finditer(line.text):
            if not _is_layout(line.text, match):
                yield Hit(
                    *match.span(), "汉字之间不空格", ("",), sure=len(match.group()) == 1
                )


def _laid_out(text: str) -> bool:
    words = re.split(r"[ \u3000]+", text)
    short = [word for word in words if len(word) <= 4]
    return len(words) >= 3 and len(short) == len(words)


def _is_layout(text: str, match: re.Match[str]) -> bool:
    head, tail = text[: match.start()], text[match.end() :]
    if re.search(
        r"(?:^|\s)第[一二三四五六七八九十百\d]+[条章节编款]$|^\s*[一二三四五六七八九十]+、$|：$",
        head,
    ):
        return True
    lone = re.search(r"(?:^|[\s、，。：；（])[\u4e00-\u9fff]$", head)
    return bool(
        lone and re.match(r"[\u4e00-\u9fff](?:$|[\s、，。；）])", tail)
    ) or bool(re.search(r"(?:^|\s)(?:附|目|抄|联系|撰稿|编辑)$", head))


LABEL = re.compile(
    r"(?:时间|地点|地址|电话|联系人|邮箱|传真|单位|姓名|网址|来源|作者|账号|户名|开户行|备注|标题|附件|主题|对象|名称|数量|金额|编号|日期|主持人|记录人|出席|列席|热线|方式|人员)$"
)


def nested_colon(line: Line, _: Desk) -> Iterator[Hit]:
    """A colon inside the reach of a colon."""
    if "：" not in line.text or line.kind in (Kind.ROW, Kind.ATTACHMENT, Kind.NOTE):
        return
    for match in re.finditer(r"[^。！？；“”（）\n\t《》]+", line.text):
        colons = [m.start() for m in re.finditer("：", match.group())]
        heads = [match.group()[:at] for at in colons]
        if len(colons) > 1 and not any(LABEL.search(head) for head in heads):
            at = match.start() + colons[0]
            yield Hit(at, at + 1, "一句话里冒号套冒号，前一个改为逗号", ("，",))


def attachment_mark(line: Line, _: Desk) -> Iterator[Hit]:
    """No mark after the name of an attachment."""
    text = line.text.rstrip()
    if line.kind is Kind.ATTACHMENT and len(text) > 4 and text[-1] in "；。，、;,":
        at = len(text) - 1
        yield Hit(at, at + 1, "附件名称后面不加标点", ("",), sure=True)


MAY_BE_LISTED = re.compile(r"^\s*(?:附\s*件|\d)", re.M)
LINE_CHECKS = (
    LineCheck("P01", half_width, tuple(",.;:?!()")),
    LineCheck("P04", pairs, tuple('《》〈〉“”‘（）〔〕【】()[]「」"')),
    LineCheck("P05", nested_quotes, ("“", "‘")),
    LineCheck("P06", nested_titles, ("《", "〈")),
    LineCheck(
        "P08",
        approximate_number,
        tuple(
            f"{a}、{b}"
            for a, b in zip("一二三四五六七八九三", "二三四五六七八九十五", strict=True)
        ),
    ),
    LineCheck(
        "P09",
        serial_mark,
        tuple(n + m for n in "0123456789一二三四五六七八九十" for m in "、，.．,：:"),
    ),
    LineCheck("P15", headline_stop, ("。",)),
    LineCheck("P16", paragraph_end),
    LineCheck("P19", han_spaces, (" ", "\u3000")),
    LineCheck("P20", nested_colon, ("：",)),
)
TEXT_CHECKS = (
    TextCheck("P02", full_width_digits),
    TextCheck("P21", where(MAY_BE_LISTED, attachment_mark), ("附",)),
)
