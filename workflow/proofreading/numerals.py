"""Numbers as people write them: Chinese numerals, capitals, units of ten thousand."""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache

DIGITS = {c: n for n, c in enumerate("零一二三四五六七八九")} | {
    "〇": 0,
    "两": 2,
    **{c: n for n, c in enumerate("壹贰叁肆伍陆柒捌玖", start=1)},
}
TENS = {"十": 10, "拾": 10, "百": 100, "佰": 100, "千": 1000, "仟": 1000}
MYRIADS = {"万": 10**4, "萬": 10**4, "亿": 10**8, "億": 10**8}
CHINESE = r"[零〇一二两三四五六七八九十百千万]"
UNIT = (
    r"(?:万元|亿元|平方米|平方公里|立方米|公里|公斤|千米|千瓦|个百分点|人次|人|户|元|亩|个|条|件|名|次|吨|米|天|台|里|斤|家"
    r"|份|头|株|处|场|只|辆|套|册|批|位|项|期|盏|座|间|宗|起|例|篇|张|块|栋|幢|所|支|艘|片|口|棵|羽|顶|床|盒|箱|袋|瓶|顷|公顷|村|组|班|队|枚|部|类|笔|单|票|种|节|本|双|把|面|艘|孔|眼|对|桶|担|篮|度)"
)
AMOUNT = re.compile(
    r"(?<![\d.\-/])(\d[\d,]*(?:\.\d+)?)\s?([万亿]?)(?:余|多)?(" + UNIT + ")"
)


@dataclass(frozen=True, slots=True)
class Amount:
    """A number with its unit.

    Args:
        value: in the plain unit (元, not 万元).
        step: half of the last digit written, in the plain unit.
    """

    start: int
    end: int
    value: Decimal
    unit: str
    step: Decimal


@lru_cache(maxsize=512)
def amounts(text: str) -> tuple[Amount, ...]:
    """Every number with a unit, in order; 万元 and 亿元 are brought to 元."""
    return tuple(_amount(match) for match in AMOUNT.finditer(text))


def _amount(match: re.Match[str]) -> Amount:
    digits, myriad, unit = match.groups()
    if unit in {"万元", "亿元"}:
        myriad, unit = unit[0], unit[1]
    factor = MYRIADS.get(myriad, 1)
    plain = digits.replace(",", "")
    places = len(plain.partition(".")[2])
    step = Decimal(factor) / (2 * 10**places) if places else Decimal(0)
    return Amount(match.start(), match.end(), Decimal(plain) * factor, unit, step)


def chinese_number(text: str) -> int | None:
    """The value of a Chinese numeral, plain or in capitals; none when it is none."""
    total = part = digit = 0
    for letter in text:
        if letter in DIGITS:
            digit = DIGITS[letter]
        elif letter in TENS:
            part += (digit or 1) * TENS[letter]
            digit = 0
        elif letter in MYRIADS:
            total = (total + part + digit) * MYRIADS[letter]
            part = digit = 0
        else:
            return None
    return total + part + digit if text else None


def positional(text: str) -> int | None:
    """二〇二四 read digit by digit."""
    if not text or any(letter not in DIGITS for letter in text):
        return None
    return int("".join(str(DIGITS[letter]) for letter in text))


def any_number(text: str) -> int | None:
    """A whole number in either writing."""
    if text.isdecimal() and text.isascii():
        return int(text)
    return chinese_number(text)


def in_chinese(number: int) -> str:
    """A number below 100 as a serial is written."""
    digits = "〇一二三四五六七八九"
    if number < 10:
        return digits[number]
    tens, ones = divmod(number, 10)
    return ("" if tens == 1 else digits[tens]) + "十" + (digits[ones] if ones else "")


def capital_amount(text: str) -> Decimal | None:
    """The value of an amount in capitals (伍万元整、叁佰元伍角)."""
    body = text.rstrip("整正")
    whole, _, rest = body.replace("圆", "元").partition("元")
    value = chinese_number(whole)
    if value is None:
        return None
    cents = Decimal(0)
    for digit, unit in re.findall(
        r"([壹贰叁肆伍陆柒捌玖一二三四五六七八九])([角分])", rest
    ):
        cents += Decimal(DIGITS[digit]) / (10 if unit == "角" else 100)
    return Decimal(value) + cents


def plain(value: Decimal) -> str:
    """A value as it is written in prose."""
    rounded = value.quantize(Decimal("0.01"))
    text = f"{rounded:f}".rstrip("0").rstrip(".")
    return text or "0"
