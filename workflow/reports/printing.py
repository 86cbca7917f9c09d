"""The annual report as the statutory form prints it, in plain accessible HTML.

Only structure and class names: how it looks is the stylesheet's matter.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from html import escape

from workflow.reports.findings import ReportFinding, concerns
from workflow.reports.form import (
    ACTIVE_BLOCKS,
    APPLICANT_LINES,
    CARRIED_IN,
    CARRIED_OUT,
    COLUMNS,
    CROSS_FOOTING_NOTE,
    HEADINGS,
    NEW,
    OUTCOME_GROUPS,
    OUTCOMES,
    REMEDY_CELL_LINES,
    REMEDY_CELLS,
    REMEDY_GROUPS,
    RESULTS_LABEL,
    TOTAL,
    ActiveBlock,
    Line,
    OutcomeGroup,
    cell_code,
)
from workflow.reports.report import Cell, Report

WIDEST_BLOCK = 3
Address = Callable[[str], str]


def nowhere(_cell: str) -> str:
    """No figure is a link."""
    return ""


@dataclass(frozen=True, slots=True)
class Looks:
    """What stands beside the figures of a report on a screen.

    Args:
        address: where the records behind a cell are shown, by the cell's name as
            ``questions.records_behind`` knows it; empty for no link.  A 0 has none.
        findings: the rules that fail, each told beside its cell.
    """

    address: Address = nowhere
    findings: tuple[ReportFinding, ...] = ()

    def rules(self, cell: str) -> tuple[str, ...]:
        """The rules that a cell breaks."""
        found = [one.rule for one in self.findings if concerns(one.cell, cell)]
        return tuple(dict.fromkeys(found))


PLAIN = Looks()


def as_html(
    report: Report,
    prose: Mapping[str, Sequence[str]] | None = None,
    looks: Looks = PLAIN,
) -> str:
    """The report as one ``<article>`` with its six sections.

    Args:
        report: the figures; a cell the report does not have is printed blank.
        prose: statutory heading to its paragraphs, as plain text.
        looks: links and failing rules, for a screen; a paper has neither.
    """
    tables = {
        HEADINGS[1]: active_table(report, looks),
        HEADINGS[2]: requests_table_as_printed(report, looks),
        HEADINGS[3]: remedies_table(report, looks),
    }
    sections = (
        _section(heading, (prose or {}).get(heading, ()), tables.get(heading, ""))
        for heading in HEADINGS
    )
    title = f"<h1>{escape(report.title)}</h1>\n" if report.title else ""
    return f'<article class="annual-report">\n{title}{"".join(sections)}</article>\n'


def _section(heading: str, paragraphs: Iterable[str], table: str) -> str:
    lines = "".join(f"<p>{escape(text)}</p>\n" for text in paragraphs)
    return f"<section>\n<h2>{escape(heading)}</h2>\n{lines}{table}</section>\n"


def _table(name: str, caption: str, head: Iterable[str], body: Iterable[str]) -> str:
    top = "".join(f"<tr>{row}</tr>\n" for row in head)
    rows = "".join(f"<tr>{row}</tr>\n" for row in body)
    return (
        f'<table class="report-table report-{name}">\n'
        f"<caption>{escape(caption)}</caption>\n"
        f"<thead>\n{top}</thead>\n<tbody>\n{rows}</tbody>\n</table>\n"
    )


def _head(label: str, scope: str, *, columns: int = 1, rows: int = 1) -> str:
    across = f' colspan="{columns}"' if columns > 1 else ""
    down = f' rowspan="{rows}"' if rows > 1 else ""
    return f'<th scope="{scope}"{across}{down}>{escape(label)}</th>'


def _cell(value: Cell, cell: str, looks: Looks, columns: int = 1) -> str:
    across = f' colspan="{columns}"' if columns > 1 else ""
    shown = "" if value is None else f"{value:f}" if value % 1 else f"{int(value)}"
    to, rules = looks.address(cell), looks.rules(cell)
    if to and value:
        shown = f'<a href="{escape(to)}">{shown}</a>'
    marks = "".join(f'<a class="rule-mark" href="#rule-{r}">{r}</a>' for r in rules)
    broken = " figure-broken" if rules else ""
    return f'<td class="figure{broken}"{across}>{shown}{marks}</td>'


def active_table(report: Report, looks: Looks = PLAIN) -> str:
    """Section 二: four blocks, six rows."""
    blocks = "".join(_active_block(report, block, looks) for block in ACTIVE_BLOCKS)
    caption = escape(HEADINGS[1].partition("、")[2])
    return (
        '<table class="report-table report-active">\n'
        f"<caption>{caption}</caption>\n{blocks}</table>\n"
    )


def _active_block(report: Report, block: ActiveBlock, looks: Looks) -> str:
    width = WIDEST_BLOCK // len(block.columns)
    heads = "".join(_head(line.label, "col", columns=width) for line in block.columns)
    rows = "".join(_active_row(report, block, row, looks) for row in block.rows)
    return (
        f"<tbody>\n<tr>{_head(block.clause, 'rowgroup', columns=4)}</tr>\n"
        f"<tr>{_head('信息内容', 'col')}{heads}</tr>\n{rows}</tbody>\n"
    )


def _active_row(report: Report, block: ActiveBlock, row: Line, looks: Looks) -> str:
    width = WIDEST_BLOCK // len(block.columns)
    codes = [cell_code(row, column) for column in block.columns]
    cells = "".join(
        _cell(report.active.figures.get(code), f"active.{code}", looks, width)
        for code in codes
    )
    return f"<tr>{_head(row.label, 'row')}{cells}</tr>\n"


def requests_table_as_printed(report: Report, looks: Looks = PLAIN) -> str:
    """Section 三: 25 rows of seven cells under three rows of heads."""
    return _table(
        "requests",
        HEADINGS[2].partition("、")[2],
        _request_heads(),
        _request_rows(report, looks),
    )


def _request_heads() -> Iterator[str]:
    natural, *organisations = APPLICANT_LINES
    yield (
        f'<td class="note" colspan="3" rowspan="3">{CROSS_FOOTING_NOTE}</td>'
        f"{_head('申请人情况', 'colgroup', columns=len(APPLICANT_LINES))}"
        f"{_head('总计', 'col', rows=3)}"
    )
    yield (
        f"{_head(natural.label, 'col', rows=2)}"
        f"{_head('法人或其他组织', 'colgroup', columns=len(organisations))}"
    )
    yield "".join(_head(line.label, "col") for line in organisations)


def _request_rows(report: Report, looks: Looks) -> Iterator[str]:
    def cells(row: str) -> str:
        return _cells(report, row, looks)

    for line in (NEW, CARRIED_IN):
        yield _head(line.label, "row", columns=3) + cells(line.code)
    opening = _head(RESULTS_LABEL, "rowgroup", rows=len(OUTCOMES) + 1)
    for group in OUTCOME_GROUPS:
        for row in _group_rows(group, cells):
            yield opening + row
            opening = ""
    yield _head(TOTAL.label, "row", columns=2) + cells(TOTAL.code)
    yield _head(CARRIED_OUT.label, "row", columns=3) + cells(CARRIED_OUT.code)


def _group_rows(group: OutcomeGroup, cells: Callable[[str], str]) -> Iterator[str]:
    if len(group.rows) == 1:
        yield _head(group.label, "row", columns=2) + cells(group.rows[0].code)
        return
    opening = _head(group.label, "rowgroup", rows=len(group.rows))
    for row in group.rows:
        yield opening + _head(row.label, "row") + cells(row.code)
        opening = ""


def _cells(report: Report, row: str, looks: Looks) -> str:
    printed = (*report.requests.get(row, ()), *(None for _ in COLUMNS))
    return "".join(
        _cell(value, f"requests.{row}.{column}", looks)
        for column, value in zip(COLUMNS, printed, strict=False)
    )


def remedies_table(report: Report, looks: Looks = PLAIN) -> str:
    """Section 四: one row of 15 cells under three rows of heads."""
    return _table(
        "remedies",
        HEADINGS[3].partition("、")[2],
        _remedy_heads(),
        (_remedy_row(report, looks),),
    )


def _remedy_heads() -> Iterator[str]:
    review, *suits = REMEDY_GROUPS
    width = len(REMEDY_CELL_LINES)
    yield (
        f"{_head(review.label, 'colgroup', columns=width)}"
        f"{_head('行政诉讼', 'colgroup', columns=width * len(suits))}"
    )
    yield "".join(
        [_head(line.label, "col", rows=2) for line in REMEDY_CELL_LINES]
        + [_head(suit.label, "colgroup", columns=width) for suit in suits]
    )
    yield "".join(_head(line.label, "col") for _ in suits for line in REMEDY_CELL_LINES)


def _remedy_row(report: Report, looks: Looks) -> str:
    return "".join(
        _cell(
            report.remedies.get(group.code, {}).get(cell),
            f"remedies.{group.code}.{cell}",
            looks,
        )
        for group in REMEDY_GROUPS
        for cell in REMEDY_CELLS
    )
