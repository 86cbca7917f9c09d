"""The sample year's errors are caught where they should be; the ledger says so."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from functools import cache
from itertools import islice
from pathlib import Path

import pytest

from models.database import Database
from models.findings import Answer, FindingKind
from tests.rules import sample_sources
from tests.schema import make_tables, open_engine
from web.app import equip, machine_checker
from workflow.articles import catches
from workflow.articles.catches import Period, Wanted
from workflow.articles.checked_parts import kind_of
from workflow.proofreading.local import LocalTables
from workflow.proofreading.tables import Town
from workflow.sample_year.articles import climb
from workflow.sample_year.playing import Script, escaped_steps, founding_day
from workflow.sample_year.seeds import Seed, SeedBook, Way, read_seed_book
from workflow.sample_year.settling import Cast, Settlement, holiday_lists, settle
from workflow.sample_year.sowing import (
    EVERY,
    Reads,
    draft_of,
    machine_reads,
    missing,
    sown_in,
    with_sentence,
)
from workflow.sample_year.steps import play
from workflow.sample_year.texts import SampleItem

FAMILIES = set("TPNDFSBVA")
YEAR = Period(date(2024, 1, 1), date(2024, 12, 31))


@cache
def seeds() -> SeedBook:
    return read_seed_book(sample_sources.sources())


@cache
def reads() -> Reads:
    villages = tuple(unit.name for unit in sample_sources.town().units)

    def local(day: date) -> LocalTables:
        leaders = (("郑文博", "镇长"),)
        town = Town("江口镇", "镇", day, leaders, villages, given=True)
        return LocalTables(1, town)

    return machine_reads(machine_checker(), local)


@cache
def script() -> Script:
    return Script(
        sample_sources.town(),
        sample_sources.book(),
        sample_sources.year_book(),
        sample_sources.calendar(),
        2024,
        852,
        seeds(),
        reads(),
    )


@cache
def items() -> tuple[SampleItem, ...]:
    """The first of the year in which every seed comes once."""
    return tuple(islice(script().texts(), EVERY * (len(seeds().seeds) + 4)))


@pytest.fixture(scope="module")
def played(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Database, Cast]]:
    """Their articles through the real acts, on one file."""
    path = tmp_path_factory.mktemp("ledger") / "year.sqlite"
    url = f"sqlite:///{path.as_posix()}"
    make_tables(url)
    database = equip(open_engine(url))
    cast = settle(database, settlement())
    chosen = [i for i in items() if i.seed or i.draft_fault or i.alarms]
    steps = [
        step
        for item in chosen
        for step in climb(script().town, item, f"sample/2024/{item.number:04d}")
    ]
    steps += escaped_steps(script(), chosen)
    for _ in play(database, cast, steps):
        pass
    yield database, cast
    database.close()


def settlement() -> Settlement:
    calendar, people = sample_sources.calendar(), sample_sources.town().people
    rule = Path(sample_sources.CONFIG, "processes", "jiangkou.toml").read_text("utf-8")
    passwords = {one.login: f"Kq7-{n:02d}-Xz9_Wv3!" for n, one in enumerate(people)}
    holidays = holiday_lists((2024, 2025), calendar.off, calendar.work, "示例")
    return Settlement(
        sample_sources.town(), rule, holidays, passwords, founding_day(script())
    )


def test_every_family_is_sown_and_each_way_is_gone() -> None:
    assert {seed.rule[0] for seed in seeds().seeds} == FAMILIES
    assert {seed.way for seed in seeds().seeds} == set(Way)
    assert {seed.level for seed in seeds().seeds} == {1, 2, 3}
    used = {item.seed for item in items() if item.seed}
    assert used == set(seeds().seeds)


@pytest.mark.parametrize("seed", seeds().seeds, ids=lambda s: f"{s.rule}-{s.way}")
def test_each_seed_is_found_by_its_rule_at_its_level_and_by_no_other(
    seed: Seed,
) -> None:
    clean = next(i for i in items() if not (i.draft_fault or i.seed or i.alarms))

    draft = with_sentence(clean.body, seed.wrong)
    final = with_sentence(clean.body, seed.right)

    assert list(reads()(clean.title, draft, clean.on)) == [(seed.rule, seed.level)]
    left = [(seed.rule, seed.level)] if seed.way in (Way.KEEP, Way.OVERRULE) else []
    assert list(reads()(clean.title, final, clean.on)) == left


def test_a_draft_differs_from_what_goes_out_in_its_one_sentence() -> None:
    for item in items():
        if seed := item.seed:
            assert draft_of(item).replace(seed.wrong, seed.right) == item.body
            assert draft_of(item).count(seed.wrong) == 1


def test_the_ledger_shows_exactly_what_was_sown(
    played: tuple[Database, Cast],
) -> None:
    database, cast = played
    sown = sown_in(items(), seeds())
    with database.reading() as session:
        found = catches.counts(session, cast.agency_id, YEAR)

    assert missing(sown, found) == []
    assert sum(sown.caught.values()) > len(seeds().seeds)
    found[1, FindingKind.TYPO, Answer.FIXED, False] += 1
    assert missing(sown, found) != [], "one more would be noticed"


def test_every_number_opens_as_many_records(played: tuple[Database, Cast]) -> None:
    database, cast = played
    with database.reading() as session:
        rows = catches.three_passes(session, cast.agency_id, YEAR)
        assert rows
        for row in rows:
            for level, number in zip((1, 2, 3), row.caught, strict=True):
                wanted = Wanted(YEAR, "caught", level, row.kind)
                got = catches.records(session, cast.agency_id, wanted)
                assert len(got) == number
            for what, number in (("kept", row.kept), ("escaped", row.escaped)):
                wanted = Wanted(YEAR, what, kind=row.kind)
                got = catches.records(session, cast.agency_id, wanted)
                assert len(got) == number
    assert sum(row.escaped for row in rows) == len(seeds().escaped)
    assert all(row.open == 0 or row.kind is kind_of("S15") for row in rows)


def test_a_rule_that_was_kept_once_says_so(played: tuple[Database, Cast]) -> None:
    database, cast = played
    with database.reading() as session:
        rates = {r.rule: r for r in catches.rates(session, cast.agency_id, YEAR)}
        words = catches.word_rates(session, cast.agency_id, YEAR, "V03")

    once_each = {one.rule: one for one in rates.values()}
    assert (once_each["V03"].fixed, once_each["V03"].refused) == (1, 1)
    assert once_each["V03"].percent == 50
    assert {(one.word, one.percent) for one in words} == {
        ("13900139000", 100),
        ("13800138000", 0),
    }
