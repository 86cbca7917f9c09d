"""R01 to R05: the report has the form that 国办公开办函〔2021〕30号 prescribes."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from workflow.reports.figures import (
    FIRST_FORMAT_YEAR,
    is_old_layout,
    prints_one_other_row,
)
from workflow.reports.findings import ReportFinding, braced, error, warning
from workflow.reports.form import (
    ACTIVE_CELLS,
    COLUMNS,
    HEADINGS,
    OLD_OTHER_ROW,
    OTHER_ROWS,
    REMEDY_CELLS,
    REMEDY_GROUPS,
    REMEDY_LABELS,
    REQUEST_ROWS,
    ROW_LABELS,
)
from workflow.reports.report import Report

NUMBER = re.compile("([一二三四五六七八九十]+)[、.，,]")


def layout_is_current(report: Report) -> Iterator[ReportFinding]:
    """R01: the 2021 layout for every report year from 2021 on."""
    if report.year >= FIRST_FORMAT_YEAR and is_old_layout(report):
        yield error(
            "R01",
            "format",
            "2019",
            "2021",
            "报告仍用2019年旧格式，应改用国办公开办函〔2021〕30号规定的格式。",
        )


def headings_are_statutory(report: Report) -> Iterator[ReportFinding]:
    """R02: six headings numbered 一 to 六, in the statutory words."""
    if len(report.sections) != len(HEADINGS) or _is_numbered_wrongly(report.sections):
        yield error(
            "R02",
            "sections",
            None,
            None,
            "报告应有且只有六个部分，按一至六各编号一次；"
            f"现有{len(report.sections)}个标题，或编号有重复、错序。",
        )
        return
    for index, stated in enumerate(report.sections):
        yield from _heading_wording(index, stated, HEADINGS[index])


def _heading_wording(
    index: int, stated: str, statutory: str
) -> Iterator[ReportFinding]:
    if "".join(stated.split()) != statutory:
        yield warning(
            "R02",
            f"sections[{index}]",
            stated,
            statutory,
            f"第{index + 1}部分标题“{stated}”与规定的“{statutory}”不一致。",
        )


def _is_numbered_wrongly(sections: tuple[str, ...]) -> bool:
    numbers = [NUMBER.match("".join(heading.split())) for heading in sections]
    return any(
        number is not None and number.group(1) != HEADINGS[index][0]
        for index, number in enumerate(numbers)
    )


def active_table_is_whole(report: Report) -> Iterator[ReportFinding]:
    """R03: section 二 has exactly its six rows; the old layout is R01's matter."""
    if is_old_layout(report):
        return
    printed = report.active.figures
    missing = [cell for cell in ACTIVE_CELLS if cell not in printed]
    added = [cell for cell in printed if cell not in ACTIVE_CELLS]
    for cells, word in ((missing, "缺少规定的"), (added, "多出规定以外的")):
        if cells:
            yield error(
                "R03",
                f"active.{braced(cells)}",
                None,
                None,
                f"第二部分表格{word}栏目（{'、'.join(cells)}），应恰为四个条款六行。",
            )


def requests_table_is_whole(report: Report) -> Iterator[ReportFinding]:
    """R04: section 三 has exactly 25 rows of seven columns."""
    one_other_row = prints_one_other_row(report)
    if one_other_row and not is_old_layout(report):
        yield error(
            "R04",
            "requests.other_*",
            None,
            None,
            "第三部分“（六）其他处理”只印了一行，应分为三行。",
        )
    excused = OTHER_ROWS if one_other_row else ()
    yield from _missing_rows(report, excused)
    yield from _added_rows(report, (OLD_OTHER_ROW,) if one_other_row else ())
    yield from _wrong_widths(report)


def _missing_rows(report: Report, excused: tuple[str, ...]) -> Iterator[ReportFinding]:
    rows = [row for row in REQUEST_ROWS if row not in (*report.requests, *excused)]
    if rows:
        labels = "；".join(ROW_LABELS[row] for row in rows)
        yield error(
            "R04",
            f"requests.{braced(rows)}",
            None,
            None,
            f"第三部分表格应有25行，缺少：{labels}。",
        )


def _added_rows(report: Report, excused: tuple[str, ...]) -> Iterator[ReportFinding]:
    rows = [row for row in report.requests if row not in (*REQUEST_ROWS, *excused)]
    if rows:
        yield error(
            "R04",
            f"requests.{braced(rows)}",
            None,
            None,
            f"第三部分表格应有25行，多出规定以外的行：{'、'.join(rows)}。",
        )


def _wrong_widths(report: Report) -> Iterator[ReportFinding]:
    for row, cells in report.requests.items():
        if len(cells) != len(COLUMNS):
            label = ROW_LABELS.get(row, row)
            yield error(
                "R04",
                f"requests.{row}",
                len(cells),
                len(COLUMNS),
                f"第三部分“{label}”行有{len(cells)}个数字，应为7个。",
            )


def remedies_table_is_whole(report: Report) -> Iterator[ReportFinding]:
    """R05: section 四 has exactly its 15 cells."""
    groups = [line.code for line in REMEDY_GROUPS]
    for group in groups:
        yield from _remedy_cells_are_whole(group, report.remedies.get(group, {}))
    added = [group for group in report.remedies if group not in groups]
    if added:
        yield error(
            "R05",
            f"remedies.{braced(added)}",
            None,
            None,
            f"第四部分表格多出规定以外的栏目：{'、'.join(added)}。",
        )


def _remedy_cells_are_whole(
    group: str, cells: Mapping[str, object]
) -> Iterator[ReportFinding]:
    wrong = sorted(set(cells).symmetric_difference(REMEDY_CELLS))
    if wrong:
        yield error(
            "R05",
            f"remedies.{group}.{braced(wrong)}",
            len(cells),
            len(REMEDY_CELLS),
            f"第四部分“{REMEDY_LABELS[group]}”应恰有五个数字，"
            f"缺少或多出：{'、'.join(wrong)}。",
        )


CHECKS = (
    layout_is_current,
    headings_are_statutory,
    active_table_is_whole,
    requests_table_is_whole,
    remedies_table_is_whole,
)
