"""Templates: what is translated is a fixed sentence, what is typed is never markup."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from tests.documents import ROOT

TEMPLATES = sorted((ROOT / "web" / "templates").rglob("*.html"))
# Words out of our own tables; a translated variable is trusted as markup, so no other.
OF_OUR_TABLES = {"words[box]", "word", "one.words", "one.says"}
TRANSLATED = re.compile(r"(?<![\w.])_\(\s*([^\"'\s)][^),]*)")


def translated_variables(text: str) -> set[str]:
    """What is handed to ``_()`` without being a literal sentence."""
    return set(TRANSLATED.findall(text))


@pytest.mark.parametrize("path", TEMPLATES, ids=lambda path: path.name)
def test_only_fixed_sentences_are_translated(path: Path) -> None:
    text = path.read_text(encoding="utf-8")

    assert translated_variables(text) <= OF_OUR_TABLES


@pytest.mark.parametrize("path", TEMPLATES, ids=lambda path: path.name)
def test_nothing_is_called_safe_or_runs_in_line(path: Path) -> None:
    text = path.read_text(encoding="utf-8")

    assert not re.search(r"\son[a-z]+=|<style|javascript:|<script(?![^>]*src=)", text)


def test_the_check_sees_a_typed_word() -> None:
    assert translated_variables("{{ _(refusal.message) }}") == {"refusal.message"}
    assert translated_variables('{{ _("标题") }}{{ _( "题" ) }}') == set()
