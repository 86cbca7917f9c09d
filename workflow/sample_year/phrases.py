"""The phrase book from which the sample texts are made, as plain values."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from workflow.sample_year import reading
from workflow.sample_year.reading import Table, sample_fault


@dataclass(frozen=True, slots=True)
class Word:
    """A word for a slot and the months in which it makes sense; none means all."""

    text: str
    months: frozenset[int]

    def fits(self, month: int) -> bool:
        """Whether the word may stand in a text of this month."""
        return not self.months or month in self.months


@dataclass(frozen=True, slots=True)
class Genre:
    """One sort of work news: its frames, its words, and when it is in season.

    Args:
        months: months in which it is news; all of them when empty.
        weight: how often it comes, relative to the other genres.
        villages_only: the residents' committee has no fields or orchards.
        major_reason: why such an item is a major matter; empty means it is not.
        slots: name to the words that may stand there, one choice per item.
        numbers: name to lowest and highest, one choice per item.
    """

    code: str
    name: str
    section: str
    months: tuple[int, ...]
    weight: int
    villages_only: bool
    major_reason: str
    titles: tuple[str, ...]
    leads: tuple[str, ...]
    middles: tuple[str, ...]
    closes: tuple[str, ...]
    slots: Mapping[str, tuple[Word, ...]]
    numbers: Mapping[str, tuple[int, int]]


@dataclass(frozen=True, slots=True)
class Document:
    """One of the few items that are written out whole (budget, plan, policy …)."""

    section: str
    kind: str
    month: int
    title: str
    body: tuple[str, ...]
    major_reason: str


@dataclass(frozen=True, slots=True)
class Slip:
    """A mistake a first draft may have: what it should say, says, and the remark."""

    slip: str
    right: str
    wrong: str
    reason: str


@dataclass(frozen=True, slots=True)
class PhraseBook:
    """Everything the sample year is written with.

    Args:
        opinions: rung ("self_check" …, and "correction") to what people write there.
    """

    genres: tuple[Genre, ...]
    documents: tuple[Document, ...]
    slips: tuple[Slip, ...]
    opinions: Mapping[str, tuple[str, ...]]


def read_phrase_book(sources: Iterable[Table]) -> PhraseBook:
    """One phrase book out of several files' contents, each holding any part of it.

    Raises:
        InvalidInput: a key is missing or of the wrong sort, or a part is empty.
    """
    sources = tuple(sources)
    book = PhraseBook(
        genres=tuple(_genre(t) for t in _all(sources, "genres")),
        documents=tuple(_document(t) for t in _all(sources, "documents")),
        slips=tuple(_slip(t) for t in _all(sources, "slips")),
        opinions=_opinions(sources),
    )
    if not (book.genres and book.documents and book.slips and book.opinions):
        raise sample_fault("语料不全，体裁、文件、差错、意见缺一不可")
    return book


def _all(sources: Iterable[Table], key: str) -> list[Table]:
    return [table for source in sources for table in reading.tables(source, key)]


def _opinions(sources: Iterable[Table]) -> dict[str, tuple[str, ...]]:
    parts = [reading.inner(source, "opinions") for source in sources]
    return {rung: reading.texts(part, rung) for part in parts for rung in part}


def _genre(table: Table) -> Genre:
    slots, numbers = reading.inner(table, "slots"), reading.inner(table, "numbers")
    return Genre(
        code=reading.text(table, "code"),
        name=reading.text(table, "name"),
        section=reading.text(table, "section"),
        months=reading.wholes(table, "months"),
        weight=reading.whole(table, "weight"),
        villages_only=table.get("villages_only") is True,
        major_reason=reading.text(table, "major_reason", ""),
        titles=reading.texts(table, "titles"),
        leads=reading.texts(table, "leads"),
        middles=reading.texts(table, "middles"),
        closes=reading.texts(table, "closes"),
        slots={name: _words(reading.texts(slots, name)) for name in slots},
        numbers={name: _range(numbers, name) for name in numbers},
    )


def _words(entries: Iterable[str]) -> tuple[Word, ...]:
    """``防汛@3-9`` is a word for the months March to September."""
    parts = [entry.partition("@") for entry in entries]
    return tuple(Word(text, _months(span)) for text, _, span in parts)


def _months(spans: str) -> frozenset[int]:
    months: set[int] = set()
    for span in filter(None, spans.split(",")):
        first, _, last = span.partition("-")
        months |= set(range(int(first), int(last or first) + 1))
    return frozenset(months)


def _range(table: Table, name: str) -> tuple[int, int]:
    low, high = reading.wholes(table, name)
    return low, high


def _document(table: Table) -> Document:
    return Document(
        section=reading.text(table, "section"),
        kind=reading.text(table, "kind"),
        month=reading.whole(table, "month"),
        title=reading.text(table, "title"),
        body=reading.texts(table, "body"),
        major_reason=reading.text(table, "major_reason", ""),
    )


def _slip(table: Table) -> Slip:
    keys = ("slip", "right", "wrong", "reason")
    return Slip(**{key: reading.text(table, key) for key in keys})
