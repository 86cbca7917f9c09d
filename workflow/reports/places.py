"""Reading untrusted JSON one place at a time.

A ``Place`` is a value with the path that led to it, so that every refusal names
where in the file the fault stands.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import NoReturn

from workflow.errors import InvalidInput
from workflow.reports.report import Cell, Number

LARGEST = 10**15
FINEST_EXPONENT = -12


@dataclass(frozen=True, slots=True)
class Place:
    """One value of the file and the path to it."""

    value: object
    path: str = ""

    def refuse(self, sentence: str) -> NoReturn:
        """Refuse the file because of this place.

        Raises:
            InvalidInput: always; the message names the path.
        """
        where = self.path or "最外层"
        raise InvalidInput(
            {where: [sentence]}, f"年报文件的“{where}”{sentence}", rule="report-file"
        )

    @property
    def is_blank(self) -> bool:
        """Whether the value is null or was not given."""
        return self.value is None

    def entries(self) -> dict[str, Place]:
        """The members of an object, each with its path."""
        if not isinstance(self.value, dict):
            self.refuse("应为一个对象（花括号）。")
        if not all(_is_sound(name) for name in self.value):
            self.refuse("的栏目名里有损坏的字符。")
        return {
            name: Place(value, f"{self.path}.{name}" if self.path else name)
            for name, value in self.value.items()
        }

    def items(self) -> Iterator[Place]:
        """The members of a list, each with its path."""
        if not isinstance(self.value, list):
            self.refuse("应为一个列表（方括号）。")
        for index, value in enumerate(self.value):
            yield Place(value, f"{self.path}[{index}]")

    def __getitem__(self, name: str) -> Place:
        """The named member, blank if it is not there."""
        inside = f"{self.path}.{name}" if self.path else name
        return self.entries().get(name, Place(None, inside))

    def required(self, name: str) -> Place:
        """The named member, which must be there and not null."""
        member = self[name]
        if member.is_blank:
            member.refuse("缺失，此项必须填写。")
        return member

    def text(self) -> str:
        """A text."""
        if not isinstance(self.value, str):
            self.refuse("应为文字（加引号）。")
        if not _is_sound(self.value):
            self.refuse("里有损坏的字符。")
        return self.value

    def text_or_empty(self) -> str:
        """A text, or an empty one for null."""
        return "" if self.is_blank else self.text()

    def one_of(self, *words: str) -> str:
        """One of the given words."""
        word = self.text()
        if word not in words:
            self.refuse(f"只能是 {'、'.join(words)} 之一。")
        return word

    def truth(self) -> bool:
        """A true or false."""
        if not isinstance(self.value, bool):
            self.refuse("应为 true 或 false。")
        return self.value

    def decimal(self) -> Decimal:
        """A number exactly as written, trailing zeros kept."""
        if isinstance(self.value, bool) or not isinstance(self.value, int | Decimal):
            self.refuse("应为数字；印成空白或符号的单元格请写 null。")
        number = Decimal(self.value)
        if not _is_sane(number):
            self.refuse("超出了年报数字可能的范围。")
        return number

    def number(self) -> Number:
        """A number; one without a fractional part comes back as ``int``."""
        number = self.decimal()
        return int(number) if number == number.to_integral_value() else number

    def cell(self) -> Cell:
        """A number, or ``None`` where the report prints a blank."""
        return None if self.is_blank else self.number()

    def day(self) -> date:
        """A calendar day written as 2024-01-31."""
        text = self.text()
        try:
            return date.fromisoformat(text)
        except ValueError:
            self.refuse("应为存在的日期，写成 2024-01-31 的样子。")


def _is_sane(number: Decimal) -> bool:
    exponent = number.as_tuple().exponent
    if not isinstance(exponent, int) or number.adjusted() > 15:
        return False
    return exponent >= FINEST_EXPONENT and abs(number) <= LARGEST


def _is_sound(text: str) -> bool:
    return not any("\ud800" <= character <= "\udfff" for character in text)
