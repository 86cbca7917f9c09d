"""Drawing the work news (工作动态) of the sample year from the phrase book."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from random import Random

from workflow.sample_year.frames import Filling
from workflow.sample_year.phrases import Document, Genre, PhraseBook
from workflow.sample_year.reading import sample_fault
from workflow.sample_year.slips import weekday
from workflow.sample_year.town import Town

SHORTEST, LONGEST = 250, 600
GENRE_TRIES, BODY_TRIES = 40, 40


@dataclass(frozen=True, slots=True)
class Text:
    """A title and a body, before they are placed in the year."""

    section: str
    kind: str
    genre: str
    title: str
    body: str
    major_reason: str


@dataclass(slots=True)
class NewsDesk:
    """Writes one item after another and never the same twice.

    Args:
        days: the year's working days; an item tells of its own day or the one before.
    """

    town: Town
    book: PhraseBook
    days: Sequence[date]
    chance: Random
    titles: set[str] = field(default_factory=set)
    drawn: Counter[str] = field(default_factory=Counter)
    today: set[str] = field(default_factory=set)
    day: date = date.min

    def write(self, day: date) -> Text:
        """A new item for this day.

        Raises:
            InvalidInput: the phrases give no title that was not used yet.
        """
        if day != self.day:
            self.day, self.today = day, set()
        for _ in range(GENRE_TRIES):
            genre = self._genre(day)
            filling = self._filling(genre, day)
            title = filling.fill(self.chance.choice(genre.titles))
            body = self._body(genre, filling)
            if body and title not in self.titles:
                return self._keep(genre, title, body)
        raise sample_fault(f"语料不足，{day}写不出新的稿件")

    def _keep(self, genre: Genre, title: str, body: str) -> Text:
        self.titles.add(title)
        self.drawn[genre.code] += 1
        self.today.add(genre.code)
        reason = genre.major_reason
        return Text(genre.section, "work_news", genre.code, title, body, reason)

    def _genre(self, day: date) -> Genre:
        """One in season and not of today, those that came seldom being likelier."""
        season = [
            genre
            for genre in self.book.genres
            if (not genre.months or day.month in genre.months)
            and genre.code not in self.today
        ]
        odds = [g.weight / (1 + self.drawn[g.code] / g.weight) for g in season]
        return self.chance.choices(season, weights=odds)[0]

    def _filling(self, genre: Genre, day: date) -> Filling:
        event = self._event_day(day)
        plain = f"{event.month}月{event.day}日"
        words = {
            "village": self._village(genre),
            "month": f"{event.month}月",
            "day": plain,
            "day_week": f"{plain}（{weekday(event)}）",
        }
        for name, choices in genre.slots.items():
            fitting = [word.text for word in choices if word.fits(event.month)]
            words[name] = self.chance.choice(fitting)
        numbers = {
            name: self.chance.randint(*span) for name, span in genre.numbers.items()
        }
        return Filling(self.chance, words, numbers)

    def _event_day(self, day: date) -> date:
        earlier = self.days[max(0, self.days.index(day) - self.chance.randint(0, 1))]
        return earlier if earlier.month == day.month else day

    def _village(self, genre: Genre) -> str:
        units = [
            unit.name
            for unit in self.town.units
            if unit.kind == "village" or not genre.villages_only
        ]
        return self.chance.choice(units)

    def _body(self, genre: Genre, filling: Filling) -> str:
        """A body of fitting length, or nothing when the frames do not give one."""
        for _ in range(BODY_TRIES):
            body = "\n".join(filling.fill(frame) for frame in self._frames(genre))
            if SHORTEST <= len(body) <= LONGEST:
                return body
        return ""

    def _frames(self, genre: Genre) -> list[str]:
        number = self.chance.choice((2, 3, 3, 4))
        order = sorted(self.chance.sample(range(len(genre.middles)), number))
        return [
            self.chance.choice(genre.leads),
            *(genre.middles[index] for index in order),
            self.chance.choice(genre.closes),
        ]


def written_document(document: Document, year: int, chance: Random) -> Text:
    """One of the documents that are written out whole, with its years put in."""
    years = {
        "last_year": str(year - 1),
        "year": str(year),
        "next_year": str(year + 1),
    }
    filling = Filling(chance, years)
    return Text(
        section=document.section,
        kind=document.kind,
        genre=document.section,
        title=filling.fill(document.title),
        body="\n".join(filling.fill(line) for line in document.body),
        major_reason=document.major_reason,
    )
