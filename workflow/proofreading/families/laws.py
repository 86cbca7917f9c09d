"""Names of laws, their articles, those repealed (A03-A05)."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from functools import lru_cache

from workflow.proofreading.checks import Desk, LineCheck, TextCheck
from workflow.proofreading.families.phrases import distance
from workflow.proofreading.findings import Hit
from workflow.proofreading.numerals import any_number
from workflow.proofreading.tables import Law
from workflow.proofreading.text import Line

TITLE = re.compile(r"《([^《》〈〉]{2,40})》")


LAW_END = re.compile(r"(?:法|法典|条例|办法|规定|细则|准则)$")


STATE = "中华人民共和国"


LOCAL = re.compile(
    r"[省市县区镇乡州盟旗]|^(?:关于|国务院|本|我|全国人民代表大会)|实施|暂行|试行|指导|管理办法$"
)


@lru_cache(maxsize=2)
def _by_size(titles: tuple[str, ...]) -> dict[int, tuple[str, ...]]:
    sizes: dict[int, list[str]] = {}
    for title in titles:
        sizes.setdefault(len(title), []).append(title)
    return {size: tuple(found) for size, found in sizes.items()}


def _bare(title: str) -> str:
    title = re.sub(r"[（(].*?[)）]$", "", title.strip())
    return title.removeprefix(STATE)


def law_names(line: Line, desk: Desk) -> Iterator[Hit]:
    """The name of a law is exact."""
    laws = desk.tables.laws
    for match in TITLE.finditer(line.text):
        title = _bare(match.group(1))
        full = match.group(1).startswith(STATE)
        if (
            title in laws
            or match.group(1) in laws
            or not LAW_END.search(title)
            or len(title) < 3
        ):
            continue
        if LOCAL.search(title) and not full:
            continue
        right = _nearest(title, tuple(laws), full=full)
        if right:
            put = f"《{STATE if full else ''}{right}》"
            yield Hit(*match.span(), f"法律名称不准确，应是“{put}”", (put,))
    for match in re.finditer(
        r"《(?!中华人民共和国)(?:中国人民共和国|中华人民共和|中华共和国|中华人名共和国|中华人民国|中华人共和国)([^《》]{2,30})》",
        line.text,
    ):
        yield Hit(
            *match.span(), "法律名称里的国名不准确", (f"《{STATE}{match.group(1)}》",)
        )


FOREIGN = re.compile(
    "(?:[\u4e00-\u9fff]{1,3}国|日本|瑞士|奥地利|意大利|俄罗斯|印度|罗马|大明|大清|大元|唐|宋|十二铜表|汉谟拉比|摩奴|拿破仑|联合国|欧盟)(?=[\u4e00-\u9fff]{2})"
)


def _left_out(title: str, titles: tuple[str, ...]) -> str:
    """土地法: the one law that has a word more, if there is but one."""
    longer = [
        known
        for known in titles
        if known[0] == title[0]
        and 0 < len(known) - len(title) <= 2
        and all(letter in known for letter in title)
        and known.endswith(title[-1])
    ]
    return longer[0] if len(longer) == 1 else ""


def _is_of_another(title: str, known: str) -> bool:
    """残疾人就业条例 is no slip for 残疾人教育条例, nor 种子管理条例 for 物业管理条例."""
    if not set(title[:2]) & set(known[:2]):
        return True
    if len(title) != len(known):
        return False
    apart = [n for n in range(len(title)) if title[n] != known[n]]
    first, last = apart[0], apart[-1] + 1
    return last - first == len(apart) and not set(title[first:last]) & set(
        known[first:last]
    )


def _nearest(title: str, titles: tuple[str, ...], *, full: bool) -> str:
    sizes = _by_size(titles)
    limit = 1 if len(title) < 5 else 2
    best, least = "", limit + 1
    for size in range(len(title) - limit, len(title) + limit + 1):
        for known in sizes.get(size, ()):
            if title[-1] != known[-1] or not set(title) & set(known[:-1]):
                continue
            apart = distance(title, known)
            if apart > 1 and _is_of_another(title, known):
                continue
            if apart < least:
                best, least = known, apart
    if best or FOREIGN.match(title):
        return best if not FOREIGN.match(title) else ""
    if full and (longer := _left_out(title, titles)):
        return longer
    return next(
        (
            k
            for k in titles
            if full and len(title) > 4 and (title in k or k in title) and len(k) > 4
        ),
        "",
    )


ARTICLE = re.compile(
    r"(?:《([^《》]{2,40})》|(?<![\u4e00-\u9fff])([\u4e00-\u9fff]{2,12}?(?:法|法典|条例)))(?:（[^（）]{1,20}）)?(?:的|中|之)?第\s?([一二三四五六七八九十百千零〇两\d]{1,9})条"
)


def articles(line: Line, desk: Desk) -> Iterator[Hit]:
    """The article that is cited exists."""
    laws = desk.tables.laws
    for match in ARTICLE.finditer(line.text):
        law = laws.get(_bare(match.group(1) or match.group(2)))
        law = law or _known_tail(match.group(2) or "", laws)
        number = any_number(
            match.group(3).replace("零", "").replace("〇", "")
            if not match.group(3).isdigit()
            else match.group(3)
        )
        if law and law.articles and number and number > law.articles:
            what = f"《{law.title}》只有{law.articles}条，没有第{match.group(3)}条"
            yield Hit(*match.span(), what)
    for match in re.finditer(
        r"《([^《》]{2,40})》[^。；《]{0,12}?第[一二三四五六七八九十百零\d]+条(?:[、和至]第([一二三四五六七八九十百千零\d]+)条)+",
        line.text,
    ):
        law = laws.get(_bare(match.group(1)))
        number = any_number(match.group(2))
        if law and law.articles and number and number > law.articles:
            yield Hit(
                *match.span(2),
                f"《{law.title}》只有{law.articles}条，没有第{match.group(2)}条",
            )


def _known_tail(name: str, laws: Mapping[str, Law]) -> Law | None:
    for start in range(len(name) - 2):
        if name[start:] in laws:
            return laws[name[start:]]
    return None


def repealed(line: Line, desk: Desk) -> Iterator[Hit]:
    """A repealed law is not cited as in force."""
    laws, published = desk.tables.laws, desk.town.publish_date
    for match in re.finditer(
        r"《([^《》]{2,40})》|(?:依据|根据|按照|违反|依照|适用|遵守|贯彻|宣传|学习)(?:我国)?(?:中华人民共和国)?((?:合同法|物权法|婚姻法|继承法|担保法|收养法|侵权责任法|民法通则|民法总则|行政监察法|治安管理处罚条例|信访条例))",
        line.text,
    ):
        law = laws.get(_bare(match.group(1) or match.group(2)))
        if (
            law is None
            or law.repealed is None
            or (
                law.repealed.year > 2025
                and (published is None or published < law.repealed)
            )
        ):
            continue
        if (published and published < law.repealed) or _is_history(line.text, match):
            continue
        put = f"《{STATE}{law.instead}》" if law.instead else ""
        after = f"，现行为“{put}”" if put else ""
        what = f"《{law.title}》已于{law.repealed.year}年{law.repealed.month}月{law.repealed.day}日废止{after}"
        yield Hit(*match.span(), what, (put,) if put else ())


def _is_history(text: str, match: re.Match[str]) -> bool:
    before, after = (
        text[max(0, match.start() - 6) : match.start()],
        text[match.end() : match.end() + 40],
    )
    return bool(
        re.search(r"原|旧|曾|废止|时期的", before)
        or re.match(
            r"[^。；]{0,24}(?:同时废止|废止|失效|被.{0,8}(?:取代|替代)|（已废止）)",
            after,
        )
    )


LAW_WORDS = (
    "法》",
    "法典》",
    "条例》",
    "办法》",
    "规定》",
    "细则》",
    "准则》",
    "法（",
    "条例（",
)

LINE_CHECKS: tuple[LineCheck, ...] = (
    LineCheck("A03", law_names, LAW_WORDS),
    LineCheck("A04", articles, ("条",)),
    LineCheck(
        "A05",
        repealed,
        (
            "法》",
            "条例》",
            "办法》",
            "通则》",
            "总则》",
            "合同法",
            "物权法",
            "婚姻法",
            "继承法",
            "担保法",
            "收养法",
            "侵权责任法",
            "民法通则",
            "民法总则",
            "行政监察法",
            "治安管理处罚条例",
            "信访条例",
            "法（",
        ),
    ),
)

TEXT_CHECKS: tuple[TextCheck, ...] = ()
