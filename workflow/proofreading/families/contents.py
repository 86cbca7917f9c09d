"""What a text repeats, leaves open or links to (F13-F18, S19, S20)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise

from workflow.proofreading.checks import Desk, LineCheck, TextCheck
from workflow.proofreading.findings import Hit
from workflow.proofreading.text import Kind, Line, sentences

SHORT = re.compile(
    r"《(条例|办法|通知|方案|意见|规定|纲要|规划|细则|决定|报告|计划|预案|实施方案|实施意见|实施细则|管理办法|章程|公约|准则|规则|要点|制度|指南|标准|清单)》"
)


DEFINES = re.compile(
    r"(?:以下|下)?(?:统称|简称)(?:为)?[：:]?\s?[“\"]?(《?[^，。；“”\"（）()》]{1,16}》?)[”\"]?(?=[）)，。；])"
)


def short_names(desk: Desk) -> Iterator[Hit]:
    """A short name is defined before it is used, and used when it is defined."""
    text = desk.document.folded
    defined = {m.group(1).strip("《》"): m for m in DEFINES.finditer(text)}
    reported = set()
    for match in SHORT.finditer(text):
        name = match.group(1)
        known = defined.get(name)
        if (
            name in reported
            or (known and known.start() <= match.start())
            or re.search(r"号[）)]?$|》[（(]$", text[: match.start()])
        ):
            continue
        reported.add(name)
        yield Hit(
            *match.span(), f"“{match.group()}”第一次出现要写全称，并注明“以下简称”"
        )
    for name, match in defined.items():
        if text.count(name, match.end()) == 0 and len(text) > match.end() + 1:
            yield Hit(*match.span(1), f"定义了简称“{name}”，后文没有用到")


MASK = re.compile(r"(?<![A-Za-z\d*])[XxＸ×○△]{2,}(?![A-Za-z\d*])")


AFTER_MASK = re.compile(
    r"(?:镇|村|县|市|省|区|局|乡|单位|公司|号(?!码)|年|月|日|办|部门|街道|社区|人(?!民)|个|户|亩|元|万|小学|中学|学校|书记|主任|项目|路|工程|中心|委|党|名|条|件|次|会议|活动|站|所|组|%|政府|工作|公顷|公里|吨|有限|领导|负责)"
)


NAME_BEFORE = re.compile(
    r"(?:^|[，。；：、\s（(]|村民|居民|户主|患者|嫌疑人|当事人|老人|学生|姓名|申请人|被告人|原告|被告|某|犯|人|员|女|男|为|对|向|由|与|和|被)([\u4e00-\u9fff])$"
)


IN_YEAR = re.compile("[一二]$")
"""二○○二年 is a year; its ○ is another rule's."""


def placeholders(line: Line, desk: Desk) -> Iterator[Hit]:
    """Crosses left in a template; a masked name or number is none."""
    surnames = desk.tables.lists["surnames"]
    for match in MASK.finditer(line.text):
        before, after = line.text[: match.start()], line.text[match.end() :]
        name = NAME_BEFORE.search(before)
        if "审图号" in before[-8:] or (
            name and name.group(1) in surnames and not AFTER_MASK.match(after)
        ):
            continue
        if IN_YEAR.search(before) and match.group()[0] == "○":
            continue
        if re.search(r"[\dA-Z号][）)]?$", before) or re.match(r"[\dA-Z]|商城", after):
            continue
        if (
            AFTER_MASK.match(after)
            or re.match(r"[\u4e00-\u9fff]", after)
            or re.search(r"[\u4e00-\u9fff]$", before)
        ):
            yield Hit(*match.span(), f"“{match.group()}”像是模板里没有填完的内容")


def same_paragraph(desk: Desk) -> Iterator[Hit]:
    """A paragraph of more than twenty characters that stands twice."""
    seen: dict[str, int] = {}
    for line in desk.document.lines:
        text = "".join(line.text.split())
        if len(text) <= 20 or line.kind is Kind.ROW:
            continue
        digest = re.sub(r"^[（(]?[一二三四五六七八九十\d]{1,3}[)）、.．]", "", text)
        if digest in seen:
            yield Hit(
                line.start,
                line.start + len(line.text),
                f"这一段与第{seen[digest] + 1}段相同，保留一段",
            )
        seen.setdefault(digest, line.number)
    yield from _same_half(desk)


def _same_half(desk: Desk) -> Iterator[Hit]:
    for line in desk.document.lines:
        parts = re.findall(r"[^。]+。", line.text) if len(line.text) > 40 else []
        for before, after in pairwise(parts):
            if before.strip() == after.strip() and len(after) > 20:
                start = line.start + line.text.rindex(after)
                yield Hit(start, start + len(after), "同一句话写了两遍")


PARTS = {
    "总体情况": "一、总体情况",
    "主动公开政府信息": "二、主动公开政府信息情况",
    "处理政府信息公开申请": "三、收到和处理政府信息公开申请情况",
    "行政诉讼": "四、政府信息公开行政复议、行政诉讼情况",
    "存在的?(?:主要)?问题": "五、存在的主要问题及改进情况",
    "其他需要报告": "六、其他需要报告的事项",
}


def annual_report_parts(desk: Desk) -> Iterator[Hit]:
    """Six parts of the annual report."""
    text, lines = desk.document.folded, desk.document.lines
    told = re.search(r"年报(?:缺|少|没有)[“]?([^”。]*)", text)
    if told:
        yield Hit(*told.span(), "年度报告要件不全，应有六部分、三张表")
    title = lines[0].text if lines else ""
    if (
        not re.search(
            r"政府信息公开.{0,6}年(?:度)?(?:工作)?报告|信息公开工作年度报告", title
        )
        or len(lines) < 3
    ):
        return
    heads = "\n".join(
        line.text
        for line in lines[1:]
        if line.kind in (Kind.HEADING, Kind.BODY) and len(line.text) < 50
    )
    present = [part for part in PARTS if re.search(part, heads)]
    missing = [name for part, name in PARTS.items() if part not in present]
    if len(present) >= 2 and missing:
        names = "、".join(f"“{name}”" for name in missing)
        yield Hit(lines[0].start, lines[0].start + len(title), f"年度报告缺少{names}")


ANCHOR = re.compile(
    r"<a\s[^>]*href\s*=\s*[\"']?([^\"'\s>]+)[\"']?[^>]*>(.*?)</a>|\[([^\]]+)\]\((https?://[^)\s]+)\)",
    re.S,
)


HOST = re.compile(r"(?:https?://)?((?:[A-Za-z0-9\-]+\.)+[A-Za-z]{2,})")


TOLD = re.compile(
    r"((?:https?://)?(?:[A-Za-z0-9\-]+\.){1,}[A-Za-z]{2,})[^\s，。；、]{0,20}?[）)”\"]?[\s，、（(]*(?:实际)?(?:链接|指向|跳转|打开|点击后|链到)[^A-Za-z。]{0,10}?((?:https?://)?(?:[A-Za-z0-9\-]+\.){1,}[A-Za-z]{2,})"
)


def link_targets(desk: Desk) -> Iterator[Hit]:
    """What a link shows is where it leads."""
    text = desk.document.folded
    for match in ANCHOR.finditer(text):
        target, shown = (
            match.group(1) or match.group(4),
            match.group(2) or match.group(3),
        )
        yield from _differ(match, shown, target)
    for match in TOLD.finditer(text):
        yield from _differ(match, match.group(1), match.group(2))


def _differ(match: re.Match[str], shown: str, target: str) -> Iterator[Hit]:
    seen, led = HOST.search(shown or ""), HOST.match(target or "")
    if seen and led and _site(seen.group(1)) != _site(led.group(1)):
        what = f"链接文字是“{seen.group(1)}”，实际指向“{led.group(1)}”"
        yield Hit(*match.span(), what)


def _site(host: str) -> str:
    return host.lower().removeprefix("www.")


MAP = re.compile(
    r"(?:行政区划图|地图|区位图|位置图|分布图|交通图|导览图|路线图|区域图|水系图|规划图|卫星图)"
)


IS_SHOWN = re.compile(
    r"^\s*(?:图|附图)\s*\d*\s*[：:]|(?:见|如|附|下)图|配图|(?<![地意蓝版导])图\d|^\s*附[：:]|（图）|<img|(?<![一-龥])图为|附有[^，。]{0,6}图|刊登|展示"
)


ONLY_TOLD = re.compile(
    r"时间表|施工图|路线图和时间|责任|思维|须|应当|不得|不规范|漏绘|问题地图|出示|审定"
)
"""Maps that are spoken of, not shown."""


def maps_without_number(desk: Desk) -> Iterator[Hit]:
    """A map carries its review number."""
    if "审图号" in desk.document.folded:
        return
    for line in desk.document.lines:
        for offset, sentence in sentences(line.text):
            match = MAP.search(sentence)
            if match and IS_SHOWN.search(sentence) and not ONLY_TOLD.search(sentence):
                start = line.start + offset
                yield Hit(
                    start + match.start(), start + match.end(), "公开的地图要标注审图号"
                )


URL = re.compile(
    r"(?:https?://|(?<![A-Za-z0-9@.\-/])www\.)([A-Za-z0-9\-.]+)[^\s，。；、”）)>\"]*"
)


OFFICIAL = re.compile(
    r"(?:\.|^)(?:gov\.cn|edu\.cn|mil\.cn|org\.cn|people\.com\.cn|people\.cn|xinhuanet\.com|news\.cn|cctv\.com|cntv\.cn|12371\.cn|12377\.cn|12306\.cn|xuexi\.cn|chinanews\.com\.cn|gmw\.cn|mp\.weixin\.qq\.com|weixin\.qq\.com|jxnews\.com\.cn|qstheory\.cn|moe\.cn|cyberpolice\.cn)$"
)


def foreign_links(desk: Desk) -> Iterator[Hit]:
    """Links of the text lead to public bodies."""
    for match in URL.finditer(desk.document.folded):
        host = match.group(1).lower().rstrip(".")
        if (
            "." in host
            and not OFFICIAL.search(host)
            and not re.fullmatch(r"[\d.]+", host)
        ):
            yield Hit(*match.span(), f"正文链接到非政府网站“{host}”")


LINE_CHECKS: tuple[LineCheck, ...] = (
    LineCheck("F14", placeholders, ("XX", "xx", "××", "○○", "△△", "ＸＸ")),
)

TEXT_CHECKS: tuple[TextCheck, ...] = (
    TextCheck(
        "F13",
        short_names,
        (
            "《条例》",
            "《办法》",
            "《通知》",
            "《方案》",
            "《意见》",
            "《规定》",
            "简称",
            "统称",
            "《纲要》",
            "《规划》",
            "《细则》",
            "《实施",
            "《管理办法》",
            "《决定》",
            "《章程》",
            "《准则》",
            "《规则》",
            "《预案》",
            "《计划》",
            "《公约》",
            "《要点》",
        ),
    ),
    TextCheck("F15", same_paragraph),
    TextCheck("F16", annual_report_parts, ("信息公开", "年报")),
    TextCheck("F18", link_targets, ("<a", "](", "www.", "http", ".com", ".cn")),
    TextCheck("S19", maps_without_number, ("图",)),
    TextCheck("S20", foreign_links, ("http", "www.")),
)
