"""The ledger's first and last page, when there are many articles and when few."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from statistics import median
from time import perf_counter

from sqlalchemy import func, insert, select, text

from models.articles import Article
from models.database import Database
from web.commands.benches.office import open_office
from web.commands.benches.scratch import scratch_at
from workflow.articles.ledger import PAGE, LedgerFilter, page

FEW = 1_000
AT_ONCE = 5_000
TIMES = 41
YEAR_OF_COPIES = 1999


@dataclass(frozen=True, slots=True)
class Figures:
    """What was measured; milliseconds are medians of opening one page.

    Args:
        first_ms: the newest page with ``rows`` articles.
        deep_ms: the oldest page, reached by keyset.
        first_ratio: ``first_ms`` over the same with ``few_rows`` articles.
        deep_ratio: ``deep_ms`` over the same with ``few_rows`` articles.
    """

    database: str
    rows: int
    few_rows: int
    first_ms: float
    deep_ms: float
    first_ratio: float
    deep_ratio: float


def measure(url: str, rows: int) -> Figures:
    """Measure the ledger on a database of its own beside ``url``.

    Args:
        rows: how many articles there are in the end, at least 1,000.

    Raises:
        click.ClickException: no database can be made there.
    """
    with scratch_at(url) as scratch:
        database = scratch.fresh()
        agency_id = open_office(database, 1).cast.agency_id
        _fill(database, FEW)
        few = _pages(database, agency_id)
        _fill(database, rows)
        many = _pages(database, agency_id)
        return Figures(
            database=database.dialect,
            rows=rows,
            few_rows=FEW,
            first_ms=round(many[0], 3),
            deep_ms=round(many[1], 3),
            first_ratio=round(many[0] / few[0], 2),
            deep_ratio=round(many[1] / few[1], 2),
        )


def _fill(database: Database, rows: int) -> None:
    """Copy the article that is there, in bulk, until there are so many."""
    columns = [column for column in Article.__table__.columns if column.name != "id"]
    with database.engine.begin() as connection:
        present = connection.execute(select(func.count(Article.id))).scalar_one()
        first = connection.execute(select(*columns).order_by(Article.id)).first()
        if first is None:
            raise RuntimeError("no article to copy")
        names = [column.name for column in columns]
        copied = {**dict(zip(names, first, strict=True)), "year": YEAR_OF_COPIES}
        for start in range(present, rows, AT_ONCE):
            numbers = range(start, min(start + AT_ONCE, rows))
            copies = [{**copied, "serial": number} for number in numbers]
            connection.execute(insert(Article), copies)
    if database.dialect == "postgresql":  # which in use does so by itself
        with database.engine.begin() as connection:
            connection.execute(text("ANALYZE"))


def _pages(database: Database, agency_id: int) -> tuple[float, float]:
    with database.reading() as session:
        oldest = session.execute(select(func.min(Article.id))).scalar_one()
    open_page = partial(_open, database, agency_id)
    first = _median_ms(partial(open_page, None))
    return first, _median_ms(partial(open_page, oldest + PAGE))


def _open(database: Database, agency_id: int, before: int | None) -> None:
    with database.reading() as session:
        found = page(session, agency_id, LedgerFilter(), before)
    if len(found) != PAGE:
        raise RuntimeError(f"a page of {len(found)} lines")


def _median_ms(doing: Callable[[], None]) -> float:
    doing()
    times = []
    for _ in range(TIMES):
        start = perf_counter()
        doing()
        times.append((perf_counter() - start) * 1000)
    return median(times)
