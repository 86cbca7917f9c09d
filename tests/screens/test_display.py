"""The words for codes and dates, in both languages."""

from __future__ import annotations

import importlib
import pkgutil
from collections.abc import Sequence
from datetime import UTC, date, datetime
from enum import StrEnum

import pytest
from babel.messages.catalog import Catalog
from babel.messages.mofile import read_mo
from flask import Flask

import models
from web import wording
from web.display import days, full_date, full_moment, label, light, moment
from web.labels import LABELS
from workflow.actions import Action


def every_enumeration() -> list[type[StrEnum]]:
    names = [m.name for m in pkgutil.iter_modules(models.__path__) if not m.ispkg]
    modules = [importlib.import_module(f"models.{name}") for name in names]
    found = {
        thing
        for module in modules
        for thing in vars(module).values()
        if isinstance(thing, type) and issubclass(thing, StrEnum)
    } - {StrEnum}
    return [*sorted(found, key=lambda kind: kind.__name__), Action]


@pytest.mark.parametrize("kind", every_enumeration())
def test_every_member_has_a_chinese_word(kind: type[StrEnum]) -> None:
    for member in kind:
        word = LABELS[kind, member.value]
        assert any("\u4e00" <= letter <= "\u9fff" for letter in word)


def test_members_with_one_value_keep_their_own_words(app: Flask) -> None:
    from models.findings import FindingKind
    from models.requests import ApplicantKind

    with app.test_request_context():
        assert label(FindingKind.OTHER) == "其他"
        assert label(ApplicantKind.OTHER) == "其他法人或组织"


@pytest.mark.parametrize(
    ("cookie", "expected"),
    [
        ("", ["2024年3月5日", "3月6日 00:30", "2024年3月6日 00:30"]),
        ("language=en", ["5 Mar 2024", "6 Mar 00:30", "6 Mar 2024 00:30"]),
    ],
)
def test_dates_are_written_in_the_towns_time(
    app: Flask, cookie: str, expected: list[str]
) -> None:
    late = datetime(2024, 3, 5, 16, 30, tzinfo=UTC)
    with app.test_request_context(headers={"Cookie": cookie}):
        day = full_date(date(2024, 3, 5))
        assert [day, moment(late), full_moment(late)] == expected


def test_a_span_says_its_year_once(app: Flask) -> None:
    with app.test_request_context():
        assert days(date(2024, 3, 5), date(2024, 3, 8)) == "2024年3月5日至3月8日"
        assert days(date(2024, 12, 30), date(2025, 1, 2)).endswith("2025年1月2日")
        assert days(date(2024, 3, 5), date(2024, 3, 5)) == "2024年3月5日"


@pytest.mark.parametrize(
    ("left", "colour", "words"),
    [
        (3, "green", "还剩 3 个工作日"),
        (1, "amber", "还剩 1 个工作日"),
        (0, "amber", "今天到期"),
        (-2, "red", "已超 2 个工作日"),
        (None, "none", "不限时"),
    ],
)
def test_a_light_says_in_words_what_its_colour_means(
    app: Flask, left: int | None, colour: str, words: str
) -> None:
    with app.test_request_context():
        shown = light(left)
    assert (shown.colour, shown.words) == (colour, words)
    assert shown.shape


def test_plurals_in_english(app: Flask) -> None:
    with app.test_request_context(headers={"Cookie": "language=en"}):
        assert light(1).words == "1 working day left"
        assert light(2).words == "2 working days left"


def test_every_sentence_has_its_english() -> None:
    """Run ``python -m web.wording`` and fill in what it names."""
    assert wording.untranslated(wording.catalog()) == []


def test_the_compiled_translations_are_current() -> None:
    with wording.MO.open("rb") as file:
        compiled = read_mo(file)
    assert _strings(compiled) == _strings(wording.catalog())


def _strings(book: Catalog) -> set[tuple[str, str]]:
    return {(_flat(m.id), _flat(m.string)) for m in book if m.id}


def _flat(text: str | Sequence[str] | None) -> str:
    return text if isinstance(text, str) else "|".join(text or ())
