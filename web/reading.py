"""Forms read by allow-list: what is not asked for is not taken (S-23).

A screen asks for the fields it knows, by name and label; everything wrong is
collected, so that a person sees all of it at once.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Mapping, Sequence
from datetime import UTC, date, datetime, time
from enum import StrEnum
from typing import ParamSpec, TypeVar

from flask.typing import ResponseReturnValue

from workflow.calendar import town_moment
from workflow.errors import InvalidInput, WorkflowError

P = ParamSpec("P")
R = TypeVar("R", bound=ResponseReturnValue)
Choice = TypeVar("Choice", bound=StrEnum)
BIGGEST_ID = 2**31 - 1
_FORBIDDEN = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\u202a-\u202e\u2066-\u2069]")


def shows_again(
    form: Callable[..., object], *also: type[WorkflowError]
) -> Callable[[Callable[P, R]], Callable[P, R]]:
    """Name the view that shows this form again, with what was typed, when refused.

    Args:
        form: the GET view of the same form; called with the same URL arguments.
        also: refusals after which it is shown too, besides what was typed wrongly.
    """

    def mark(view: Callable[P, R]) -> Callable[P, R]:
        view.again = form  # type: ignore[attr-defined]
        view.again_after = also  # type: ignore[attr-defined]
        return view

    return mark


class Reading:
    """Reads one sent form; ``check()`` before anything is done with it."""

    def __init__(self, sent: Mapping[str, str]) -> None:
        self._sent = sent
        self._wrong: dict[str, list[str]] = {}

    def check(self) -> None:
        """Go on only when nothing is wrong.

        Raises:
            InvalidInput: with every field's sentences.
        """
        if self._wrong:
            raise InvalidInput(self._wrong)

    def text(self, name: str, label: str, most: int, *, needed: bool = True) -> str:
        """One field of text, trimmed, in normal form C.

        Args:
            label: the field's Chinese name, for the sentence.
            most: how many characters it may have.
        """
        typed = unicodedata.normalize("NFC", self._sent.get(name, "")).strip()
        if needed and not typed:
            self.refuse(name, f"请填写{label}。")
        if len(typed) > most:
            self.refuse(name, f"{label}最多{most}个字，现在有{len(typed)}个。")
        if _FORBIDDEN.search(typed) or _has_surrogate(typed):
            self.refuse(name, f"{label}里有不能使用的控制字符，请重新输入。")
        return typed

    def password(self, name: str, label: str) -> str:
        """A password as typed, neither trimmed nor changed."""
        typed = self._sent.get(name, "")
        if not typed:
            self.refuse(name, f"请填写{label}。")
        if len(typed) > 1000 or _has_surrogate(typed):
            self.refuse(name, f"{label}不正确。")
            return ""
        return typed

    def day(self, name: str, label: str) -> date:
        """A date as ``2024-03-05``."""
        typed = self._sent.get(name, "").strip()
        try:
            return date.fromisoformat(typed)
        except ValueError:
            self.refuse(name, f"{label}请按“2024-03-05”的样子填写。")
            return date.min

    def moment(self, name: str, label: str) -> datetime:
        """A day and a time of the town, as ``2024-03-05T16:00``."""
        found = self.optional_moment(name, label)
        if found is None:
            self.refuse(name, f"请填写{label}。")
            return datetime.min.replace(tzinfo=UTC)
        return found

    def optional_moment(self, name: str, label: str) -> datetime | None:
        """The same, when it may be left out."""
        typed = self._sent.get(name, "").strip()
        if not typed:
            return None
        try:
            day, _, time_of_day = typed.partition("T")
            return town_moment(date.fromisoformat(day), time.fromisoformat(time_of_day))
        except (ValueError, OverflowError):
            self.refuse(name, f"{label}请按“2024-03-05 16:00”的样子填写。")
            return None

    def choice(self, name: str, label: str, among: type[Choice]) -> Choice:
        """One member of an enumeration, by its value."""
        typed = self._sent.get(name, "")
        try:
            return among(typed)
        except ValueError:
            self.refuse(name, f"请选择{label}。")
            return next(iter(among))

    def number(self, name: str, label: str) -> int:
        """An id or a count that was chosen: digits only."""
        return self.optional_number(name, label, needed=True) or 0

    def optional_number(
        self, name: str, label: str, *, needed: bool = False
    ) -> int | None:
        """An id that may be left out."""
        typed = self._sent.get(name, "").strip()
        if not typed and not needed:
            return None
        is_number = typed.isascii() and typed.isdigit() and len(typed) < 11
        if not is_number or int(typed) > BIGGEST_ID:
            self.refuse(name, f"请选择{label}。")
            return None
        return int(typed)

    def numbers(self, name: str, sent: Sequence[str], label: str) -> list[int]:
        """Ids of the boxes that were ticked."""
        if not all(one.isascii() and one.isdigit() and len(one) < 10 for one in sent):
            self.refuse(name, f"请选择{label}。")
            return []
        return [int(one) for one in sent]

    def refuse(self, name: str, sentence: str) -> None:
        """Note something else that is wrong with a field."""
        self._wrong.setdefault(name, []).append(sentence)


def _has_surrogate(text: str) -> bool:
    return any("\ud800" <= c <= "\udfff" for c in text)
