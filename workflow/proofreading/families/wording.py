"""Fixed political wording, guiding thought, congresses, evasive spelling (S05–S07, S17, S18)."""

from __future__ import annotations

import re
from collections.abc import Iterator

from workflow.proofreading.checks import Desk, LineCheck, TextCheck
from workflow.proofreading.everyday import EVASIVE as HARMFUL
from workflow.proofreading.everyday import RUDE as ABUSIVE
from workflow.proofreading.findings import Hit
from workflow.proofreading.numerals import any_number
from workflow.proofreading.text import Line

QUOTED_COUNT = re.compile(
    r"[“\"]?([两三四五六七八九十]{1,2}个)([\u4e00-\u9fff]{2,3})[”\"]?"
)
DEMANDS = (
    (
        re.compile(r"增强[“\"]?([一二两三四五六]个[\u4e00-\u9fff]{2})[”\"]?"),
        ("四个意识", "五个认同", "四个认同"),
    ),
    (
        re.compile(r"坚定[“\"]?([一二两三四五六]个[\u4e00-\u9fff]{2})[”\"]?"),
        ("四个自信",),
    ),
    (
        re.compile(
            r"(?:做到|践行)[“\"]?([一二两三四五六]个(?:维护|确立|拥护|维持|保护|维户|捍卫|意识|自信))[”\"]?"
        ),
        ("两个维护",),
    ),
    (
        re.compile(
            r"(?:领悟|拥护|捍卫|衷心拥护)[“\"]?([一二两三四五六]个(?:[确维建明树][\u4e00-\u9fff]))[”\"]?"
        ),
        ("两个确立",),
    ),
    (
        re.compile(r"[“\"]([一二三四五六七八九]学[一二三四五六七八九]做)[”\"]"),
        ("两学一做",),
    ),
    (
        re.compile(r"[“\"]([一二三四五六七八九]会[一二三四五六七八九]课)[”\"]"),
        ("三会一课",),
    ),
    (
        re.compile(r"[“\"]([一二三四五六七八九]严[一二三四五六七八九]实)[”\"]"),
        ("三严三实",),
    ),
    (
        re.compile(r"[“\"]([一二三四五六七八九]位[一二三四五六七八九]体)[”\"]"),
        ("五位一体", "三位一体", "四位一体", "六位一体", "七位一体"),
    ),
    (
        re.compile(r"统筹推进[“\"]?([\u4e00-\u9fff]位[\u4e00-\u9fff]体)[”\"]?"),
        ("五位一体",),
    ),
    (
        re.compile(r"协调推进[“\"]([一二两三四五六]个[\u4e00-\u9fff]{2})[”\"]"),
        ("四个全面",),
    ),
    (re.compile(r"中央([\u4e00-\u9fff]项规定)"), ("八项规定",)),
    (
        re.compile(r"[“\"]([一二三四五六七八九]个[一二三四五六七八九]百年)[”\"]?"),
        ("两个一百年",),
    ),
    (
        re.compile(r"(?:践行|牢记)[“\"]([一二两三四五六]个务必)[”\"]"),
        ("三个务必", "两个务必"),
    ),
    (
        re.compile(r"(?:纠治|反对|整治|纠正)[“\"]?([一二三四五六]风)[”\"]"),
        ("四风", "四风问题"),
    ),
)


def fixed_phrases(line: Line, desk: Desk) -> Iterator[Hit]:
    """A canonical phrase that is altered or incomplete."""
    reported: set[int] = set()
    for pattern, rights in DEMANDS:
        for match in pattern.finditer(line.text):
            if match.group(1) not in rights and not _is_other(match.group(1), rights):
                reported.add(match.start(1))
                yield Hit(
                    *match.span(1),
                    f"固定表述是“{rights[0]}”，写成了“{match.group(1)}”",
                    (rights[0],),
                    sure=True,
                )
    for match in QUOTED_COUNT.finditer(line.text):
        right = _counted(match.group(1), match.group(2), desk)
        if right and match.start(1) not in reported and match.group()[0] in '“"':
            said = match.group(1) + match.group(2)
            yield Hit(
                match.start(1),
                match.end(2),
                f"固定表述是“{right}”，写成了“{said}”",
                (right,),
            )


def _is_other(said: str, rights: tuple[str, ...]) -> bool:
    return (
        "个" in said
        and said[0] == rights[0][0]
        and not set(said[2:]) & set(rights[0][2:])
        and rights[0] not in {"四个意识", "四个自信", "两个维护"}
    )


CORE = {
    "四个": ("意识", "自信", "全面"),
    "两个": ("维护", "确立", "毫不动摇"),
    "三个": ("代表", "务必"),
}


def _counted(number: str, word: str, desk: Desk) -> str:
    known = desk.tables.maps["counts"].get(number, "").split()
    if any(word.startswith(k[:2]) for k in known if k):
        return ""
    for core in CORE.get(number, ()):
        if (
            len(core) == len(word)
            and sum(a == b for a, b in zip(core, word, strict=True)) == 1
            and word[0] == core[0]
        ):
            return number + core
    return ""


THOUGHTS = frozenset(
    [
        "习近平新时代中国特色社会主义思想",
        "习近平经济思想",
        "习近平法治思想",
        "习近平生态文明思想",
        "习近平强军思想",
        "习近平外交思想",
        "习近平文化思想",
        "习近平新闻舆论思想",
    ]
)
THOUGHT = re.compile(
    r"习近平(?!总书记|同志|主席|[\u4e00-\u9fff]{0,4}(?:指出|强调|讲话|在|对|主持|出席|会见|考察))([\u4e00-\u9fff]{2,18}?)思想"
)
MAIN_THOUGHT = "习近平新时代中国特色社会主义思想"
OTHER_THOUGHTS = re.compile(
    r"(?:习[进金近锦][^平][\u4e00-\u9fff]?(?=新时代)|习[进金锦]平|习近评|刁近平|习平近(?=新时代|总书记))|邓小平思想|毛泽东理论|[“\"]?三个代表[”\"]?思想|科学发展理[论念]|[“\"]?三个代表[”\"]?重要理论|马克斯主义|马克思列宁思想|马列思想主义|(?<!近平)新时代(?:有)?中国特色(?:社会)?主义思想(?<!新时代中国特色社会主义思想)|(?<=习近平)(?:新时期|新时代)中国(?:特点|特殊|特别)社会主义思想|习近平新时代中国特色社会主义理论(?!体系)|习近平中国特色社会主义思想|习近平新时代特色社会主义思想|习近平新时代中国特色社会主义(?=(?:为指导|指引|武装|凝心铸魂|统领))"
)


def guiding_thought(line: Line, _: Desk) -> Iterator[Hit]:
    """The names of the guiding thought are never altered."""
    done: set[int] = set()
    for match in THOUGHT.finditer(line.text):
        if match.group() not in THOUGHTS and not re.search(
            "[、的关于]", match.group(1)
        ):
            done.add(match.start())
            yield Hit(
                *match.span(),
                f"指导思想的表述有误，写成了“{match.group()}”",
                (MAIN_THOUGHT,),
            )
    for match in OTHER_THOUGHTS.finditer(line.text):
        if not any(abs(match.start() - place) < 6 for place in done):
            yield Hit(*match.span(), f"指导思想的表述有误，写成了“{match.group()}”")


PLENUMS = {11: 7, 12: 7, 13: 8, 14: 7, 15: 7, 16: 7, 17: 7, 18: 7, 19: 7, 20: 5}
CN = "[一二三四五六七八九十]"
PLENUM = re.compile(
    rf"(?:党的)?第?({CN}{{1,3}}|\d{{1,2}})(届|大)(?:中央委员会)?(?:第)?({CN}{{1,2}}|\d{{1,2}})(?:次全体会议|中全会|次中全会|种全会|中会议)"
)
CONGRESS = re.compile(
    rf"党的(?:第)?({CN}{{2,3}}|\d{{2}})(?:大(?![一-龥]?中全会|道|型|力)|次全国代表大会|次代表大会)"
)
PEOPLES = re.compile(
    rf"(?:第)?({CN}{{1,3}})届(全国人大|全国人民代表大会|全国政协|政协全国委员会)(?:常委会)?第?({CN}{{1,3}})次会议"
)


def congresses(line: Line, _: Desk) -> Iterator[Hit]:
    """Only meetings that were held, named as they are named."""
    for match in PLENUM.finditer(line.text):
        term, word, number = match.groups()
        held = PLENUMS.get(any_number(term) or 0)
        asked = any_number(number) or 0
        if (
            (held is None and (any_number(term) or 0) > 10)
            or word == "大"
            or (held and asked > held)
            or "种全会" in match.group()
        ):
            yield Hit(*match.span(), f"没有“{match.group()}”这样一次会议，请核对届次")
    for match in CONGRESS.finditer(line.text):
        if (any_number(match.group(1)) or 0) > 20 and not re.search(
            r"召开|即将|迎接",
            line.text[match.end() : match.end() + 6]
            + line.text[max(0, match.start() - 4) : match.start()],
        ):
            yield Hit(*match.span(), f"“{match.group()}”尚未召开，请核对届次")
    for match in PEOPLES.finditer(line.text):
        term, _name, number = match.groups()
        late = (any_number(term) or 0) > 14
        if late or ((any_number(number) or 0) > 5 and "常委会" not in match.group()):
            yield Hit(*match.span(), f"没有“{match.group()}”这样一次会议，请核对届次")


EVASIVE = tuple(HARMFUL.split())
SEPARATOR = r"[\s*＊\-_—.·•,/\\|~～+=#@&^$%!！○●◆★☆\u3000]{1,3}"
EVADED = re.compile("|".join(SEPARATOR.join(map(re.escape, word)) for word in EVASIVE))
RUDE = tuple(ABUSIVE.split())
RUDE_EVADED = re.compile(
    "|".join(SEPARATOR.join(map(re.escape, word)) for word in RUDE)
    + r"|[傻煞沙][逼比笔屄Bb](?![一-龥]*(?:试|较))|(?<![A-Za-z])(?:sb|SB|tmd|TMD|nmb|cnm|CNM|mlgb|MLGB|wqnmlgb|nmsl)(?![A-Za-z])|[操艹肏][你尼泥您][妈马吗麻]|草[你尼泥][妈马吗]|(?<![今昨明生节假近当某每平往末首次整终改那这旧他一即])[曰日]你[妈大]|你[妈马吗]的?[逼币]|牛[逼屄]|(?<![黄水肉奶耕公母犊仔活头养种蜗斗犀牦])牛[比笔](?=[，。！？…了]|$|哄|轰)|装[逼屄](?!真|近)|(?<=[爱真别太就能会])装[比笔](?=[，。！？…了的]|$)|(?<![一-龥·])尼[玛马妈](?=的|[，！…]|$)|王[八8]蛋|滚[犊蛋]子?|[狗苟]屎|屁[民话](?!众)"
)


def evasive_words(line: Line, _: Desk) -> Iterator[Hit]:
    """Harmful words with signs put between their characters."""
    for match in EVADED.finditer(line.text):
        yield Hit(*match.span(), f"出现夹带符号的有害信息“{match.group()}”", ("",))


def evasive_abuse(line: Line, _: Desk) -> Iterator[Hit]:
    """Abuse with signs put between its characters, or spelt by sound."""
    for match in RUDE_EVADED.finditer(line.text):
        yield Hit(*match.span(), f"“{match.group()}”是粗俗用语，应当删去", ("",))


HEADS = tuple({word[0] for word in EVASIVE})
LINE_CHECKS = (
    LineCheck(
        "S05",
        fixed_phrases,
        (
            "个意",
            "个自",
            "个维",
            "个确",
            "个全",
            "增强",
            "坚定",
            "做到",
            "践行",
            "领悟",
            "拥护",
            "捍卫",
            "学一",
            "学两",
            "学二",
            "会一",
            "会两",
            "会二",
            "会三",
            "学三",
            "严三",
            "严二",
            "严四",
            "位一",
            "位二",
            "位三",
            "位四",
            "位五",
            "位六",
            "项规定",
            "百年",
            "个务必",
            "“两个",
            "“四个",
            "“三个",
            "风”",
            "协调推进",
        ),
    ),
    LineCheck(
        "S06", guiding_thought, ("习", "思想", "理论", "马克斯", "刁近平", "科学发展理")
    ),
    LineCheck("S07", congresses, ("届", "党的", "中全会")),
    LineCheck("S18", evasive_words, HEADS),
    LineCheck(
        "S17",
        evasive_abuse,
        tuple("妈逼比笔蛋屎屁玛马傻煞贱混去脑操草曰日BbsStTcCnNmMw"),
    ),
)
TEXT_CHECKS: tuple[TextCheck, ...] = ()
