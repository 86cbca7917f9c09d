"""Checks that are wholly data: wrong words, and wrong forms as expressions."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial

from workflow.proofreading.checks import Desk, LineCheck
from workflow.proofreading.findings import Hit
from workflow.proofreading.tables import Pattern, Tables, Word
from workflow.proofreading.text import Line, sentences


def word_checks(tables: Tables) -> tuple[LineCheck, ...]:
    """One check a wrong word, woken by the word itself."""
    return tuple(
        LineCheck(word.rule, partial(_stands, word), (word.wrong,))
        for word in tables.words
    )


def pattern_checks(tables: Tables) -> tuple[LineCheck, ...]:
    """One check an expression, woken by the literals it names."""
    return tuple(
        LineCheck(pattern.rule, partial(_matches, pattern), pattern.near)
        for pattern in tables.patterns
    )


def _stands(word: Word, line: Line, desk: Desk) -> Iterator[Hit]:
    start = line.text.find(word.wrong)
    exempt = desk.tables.maps.get("exempt_words", {}).get(word.wrong, "").split("|")
    while start >= 0:
        end = start + len(word.wrong)
        around = line.text[max(0, start - 4) : end + 4]
        if not any(keep and keep in around for keep in exempt):
            yield _wrong_word(word, start, end)
        start = line.text.find(word.wrong, end)


def _wrong_word(word: Word, start: int, end: int) -> Hit:
    if not word.right or word.right == "-":
        return Hit(start, end, f"“{word.wrong}”不宜用在公文和新闻里")
    rights = tuple(word.right.split("|"))
    advice = "”或“".join(rights)
    what = f"“{word.wrong}”应写作“{advice}”"
    return Hit(start, end, what, rights, sure=len(rights) == 1 and word.rule[0] == "T")


def _matches(pattern: Pattern, line: Line, _: Desk) -> Iterator[Hit]:
    for match in pattern.find.finditer(line.text):
        if pattern.unless and pattern.unless.search(
            _sentence(line.text, match.start())
        ):
            continue
        put = () if pattern.put is None else (match.expand(pattern.put),)
        what = pattern.say.replace("{}", match.group())
        yield Hit(
            *match.span(), what, put, sure=pattern.sure, severity=pattern.severity
        )


def _sentence(text: str, place: int) -> str:
    for start, sentence in sentences(text):
        if start <= place < start + len(sentence):
            return sentence
    return text
