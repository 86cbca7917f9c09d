"""One durable approval: by the act, by the bare driver, and over HTTP."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from statistics import median
from time import perf_counter

import click

from models.database import Database
from web.commands.benches.browser import Director
from web.commands.benches.office import Office, Task, open_office
from web.commands.benches.replaying import BareDriver, differing_tables, recorded
from web.commands.benches.scratch import durability_of, scratch_at
from web.commands.words import say

CLIENTS = 1


@dataclass(frozen=True, slots=True)
class Figures:
    """What was measured; milliseconds are medians.

    Args:
        approval_ms: one approval from the session's opening to its commit.
        bare_ms: the driver alone running the same statements in as many transactions.
        http_approval_ms: the same approval as a request, signed in, with its token.
        statements: how many statements one approval takes, BEGIN not counted.
    """

    database: str
    durability: str
    clients: int
    approval_ms: float
    bare_ms: float
    ratio: float
    http_approval_ms: float
    statements: int


@dataclass(frozen=True, slots=True)
class Effort:
    """How many approvals are measured, over HTTP, and done before to warm up."""

    measured: int
    over_http: int
    warm_up: int

    @property
    def waiting(self) -> int:
        """How many articles that takes."""
        return self.measured + self.over_http + self.warm_up


def measure(url: str, effort: Effort) -> Figures:
    """Measure approvals on a database of its own beside ``url``.

    Raises:
        click.ClickException: the replay did not do what the act did, or no database
            can be made there.
    """
    with scratch_at(url) as scratch:
        database = scratch.fresh()
        office = open_office(database, effort.waiting)
        twin = scratch.twin(database)
        here = effort.waiting - effort.over_http
        timed = _side_by_side(office, office.tasks[:here], database, twin)
        _must_be_equal(database, twin)
        over_http = _over_http(office, office.tasks[here:], database)
        return _figures(database, timed[effort.warm_up :], over_http)


@dataclass(frozen=True, slots=True)
class _Timed:
    act: float
    bare: float
    statements: int


def _side_by_side(
    office: Office, tasks: Sequence[Task], database: Database, twin: Database
) -> list[_Timed]:
    """Each approval and its replay one after the other, so that drift hits both."""
    bare = BareDriver(twin)
    timed = [_one(office, task, database, bare) for task in tasks]
    bare.close()
    return timed


def _one(office: Office, task: Task, database: Database, bare: BareDriver) -> _Timed:
    with recorded(database) as sent:
        act = _milliseconds(partial(office.approve, database, task))
    replayed = _milliseconds(partial(bare.replay, sent))
    return _Timed(act, replayed, sum(not one.begins for one in sent))


def _over_http(
    office: Office, tasks: Sequence[Task], database: Database
) -> list[float]:
    director = Director(office, database)
    timed = []
    for task in tasks:
        timed.append(_milliseconds(partial(director.approve, task)))
        director.read_on()
    director.leave()
    return timed


def _milliseconds(doing: Callable[[], None]) -> float:
    start = perf_counter()
    doing()
    return (perf_counter() - start) * 1000


def _must_be_equal(database: Database, twin: Database) -> None:
    tables = "、".join(differing_tables(database, twin))
    if tables:
        raise click.ClickException(
            say(
                f"重放与审签的结果不一致（{tables}），这次测量无效。",
                f"the replay did not do what the act did ({tables}): nothing measured",
            )
        )


def _figures(
    database: Database, timed: Sequence[_Timed], over_http: Sequence[float]
) -> Figures:
    approval, bare = median(t.act for t in timed), median(t.bare for t in timed)
    return Figures(
        database=database.dialect,
        durability=durability_of(database),
        clients=CLIENTS,
        approval_ms=round(approval, 3),
        bare_ms=round(bare, 3),
        ratio=round(bare / approval, 3),
        http_approval_ms=round(median(over_http), 3),
        statements=round(median(t.statements for t in timed)),
    )
