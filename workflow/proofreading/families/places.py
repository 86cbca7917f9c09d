"""Villages, towns, districts, telephone numbers (A02, A06-A09)."""

from __future__ import annotations

import re
from collections.abc import Iterator

from workflow.proofreading.checks import Desk, LineCheck, TextCheck
from workflow.proofreading.families.offices import unit_names
from workflow.proofreading.findings import Hit
from workflow.proofreading.text import Line, is_inside, spans_in

VILLAGE = re.compile(r"(?=([\u4e00-\u9fff]{1,4}(?:村|社区)))")
NOT_VILLAGE = re.compile(
    r"[各全该本我你他她驻两几多个的在到入进下离回往从由向和与及或于是为了着过访这那每整共]|行政|自然|农|乡|新建|古|美丽|示范|重点|帮扶|脱贫|贫困|联系|包|镇|县|省|市"
)


def village_names(desk: Desk) -> Iterator[Hit]:
    """A village that is not in the list and nearly is."""
    villages, text = desk.town.villages, desk.document.folded
    if not desk.is_own:
        return
    ends = [
        m.end()
        for m in re.finditer("村|社区", text)
        if not text.endswith(villages, 0, m.end())
    ]
    for village in villages:
        size = len(village)
        for end in ends:
            start = end - size
            said = text[max(0, start) : end]
            if len(said) != size or (said[0] != village[0] and said[1:] != village[1:]):
                continue
            if _nearly(said, village, text, start, desk):
                yield Hit(
                    start, end, f"名录里没有“{said}”，是不是“{village}”", (village,)
                )
    yield from _village_word(desk)
    yield from _town_name(desk)
    yield from unit_names(desk)


def _village_word(desk: Desk) -> Iterator[Hit]:
    """The word 村 itself written with another character: 长坑存."""
    text, alike = desk.document.folded, desk.tables.similar.get("村", frozenset())
    for village in desk.town.villages:
        stem = village[:-1]
        if village[-1] != "村" or len(stem) < 2:
            continue
        for match in re.finditer(re.escape(stem), text):
            end = match.end() + 1
            if text[match.end() : end] in alike:
                said = text[match.start() : end]
                what = f"名录里没有“{said}”，是不是“{village}”"
                yield Hit(match.start(), end, what, (village,))


def _nearly(said: str, village: str, text: str, start: int, desk: Desk) -> bool:
    apart = [n for n, (a, b) in enumerate(zip(said, village, strict=True)) if a != b]
    if len(apart) != 1 or re.search(r"[，。；：、\s“”（）\d]", said):
        return False
    at = apart[0]
    if said[at] in desk.tables.similar.get(village[at], frozenset()):
        return True
    if at == 0:
        return False
    open_before = start == 0 or bool(
        re.search(r"[，。；：、\s（“在到赴往镇和及与、]$", text[:start])
    )
    return open_before and not NOT_VILLAGE.search(said[:-1])


def _town_name(desk: Desk) -> Iterator[Hit]:
    town, text = desk.town.name, desk.document.folded
    if len(town) < 3:
        return
    for match in re.finditer(town[-1], text):
        start = match.end() - len(town)
        said = text[max(0, start) : match.end()]
        apart = [(a, b) for a, b in zip(said, town, strict=False) if a != b]
        if len(said) == len(town) and len(apart) == 1:
            a, b = apart[0]
            if a in desk.tables.similar.get(b, frozenset()):
                yield Hit(start, match.end(), f"单位名称“{said}”应是“{town}”", (town,))


SELF = re.compile(
    r"(?<![自由敌唯])我(区(?![分别间隔域])|县|局(?![限部势面])|市(?![场民面值])|省|镇(?![静定痛])|乡(?![村音下愁])|街道|委(?![托员屈婉])|厅|校(?![对长])|院(?![子内外里坝])|州|所(?![有知在说见以想做能述谓属认看提])|站(?![在起上着出到立])|办(?![理法公事])|处(?![理于在境置])|村(?![民里口子头])|旗|社区|中心|部(?![分队门署]))"
)


def self_name(line: Line, desk: Desk) -> Iterator[Hit]:
    """The issuer names itself by its own level; quotations are left alone."""
    level = desk.town.level
    if not desk.is_own or level not in {"镇", "乡", "街道"} or _is_of_another(desk):
        return
    quoted = spans_in(line.text, "“", "”")
    for match in SELF.finditer(line.text):
        word = match.group(1)
        if word in {level, "省"} or is_inside(match.start(), quoted):
            continue
        yield Hit(
            *match.span(),
            f"本机关是{level}，不应自称“{match.group()}”",
            (f"我{level}",),
        )


def _is_of_another(desk: Desk) -> bool:
    """Whether the text is plainly another town's: it names others, never this one."""
    name, text = desk.town.name, desk.document.folded
    if not name or name in text:
        return False
    return bool(OTHER_TOWN.search(text))


OTHER_TOWN = re.compile(
    r"(?:^|(?<=[，。；：、\s（“]))([\u4e00-\u9fff]{2}(?:镇|乡))(?!村|直|级|党|里|上|区|域|企|贤|风|情|亲|愁|卫|政府(?!高))(?=[\u4e00-\u9fff])",
    re.M,
)
TOWN_AS_SUBJECT = re.compile(
    r"(?:^|(?<=[，。；：、\s“（的在对为由]))([\u4e00-\u9fff]{2,3}?(?:镇|乡|街道))(?=人民政府|党委|政府|党政办|高度重视|召开|开展|组织|积极|认真|持续|全面|始终|严格|扎实|将|坚持|不断|深入|按照|主动公开|进一步|辖区|机关干部|建立健全|信息公开|20\d\d年|全镇|各村|党员干部|综合行政)",
    re.M,
)
NOT_TOWN = re.compile(
    r"[我本全该]|^(?:各|全|该|本|我|两|多|城|建制|重点|中心|特色|示范|山|外|家|故|他|异|老|水|农|乡|小|大|新型|重镇|周边|相邻|邻近|兄弟|其他|有关|相关|一些|部分|在|到|赴|由|为|对|与|和|向|从|将|区|县|市|镇|于|的|经|是|及|驻)"
)
VISIT = re.compile(
    r"(?:赴|到|前往|与|和|同|来自|学习|考察|参观|借鉴|邻近|毗邻|途经|以及|及|、|至|距|邀请|会同|联合|支援|对接|交界|往|接待|欢迎|县|区|市)$"
)


def other_town(desk: Desk) -> Iterator[Hit]:
    """Another town where one's own should stand, left from a copied text."""
    own, text = desk.town.name, desk.document.folded
    if own not in text:
        return
    for match in TOWN_AS_SUBJECT.finditer(text):
        other = match.group(1)
        around = text[max(0, match.start() - 10) : match.start()]
        if (
            other == own
            or own.endswith(other)
            or other[:-1] in own
            or NOT_TOWN.search(other)
            or other in own
        ):
            continue
        if VISIT.search(around) or re.search(
            r"学习|考察|交流|结对|联合|对口|共建|邻",
            text[match.end() : match.end() + 16],
        ):
            continue
        yield Hit(*match.span(1), f"稿件里出现“{other}”，像是从别处抄来没有改", (own,))


def old_places(line: Line, desk: Desk) -> Iterator[Hit]:
    """Districts by their present names."""
    for old, new in desk.tables.maps["old_places"].items():
        for match in re.finditer(re.escape(old), line.text) if new else ():
            before, after = line.text[: match.start()], line.text[match.end() :]
            if new.startswith(old) and after.startswith(new[len(old) :]):
                continue
            if re.search(
                r"(?:原|旧称|时称|曾名|古|[\u4e00-\u9fff]{0,2}前身)[“]?$", before[-4:]
            ) or re.match(r"(?:志|级|撤|改|设|于|（今|（现|时期|人士籍|小吃)", after):
                continue
            if re.search(r"(?:19\d\d|200\d)年[^，。；]{0,12}$", before) or _inside_word(
                old, before, after, desk
            ):
                continue
            yield Hit(*match.span(), f"“{old}”现在是“{new}”", (new,))


def _inside_word(old: str, before: str, after: str, desk: Desk) -> bool:
    """公开县级预算, 新增城市绿地, 新建县道: the letters belong to other words."""
    ends = desk.tables.maps["word_before_place"].get(old, "")
    if before and before[-1] in ends:
        return True
    if old not in VERB_AND_LEVEL:
        return False
    return not (COUNTY_BEFORE.search(before) or COUNTY_AFTER.match(after))


VERB_AND_LEVEL = frozenset({"新建县", "开县"})
COUNTY_BEFORE = re.compile("(?:江西|南昌|四川|重庆|[省市在到赴])$")
COUNTY_AFTER = re.compile(
    "人民政府|县委|政府|公安|法院|检察|境内|籍|人(?!民)|[东南西北]部"
)


def hierarchy(line: Line, desk: Desk) -> Iterator[Hit]:
    """A city stands in its province."""
    for province, cities in desk.tables.maps["provinces"].items():
        for match in re.finditer(
            rf"{province}(?:省|壮族自治区)([\u4e00-\u9fff]{{2,4}}?)市", line.text
        ):
            city = match.group(1)
            others = desk.tables.maps["provinces"]
            home = next((p for p, c in others.items() if city in c.split()), "")
            if home and home != province and city not in cities.split():
                yield Hit(
                    *match.span(),
                    f"{city}市属{home}省，不属{province}省",
                    (f"{home}省{city}市",),
                )


PHONE = re.compile(
    r"(?<![\d.])(?:[（(]?(0\d{2,3})[）)]?\s?[\-—－ ]\s?|[（(](0\d{2,3})[）)])(\d{3,10})(?:[\-—转]\d{1,5})?(?!\d)"
)
LABEL = r"(?:电话|传真|热线|联系方式|座机|固话|号码)(?:号码)?[：:为是\s（(]*"
BARE_PHONE = re.compile(rf"{LABEL}(\d{{3,13}})(?![\d\-—*]|[件个次人户起宗条])")
JOINED = re.compile(rf"{LABEL}(0\d{{10,12}})(?!\d)")
SHORT = """
110 119 120 122 114 12345 12315 12348 12320 12333 12356 12366 12377 12388 12389
12309 12368 12369 12350 12338 12355 12380 12318 12328 12393 12329 12316 96119
95598 12371 12117 95119 12110 12123 12337 12363 12367 12378 12398 12300 10086
10010 10000 12305 12312 12365 12386 12394 12395
"""
SHORT_NUMBERS = frozenset(SHORT.split())


def telephone(line: Line, desk: Desk) -> Iterator[Hit]:
    """Area code and number of the right length."""
    for match in PHONE.finditer(line.text):
        code, number = match.group(1) or match.group(2), match.group(3)
        before = line.text[max(0, match.start() - 16) : match.start()]
        if not PHONE_SAID.search(before) and len(number) not in {5, 6, 9, 10}:
            continue
        sizes = {8} if re.match(r"010|02\d", code) else {7, 8}
        if len(number) not in sizes:
            right = "、".join(map(str, sorted(sizes)))
            yield Hit(*match.span(), f"电话号码位数不对，区号后应是{right}位")
        elif not _is_code(code) or _is_strange(code, line.text, match, desk):
            yield Hit(*match.span(), f"区号“{code}”不对")
    for match in BARE_PHONE.finditer(line.text):
        if not _is_whole(match.group(1)):
            yield Hit(*match.span(1), "电话号码位数不对")


PHONE_SAID = re.compile(LABEL + r"$|[电话热线传真]")
WHOLE = re.compile(
    r"(?:400|800)\d{7}|12\d{3}|9[56]\d{3,4}|[2-8]\d{6,7}|1[3-9]\d{9}|0\d{9,11}"
)


def _is_whole(number: str) -> bool:
    return number in SHORT_NUMBERS or bool(WHOLE.fullmatch(number))


def _is_strange(code: str, text: str, match: re.Match[str], desk: Desk) -> bool:
    own = desk.town.area_code
    return bool(own) and desk.is_own and code != own and _is_ours(text, match)


def _is_code(code: str) -> bool:
    return bool(re.fullmatch(r"010|02[0-57-9]|0[3-9]\d{2}", code))


def _is_ours(text: str, match: re.Match[str]) -> bool:
    clause = re.split("[。；]", text[: match.start()])[-1]
    return not re.search(r"[省市]|国家|中央|总部|全国|公司|医院|大学", clause)


LINE_CHECKS = (
    LineCheck("A06", self_name, ("我",)),
    LineCheck("A08", old_places, ("县", "市", "区")),
    LineCheck("A08", hierarchy, ("省", "自治区")),
    LineCheck(
        "A09",
        telephone,
        ("电话", "热线", "传真", "联系方式", "座机", "固话", "号码", "0"),
    ),
)
TEXT_CHECKS = (
    TextCheck("A02", village_names, tuple("村存材忖邨镇乡社")),
    TextCheck("A07", other_town, ("镇", "乡", "街道")),
)
