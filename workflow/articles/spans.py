"""Where words stand in one part of an article: counted, and found anew later; pure.

A person's finding is tied to the words that she saw.  What keeps it at its place when
the text is changed elsewhere is what keeps a rule's finding: the words around, within
the line.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from workflow.articles.checked_parts import BODY, FILE, TITLE, ReadFile
from workflow.articles.text import Text
from workflow.errors import InvalidInput
from workflow.proofreading.rules import local_key

BY_HAND = "H"  # the family of what people find; no rule of the machine has it


@dataclass(frozen=True, slots=True)
class Words:
    """Words as somebody quoted them.

    Args:
        quote: as they stand there; empty: the whole.
        part: ``title``, ``body`` or ``file:`` and a digest; empty: title or body,
            wherever they stand first.
        which: the how-many-eth place of the same words, from 1; 0: not said.
    """

    quote: str
    part: str = ""
    which: int = 0


@dataclass(frozen=True, slots=True)
class Span:
    """The place that was meant.

    Args:
        start: offset in the part; ``None``: the whole of it.
        place: in words, where the part is a file.
    """

    part: str
    start: int | None
    place: str = ""
    key: str = ""


def span_of(words: Words, text: Text, files: Sequence[ReadFile], field: str) -> Span:
    """The place that was meant, in the present text.

    Args:
        files: what was read in the attachments, as far as one of them may be meant.
        field: beside which a fault is told.

    Raises:
        InvalidInput: no such part, the words are not there, or stand there several
            times and which is not said.
    """
    named = [words.part] if words.part else [TITLE, BODY]
    found = [(part, _text_of(part, text, files, field)) for part in named]
    if not words.quote:
        part, _ = found[-1]
        return Span(part, None, _place(part, None, files))
    for part, given in found:
        at = occurrences(given, words.quote)
        if at:
            start = _chosen(at, words, field)
            key = key_of(given, start, words.quote)
            return Span(part, start, _place(part, start, files), key)
    where = {TITLE: "标题", BODY: "正文"}.get(words.part or BODY, "附件")
    line = f"摘引“{words.quote[:20]}”不在现在的{where}里，请照原文摘引。"
    raise InvalidInput({field: [line]})


def occurrences(text: str, quote: str) -> list[int]:
    """Every place where the words begin, overlapping ones too."""
    found, at = [], text.find(quote) if quote else -1
    while at >= 0:
        found.append(at)
        at = text.find(quote, at + 1)
    return found


def key_of(text: str, start: int, quote: str) -> str:
    """The words with those around them, within their line."""
    return local_key(BY_HAND, text, start, start + len(quote))


def found_anew(text: str, quote: str, key: str) -> int | None:
    """Where the words stand in a later text: among the same words around, or first."""
    at = occurrences(text, quote)
    same = [start for start in at if key_of(text, start, quote) == key]
    return next(iter([*same, *at]), None)


def _chosen(at: Sequence[int], words: Words, field: str) -> int:
    if words.which > len(at):
        line = f"“{words.quote[:20]}”在那里只有{len(at)}处，没有第{words.which}处。"
        raise InvalidInput({field: [line]})
    if words.part and not words.which and len(at) > 1:
        line = (
            f"“{words.quote[:20]}”在那里有{len(at)}处，请多摘几个字，或写明是第几处。"
        )
        raise InvalidInput({field: [line]})
    return at[max(words.which, 1) - 1]


def _text_of(part: str, text: Text, files: Sequence[ReadFile], field: str) -> str:
    own = {TITLE: text.title, BODY: text.body}.get(part)
    if own is not None:
        return own
    for file in files:
        if part == f"{FILE}{file.digest}":
            return file.contents.text
    raise InvalidInput({field: ["稿件现在没有这个附件，请刷新后再看。"]})


def _place(part: str, start: int | None, files: Sequence[ReadFile]) -> str:
    for file in files:
        if part == f"{FILE}{file.digest}":
            return f"附件《{file.name}》" if start is None else file.place(start)
    return ""
