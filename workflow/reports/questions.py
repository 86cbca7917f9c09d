"""The figures of the annual report, counted from records; nothing is kept by hand."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from sqlalchemy import Date, Select, func, select, type_coerce
from sqlalchemy.orm import Session

from models.agencies import Agency, Section
from models.articles import Revision
from models.releases import Release
from models.reports import AnnualReport, RegisterEntry, RegisterKind
from models.requests import ApplicantKind, DisclosureRequest
from workflow.agencies.questions import agency
from workflow.calendar import town_day
from workflow.errors import NotFound
from workflow.reports.cells import (
    FEES_WAN,
    Condition,
    published,
    register_rows,
    request_rows,
)
from workflow.reports.disputes import (
    fee_of_year,
    remedies_of_year,
    remedy_conditions,
    remedy_records,
)
from workflow.reports.document import AnnualFigures, document
from workflow.reports.form import COLUMNS
from workflow.reports.printed import WholeReport
from workflow.reports.prose import passages
from workflow.reports.report import Number, Organ, Report
from workflow.reports.supervising import sentence, supervisions

YUAN_IN_WAN = 10_000
ONE_FEN = Decimal("0.01")
RECORDS_MAX = 2000


@dataclass(frozen=True, slots=True)
class Record:
    """One record behind a figure; ``kind`` and ``id`` say which page it opens."""

    kind: str
    id: int
    title: str
    on: date


def annual_figures(session: Session, agency: Agency, year: int) -> AnnualFigures:
    """Count everything that the report of a year states."""
    return AnnualFigures(
        year=year,
        published=_published(session, agency.id, year),
        active=_active(session, agency.id, year),
        requests=_requests(session, agency.id, year),
        remedies=remedies_of_year(session, agency.id, year),
        fee=fee_of_year(session, agency.id, year),
    )


def annual_report(session: Session, agency_id: int, year: int) -> Report:
    """The annual report of a year; ``writing.write_report`` makes the file of it.

    Raises:
        NotFound: no such agency.
    """
    here = agency(session, agency_id)
    organ = Organ(here.name, here.level, here.region, "own")
    return document(here.code, organ, annual_figures(session, here, year))


def whole_report(session: Session, agency_id: int, year: int) -> WholeReport:
    """The report with its words: what the records say, and what the office wrote."""
    report = annual_report(session, agency_id, year)
    row = report_row(session, agency_id, year)
    own = {} if row is None else row.own
    return WholeReport(report, passages(report, own, facts(session, agency_id, year)))


def facts(session: Session, agency_id: int, year: int) -> dict[str, str]:
    """Sentences of the prose that come from other records than the tables."""
    found = supervisions(session, agency_id, year)
    return {"supervision": sentence(year, found)} if found else {}


def report_row(session: Session, agency_id: int, year: int) -> AnnualReport | None:
    """What the office wrote for a year's report, if it began one or took one in."""
    query = select(AnnualReport).where(
        AnnualReport.agency_id == agency_id, AnnualReport.year == year
    )
    return session.scalars(query).one_or_none()


def records_behind(
    session: Session, agency_id: int, year: int, cell: str
) -> list[Record]:
    """The records that a figure counts, at most 2,000, in order of their days.

    Args:
        cell: ``active.punishment``, ``requests.granted``, ``requests.new.natural``,
            ``published`` or ``published.工作动态``.

    Raises:
        NotFound: the report has no such cell, or no records stand behind it.
    """
    part, _, rest = cell.partition(".")
    if part == "published":
        return _published_behind(session, agency_id, year, rest)
    if part == "active" and rest in register_rows(year):
        return _entries_behind(session, agency_id, register_rows(year)[rest])
    row, _, column = rest.partition(".")
    if part == "requests" and row in request_rows(year) and column in ("", *COLUMNS):
        return _requests_behind(session, agency_id, request_rows(year)[row], column)
    if part == "remedies" and rest in remedy_conditions(year):
        condition = remedy_conditions(year)[rest]
        found = remedy_records(session, agency_id, condition, RECORDS_MAX)
        return [Record("remedy", id_, words, on) for id_, words, on in found]
    raise NotFound(f"年报中没有“{cell}”这一项。")


def entry_by_number(
    session: Session, agency_id: int, kind: RegisterKind, number: str
) -> RegisterEntry | None:
    """The register entry of that number, if there is one."""
    query = select(RegisterEntry).where(
        RegisterEntry.agency_id == agency_id,
        RegisterEntry.kind == kind,
        RegisterEntry.number == number,
    )
    return session.scalars(query).one_or_none()


def numbers_entered(
    session: Session, agency_id: int, kind: RegisterKind, numbers: Sequence[str]
) -> set[str]:
    """Which of these numbers are in the register already."""
    query = select(RegisterEntry.number).where(
        RegisterEntry.agency_id == agency_id,
        RegisterEntry.kind == kind,
        RegisterEntry.number.in_(numbers),
    )
    return set(session.scalars(query))


def register_entries(
    session: Session, agency_id: int, kind: RegisterKind
) -> list[RegisterEntry]:
    """One register, the newest entry first."""
    query = (
        select(RegisterEntry)
        .where(RegisterEntry.agency_id == agency_id, RegisterEntry.kind == kind)
        .order_by(RegisterEntry.dated.desc(), RegisterEntry.id.desc())
    )
    return list(session.scalars(query))


def register_entry(session: Session, agency_id: int, entry_id: int) -> RegisterEntry:
    """One entry of this agency's registers.

    Raises:
        NotFound: no such entry here.
    """
    found = session.get(RegisterEntry, entry_id)
    if found is None or found.agency_id != agency_id:
        raise NotFound("没有找到这条登记。")
    return found


def _published(session: Session, agency_id: int, year: int) -> dict[str, int]:
    query = (
        published(agency_id, year)
        .with_only_columns(Section.report_column, func.count())
        .group_by(Section.report_column)
        .order_by(func.min(Section.position), Section.report_column)
    )
    return dict(session.execute(query).all())


def _active(session: Session, agency_id: int, year: int) -> dict[str, Number]:
    rows = register_rows(year)
    counts = [func.count().filter(condition) for condition in rows.values()]
    fees = func.sum(RegisterEntry.amount_yuan).filter(rows[FEES_WAN])
    query = select(*counts, fees).where(RegisterEntry.agency_id == agency_id)
    *numbers, yuan = session.execute(query).one()
    figures: dict[str, Number] = dict(zip(rows, numbers, strict=True))
    figures[FEES_WAN] = _in_wan(Decimal(yuan or 0))
    return figures


def _in_wan(yuan: Decimal) -> Number:
    wan = yuan.quantize(ONE_FEN) / YUAN_IN_WAN
    return int(wan) if wan == int(wan) else wan.normalize()


def _requests(
    session: Session, agency_id: int, year: int
) -> dict[str, tuple[int, ...]]:
    rows = request_rows(year)
    kind = DisclosureRequest.applicant_kind
    counts = [func.count().filter(condition) for condition in rows.values()]
    query = (
        select(kind, *counts)
        .where(DisclosureRequest.agency_id == agency_id)
        .group_by(kind)
    )
    found = {by_kind: numbers for by_kind, *numbers in session.execute(query)}
    none = [0] * len(rows)
    columns = [found.get(applicant, none) for applicant in ApplicantKind]
    cells = zip(rows, zip(*columns, strict=True), strict=True)
    return {row: (*numbers, sum(numbers)) for row, numbers in cells}


def _published_behind(
    session: Session, agency_id: int, year: int, column: str
) -> list[Record]:
    query = published(agency_id, year).with_only_columns(
        Release.article_id, Revision.title, Release.released_at
    )
    if column:
        query = query.where(Section.report_column == column)
    query = query.order_by(Release.released_at, Release.id).limit(RECORDS_MAX)
    return [
        Record("article", article_id, title, town_day(at))
        for article_id, title, at in session.execute(query)
    ]


def _entries_behind(
    session: Session, agency_id: int, condition: Condition
) -> list[Record]:
    query = (
        select(RegisterEntry.id, RegisterEntry.title, RegisterEntry.dated)
        .where(RegisterEntry.agency_id == agency_id, condition)
        .order_by(RegisterEntry.dated, RegisterEntry.id)
    )
    return _records(session, "register", query)


def _requests_behind(
    session: Session, agency_id: int, condition: Condition, column: str
) -> list[Record]:
    query = (
        # every row that a figure counts has its day of receipt
        select(
            DisclosureRequest.id,
            DisclosureRequest.wants,
            type_coerce(DisclosureRequest.received_on, Date),
        )
        .where(DisclosureRequest.agency_id == agency_id, condition)
        .order_by(DisclosureRequest.received_on, DisclosureRequest.id)
    )
    if column in set(ApplicantKind):
        kind = ApplicantKind(column)
        query = query.where(DisclosureRequest.applicant_kind == kind)
    return _records(session, "request", query)


def _records(
    session: Session, kind: str, query: Select[int, str, date]
) -> list[Record]:
    rows = session.execute(query.limit(RECORDS_MAX))
    return [Record(kind, id_, title, on) for id_, title, on in rows]
