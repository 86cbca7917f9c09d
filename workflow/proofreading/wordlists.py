"""Checks that are wholly data: wrong words, and wrong forms as expressions."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from functools import partial

from workflow.proofreading.checks import Desk, LineCheck
from workflow.proofreading.families.organs import is_other_organ
from workflow.proofreading.findings import Hit, Severity
from workflow.proofreading.tables import Pattern, Tables, Word
from workflow.proofreading.text import Line, is_inside, sentences, spans_in


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
        kept = any(keep and keep in around for keep in exempt)
        if not kept and not _is_excused(word, line.text, start, desk):
            yield _reported(word, line.text, start, end)
        start = line.text.find(word.wrong, end)


def _is_excused(word: Word, text: str, start: int, desk: Desk) -> bool:
    """Names of the past and of longer organs; what others say of themselves."""
    if word.rule == "S04":
        end = start + len(word.wrong)
        sentence = _sentence(text, start)
        return is_other_organ(text, start, end, sentence, desk)
    if word.rule == "S13" and _of_old(desk).search(_sentence(text, start)):
        return True
    return word.rule == "S11" and is_inside(start, spans_in(text, "“", "”"))


def _of_old(desk: Desk) -> re.Pattern[str]:
    return re.compile("|".join(desk.tables.lists["old_days"]))


def _reported(word: Word, text: str, start: int, end: int) -> Hit:
    """Abuse that is quoted, as evidence or in a story, is for the reader to judge."""
    hit = _wrong_word(word, start, end)
    if word.rule == "S17" and is_inside(start, spans_in(text, "“", "”")):
        return replace(hit, severity=Severity.WARN)
    return hit


def _wrong_word(word: Word, start: int, end: int) -> Hit:
    if not word.right or word.right == "-":
        return Hit(start, end, f"“{word.wrong}”不宜用在公文和新闻里")
    rights = tuple(word.right.split("|"))
    advice = "”或“".join(rights)
    what = f"“{word.wrong}”应写作“{advice}”"
    return Hit(start, end, what, rights, sure=len(rights) == 1 and word.rule[0] == "T")


def _matches(pattern: Pattern, line: Line, _: Desk) -> Iterator[Hit]:
    for match in pattern.find.finditer(line.text):
        if _is_out_of_place(pattern, line.text, match.start()):
            continue
        put = () if pattern.put is None else (match.expand(pattern.put),)
        what = pattern.say.replace("{}", match.group())
        yield Hit(
            *match.span(), what, put, sure=pattern.sure, severity=pattern.severity
        )


def _is_out_of_place(pattern: Pattern, text: str, place: int) -> bool:
    if not (pattern.unless or pattern.only):
        return False
    sentence = _sentence(text, place)
    if pattern.only and not pattern.only.search(sentence):
        return True
    return bool(pattern.unless and pattern.unless.search(sentence))


def _sentence(text: str, place: int) -> str:
    for start, sentence in sentences(text):
        if start <= place < start + len(sentence):
            return sentence
    return text
