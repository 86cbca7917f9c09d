"""A text cut into pieces that are changed as a whole: figures, dates, money, names.

“8” that became “18” is read as a figure changed, not as one character put in; the name
of a person likewise.  Everything else is cut character by character.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

_SURNAMES = (
    "王李张刘陈杨黄赵吴周徐孙马朱胡郭何高林罗郑梁谢宋唐许韩冯邓曹彭曾萧肖田董袁潘于蒋蔡余杜"
    "叶程苏魏吕丁任沈姚卢姜崔钟谭陆汪范金石廖贾夏韦付傅方白邹孟熊秦邱江尹薛闫段雷侯龙史陶黎"
    "贺顾毛郝龚邵万钱严覃武戴莫孔向汤温赖"
)
_POSITIONS = (
    "书记|镇长|乡长|县长|区长|主任|委员|站长|所长|局长|科长|部长|主席|队长|组长|干事"
)
_NOT_IN_A_NAME = (
    "出在主参到带表指强介说等和对同及与为向就要率作深前陪代宣讲致传了一二会的是、，。；"
)
_NUMERAL = "[零〇一二三四五六七八九十百千万亿两]"
_UNITS = "元|美元|亩|公里|平方米|米|吨|公斤|人次|人|户|件|个|名|次|项|条|处"
_UNIT = f"[百千万亿]*(?:{_UNITS})?"

WEIGHTY = re.compile(
    "|".join(
        (
            r"[〔\[（(]\d{4}[〕\]）)]\s?第?\d+号",
            r"\d{17}[\dXx]",
            r"\d{4}年(?:\d{1,2}月(?:\d{1,2}日)?)?",
            r"\d{1,2}月(?:\d{1,2}日)?|\d{1,2}日",
            r"\d{4}[-/.]\d{1,2}[-/.]\d{1,2}|\d{1,2}[:：]\d{2}",
            rf"[¥￥]?\d+(?:[,，]\d{{3}})*(?:\.\d+)?(?:[%％‰]|{_UNIT})",
            rf"{_NUMERAL}+(?:元|亩|人|户|件|个|名|次|项|条|年|月|日)",
            rf"第{_NUMERAL}+[条款项届次章号]",
            rf"{_NUMERAL}{{2,}}",
            rf"[{_SURNAMES}][\u4e00-\u9fff]{{1,2}}(?=同志|先生|女士|(?:副|副?党委)?(?:{_POSITIONS}))",
            rf"(?<=书记|镇长|乡长|县长|区长|主任|委员|站长|所长|局长|科长|部长|主席|队长|组长|干事)"
            rf"[{_SURNAMES}][\u4e00-\u9fff](?:(?![{_NOT_IN_A_NAME}])[\u4e00-\u9fff])?",
        )
    )
)
_PIECE = re.compile(f"(?P<weighty>{WEIGHTY.pattern})|[A-Za-z]+|.", re.DOTALL)


def pieces(text: str) -> Iterator[str]:
    """The pieces of a text, in order; joined again they are the text."""
    for found in _PIECE.finditer(text):
        yield found.group()


def is_weighty(piece: str) -> bool:
    """Whether a piece is a figure, a date, an amount or a name."""
    return any(map(str.isdecimal, piece)) or (len(piece) > 1 and not piece.isascii())
