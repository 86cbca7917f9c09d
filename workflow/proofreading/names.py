"""Names of people, told from ordinary words by surname, place and neighbours."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

from workflow.proofreading.everyday import NEVER_NAMES, NO_NAMES

NOT_GIVEN = "某×XxＸ*＊的了在和与是为有于对向将把被从由及或等、，。村镇乡县市区局院校办所站户组人们上下中里前后家员长书记主任委等先生女士同志领导群众单位部门"
AFTER = r"(?=$|[\s，。；：、（）()！？“”》…]|说|表示|介绍|反映|告诉|称|到场|到|主持|出席|在|家|因|患|的|等|同志|先生|女士|老人|某|今年|确诊|向|为|和|与|投诉|举报|来电|来访|来信|提供|系|是|男|女|被|于|陪同|强调|指出|带队|带领|率|参加|一行|讲话|致辞|作|代表|现年|住|荣获|获|考|就读|读|发言|认为|要求|宣布|宣读|担任|任|前往|深入|走访|调研|多次|再次|一直|经常|检查|慰问|也|已|还|又|就|及|、)"
NOT_NAMES = frozenset((*NO_NAMES.split(), *NEVER_NAMES.split()))
KINSHIP = re.compile(
    "[大老小阿]?(?:大?[爷妈娘伯叔婶嫂姨婆姐哥]|奶奶|爷爷|婆婆|师傅|老师|医生|支书|会计|总)"
)
"""陆大爷 names nobody."""


@lru_cache(maxsize=4)
def name_pattern(surnames: tuple[str, ...]) -> re.Pattern[str]:
    """A full name: surname and one or two characters, then a boundary."""
    double = [s for s in surnames if len(s) > 1]
    single = "".join(s for s in surnames if len(s) == 1)
    given = rf"[^\W\d_A-Za-z{NOT_GIVEN}]"
    return re.compile(rf"((?:{'|'.join(double)}|[{single}]){given}{{1,2}}?){AFTER}")


@lru_cache(maxsize=4)
def _starts(surnames: tuple[str, ...]) -> re.Pattern[str]:
    heads = "".join({surname[0] for surname in surnames})
    return re.compile(rf"(?:(?<![^\s，。；：、（(“”|])(?=[{heads}]))")


def names_in(text: str, surnames: tuple[str, ...]) -> Iterator[tuple[int, int, str]]:
    """Each likely name that begins where a word may begin."""
    pattern = name_pattern(surnames)
    for match in _starts(surnames).finditer(text):
        found = pattern.match(text, match.start())
        if not found or is_word(found.group(1)):
            continue
        if text[match.start() - 1 : match.start()] != "、" or _follows_name(
            text[: match.start() - 1], surnames
        ):
            yield found.start(1), found.end(1), found.group(1)


ITEM = re.compile("[^，。；：、（“”|\\s]*$")
IN_BRACKETS = re.compile("（[^（）]*）$")


def _follows_name(before: str, surnames: tuple[str, ...]) -> bool:
    """Whether the item before in a list ends in a name, as in 村民张三、李四.

    救生衣、戴头盔 and 采样、关空调 are lists of other things.
    """
    item = ITEM.search(IN_BRACKETS.sub("", before))
    tail = item.group() if item else ""
    return any(
        tail[-size:].startswith(surnames) and not is_word(tail[-size:])
        for size in (2, 3, 4)
        if len(tail) >= size
    )


def name_at(text: str, place: int, surnames: tuple[str, ...]) -> str:
    """The name that begins at this place, or nothing."""
    found = name_pattern(surnames).match(text, place)
    return found.group(1) if found and not is_word(found.group(1)) else ""


def is_word(name: str) -> bool:
    """Whether it looks like a name and is an ordinary word."""
    return (
        name in NOT_NAMES or name[:2] in NOT_NAMES or bool(KINSHIP.fullmatch(name[1:]))
    )
