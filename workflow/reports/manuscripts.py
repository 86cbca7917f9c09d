"""The report as it is being written: its row, its article, what is wrong with it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from sqlalchemy import select
from sqlalchemy.orm import Session

from models.articles import Article
from models.reports import AnnualReport, RegisterEntry, RegisterKind, ReportAmendment
from workflow.articles import cases
from workflow.process.machine import DRAFTING, PUBLISHED, REJECTED
from workflow.reports import questions
from workflow.reports.cells import register_rows
from workflow.reports.changes import Change, changes
from workflow.reports.comparison import Difference, compare
from workflow.reports.disputes import without_a_note
from workflow.reports.findings import ReportFinding, Severity, error, warning
from workflow.reports.likeness import Likeness, likeness, prose_is_its_own
from workflow.reports.plain_text import tables_stand_in
from workflow.reports.printed import WholeReport
from workflow.reports.prose import Passage, passages
from workflow.reports.report import Report
from workflow.reports.rules import check, read_report

WITHDRAWN = "withdrawn"
ENDED = (REJECTED, WITHDRAWN)
TOWNSHIPS = {"township", "town", "street"}


@dataclass(frozen=True, slots=True)
class Manuscript:
    """All there is to say about one year's report on its way.

    Args:
        row: what the office wrote; ``None`` when nobody began.
        article: the article that carries it; ``None`` before it is handed in.
        previous: last year's report, made here or taken in.
        drift: what the records say otherwise than the report that was handed in.
    """

    whole: WholeReport
    row: AnnualReport | None
    article: Article | None
    previous: Report | None
    findings: tuple[ReportFinding, ...] = ()
    changes: tuple[Change, ...] = ()
    likeness: Likeness = field(default_factory=lambda: Likeness(0, ()))
    drift: tuple[Difference, ...] = ()
    amendments: tuple[ReportAmendment, ...] = ()

    @property
    def reasons(self) -> Mapping[str, str]:
        """The words of explanation that were given, by what they explain."""
        return {} if self.row is None else self.row.reasons

    @property
    def is_frozen(self) -> bool:
        """Whether it is published, so that only an amendment may follow."""
        return self.article is not None and self.article.state == PUBLISHED

    @property
    def printed(self) -> WholeReport:
        """As it stands on paper: once published, the figures it was published with."""
        if not self.is_frozen or self.row is None:
            return self.whole
        told = {one.slot.code: one.computed for one in self.whole.passages}
        report = read_report(self.row.figures)
        return WholeReport(report, passages(report, self.row.own, told))

    @property
    def is_on_its_way(self) -> bool:
        """Whether it stands on a rung, in somebody else's hands."""
        if self.article is None:
            return False
        return self.article.state not in (DRAFTING, PUBLISHED, *ENDED)

    @property
    def errors(self) -> tuple[ReportFinding, ...]:
        """What forbids handing it in."""
        return tuple(f for f in self.findings if f.severity is Severity.ERROR)

    @property
    def unexplained(self) -> tuple[tuple[str, str], ...]:
        """Warnings and big changes that nobody has explained yet: key and words."""
        return tuple(
            (key, words)
            for key, words in to_explain(self.findings, self.changes)
            if not self.reasons.get(key, "").strip()
        )

    @property
    def missing(self) -> tuple[Passage, ...]:
        """Passages that the office must write and has not."""
        return tuple(
            passage
            for passage in self.whole.passages
            if passage.slot.needed and not passage.own.strip()
        )


def to_explain(
    findings: tuple[ReportFinding, ...], changed: tuple[Change, ...]
) -> tuple[tuple[str, str], ...]:
    """What needs a person's word: each warning, each big change; key and words."""
    warnings = [
        (f"{one.rule} {one.cell}", f"{one.rule}：{one.message}")
        for one in findings
        if one.severity is Severity.WARNING
    ]
    big = [
        (f"change {one.cell}", f"{one.words}：上年{one.before}，本年{one.now}。")
        for one in changed
        if one.is_big
    ]
    return tuple(dict([*warnings, *big]).items())


def manuscript(session: Session, agency_id: int, year: int) -> Manuscript:
    """The report of a year as it stands.

    Raises:
        NotFound: no such agency.
    """
    whole = questions.whole_report(session, agency_id, year)
    row = questions.report_row(session, agency_id, year)
    before = questions.report_row(session, agency_id, year - 1)
    previous = read_report(before.figures) if before and before.figures else None
    article = _article(session, row)
    findings = [
        *check(whole.report, previous),
        *_in_its_words(whole, before),
        *_from_records(session, agency_id, year, before),
        *_in_the_article(session, row, article),
    ]
    return Manuscript(
        whole=whole,
        row=row,
        article=article,
        previous=previous,
        findings=tuple(sorted(findings, key=lambda one: one.rule)),
        changes=changes(whole.report, previous) if previous else (),
        likeness=likeness(_words(whole), before.words if before else ""),
        drift=_drift(whole.report, row),
        amendments=_amendments(session, row),
    )


def as_printed(session: Session, agency_id: int, year: int) -> WholeReport:
    """The report of a year on paper: from the records, or frozen once published."""
    return manuscript(session, agency_id, year).printed


def _in_its_words(
    whole: WholeReport, before: AnnualReport | None
) -> Iterator[ReportFinding]:
    return prose_is_its_own(
        _words(whole),
        before.words if before else "",
        is_township=whole.report.organ.level in TOWNSHIPS,
    )


def carried_ids(session: Session, agency_id: int, year: int) -> list[str]:
    """Ids of the requests that a year carries out to the next (R24)."""
    records = questions.records_behind(session, agency_id, year, "requests.carried_out")
    return sorted((str(record.id) for record in records), key=int)


def _words(whole: WholeReport) -> str:
    return "\n".join(line for lines in whole.prose.values() for line in lines)


def _article(session: Session, row: AnnualReport | None) -> Article | None:
    if row is None or row.article_id is None:
        return None
    return session.get(Article, row.article_id)


def _drift(report: Report, row: AnnualReport | None) -> tuple[Difference, ...]:
    if row is None or not row.figures or row.article_id is None:
        return ()
    differences = compare(report, read_report(row.figures))
    return tuple(one for one in differences if not one.cell.startswith("prose."))


def _amendments(
    session: Session, row: AnnualReport | None
) -> tuple[ReportAmendment, ...]:
    if row is None:
        return ()
    query = (
        select(ReportAmendment)
        .where(ReportAmendment.report_id == row.id)
        .order_by(ReportAmendment.id)
    )
    return tuple(session.scalars(query))


def _in_the_article(
    session: Session, row: AnnualReport | None, article: Article | None
) -> Iterator[ReportFinding]:
    """R13, R14: the tables that climb the ladder are the ones the records made."""
    if row is None or article is None or article.state in ENDED:
        return
    body = cases.load(session, row.agency_id, article.id).text.body
    if not tables_stand_in(read_report(row.figures), body):
        yield error(
            "R14",
            "article",
            None,
            None,
            "稿件里的表格与成稿时不一致；表格数字由记录生成，不能在稿件里手改，请重新成稿。",
        )


def _from_records(
    session: Session, agency_id: int, year: int, before: AnnualReport | None
) -> Iterator[ReportFinding]:
    yield from _unpublished_documents(session, agency_id, year)
    yield from _other_without_a_note(session, agency_id, year)
    if before is not None and before.article_id is not None:
        now = carried_ids(session, agency_id, year - 1)
        yield from _carried_otherwise(now, before.carried)


def _carried_otherwise(now: list[str], before: list[str]) -> Iterator[ReportFinding]:
    """R24: what is carried in is the very requests that last year carried out."""
    others = sorted(set(now) ^ set(before), key=int)
    if others:
        yield error(
            "R24",
            "requests.carried_in",
            len(now),
            len(before),
            "上年结转的申请与上年报告结转下年的不是同一批，"
            f"不同的申请编号：{'、'.join(others)}。",
        )


def _other_without_a_note(
    session: Session, agency_id: int, year: int
) -> Iterator[ReportFinding]:
    """R28: each request that ended as 其他 says why."""
    silent = without_a_note(session, agency_id, year)
    if silent:
        yield warning(
            "R28",
            "requests.other_misc.total",
            len(silent),
            0,
            f"“其他处理”的“其他”有{len(silent)}件没有写明情形"
            f"（申请编号：{'、'.join(map(str, silent[:5]))}）。",
        )


def _unpublished_documents(
    session: Session, agency_id: int, year: int
) -> Iterator[ReportFinding]:
    """R13: each document made in the year was published."""
    cell = f"{RegisterKind.NORMATIVE.value}.made"
    query = select(RegisterEntry.number).where(
        RegisterEntry.agency_id == agency_id,
        register_rows(year)[cell],
        RegisterEntry.published_at == "",
    )
    numbers = list(session.scalars(query.order_by(RegisterEntry.number)))
    if numbers:
        yield warning(
            "R13",
            f"active.{cell}",
            len(numbers),
            0,
            f"行政规范性文件有{len(numbers)}件没有登记公布位置：{'、'.join(numbers[:5])}。",
        )
