"""Why a file is not TOML, in the words of those who write regulations.

The library says it in English, by the character; what a person did is nearly always
one of a handful of things, and each has a remedy that can be told.
"""

from __future__ import annotations

import re

_LINE = re.compile(r"at line (\d+)")
_TWICE = re.compile(r"Cannot declare \('(.+)',?\) twice")
_REASONS = (
    ("Cannot overwrite a value", "这个键前面已经写过，同一处不能写两次。"),
    ("Unterminated string", "引号没有配对。"),
    ('Expected "\'"', "单引号没有配对。"),
    ("Illegal character", "一行里的引号没有配对，或夹有看不见的控制字符。"),
    ("Unescaped '\\'", "双引号里不能直接写反斜杠；请改用单引号。"),
    ("Unclosed array", "列表缺逗号或右方括号 ]。"),
    ("Unclosed inline table", "行内表 { … } 缺逗号或右花括号。"),
    (
        "Invalid initial character for a key part",
        "行内表 { … } 必须写在一行里，末项后面也不加逗号；"
        "键只能用英文字母、数字、下划线。",
    ),
    ("Invalid statement", "键只能用英文字母、数字、下划线；中文键须写在引号里。"),
    ("Expected '=' after a key", "键的后面应是等号 =。"),
    (
        "Invalid value",
        "等号后面的文字须放在英文引号里（条件也是，如 when = 'kind == \"policy\"'）。",
    ),
    (
        "Expected newline",
        "一行只写一项；日期按 2024-05-01 写，数字不以 0 起头。",
    ),
    ("Expected ']'", "表头的方括号没有配对。"),
)


def line_of(error: str, text: str) -> int:
    """The line that the library names; the last one when it says "at the end"."""
    place = _LINE.search(error)
    return int(place[1]) if place else text.count("\n") + 1


def why_not_toml(error: str) -> str:
    """One Chinese sentence with the remedy.

    Args:
        error: what ``tomllib`` said.
    """
    twice = _TWICE.match(error)
    if twice:
        name = twice[1].replace("', '", ".")
        return f"表 [{name}] 写了两次；可以写几个的表（如环节）用 [[{name}]]。"
    for said, reason in _REASONS:
        if error.startswith(said):
            return f"这一行不合 TOML 写法：{reason}"
    return "这一行不合 TOML 写法。"
