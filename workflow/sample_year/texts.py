"""The sample year's items: invented texts in the register of a town office.

The composition follows the published 2024 report of 江口镇 (852 items in six
columns).  Everything is drawn from one seed: the same seed, the same year.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, time
from random import Random

from workflow.calendar import WorkingCalendar, town_moment
from workflow.sample_year.composition import NEWS, WHOLE_YEAR, composition, spread
from workflow.sample_year.news import NewsDesk, Text, written_document
from workflow.sample_year.phrases import Document, PhraseBook
from workflow.sample_year.seeds import Seed
from workflow.sample_year.slips import DraftFault, draft_fault
from workflow.sample_year.town import Town

MARK = "（示例文稿：内容为演示而编写，并非真实信息。）"
SEED = 2024
FAULTY_SHARE = 0.08
WECHAT_SHARE = 0.3
BOARD_SHARE = 0.2


@dataclass(frozen=True, slots=True)
class Opinions:
    """What each rung writes beside its signature on this item.

    Args:
        correction: what the drafter answers to an item that was sent back.
    """

    self_check: str
    office_review: str
    deputy_review: str
    principal_decision: str
    correction: str


@dataclass(frozen=True, slots=True)
class SampleItem:
    """One item of the sample year.

    Args:
        number: 1 for the first of the year.
        on: the working day on which it is drafted and published.
        drafted_at: when the drafter began, UTC; within one morning.
        section: code of the section it appears in.
        report_column: the annual report's column it counts in.
        kind: value of the definition's attribute ``kind``.
        genre: code of the phrase book's genre, or of the section for documents.
        body: paragraphs parted by line breaks; the last says that it is a sample.
        importance: ``ordinary`` or ``major``.
        importance_reason: why it is major, in Chinese; empty when it is not.
        channels: ``website`` always, ``wechat_official`` and ``notice_board`` for some.
        drafter_post: code of the post that drafts for this section.
        draft_fault: what the first draft got wrong; usually nothing.
        seed: an error sown for the machine to find; usually none.
        alarms: what the machine wrongly finds in the text that goes out: rule, level.
    """

    number: int
    on: date
    drafted_at: datetime
    section: str
    report_column: str
    kind: str
    genre: str
    title: str
    body: str
    importance: str
    importance_reason: str
    channels: tuple[str, ...]
    drafter_post: str
    opinions: Opinions
    draft_fault: DraftFault | None
    seed: Seed | None = None
    alarms: tuple[tuple[str, int], ...] = ()


def sample_items(
    town: Town,
    book: PhraseBook,
    calendar: WorkingCalendar,
    items: int = WHOLE_YEAR,
    year: int = 2024,
    seed: int = SEED,
) -> Iterator[SampleItem]:
    """The year's items in the order in which they are drafted.

    Args:
        town: the sample town whose villages, sections and posts are used.
        book: the phrases.
        calendar: nothing is drafted on a day off.
        items: how many, 6 to 852; fewer than 852 keep the proportions of the year.
        year: the year in which they are spread evenly over the working days.
        seed: the same seed gives the same items.

    Raises:
        InvalidInput: the number of items is out of range, or the phrases are too few.
    """
    counts = composition(items)
    days = calendar.working_days_of(year)
    chance = Random(seed)  # noqa: S311 -- sample texts, no secret
    news = Counter(spread(counts[NEWS], days))
    documents = _chosen_documents(town, book, counts)
    on_day = _days_for(documents, news, days, chance)
    desk = NewsDesk(town, book, days, chance)
    texts = _texts(desk, news, on_day)
    return _numbered(texts, _Finisher(town, book, chance))


def _chosen_documents(
    town: Town, book: PhraseBook, counts: Mapping[str, int]
) -> list[Document]:
    """The first so many documents of each column, as the composition asks."""
    left = Counter({column: counts[column] for column in counts if column != NEWS})
    chosen = []
    for document in book.documents:
        column = town.section(document.section).report_column
        if left[column]:
            left[column] -= 1
            chosen.append(document)
    return chosen


def _days_for(
    documents: Sequence[Document],
    news: Counter[date],
    days: Sequence[date],
    chance: Random,
) -> dict[date, list[Document]]:
    """A day for each document: one of its month on which least else appears."""
    taken, on_day = Counter(news), dict[date, list[Document]]()
    for document in documents:
        month = [day for day in days if day.month == document.month]
        fewest = min(taken[day] for day in month)
        day = chance.choice([day for day in month if taken[day] == fewest])
        taken[day] += 1
        on_day.setdefault(day, []).append(document)
    return on_day


def _texts(
    desk: NewsDesk, news: Counter[date], on_day: Mapping[date, Sequence[Document]]
) -> Iterator[tuple[date, Text]]:
    for day in sorted({*news, *on_day}):
        for document in on_day.get(day, ()):
            yield day, written_document(document, day.year, desk.chance)
        for _ in range(news[day]):
            yield day, desk.write(day)


def _numbered(
    texts: Iterator[tuple[date, Text]], finisher: _Finisher
) -> Iterator[SampleItem]:
    so_far: Counter[date] = Counter()
    for number, (day, text) in enumerate(texts, start=1):
        yield finisher.finish(number, day, so_far[day], text)
        so_far[day] += 1


@dataclass(frozen=True, slots=True)
class _Finisher:
    town: Town
    book: PhraseBook
    chance: Random

    def finish(self, number: int, day: date, nth: int, text: Text) -> SampleItem:
        section = self.town.section(text.section)
        return SampleItem(
            number=number,
            on=day,
            drafted_at=town_moment(day, _clock(nth, self.chance.randint(0, 24))),
            section=section.code,
            report_column=section.report_column,
            kind=text.kind,
            genre=text.genre,
            title=text.title,
            body=f"{text.body}\n{MARK}",
            importance="major" if text.major_reason else "ordinary",
            importance_reason=text.major_reason,
            channels=self._channels(text),
            drafter_post=self.town.post_for("drafter", section.code).code,
            opinions=self._opinions(),
            draft_fault=self._fault(text),
        )

    def _channels(self, text: Text) -> tuple[str, ...]:
        more = []
        if self.chance.random() < WECHAT_SHARE:
            more.append("wechat_official")
        if text.kind != "work_news" or self.chance.random() < BOARD_SHARE:
            more.append("notice_board")
        return ("website", *more)

    def _opinions(self) -> Opinions:
        said = {r: self.chance.choice(them) for r, them in self.book.opinions.items()}
        return Opinions(**said)

    def _fault(self, text: Text) -> DraftFault | None:
        if self.chance.random() >= FAULTY_SHARE:
            return None
        villages = [unit.name for unit in self.town.units if unit.kind == "village"]
        slips = self.book.slips
        fault = draft_fault(self.chance, text.title, text.body, slips, villages)
        return replace(fault, body=f"{fault.body}\n{MARK}") if fault else None


def _clock(nth: int, minute: int) -> time:
    """Drafts of one day begin about half an hour apart from half past eight."""
    minutes = 8 * 60 + 30 + nth * 30 + minute
    return time(minutes // 60, minutes % 60)
