"""The text as people see it: code points folded with a way back, lines by kind."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import Enum, auto
from functools import cached_property, lru_cache
from itertools import pairwise
from unicodedata import normalize

HAN = r"\u3400-\u4dbf\u4e00-\u9fff〇"
LOOKALIKE = re.compile(
    r"[\u00a0\u00ad\u2000-\u200f\u2028-\u202f\u205f-\u206f\u2e80-\u2fdf\u31c0-\u31ef"
    r"\u0400-\u04ff\ue000-\uf8ff\uf900-\ufaff\ufe00-\ufe0f\ufeff"
    r"\U000e0000-\U000e01ef\U000f0000-\U0010ffff\U0002f800-\U0002fa1f]"
)
SPACES = re.compile(r"[\u00a0\u2000-\u200a\u2028\u2029\u202f\u205f]")
FOLDED = re.compile(LOOKALIKE.pattern[:-1] + "\uff10-\uff19\uff21-\uff3a\uff41-\uff5a]")
CYRILLIC = str.maketrans("АВСЕНКМОРТХасеорх", "ABCEHKMOPTXaceopx")


class Kind(Enum):
    """What a line is, recognised by its structure."""

    TITLE = auto()
    ADDRESSEE = auto()
    HEADING = auto()
    BODY = auto()
    ROW = auto()
    CAPTION = auto()
    ATTACHMENT = auto()
    SIGNATURE = auto()
    NOTE = auto()


@dataclass(frozen=True, slots=True)
class Line:
    """One line of the folded text.

    Args:
        start: offset of its first code point in the folded text.
        number: its place among the lines that are not blank, from 0.
    """

    text: str
    start: int
    kind: Kind
    number: int


@dataclass(frozen=True, eq=False)
class Document:
    """The text as given, its folded copy, and its lines.

    Args:
        origin: for each folded code point its place in the given text; empty when
            nothing was added or dropped.
    """

    given: str
    folded: str
    origin: tuple[int, ...]
    lines: tuple[Line, ...]

    def given_span(self, start: int, end: int) -> tuple[int, int]:
        """Where a span of the folded text stands in the given one."""
        if not self.origin:
            return start, end
        last = self.origin[max(start, end - 1)] + 1 if end > start else None
        first = self.origin[start] if start < len(self.origin) else len(self.given)
        return first, last if last is not None else first

    def line_at(self, offset: int) -> Line:
        """The line that holds an offset of the folded text."""
        return self.lines[max(0, bisect_right(self.starts, offset) - 1)]

    @cached_property
    def starts(self) -> list[int]:
        """Where each line begins."""
        return [line.start for line in self.lines]

    @property
    def is_single(self) -> bool:
        """Whether there is no structure to go by: one line only."""
        return len(self.lines) <= 1


def read_document(given: str) -> Document:
    """Fold the code points and cut the text into lines by kind."""
    folded, origin = fold(given)
    return Document(given, folded, origin, tuple(_lines(folded)))


def fold(given: str) -> tuple[str, tuple[int, ...]]:
    """Plain code points for look-alikes, and for each its place in the given text."""
    if not FOLDED.search(given):
        return given, ()
    letters: list[str] = []
    origin: list[int] = []
    for place, letter in enumerate(given):
        plain = _plain(letter) if FOLDED.match(letter) else letter
        letters.append(plain)
        origin.extend([place] * len(plain))
    if origin == list(range(len(given))):
        return "".join(letters), ()
    return "".join(letters), tuple(origin)


def _plain(letter: str) -> str:
    if SPACES.match(letter):
        return " "
    plain = normalize("NFKC", letter).translate(CYRILLIC)
    return "" if LOOKALIKE.match(plain) else plain


TITLE_END = re.compile(
    r"(?:通知|公告|通告|公示|报告|方案|意见|决定|办法|规定|细则|规划|计划|总结|函"
    r"|批复|请示|纪要|要点|通报|预案|制度|倡议书|公报|情况)(?:（[^（）]{1,12}）)?$"
)
SERIAL = re.compile(
    r"\s*(?:[一二三四五六七八九十]{1,3}[、.．]|[（(][一二三四五六七八九十\d]{1,3}[)）]"
    r"|\d{1,2}[.．、](?!\d)|第[一二三四五六七八九十百]{1,5}[条章节]|[①-⑳]|\d{1,2}[)）])"
)
DATE_LINE = re.compile(
    r"\s*(?:\d{4}年\d{1,2}月\d{1,2}日|[一二三四五六七八九〇零○OoＯ]{4}年[一二三四五六七八九十]{1,2}月"
    r"[一二三四五六七八九十]{1,3}日)\s*$"
)
ORGAN_LINE = re.compile(
    r"\s*[\u4e00-\u9fff]{2,24}(?:政府|委员会|办公室|办|局|站|所|中心|党委|党工委|支部|指挥部|小组|学校|公司|院)\s*$"
)
NOTE_LINE = re.compile(r"\s*[（(](?:此件|联系|本件|此文|该件)[^（）()]*[)）]\s*$")
ADDRESSEE = re.compile(
    r"\s*(?:各|[镇乡县区市]直|[\u4e00-\u9fff]{2,12}(?:政府|局|委员会|办公室))"
    r"[^。！？；]{0,60}[:：]?\s*$"
)
CAPTION = re.compile(r"\s*(?:图|表|图片|照片)\s*\d*\s*[:：]|\s*图为")
ATTACHMENT = re.compile(r"\s*附\s*件\s*\d*\s*[:：]")
NEXT_ATTACHMENT = re.compile(r"\s*\d{1,2}[.．、]")


def _lines(folded: str) -> Iterator[Line]:
    spans = [
        (m.start(), m.group())
        for m in re.finditer(r"[^\r\n]+", folded)
        if not m.group().isspace()
    ]
    in_attachment = False
    for number, (start, text) in enumerate(spans):
        after = spans[number + 1][1] if number + 1 < len(spans) else ""
        kind = _kind(text, number, len(spans), after)
        goes_on = in_attachment and NEXT_ATTACHMENT.match(text)
        in_attachment = kind is Kind.ATTACHMENT or bool(goes_on)
        yield Line(text, start, Kind.ATTACHMENT if in_attachment else kind, number)


def _kind(text: str, number: int, total: int, after: str) -> Kind:
    if "\t" in text or text.count("|") > 1:
        return Kind.ROW
    if ATTACHMENT.match(text):
        return Kind.ATTACHMENT
    if NOTE_LINE.match(text):
        return Kind.NOTE
    if CAPTION.match(text):
        return Kind.CAPTION
    if SERIAL.match(text):
        return Kind.HEADING
    return _plain_kind(text, number, total, after)


def _plain_kind(text: str, number: int, total: int, after: str) -> Kind:
    is_tail = number and number >= total - 4
    if is_tail and (DATE_LINE.match(text) or _signs(text, after)):
        return Kind.SIGNATURE
    if number in {1, 2} and ADDRESSEE.match(text) and text.rstrip()[-1] in ":：":
        return Kind.ADDRESSEE
    if number == 0 and total > 1 and _is_title(text):
        return Kind.TITLE
    return Kind.BODY


def _signs(text: str, after: str) -> bool:
    return bool(ORGAN_LINE.match(text)) and (not after or bool(DATE_LINE.match(after)))


def _is_title(text: str) -> bool:
    text = text.strip()
    if len(text) > 60 or any(mark in text for mark in "；："):
        return False
    if "，" in text and len(text) > 24:
        return False
    inner = text.rstrip("。")
    return "。" not in inner and (text[-1] not in "，、！？”" or "”" in text[-1])


@lru_cache(maxsize=512)
def sentences(text: str) -> tuple[tuple[int, str], ...]:
    """Each sentence of a line with its offset; closing quotes stay with it."""
    found, start = [], 0
    for match in re.finditer(r"[。！？；](?:[”’）》])*", text):
        found.append((start, text[start : match.end()]))
        start = match.end()
    if start < len(text):
        found.append((start, text[start:]))
    return tuple(found)


def spans_in(text: str, opening: str, closing: str) -> list[tuple[int, int]]:
    """Outermost spans between two marks, the marks included."""
    spans, depth, begin = [], 0, 0
    for place in (i for i, c in enumerate(text) if c in opening + closing):
        if text[place] in opening:
            begin = place if not depth else begin
            depth += 1
        elif depth:
            depth -= 1
            if not depth:
                spans.append((begin, place + 1))
    return spans


def is_inside(place: int, spans: Sequence[tuple[int, int]]) -> bool:
    """Whether an offset lies within one of the spans."""
    return any(start <= place < end for start, end in spans)


def is_rising(values: Sequence[int]) -> bool:
    """Whether each value is larger than the one before."""
    return all(a < b for a, b in pairwise(values))
