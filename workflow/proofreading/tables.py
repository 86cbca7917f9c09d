"""The tables that the checks read: catalogue, words, patterns, laws, the town."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property

from workflow.calendar import WorkingCalendar
from workflow.errors import InvalidInput
from workflow.proofreading.expressions import expression
from workflow.proofreading.findings import RuleCard, Severity

Table = Mapping[str, object]


@dataclass(frozen=True, slots=True)
class Word:
    """A wrong word of the lexicon and what to write instead."""

    rule: str
    wrong: str
    right: str


@dataclass(frozen=True, slots=True)
class Pattern:
    """A wrong form as a regular expression over one line.

    Args:
        near: literals one of which must stand in the line, else it is not tried.
        put: replacement template (``\\1`` …) or empty; with ``sure`` it is applied.
        unless: an expression that, found in the same sentence, silences it.
        only: an expression without which, in the same sentence, it stays silent.
    """

    rule: str
    near: tuple[str, ...]
    find: re.Pattern[str]
    say: str
    put: str | None
    sure: bool
    unless: re.Pattern[str] | None
    severity: Severity | None
    only: re.Pattern[str] | None = None


@dataclass(frozen=True, slots=True)
class Law:
    """What is known of a law: how many articles, until when, replaced by what."""

    title: str
    articles: int
    repealed: date | None = None
    instead: str = ""


@dataclass(frozen=True)
class Town:
    """The issuer's own table; what is empty silences its rules.

    Args:
        leaders: name and post, in order of precedence.
        level: the word for itself (镇、乡、街道 …).
        units: names of its offices and stations.
        given: the table was named for this very text, not taken from the settings.
    """

    name: str = ""
    level: str = ""
    publish_date: date | None = None
    leaders: tuple[tuple[str, str], ...] = ()
    villages: tuple[str, ...] = ()
    units: tuple[str, ...] = ()
    area_code: str = ""
    given: bool = False

    def lacks(self, part: str) -> bool:
        """Whether a part that a rule needs is empty."""
        return bool(part) and not getattr(self, part)

    @cached_property
    def rank(self) -> Mapping[str, int]:
        """Name of a leader to his place in the order."""
        return {name: place for place, (name, _) in enumerate(self.leaders)}


@dataclass(frozen=True)
class Tables:
    """Everything that is data.

    Args:
        lists: named lists of words that functions read.
        maps: named word-to-word tables that functions read.
        similar: characters taken for each other in names.
        alike: for a character those that sound or look like it.
    """

    cards: Mapping[str, RuleCard]
    words: tuple[Word, ...]
    patterns: tuple[Pattern, ...]
    laws: Mapping[str, Law]
    lists: Mapping[str, tuple[str, ...]]
    maps: Mapping[str, Mapping[str, str]]
    calendar: WorkingCalendar | None = None
    similar: Mapping[str, frozenset[str]] = field(default_factory=dict)
    alike: Mapping[str, frozenset[str]] = field(default_factory=dict)


def read_tables(
    sources: Iterable[Table], laws: Table, calendar: WorkingCalendar | None
) -> Tables:
    """The tables out of parsed files.

    Args:
        sources: the lexicon files; each may hold ``rules``, ``words``, ``patterns``,
            ``lists`` and ``maps``.
        laws: ``articles`` (title to number) and ``repealed`` (list of tables).

    Raises:
        InvalidInput: an entry names no known rule, or an expression is no expression.
    """
    files = tuple(sources)
    cards = {card.id: card for t in files for card in _cards(t)}
    patterns = tuple(_pattern(p) for t in files for p in _rows(t, "patterns"))
    words = tuple(word for t in files for word in _words(t))
    used = {p.rule for p in patterns} | {w.rule for w in words}
    for rule in used - cards.keys():
        raise _fault(f"词表用到了目录里没有的规则“{rule}”")
    lists = {n: _texts(v) for t in files for n, v in _inner(t, "lists").items()}
    maps = {n: _pairs(v) for t in files for n, v in _inner(t, "maps").items()}
    similar = _groups(lists.get("similar", ()))
    alike = _groups(
        (
            *lists.get("sounds", ()),
            *lists.get("similar_shapes", ()),
            *(letter + others for letter, others in maps.get("shapes", {}).items()),
        )
    )
    return Tables(
        cards, words, patterns, _laws(laws), lists, maps, calendar, similar, alike
    )


def read_town(context: Table, *, given: bool) -> Town:
    """The town table in the shape of a context file.

    Raises:
        InvalidInput: a part is not of its sort.
    """
    inner = context.get("context", context)
    if not isinstance(inner, Mapping):
        raise _fault("机关信息表应当是一个对象")
    leaders = [_texts(pair) for pair in _list(inner, "leaders")]
    if any(len(pair) != 2 for pair in leaders):
        raise _fault("领导名单应当逐条写姓名和职务")
    return Town(
        name=str(inner.get("town") or ""),
        level=str(inner.get("level") or ""),
        publish_date=_day(inner.get("publish_date")),
        leaders=tuple((name, post) for name, post in leaders),
        villages=_texts(_list(inner, "villages")),
        units=_texts(_list(inner, "units")),
        area_code=str(inner.get("area_code") or ""),
        given=given,
    )


def _cards(table: Table) -> Iterable[RuleCard]:
    for row in _rows(table, "rules"):
        yield RuleCard(
            id=str(row["id"]),
            category=str(row["category"]),
            severity=Severity(str(row["severity"])),
            levels=tuple(int(n) for n in str(row["levels"])),
            name=str(row["name"]),
            source=str(row["source"]),
            needs=str(row.get("needs", "")),
            grouped=bool(row.get("grouped", False)),
        )


def _words(table: Table) -> Iterable[Word]:
    for rule, entries in _inner(table, "words").items():
        for wrong, right in _pairs(entries).items():
            yield Word(rule, wrong, right)


def _pattern(row: Table) -> Pattern:
    try:
        find = expression(str(row["find"]))
        unless = expression(str(row["unless"])) if row.get("unless") else None
        only = expression(str(row["only"])) if row.get("only") else None
    except (re.error, KeyError) as broken:
        raise _fault(f"表达式有误：{row.get('find')!r}") from broken
    near = _texts(row.get("near", []))
    grade = row.get("severity")
    return Pattern(
        rule=str(row.get("rule", "")),
        near=near,
        find=find,
        say=str(row.get("say", "")),
        put=None if row.get("put") is None else str(row["put"]),
        sure=bool(row.get("sure", False)),
        unless=unless,
        severity=Severity(str(grade)) if grade else None,
        only=only,
    )


def _laws(table: Table) -> dict[str, Law]:
    known = {}
    for title, articles in _inner(table, "articles").items():
        known[title] = Law(title, int(str(articles)))
    for row in _rows(table, "repealed"):
        title = str(row["title"])
        articles = known[title].articles if title in known else 0
        known[title] = Law(
            title, articles, _day(row.get("since")), str(row.get("instead", ""))
        )
    return known


def _groups(groups: Iterable[str]) -> dict[str, frozenset[str]]:
    alike: dict[str, set[str]] = {}
    for group in groups:
        for letter in group:
            alike.setdefault(letter, set()).update(group)
    return {letter: frozenset(others - {letter}) for letter, others in alike.items()}


def _rows(table: Table, key: str) -> Sequence[Table]:
    rows = table.get(key, [])
    if not isinstance(rows, list) or not all(isinstance(r, Mapping) for r in rows):
        raise _fault(f"“{key}”应当是一组条目")
    return rows


def _list(table: Table, key: str) -> Sequence[object]:
    value = table.get(key) or []
    if not isinstance(value, list | tuple):
        raise _fault(f"“{key}”应当是一个清单")
    return value


def _inner(table: Table, key: str) -> Table:
    value = table.get(key, {})
    if not isinstance(value, Mapping):
        raise _fault(f"“{key}”应当是一张表")
    return value


def _texts(value: object) -> tuple[str, ...]:
    if isinstance(value, str):
        return tuple(value.split())
    if not isinstance(value, list | tuple):
        raise _fault(f"不是清单：{value!r}")
    return tuple(str(item) for item in value)


def _pairs(value: object) -> dict[str, str]:
    if isinstance(value, str):
        pairs = (pair.split("=") for pair in value.split())
        return dict(pairs)
    if not isinstance(value, Mapping):
        raise _fault(f"不是对照表：{value!r}")
    return {str(wrong): str(right) for wrong, right in value.items()}


def _day(value: object) -> date | None:
    if value is None or value == "":
        return None
    if isinstance(value, date):
        return value
    try:
        return date.fromisoformat(str(value))
    except ValueError as wrong:
        raise _fault(f"不是日期：{value!r}") from wrong


def _fault(what: str) -> InvalidInput:
    return InvalidInput(
        message=f"校对用表有误：{what}。",
        rule="proofread-table",
        help_from="系统管理员",
    )
