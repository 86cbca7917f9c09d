"""The second language: which sentences there are, and whether each has its English.

The Chinese sentence itself is the key.  ``python -m web.wording`` adds what is new to
``messages.po`` (its translation left to fill in), drops what is gone, and compiles.
"""

from __future__ import annotations

import io
from pathlib import Path

from babel.messages.catalog import Catalog, Message
from babel.messages.extract import extract_from_dir
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po

from web import clock_words, request_deeds
from web.decisions import BY_ADDRESS, SIGNING
from web.errors import CSRF_SENTENCE, HTTP_SENTENCES, TITLES
from web.labels import LABELS
from web.navigation import MENU
from web.noting_form import GRADES
from web.screens import reports, tasks, trail
from web.trail_words import KINDS, OPENING, OTHER, OUTCOMES
from workflow.articles.batches import WHY_NOT
from workflow.requests.letters.forms import FORMS

WEB = Path(__file__).parent
FOLDER = WEB / "translations" / "en" / "LC_MESSAGES"
PO, MO = FOLDER / "messages.po", FOLDER / "messages.mo"
METHODS = [("**.py", "python"), ("**.html", "jinja2")]
OPTIONS = {"**.html": {"silent": "false", "extensions": "jinja2.ext.do"}}
HEADER = "# The English of the screens; the key is the Chinese sentence itself."
Sentence = str | tuple[str, ...]


def said() -> set[Sentence]:
    """Every sentence that a template or a screen says, plural pairs as tuples."""
    words = {message for _, _, message, _, _ in _extracted() if message}
    return {*words, *_said_by_tables()}


def _extracted() -> list[tuple[str, int, Sentence, list[str], str | None]]:
    found = extract_from_dir(
        WEB, METHODS, OPTIONS, keywords={"_": None, "gettext": None, "ngettext": (1, 2)}
    )
    return list(found)


def _said_by_tables() -> set[str]:
    """Sentences that stand in tables and are translated when shown."""
    menu = {words for _, words in MENU}
    pages = {
        text for pair in (*HTTP_SENTENCES.values(), CSRF_SENTENCE) for text in pair
    }
    decisions = {
        text for one in BY_ADDRESS.values() for text in (one.words, one.after, one.says)
    }
    words = {
        *LABELS.values(),
        *menu,
        *pages,
        *TITLES.values(),
        *tasks.WORDS.values(),
        *WHY_NOT.values(),
        *SIGNING.values(),
        *(words for _, words in GRADES),
        *filter(None, decisions),
    }
    return words | _said_of_records()


def _said_of_records() -> set[str]:
    """The tables of the trail, the report and the register of requests."""
    trail_ = {*KINDS.values(), *OUTCOMES.values(), OPENING, OTHER, *trail.HEADS}
    return {
        *trail_,
        *trail.SEEN.values(),
        *reports.CELLS.values(),
    } | _said_of_requests()


def _said_of_requests() -> set[str]:
    """The tables of disclosure on request: what is done, what letters ask for."""
    fields = {field.name for form in FORMS.values() for field in form.fields}
    return {*request_deeds.said(), *fields, *clock_words.SENTENCES.values()}


def catalog() -> Catalog:
    """The English catalog as it is written down."""
    with PO.open("rb") as file:
        return read_po(file, locale="en")


def untranslated(book: Catalog) -> list[Sentence]:
    """Sentences that are said but have no English."""
    return sorted((s for s in said() if not _is_translated(book, s)), key=str)


def compiled(book: Catalog) -> bytes:
    """What the ``.mo`` file of this catalog must contain."""
    out = io.BytesIO()
    write_mo(out, book)
    return out.getvalue()


def refresh() -> Catalog:
    """Bring the ``.po`` up to date with what is said, and compile it."""
    old = catalog() if PO.exists() else Catalog(locale="en")
    new = Catalog(locale="en", header_comment=HEADER, fuzzy=False, charset="utf-8")
    new.creation_date = new.revision_date = old.creation_date
    for sentence in sorted(said(), key=str):
        known = old.get(_key(sentence))
        new.add(sentence, known.string if known else "")
    _write(new)
    return new


def _write(book: Catalog) -> None:
    FOLDER.mkdir(parents=True, exist_ok=True)
    out = io.BytesIO()
    write_po(out, book, width=88, omit_header=False, sort_output=True)
    PO.write_bytes(out.getvalue())
    MO.write_bytes(compiled(catalog()))


def _key(sentence: Sentence) -> str:
    return sentence if isinstance(sentence, str) else sentence[0]


def _is_translated(book: Catalog, sentence: Sentence) -> bool:
    known: Message | None = book.get(_key(sentence))
    if known is None:
        return False
    found = known.string or ""
    strings = (found,) if isinstance(found, str) else found
    return all(strings)


if __name__ == "__main__":
    for missing in untranslated(refresh()):
        print(missing)  # noqa: T201 -- a command's answer
