"""The three-pass ledger: what each proofread caught, what escaped, what cried wolf."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, time

from sqlalchemy import ColumnElement, and_, func, select
from sqlalchemy.orm import InstrumentedAttribute, Session

from models.articles import Article
from models.findings import Answer, Finding, FindingKind
from workflow.calendar import end_of_town_day, town_moment

LEVELS = (1, 2, 3)
REFUSED = (Answer.KEPT, Answer.OVERRULED)
SETTLED = (Answer.FIXED, *REFUSED)
RECORDS_MOST = 500


@dataclass(frozen=True, slots=True)
class Period:
    """From the first day through the last, on the office's calendar."""

    first: date
    last: date

    @property
    def of_findings(self) -> ColumnElement[bool]:
        """Findings raised in it; what was taken back counts for nobody."""
        return and_(
            Finding.withdrawn_at.is_(None),
            Finding.raised_at >= town_moment(self.first, time(0, 0)),
            Finding.raised_at <= end_of_town_day(self.last),
        )


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which records a number of the ledger stands for.

    Args:
        level: 1 to 3, 0 for what escaped; ``None``: any.
        what: ``caught`` (put right), ``kept`` (kept or over-ruled), ``escaped`` or
            ``open``.
        rule: of the machine, or empty for any; word: the words it was about.
    """

    period: Period
    what: str = "caught"
    level: int | None = None
    kind: FindingKind | None = None
    rule: str = ""
    word: str = ""


@dataclass(frozen=True, slots=True)
class KindRow:
    """One kind of fault: caught at each proofread, escaped, kept, still open."""

    kind: FindingKind
    caught: tuple[int, int, int]
    escaped: int
    kept: int
    open: int


@dataclass(frozen=True, slots=True)
class Rate:
    """How often a rule, or one word under it, was right.

    Args:
        refused: kept with a reason, or over-ruled: the rule cried wolf.
    """

    rule: str
    word: str
    fixed: int
    refused: int

    @property
    def settled(self) -> int:
        """How many were answered."""
        return self.fixed + self.refused

    @property
    def percent(self) -> int:
        """False alarms of a hundred that were answered."""
        return round(100 * self.refused / self.settled) if self.settled else 0


Counts = Counter[tuple[int, FindingKind, Answer | None, bool]]


def counts(session: Session, agency_id: int, period: Period) -> Counts:
    """Number of findings by proofread, kind, answer and whether it escaped."""
    columns = (Finding.level, Finding.kind, Finding.answer, Finding.escaped)
    rows = session.execute(
        select(*columns, func.count(Finding.id))
        .where(Finding.agency_id == agency_id, period.of_findings)
        .group_by(*columns)
    )
    return Counter({(row[0], row[1], row[2], row[3]): row[4] for row in rows})


def three_passes(session: Session, agency_id: int, period: Period) -> list[KindRow]:
    """The ledger, a row for each kind of fault that occurred."""
    found = counts(session, agency_id, period)
    kinds = [kind for kind in FindingKind if any(key[1] is kind for key in found)]
    return [_row(found, kind) for kind in kinds]


def _row(found: Counts, kind: FindingKind) -> KindRow:
    first, second, third = (found[n, kind, Answer.FIXED, False] for n in LEVELS)
    mine = {key: number for key, number in found.items() if key[1] is kind}
    inside = {key: number for key, number in mine.items() if not key[3]}
    return KindRow(
        kind,
        (first, second, third),
        sum(number for key, number in mine.items() if key[3]),
        sum(number for key, number in inside.items() if key[2] in REFUSED),
        sum(number for key, number in inside.items() if key[2] is None),
    )


def rates(session: Session, agency_id: int, period: Period) -> list[Rate]:
    """Each rule of the machine with its false alarms, the worst first."""
    return _rates(session, agency_id, period, (Finding.rule,))


def word_rates(
    session: Session, agency_id: int, period: Period, rule: str
) -> list[Rate]:
    """The same, word by word, for one rule."""
    columns = (Finding.rule, Finding.quote)
    return [
        rate
        for rate in _rates(session, agency_id, period, columns)
        if rate.rule == rule
    ]


def _rates(
    session: Session,
    agency_id: int,
    period: Period,
    columns: Sequence[InstrumentedAttribute[str]],
) -> list[Rate]:
    rows = session.execute(
        select(*columns, Finding.answer, func.count(Finding.id))
        .where(
            Finding.agency_id == agency_id,
            period.of_findings,
            Finding.rule != "",
            Finding.answer.in_(SETTLED),
        )
        .group_by(*columns, Finding.answer)
    ).all()
    found: dict[tuple[str, str], Counter[bool]] = {}
    for *key, answer, number in rows:
        rule, word = [*key, ""][:2]
        found.setdefault((rule, word), Counter())[answer in REFUSED] += number
    made = [Rate(*key, both[False], both[True]) for key, both in found.items()]
    return sorted(made, key=lambda one: (-one.percent, -one.settled, one.rule))


def records(
    session: Session, agency_id: int, wanted: Wanted
) -> list[tuple[Finding, Article]]:
    """The findings behind a number, newest first, each with its article."""
    query = (
        select(Finding, Article)
        .join(Article, Article.id == Finding.article_id)
        .where(Finding.agency_id == agency_id, *_conditions(wanted))
        .order_by(Finding.raised_at.desc(), Finding.id.desc())
        .limit(RECORDS_MOST)
    )
    return [(finding, article) for finding, article in session.execute(query)]


def _conditions(wanted: Wanted) -> list[ColumnElement[bool]]:
    answered = {
        "caught": Finding.answer == Answer.FIXED,
        "kept": Finding.answer.in_(REFUSED),
        "open": Finding.answer.is_(None),
    }
    found = [wanted.period.of_findings, Finding.escaped.is_(wanted.what == "escaped")]
    if wanted.what in answered:
        found.append(answered[wanted.what])
    if wanted.level:
        found.append(Finding.level == wanted.level)
    if wanted.kind is not None:
        found.append(Finding.kind == wanted.kind)
    if wanted.rule:
        found.append(Finding.rule == wanted.rule)
    if wanted.word:
        found.append(Finding.quote == wanted.word)
    return found
